// SPDX-License-Identifier: GPL-3.0-or-later
// An emission that cannot belong in a band of distress, aviation, satellite navigation or passive reception.
#include "detect/rules/all_rules.hpp"
#include "detect/rules/quantities.hpp"
#include "detect/rules/situation.hpp"

#include <array>

namespace gacsong {

namespace {

constexpr std::string_view id = "protected-band";
constexpr std::array<std::string_view, 1> needs{"center"};

bool jams(const ProtectedBand& band, const Emission& emission)
{
    return band.jamming_width_hz && emission.bandwidth_hz >= *band.jamming_width_hz;
}

Message sentence(const ProtectedBand& band, const Situation& s)
{
    std::vector<Argument> arguments{
        {"center", frequency(s.center_hz, s.emission.uncertainty.center_hz)},
        {"level", level(s.emission)},
        {"low", stated_frequency(band.row.low_hz)},
        {"high", stated_frequency(band.row.high_hz)},
        {"reference", quoted(band.row.reference, band.row.verified)},
    };
    if (band.distress) {
        return Message("rule.protected-band.distress", std::move(arguments));
    }
    arguments.push_back({"service", Term{band.service}});
    if (jams(band, s.emission)) {
        arguments.push_back({"bw", bandwidth(s.emission.bandwidth_hz, s.emission.uncertainty.bandwidth_hz)});
        return Message("rule.protected-band.wide", std::move(arguments));
    }
    return Message("rule.protected-band.text", std::move(arguments));
}

Severity severity(const ProtectedBand& band, const Situation& s)
{
    const bool bare_line = band.narrow_notice_hz && s.emission.bandwidth_hz < *band.narrow_notice_hz;
    if (bare_line || s.guarded.at_edge) {
        return Severity::notice;
    }
    return at_most(Severity::danger, band.row.verified);
}

RuleResult weak_trace(const ProtectedBand& band, const Situation& s)
{
    RuleResult result;
    result.service = band.service;
    result.finding = Finding{
        .id = {},
        .subject = {},
        .rule = std::string(id),
        .severity = Severity::notice,
        .center_hz = s.center_hz,
        .message =
            Message("rule.protected-band.poor", {{"center", frequency(s.center_hz, s.emission.uncertainty.center_hz)}}),
        .reference = band.row.reference,
    };
    return result;
}

RuleResult evaluate(const Situation& s)
{
    const auto* band = s.guarded.band;
    if (band == nullptr || s.guarded.expected || s.licences.match != nullptr ||
        (s.guarded.at_edge && !band->distress)) {
        return {};
    }
    if (s.emission.quality == Quality::poor) {
        return weak_trace(*band, s);
    }
    RuleResult result;
    result.service = band->service;
    result.finding = Finding{.id = {},
                             .subject = {},
                             .rule = std::string(id),
                             .severity = severity(*band, s),
                             .center_hz = s.center_hz,
                             .message = sentence(*band, s),
                             .reference = band->row.reference};
    if (band->row.verified != Verified::no && !s.guarded.at_edge) {
        result.verdict = Verdict::protected_band;
    } else {
        result.verdict = Verdict::unknown; // a row that nobody compared with its text lowers the verdict
        result.line = Message("unknown.unverified_row", {{"row", Term{band->service}}});
    }
    add_verification(result.reasons, id, band->row.verified, band->row.reference);
    return result;
}

} // namespace

const Rule rule_protected_band{.info = {.id = id,
                                        .version = 1,
                                        .ceiling = Severity::danger,
                                        .name_key = "rule.protected-band.name",
                                        .needs = needs},
                               .evaluate = evaluate};

} // namespace gacsong
