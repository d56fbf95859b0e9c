// SPDX-License-Identifier: GPL-3.0-or-later
// A device of an exempt class that breaks a condition which a receiver can measure.
#include "detect/rules/all_rules.hpp"
#include "detect/rules/quantities.hpp"
#include "detect/rules/situation.hpp"

#include <array>

namespace gacsong {

namespace {

constexpr std::string_view id = "exempt-conditions";
constexpr std::array<std::string_view, 2> needs{"center", "bandwidth"};

RuleResult evaluate(const Situation& s)
{
    const auto* exempt = s.exempt.failed;
    if (s.decided || exempt == nullptr || !s.exempt.broken || s.licences.match != nullptr ||
        s.emission.quality == Quality::poor) {
        return {};
    }
    const auto& broken = *s.exempt.broken;
    RuleResult result;
    result.service = exempt->service;
    result.verdict = Verdict::violation;
    result.line = Message("verdict.violation.exempt", {{"center", frequency(s.center_hz, s.u_center_hz)},
                                                       {"row", class_name(*exempt)},
                                                       {"quantity", Term{broken.quantity}}});
    result.finding = Finding{.id = {},
                             .subject = {},
                             .rule = std::string(id),
                             .severity = at_most(Severity::serious, exempt->row.verified),
                             .center_hz = s.center_hz,
                             .message = Message("rule.exempt-conditions.text",
                                                {{"center", frequency(s.center_hz, s.u_center_hz)},
                                                 {"row", class_name(*exempt)},
                                                 {"quantity", Term{broken.quantity}},
                                                 {"value", broken.value},
                                                 {"u", broken.uncertainty},
                                                 {"limit", broken.limit},
                                                 {"reference", quoted(exempt->row.reference, exempt->row.verified)}}),
                             .reference = exempt->row.reference};
    if (exempt->row.verified == Verified::no) {
        result.verdict = Verdict::unknown;
        result.line = Message("unknown.unverified_row", {{"row", class_name(*exempt)}});
    }
    add_verification(result.reasons, id, exempt->row.verified, exempt->row.reference);
    return result;
}

} // namespace

const Rule rule_exempt_conditions{.info = {.id = id,
                                           .version = 1,
                                           .ceiling = Severity::serious,
                                           .name_key = "rule.exempt-conditions.name",
                                           .needs = needs},
                                  .evaluate = evaluate};

} // namespace gacsong
