// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/recording.hpp"

#include "sdr/find_format.hpp"
#include "sdr/resolve.hpp"
#include "sdr/stream.hpp"

#include <sys/stat.h>

#include <chrono>

namespace gacsong::sdr {

namespace {

StreamInfo describe(const Draft& draft, const Resolved& resolved, const std::string& name)
{
    StreamInfo info;
    info.input = name;
    info.format = *resolved.facts.type.value;
    info.format_name = info.format.name();
    info.sample_rate_hz = *resolved.facts.rate_hz.value;
    info.center_hz = resolved.facts.center_hz.value;
    info.start = resolved.facts.start.value;
    info.length = resolved.layout->samples;
    info.format_origin = resolved.facts.type.origin;
    info.rate_origin = resolved.facts.rate_hz.origin;
    info.center_origin = resolved.facts.center_hz.origin;
    info.start_origin = resolved.facts.start.origin;
    info.receiver = draft.receiver;
    info.container = draft.container;
    info.latitude = draft.latitude;
    info.longitude = draft.longitude;
    info.warnings = resolved.warnings;
    if (!info.center_hz)
        info.warnings.push_back(needs_center(name));
    return info;
}

} // namespace

Result<Opened> open_recording(const std::string& path, const InputFlags& flags)
{
    if (is_stream(path))
        return open_stream(path, flags);
    const auto candidate = find_recording(path);
    if (!candidate)
        return tl::unexpected(candidate.error());
    const auto draft = read_draft(*candidate, flags);
    if (!draft)
        return tl::unexpected(draft.error());
    auto resolved = resolve(*draft, *candidate, flags, wall_clock());
    if (!resolved)
        return tl::unexpected(resolved.error());
    if (resolved->refusal)
        return tl::unexpected(*resolved->refusal);
    if (!resolved->facts.type.value)
        return tl::unexpected(unknown_type(*candidate));
    if (!resolved->facts.rate_hz.value)
        return failure("file.needs_rate", {{"file", candidate->name}}, Fault::usage);
    Opened opened;
    opened.history = make_file_history(resolved->layout);
    opened.source =
        make_file_source(describe(*draft, *resolved, candidate->name), resolved->layout, resolved->shortfall);
    return opened;
}

} // namespace gacsong::sdr
