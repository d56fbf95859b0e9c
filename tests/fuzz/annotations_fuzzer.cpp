// SPDX-License-Identifier: GPL-3.0-or-later
// Annotations in the description of a recording: read, one added, one changed, written, read again. What was not
// touched must come back as it was.
#include "report/annotate/annotation_file.hpp"
#include "sdr/inspection.hpp"
#include "sdr/recording.hpp"
#include "tests/support/temporary_folder.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>

namespace {

using namespace gacsong;

constexpr std::size_t sample_bytes = 4'000;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// A place in seconds that a window can draw.
bool drawable(const Note& note, double duration_s)
{
    return std::isfinite(note.from_s) && std::isfinite(note.to_s) && note.from_s >= 0.0 && note.from_s <= note.to_s &&
           note.to_s <= duration_s * (1.0 + 1e-9) + 1e-9 &&
           (!note.edges_hz || (std::isfinite(note.edges_hz->first) && std::isfinite(note.edges_hz->second) &&
                               note.edges_hz->first <= note.edges_hz->second));
}

/// Ids are given anew in the order of the samples.
std::vector<Note> without_ids(std::vector<Note> notes)
{
    for (Note& note : notes)
        note.id = 0;
    return notes;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const test::TemporaryFolder folder;
    const std::string meta = (folder.path() / "a.sigmf-meta").string();
    std::ofstream(folder.path() / "a.sigmf-data", std::ios::binary) << std::string(sample_bytes, '\1');
    std::ofstream(meta, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    const auto inspection = sdr::inspect_recording(meta, {});
    const auto opened = inspection ? sdr::open_recording(meta, {}) : tl::unexpected(inspection.error());
    if (!opened)
        return 0;
    const StreamInfo& stream = opened->source->info();
    const Timeline timeline(inspection->segments, opened->history->end(), stream.sample_rate_hz);
    auto file = AnnotationFile::open(stream, timeline, "fuzzer");
    if (!file)
        return 0;
    const std::vector<Note> before = file->notes();
    for (const Note& note : before)
        require(drawable(note, timeline.duration_s()));
    Note mine;
    mine.from_s = 0.25 * timeline.duration_s();
    mine.to_s = 0.5 * timeline.duration_s();
    mine.edges_hz = std::pair(-100.0, 200.0);
    mine.label = "mine";
    const Note kept = file->put(mine);
    require(kept.id != 0 && drawable(kept, timeline.duration_s()));
    if (!before.empty()) {
        Note changed = before.front();
        changed.comment += "+";
        require(file->put(changed).id == changed.id);
    }
    const auto wanted = without_ids(file->notes());
    require(file->save().has_value());
    auto again = AnnotationFile::open(stream, timeline, "fuzzer");
    require(again.has_value());
    const auto found = without_ids(again->notes());
    require(found.size() == wanted.size() && found.size() == before.size() + 1);
    for (const Note& note : wanted)
        require(std::ranges::count(found, note) == std::ranges::count(wanted, note));
    return 0;
}
