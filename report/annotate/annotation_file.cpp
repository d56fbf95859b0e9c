// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/annotate/annotation_file.hpp"

#include "report/annotate/annotation.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong {
namespace {

using nlohmann::ordered_json;

constexpr const char* start_key = "core:sample_start";
constexpr const char* count_key = "core:sample_count";
constexpr const char* low_key = "core:freq_lower_edge";
constexpr const char* high_key = "core:freq_upper_edge";

std::optional<std::uint64_t> whole_number(const ordered_json& json, const char* key)
{
    const auto found = json.find(key);
    if (found == json.end() || !found->is_number_integer() || (!found->is_number_unsigned() && *found < 0))
        return std::nullopt;
    return found->get<std::uint64_t>();
}

std::optional<double> number(const ordered_json& json, const char* key)
{
    const auto found = json.find(key);
    if (found == json.end() || !found->is_number())
        return std::nullopt;
    const auto value = found->get<double>();
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::string text(const ordered_json& json, const char* key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void set_text(ordered_json& json, const char* key, const std::string& value)
{
    if (value.empty())
        json.erase(key);
    else
        json[key] = value;
}

} // namespace

Result<AnnotationFile> AnnotationFile::open(const StreamInfo& stream, const Timeline& timeline,
                                            const std::string& program, const std::string& instead)
{
    auto beside = describe_recording(stream, program);
    if (!beside)
        return tl::unexpected(beside.error());
    AnnotationFile file;
    file.description_ = std::move(*beside);
    if (!instead.empty())
        if (const Status moved = move_description(file.description_, instead); !moved)
            return tl::unexpected(moved.error());
    file.timeline_ = timeline;
    file.center_hz_ = stream.center_hz;
    ordered_json& annotations = file.description_.meta.document["annotations"];
    if (annotations.is_array()) {
        for (ordered_json& json : annotations) {
            Entry entry{std::move(json), std::nullopt, false};
            entry.note = file.read(entry.json);
            if (entry.note)
                entry.note->id = ++file.last_id_;
            file.entries_.push_back(std::move(entry));
        }
    }
    annotations = ordered_json::array();
    return file;
}

double AnnotationFile::seconds_of(std::uint64_t sample_start) const
{
    const std::uint64_t base = description_.facts.index_base();
    const std::uint64_t stored = sample_start > base ? sample_start - base : 0;
    const auto& all = timeline_.stretches();
    const auto next = std::ranges::partition_point(all, [&](const Stretch& one) { return one.stored <= stored; });
    if (next == all.begin())
        return 0.0;
    const Stretch& in = *std::prev(next);
    const auto within = static_cast<double>(stored - in.stored);
    return (static_cast<double>(in.first) + std::min(within, static_cast<double>(in.count))) /
           timeline_.sample_rate_hz();
}

std::uint64_t AnnotationFile::sample_of(double at_s) const
{
    const std::uint64_t base = description_.facts.index_base();
    const auto& all = timeline_.stretches();
    if (all.empty())
        return base;
    const double most = static_cast<double>(timeline_.end());
    const auto sample = std::llround(std::clamp(at_s * timeline_.sample_rate_hz(), 0.0, most));
    const auto next = std::ranges::partition_point(all, [&](const Stretch& one) { return one.first <= sample; });
    if (next == all.begin())
        return base + all.front().stored;
    const Stretch& in = *std::prev(next);
    // Time that was lost has no samples: what begins in it begins after it.
    return base + in.stored + static_cast<std::uint64_t>(std::min<std::int64_t>(sample - in.first, in.count));
}

std::uint64_t AnnotationFile::capture_end(std::uint64_t sample_start) const
{
    for (const sdr::SigmfCapture& capture : description_.facts.captures)
        if (capture.sample_start > sample_start)
            return capture.sample_start;
    return sample_of(timeline_.duration_s());
}

std::optional<Note> AnnotationFile::read(const ordered_json& json) const
{
    if (!json.is_object())
        return std::nullopt;
    const auto start = whole_number(json, start_key);
    if (!start)
        return std::nullopt;
    const std::uint64_t to_end = std::max(capture_end(*start), *start + 1) - *start;
    const std::uint64_t count = whole_number(json, count_key).value_or(to_end);
    Note note;
    note.from_s = seconds_of(*start);
    note.to_s = seconds_of(*start + std::min(count, UINT64_MAX - *start));
    const auto low = number(json, low_key);
    const auto high = number(json, high_key);
    if (low && high) {
        // Where the capture states a frequency they are absolute, otherwise offsets.
        const auto frequency = description_.frequency_at(*start);
        const double from = frequency ? center_hz_.value_or(*frequency) : 0.0;
        note.edges_hz = std::pair(std::min(*low, *high) - from, std::max(*low, *high) - from);
    }
    note.label = text(json, "core:label");
    note.comment = text(json, "core:comment");
    note.generator = text(json, "core:generator");
    note.ours = written_by_us(json);
    return note;
}

void AnnotationFile::write_place(ordered_json& json, const Note& note) const
{
    const std::uint64_t start = sample_of(note.from_s);
    json[start_key] = start;
    // Always written: a reader that lacks it draws the box wrongly.
    json[count_key] = std::max<std::uint64_t>(std::max(sample_of(note.to_s), start) - start, 1);
    if (!note.edges_hz) {
        json.erase(low_key);
        json.erase(high_key);
        return;
    }
    const auto frequency = description_.frequency_at(start);
    const double from = frequency ? center_hz_.value_or(*frequency) : 0.0;
    json[low_key] = from + note.edges_hz->first;
    json[high_key] = from + std::max(note.edges_hz->second, note.edges_hz->first + 1.0);
}

std::vector<Note> AnnotationFile::notes() const
{
    std::vector<Note> all;
    for (const Entry& entry : entries_)
        if (entry.note && !entry.removed)
            all.push_back(*entry.note);
    return all;
}

Note AnnotationFile::put(const Note& note)
{
    auto entry = std::ranges::find_if(
        entries_, [&](const Entry& one) { return note.id != 0 && one.note && one.note->id == note.id; });
    if (entry == entries_.end()) {
        entries_.push_back({ordered_json::object(), Note{}, false});
        entry = std::prev(entries_.end());
        entry->note->id = note.id != 0 ? note.id : last_id_ + 1;
        last_id_ = std::max(last_id_, entry->note->id);
        entry->note->from_s = -1.0; // its place is yet to be written
    }
    entry->removed = false;
    Note& old = *entry->note;
    if (old.from_s != note.from_s || old.to_s != note.to_s || old.edges_hz != note.edges_hz)
        write_place(entry->json, note);
    if (old.label != note.label)
        set_text(entry->json, "core:label", note.label);
    if (old.comment != note.comment)
        set_text(entry->json, "core:comment", note.comment);
    if (old.generator != note.generator)
        set_text(entry->json, "core:generator", note.generator);
    const std::uint64_t id = old.id;
    old = read(entry->json).value_or(note);
    old.id = id;
    return old;
}

void AnnotationFile::remove(std::uint64_t id)
{
    const auto entry =
        std::ranges::find_if(entries_, [id](const Entry& one) { return one.note && one.note->id == id; });
    if (entry != entries_.end())
        entry->removed = true;
}

Status AnnotationFile::save()
{
    std::ranges::stable_sort(entries_, {}, [](const Entry& entry) {
        return entry.json.is_object() ? whole_number(entry.json, start_key).value_or(0) : 0;
    });
    ordered_json all = ordered_json::array();
    for (const Entry& entry : entries_)
        if (!entry.removed)
            all.push_back(entry.json);
    description_.meta.document["annotations"] = std::move(all);
    return write_description(description_);
}

} // namespace gacsong
