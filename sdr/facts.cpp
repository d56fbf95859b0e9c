// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/names/civil_time.hpp"
#include "sdr/resolve.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::sdr {

namespace {

constexpr double fastest_rate_hz = 200e6; // what a name may state
constexpr double highest_center_hz = 300e9;
constexpr std::int64_t second_ns = 1'000'000'000;
constexpr std::int64_t day_ns = 86400 * second_ns;

struct Merger {
    const Candidate& candidate;
    Instant now;
    Resolved& into;

    void warn(const char* key, std::vector<Argument> more = {}) const
    {
        more.insert(more.begin(), Argument{"file", candidate.name});
        into.warnings.emplace_back(key, std::move(more));
    }

    /// Drops what a name cannot mean and says so.
    void drop_impossible(NameFacts& name) const
    {
        if (name.rate_hz && !(*name.rate_hz > 0.0 && *name.rate_hz <= fastest_rate_hz)) {
            warn("fact.impossible",
                 {{"what", Term{"sample rate"}}, {"value", Quantity{*name.rate_hz, Unit::sample_rate}}});
            name.rate_hz.reset();
        }
        if (name.center_hz && !(*name.center_hz > 0.0 && *name.center_hz <= highest_center_hz)) {
            warn("fact.impossible", {{"what", Term{"center"}}, {"value", Quantity{*name.center_hz, Unit::frequency}}});
            name.center_hz.reset();
        }
        for (auto* time : {&name.start, &name.local_start}) {
            if (*time && (*time)->unix_ns - day_ns > now.unix_ns) {
                warn("fact.impossible", {{"what", Term{"start time"}}, {"value", **time}});
                time->reset();
            }
        }
        if (!name.contradiction.empty())
            warn("name.contradiction", {{"what", Term{name.contradiction == "center_hz" ? "center" : "sample rate"}}});
    }

    /// A lone number with M may be the rate: where the rate is known and is the same number, it is.
    void drop_rate_taken_for_center(NameFacts& name, const Facts& facts) const
    {
        if (name.program.empty() && name.center_hz && facts.rate_hz.value == name.center_hz)
            name.center_hz.reset();
    }

    void compare_centers(const NameFacts& name, const Facts& facts) const
    {
        // Programs round to kHz in their names; a name that somebody gave may be any round number inside the recording.
        constexpr double coarsest_name_hz = 1000.0;
        const double half_span_hz = name.program.empty() ? 0.5 * facts.rate_hz.value.value_or(0.0) : 0.0;
        const auto& stated = facts.center_hz.value;
        if (stated && name.center_hz && std::abs(*stated - *name.center_hz) > std::max(coarsest_name_hz, half_span_hz))
            warn("name.differs", {{"value", Quantity{*name.center_hz, Unit::frequency}},
                                  {"other", Quantity{*stated, Unit::frequency}}});
    }
};

/// The 32-bit centre of `auxi` ends at 4.29 GHz; above, the name is right.
bool beyond_header(const Draft& draft, const NameFacts& name)
{
    return draft.container != "sigmf" && name.center_hz && *name.center_hz >= 0x1p32 && draft.may_be_sound;
}

} // namespace

void merge_facts(const Draft& draft, const Candidate& candidate, const InputFlags& flags, Instant now,
                 Resolved& resolved)
{
    const Merger merger{candidate, now, resolved};
    Facts& facts = resolved.facts;
    NameFacts name = read_name(draft.data_name);
    merger.drop_impossible(name);
    facts.type.offer(flags.type, Origin::flag);
    facts.rate_hz.offer(flags.rate_hz, Origin::flag);
    facts.center_hz.offer(flags.center_hz, Origin::flag);
    facts.start.offer(flags.start, Origin::flag);
    if (beyond_header(draft, name))
        facts.center_hz.offer(name.center_hz, Origin::file_name);
    facts.type.offer(draft.facts.type.value, draft.facts.type.origin);
    facts.rate_hz.offer(draft.facts.rate_hz.value, draft.facts.rate_hz.origin);
    facts.center_hz.offer(draft.facts.center_hz.value, draft.facts.center_hz.origin);
    facts.start.offer(draft.facts.start.value, draft.facts.start.origin);
    merger.drop_rate_taken_for_center(name, facts);
    if (facts.center_hz.origin == Origin::header || facts.center_hz.origin == Origin::sidecar)
        merger.compare_centers(name, facts);
    if (draft.coding.empty())
        facts.type.offer(name.type, Origin::file_name);
    facts.rate_hz.offer(name.rate_hz, Origin::file_name);
    facts.center_hz.offer(name.center_hz, Origin::file_name);
    facts.start.offer(name.start, Origin::file_name);
    if (!facts.start.value)
        resolved.local_start = draft.local_start ? draft.local_start : name.local_start;
    if (name.sound && !flags.type)
        resolved.refusal = failure("file.is_sound", {{"file", candidate.name}}).value();
}

} // namespace gacsong::sdr
