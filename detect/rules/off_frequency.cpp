// SPDX-License-Identifier: GPL-3.0-or-later
// An emission in a licensed channel whose centre lies off the licensed one by more than tolerance and uncertainty.
#include "detect/rules/all_rules.hpp"
#include "detect/rules/quantities.hpp"
#include "detect/rules/situation.hpp"

#include <array>
#include <cmath>

namespace gacsong {

namespace {

constexpr std::string_view id = "off-frequency";
constexpr std::array<std::string_view, 3> needs{"center", "register", "bandwidth"};

RuleResult close_to_limit(const Situation& s)
{
    RuleResult result;
    const double u = s.u_center_hz;
    result.reasons.push_back(
        Reason{.rule = std::string(id),
               .message = Message("rule.within_uncertainty",
                                  {{"value", frequency(s.center_hz - s.licences.match->center_hz, u)},
                                   {"limit", stated_frequency(s.licences.tolerance_hz)},
                                   {"u", frequency(u, u)}}),
               .reference = {}});
    return result;
}

Message why_not(const Emission& emission)
{
    if (emission.bandwidth_estimate) {
        return Message("why.estimate");
    }
    const std::string quality = emission.quality == Quality::fair ? "quality.fair" : "quality.poor_short";
    return Message("why.quality", {{"quality", std::vector<Message>{Message{quality}}}});
}

/// The emission lies in the channel, but its centre is not known well enough to say that it is off.
RuleResult left_out(const Situation& s)
{
    RuleResult result;
    result.reasons.push_back(
        Reason{.rule = std::string(id),
               .message = Message("rule.left_out", {{"rule", std::vector<Message>{Message("rule.off-frequency.name")}},
                                                    {"why", std::vector<Message>{why_not(s.emission)}}}),
               .reference = {}});
    return result;
}

RuleResult fire(const Situation& s, const Licence& licence)
{
    const double u = s.u_center_hz;
    const Tolerance& tolerance = s.tolerance();
    RuleResult result;
    result.verdict = Verdict::violation;
    result.line =
        Message("verdict.violation.line",
                {{"center", frequency(s.center_hz, u)}, {"licence", licence.id}, {"quantity", Term{"center"}}});
    result.finding = Finding{
        .id = {},
        .subject = {},
        .rule = std::string(id),
        .severity = at_most(Severity::serious, tolerance.verified),
        .center_hz = s.center_hz,
        .message = Message("rule.off-frequency.text", {{"center", frequency(s.center_hz, u)},
                                                       {"u_center", frequency(u, u)},
                                                       {"licence", licence.id},
                                                       {"carrier", stated_frequency(licence.center_hz)},
                                                       {"limit", stated_frequency(s.licences.tolerance_hz)},
                                                       {"offset", frequency(s.center_hz - licence.center_hz, u)},
                                                       {"reference", quoted(tolerance.reference, tolerance.verified)}}),
        .reference = tolerance.reference};
    add_verification(result.reasons, id, tolerance.verified, tolerance.reference);
    return result;
}

RuleResult evaluate(const Situation& s)
{
    if (s.decided) {
        return {};
    }
    if (s.licences.match != nullptr) {
        const bool close =
            !s.licences.block && std::abs(s.center_hz - s.licences.match->center_hz) > s.licences.tolerance_hz;
        return close ? close_to_limit(s) : RuleResult{};
    }
    if (s.licences.off == nullptr) {
        return {};
    }
    return s.measurable ? fire(s, *s.licences.off) : left_out(s);
}

} // namespace

const Rule rule_off_frequency{.info = {.id = id,
                                       .version = 1,
                                       .ceiling = Severity::serious,
                                       .name_key = "rule.off-frequency.name",
                                       .needs = needs},
                              .evaluate = evaluate};

} // namespace gacsong
