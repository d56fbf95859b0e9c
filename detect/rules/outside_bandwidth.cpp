// SPDX-License-Identifier: GPL-3.0-or-later
// A licensed emission whose occupied bandwidth passes the licence by more than the uncertainty.
#include "detect/rules/all_rules.hpp"
#include "detect/rules/quantities.hpp"
#include "detect/rules/situation.hpp"

#include <array>

namespace gacsong {

namespace {

constexpr std::string_view id = "outside-bandwidth";
constexpr std::array<std::string_view, 3> needs{"center", "register", "bandwidth"};

RuleResult close_to_limit(const Situation& s, double limit_hz)
{
    RuleResult result;
    const double u = s.emission.uncertainty.bandwidth_hz;
    result.reasons.push_back(
        Reason{.rule = std::string(id),
               .message = Message("rule.within_uncertainty", {{"value", bandwidth(s.emission.bandwidth_hz, u)},
                                                              {"limit", bandwidth(limit_hz)},
                                                              {"u", bandwidth(u, u)}}),
               .reference = {}});
    return result;
}

RuleResult evaluate(const Situation& s)
{
    const auto* licence = s.licences.match;
    if (s.decided || licence == nullptr || s.licences.block || !licence->bandwidth_hz || !s.measurable) {
        return {};
    }
    const double margin = s.band != nullptr ? s.band->bandwidth_margin : 0.0;
    const double stated = *licence->bandwidth_hz;
    if (!s.wider_than(stated * (1.0 + margin))) {
        return s.emission.bandwidth_hz > stated ? close_to_limit(s, stated) : RuleResult{};
    }
    const double u = s.emission.uncertainty.bandwidth_hz;
    RuleResult result;
    result.verdict = Verdict::violation;
    result.line =
        Message("verdict.violation.line", {{"center", frequency(s.center_hz, s.emission.uncertainty.center_hz)},
                                           {"licence", licence->id},
                                           {"quantity", Term{"bandwidth"}}});
    const std::vector<Message> reference{
        Message("reference.licence", {{"licence", licence->id}, {"register", s.register_name()}})};
    result.finding = Finding{
        .id = {},
        .subject = {},
        .rule = std::string(id),
        .severity = Severity::serious,
        .center_hz = s.center_hz,
        .message = Message("rule.outside-bandwidth.text", {{"bw", bandwidth(s.emission.bandwidth_hz, u)},
                                                           {"u_bw", bandwidth(u, u)},
                                                           {"licence", licence->id},
                                                           {"bw_limit", bandwidth(stated)},
                                                           {"excess", bandwidth(s.emission.bandwidth_hz - stated, u)},
                                                           {"reference", reference}}),
        .reference = licence->id};
    return result;
}

} // namespace

const Rule rule_outside_bandwidth{.info = {.id = id,
                                           .version = 1,
                                           .ceiling = Severity::serious,
                                           .name_key = "rule.outside-bandwidth.name",
                                           .needs = needs},
                                  .evaluate = evaluate};

} // namespace gacsong
