// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/unlicensed.hpp"

#include "detect/rules/quantities.hpp"

#include <cmath>

namespace gacsong {

namespace {

// A broadcaster on a mast is heard far beyond the radius that its licence names: radio horizon of 500 m and 10 m.
constexpr double overreach_km = 105.0;
constexpr double neighbourhood_hz = 1e6; // a "nearest licence" further away says nothing

void add(RuleResult& result, Message message)
{
    result.reasons.push_back(Reason{.rule = "unlicensed", .message = std::move(message), .reference = {}});
}

void add_near_misses(RuleResult& result, const Situation& s)
{
    const auto& found = s.licences;
    bool said = false;
    if (found.elsewhere != nullptr) {
        add(result, Message("unlicensed.elsewhere",
                            {{"licence", found.elsewhere->id},
                             {"distance", Quantity{found.elsewhere_km, Unit::kilometres, 1.0}},
                             {"radius", Quantity{found.elsewhere->radius_km.value_or(0.0), Unit::kilometres, 1.0}}}));
        said = true;
    }
    if (found.expired != nullptr) {
        add(result, Message("unlicensed.expired", {{"licence", found.expired->id},
                                                   {"date", Instant{found.expired->validity.until->unix_ns - 1}}}));
        said = true;
    }
    if (found.not_yet != nullptr) {
        add(result,
            Message("unlicensed.not_yet", {{"licence", found.not_yet->id}, {"date", *found.not_yet->validity.from}}));
        said = true;
    }
    if (found.unlike != nullptr) {
        add(result, Message("unlicensed.wider",
                            {{"licence", found.unlike->id},
                             {"bw_limit", bandwidth(found.unlike->bandwidth_hz.value_or(0.0))},
                             {"bw", bandwidth(s.emission.bandwidth_hz, s.emission.uncertainty.bandwidth_hz)}}));
        said = true;
    }
    if (said || found.nearest == nullptr) {
        return;
    }
    const double away = std::abs(found.nearest->center_hz - s.center_hz);
    if (away <= neighbourhood_hz) {
        add(result, Message("unlicensed.nearest", {{"licence", found.nearest->id},
                                                   {"carrier", stated_frequency(found.nearest->center_hz)},
                                                   {"excess", frequency(away, s.u_center_hz)}}));
    }
}

} // namespace

bool seems_unlicensed(const Situation& s)
{
    const bool needs_licence =
        s.band != nullptr && (s.band->licensing == Licensing::station || s.band->licensing == Licensing::broadcaster);
    return !s.decided && needs_licence && s.has_register() && s.licences.match == nullptr &&
           s.licences.off == nullptr && s.licences.perhaps == nullptr && s.exempt.met == nullptr &&
           s.emission.quality != Quality::poor;
}

Severity unlicensed_severity(const Situation& s)
{
    const auto& found = s.licences;
    const bool may_be_heard =
        found.elsewhere != nullptr && found.elsewhere_km <= found.elsewhere->radius_km.value_or(0.0) + overreach_km;
    return may_be_heard ? Severity::notice : Severity::serious;
}

RuleResult unlicensed_verdict(const Situation& s)
{
    RuleResult result;
    result.verdict = Verdict::unlicensed;
    result.line = Message("verdict.unlicensed.line",
                          {{"center", frequency(s.center_hz, s.u_center_hz)}, {"register", s.register_name()}});
    add_near_misses(result, s);
    if (s.exempt.look_alike != nullptr) {
        add(result, Message("unlicensed.could_be_exempt", {{"device", Term{s.exempt.look_alike->device}}}));
    }
    return result;
}

} // namespace gacsong
