// SPDX-License-Identifier: GPL-3.0-or-later
// An emission in a band where stations need a licence, with no licence in the register that fits it.
#include "detect/rules/all_rules.hpp"
#include "detect/rules/quantities.hpp"
#include "detect/rules/unlicensed.hpp"

#include <array>

namespace gacsong {

namespace {

constexpr std::string_view id = "unlicensed-emission";
constexpr std::array<std::string_view, 2> needs{"center", "register"};

Message sentence(const Situation& s)
{
    const auto& emission = s.emission;
    Message message("rule.unlicensed-emission.text",
                    {{"center", frequency(s.center_hz, emission.uncertainty.center_hz)},
                     {"u_center", frequency(emission.uncertainty.center_hz, emission.uncertainty.center_hz)},
                     {"bw", bandwidth(emission.bandwidth_hz, emission.uncertainty.bandwidth_hz)},
                     {"start", moment(emission.start, emission.start_s)},
                     {"end", moment(emission.end, emission.end_s)},
                     {"register", s.register_name()},
                     {"service", Term{s.band->service}},
                     {"reference", quoted(s.band->row.reference, s.band->row.verified)}});
    if (s.context.licences && s.context.licences->as_of) {
        message.arguments.push_back({"date", *s.context.licences->as_of});
    }
    return message;
}

RuleResult evaluate(const Situation& s)
{
    if (!seems_unlicensed(s)) {
        return {};
    }
    RuleResult result = unlicensed_verdict(s);
    result.finding = Finding{.id = {},
                             .subject = {},
                             .rule = std::string(id),
                             .severity = at_most(unlicensed_severity(s), s.band->row.verified),
                             .center_hz = s.center_hz,
                             .message = sentence(s),
                             .reference = s.band->row.reference};
    add_verification(result.reasons, id, s.band->row.verified, s.band->row.reference);
    return result;
}

} // namespace

const Rule rule_unlicensed_emission{.info = {.id = id,
                                             .version = 1,
                                             .ceiling = Severity::serious,
                                             .name_key = "rule.unlicensed-emission.name",
                                             .needs = needs},
                                    .evaluate = evaluate};

} // namespace gacsong
