// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/inspection.hpp"

#include "sdr/find_format.hpp"
#include "sdr/resolve.hpp"
#include "sdr/stream.hpp"

namespace gacsong::sdr {

namespace {

Inspection inspect_stream(const std::string& path, const InputFlags& flags)
{
    Inspection seen;
    seen.input = shown(path);
    seen.container = path == "-" ? "stdin" : "pipe";
    seen.facts.type.offer(flags.type, Origin::flag);
    seen.facts.rate_hz.offer(flags.rate_hz, Origin::flag);
    seen.facts.center_hz.offer(flags.center_hz, Origin::flag);
    seen.facts.start.offer(flags.start, Origin::flag);
    return seen;
}

void list_missing(Inspection& seen)
{
    const auto note = [&](bool known, const char* what) {
        if (!known)
            seen.missing.emplace_back(what);
    };
    note(seen.facts.type.value.has_value(), "format");
    note(seen.facts.rate_hz.value.has_value(), "sample_rate_hz");
    note(seen.facts.center_hz.value.has_value(), "center_hz");
    note(seen.facts.start.value.has_value(), "start");
}

void take_draft(const Draft& draft, Inspection& seen)
{
    seen.container = draft.container;
    seen.size_bytes = draft.data->size();
    seen.channels = draft.channels;
    seen.annotations = draft.annotations;
    seen.sha512 = draft.sha512;
    seen.receiver = draft.receiver;
    seen.author = draft.author;
    seen.recorder = draft.recorder;
    seen.description = draft.description;
    seen.latitude = draft.latitude;
    seen.longitude = draft.longitude;
}

void take_resolved(Resolved resolved, Inspection& seen)
{
    seen.facts = resolved.facts;
    seen.local_start = resolved.local_start;
    seen.segments = std::move(resolved.segments);
    seen.warnings = std::move(resolved.warnings);
    seen.shortfall = std::move(resolved.shortfall);
    seen.refusal = std::move(resolved.refusal);
    if (!resolved.layout)
        return;
    seen.samples = resolved.layout->samples;
    if (resolved.facts.rate_hz.value)
        seen.duration_s = static_cast<double>(*seen.samples) / *resolved.facts.rate_hz.value;
}

/// Looks at 64 KiB from the middle of data that has no header.
Result<std::optional<std::string>> hint(const Draft& draft)
{
    constexpr std::uint64_t looked_at = 65536;
    const std::uint64_t middle = draft.length > looked_at ? (draft.length - looked_at) / 2 / 16 * 16 : 0;
    auto raw = read_some(*draft.data, draft.offset + middle,
                         static_cast<std::size_t>(std::min(looked_at, draft.length) / 16 * 16));
    if (!raw)
        return tl::unexpected(raw.error());
    return likely_type(*raw);
}

} // namespace

Result<Inspection> inspect_recording(const std::string& path, const InputFlags& flags)
{
    if (is_stream(path)) {
        Inspection seen = inspect_stream(path, flags);
        list_missing(seen);
        return seen;
    }
    const auto candidate = find_recording(path);
    if (!candidate)
        return tl::unexpected(candidate.error());
    const auto draft = read_draft(*candidate, flags);
    if (!draft)
        return tl::unexpected(draft.error());
    auto resolved = resolve(*draft, *candidate, flags, wall_clock());
    if (!resolved)
        return tl::unexpected(resolved.error());
    Inspection seen;
    seen.input = candidate->name;
    seen.format = format_of(*candidate).name;
    take_draft(*draft, seen);
    take_resolved(std::move(*resolved), seen);
    list_missing(seen);
    if (draft->facts.type.origin == Origin::unknown && draft->coding.empty()) {
        auto looks = hint(*draft);
        if (!looks)
            return tl::unexpected(looks.error());
        seen.type_hint = std::move(*looks);
    }
    return seen;
}

} // namespace gacsong::sdr
