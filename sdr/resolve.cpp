// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/resolve.hpp"

#include "sdr/names/civil_time.hpp"

namespace gacsong::sdr {

namespace {

struct Resolver {
    const Draft& draft;
    const Candidate& candidate;
    const InputFlags& flags;
    Resolved into;

    void warn(const char* key, std::vector<Argument> more = {})
    {
        more.insert(more.begin(), Argument{"file", candidate.name});
        into.warnings.emplace_back(key, std::move(more));
    }

    void refuse(const std::string& key, std::vector<Argument> more = {})
    {
        more.insert(more.begin(), Argument{"file", candidate.name});
        if (!into.refusal)
            into.refusal = Error{Message{key, std::move(more)}, Fault::input};
    }

    void refuse_what_is_no_iq()
    {
        if (flags.type)
            return;
        if (!draft.not_iq.empty())
            refuse(draft.not_iq);
        if (!draft.coding.empty())
            refuse("file.coding", {{"what", draft.coding}});
    }

    Status refuse_sound()
    {
        if (!draft.may_be_sound || draft.channels != 1 || flags.type || into.refusal)
            return {};
        const auto equal = channels_are_equal(draft, *into.facts.type.value);
        if (!equal)
            return tl::unexpected(equal.error());
        if (*equal)
            refuse("file.is_sound");
        return {};
    }

    /// Bytes of samples after a zero tail and a broken last sample are cut off.
    Result<std::uint64_t> usable_length()
    {
        std::uint64_t length = draft.length;
        if (draft.length_unknown) {
            const auto kept = length_without_zero_tail(*draft.data, draft.offset, length);
            if (!kept)
                return tl::unexpected(kept.error());
            if (*kept == 0 && length > 0)
                warn("file.all_zero");
            else if (*kept < length)
                warn("file.zero_tail", {{"bytes", byte_count(length - *kept)}});
            if (*kept > 0)
                length = *kept;
        }
        const std::uint64_t frame = into.facts.type.value->bytes_per_sample() * draft.channels;
        if (draft.promised_length)
            into.shortfall = truncated(candidate.name, *draft.promised_length, draft.length);
        else if (length == draft.length && length % frame != 0)
            warn("file.odd_bytes", {{"n", static_cast<std::int64_t>(length % frame)}});
        if (length < frame && !draft.promised_length)
            refuse("file.empty");
        return length - length % frame;
    }

    void settle_local_start(std::uint64_t length)
    {
        if (!into.local_start)
            return;
        const double frame = static_cast<double>(into.facts.type.value->bytes_per_sample() * draft.channels);
        const double rate = into.facts.rate_hz.value.value_or(0.0);
        const double duration_s = rate > 0.0 ? static_cast<double>(length) / frame / rate : 0.0;
        const auto start = start_of_local(*into.local_start, candidate.modified, duration_s);
        if (!start) {
            warn("name.local_time", {{"value", civil_text(*into.local_start)}});
            return;
        }
        into.facts.start.offer(start, draft.local_start ? Origin::header : Origin::file_name);
        into.local_start.reset();
        warn("name.local_time_taken", {{"value", *start}});
    }

    Status look_at_samples()
    {
        if (draft.channels > 1)
            warn("file.channels", {{"n", static_cast<std::int64_t>(draft.channels)}});
        const auto sound = refuse_sound();
        if (!sound)
            return sound;
        const auto length = usable_length();
        if (!length)
            return tl::unexpected(length.error());
        settle_local_start(*length);
        place_samples(draft, candidate.name, flags, *length, into);
        return {};
    }
};

} // namespace

std::optional<Instant> start_of_local(Instant local, std::optional<Instant> modified, double duration_s)
{
    constexpr std::int64_t hour_ns = std::int64_t{3600} * 1'000'000'000;
    constexpr std::int64_t slack_ns = std::int64_t{120} * 1'000'000'000;
    constexpr int viet_nam = 7;
    if (!modified || !(duration_s >= 0.0 && duration_s < 1e9))
        return std::nullopt;
    const auto duration_ns = static_cast<std::int64_t>(duration_s * 1e9);
    const auto fits = [&](int hours) {
        const std::int64_t start = local.unix_ns - hours * hour_ns;
        return modified->unix_ns >= start - slack_ns && modified->unix_ns <= start + duration_ns + slack_ns;
    };
    if (fits(viet_nam))
        return Instant{local.unix_ns - viet_nam * hour_ns};
    std::optional<Instant> only;
    for (int hours = -12; hours <= 14; ++hours) {
        if (!fits(hours))
            continue;
        if (only)
            return std::nullopt; // several fit
        only = Instant{local.unix_ns - hours * hour_ns};
    }
    return only;
}

Result<Resolved> resolve(const Draft& draft, const Candidate& candidate, const InputFlags& flags, Instant now)
{
    Resolver resolver{draft, candidate, flags, {}};
    resolver.into.warnings = draft.warnings;
    merge_facts(draft, candidate, flags, now, resolver.into);
    resolver.refuse_what_is_no_iq();
    if (!resolver.into.facts.type.value)
        return std::move(resolver.into);
    if (const auto looked = resolver.look_at_samples(); !looked)
        return tl::unexpected(looked.error());
    return std::move(resolver.into);
}

} // namespace gacsong::sdr
