// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/verdict.hpp"

#include "detect/rules/quantities.hpp"

#include <cmath>

namespace gacsong {

namespace {

Quantity center_of(const Situation& s) { return frequency(s.center_hz, s.emission.uncertainty.center_hz); }

void add(Judged& judged, Message message, std::string reference = {})
{
    judged.reasons.push_back(verdict_reason(judged.verdict, std::move(message), std::move(reference)));
}

Judged unknown(const Situation& s, Message why)
{
    Judged judged;
    add(judged, unknown_line(center_of(s), std::move(why)));
    return judged;
}

Message licensed_detail(const Situation& s, const Licence& licence)
{
    const double u_width = s.emission.uncertainty.bandwidth_hz;
    Message detail("licensed.detail_no_bandwidth", {{"offset", offset(s.center_hz - licence.center_hz, s.u_center_hz)},
                                                    {"limit", stated_frequency(s.licences.tolerance_hz)},
                                                    {"bw", bandwidth(s.emission.bandwidth_hz, u_width)}});
    if (!licence.bandwidth_hz) {
        return detail;
    }
    detail.arguments.push_back({"bw_limit", bandwidth(*licence.bandwidth_hz)});
    if (!s.licences.distance_km) {
        detail.key = "licensed.detail_no_place";
        return detail;
    }
    detail.key = "licensed.detail";
    detail.arguments.push_back({"distance", Quantity{*s.licences.distance_km, Unit::kilometres, 1.0}});
    return detail;
}

Judged licensed(const Situation& s, const Licence& licence)
{
    Judged judged;
    judged.verdict = Verdict::licensed;
    Message line("verdict.licensed.line",
                 {{"center", center_of(s)}, {"licence", licence.id}, {"register", s.register_name()}});
    if (!licence.holder.empty()) {
        line.arguments.push_back({"holder", licence.holder});
    }
    add(judged, std::move(line), licence.id);
    if (s.licences.block) {
        add(judged, Message("licensed.block", {{"licence", licence.id},
                                               {"low", stated_frequency(licence.low_hz())},
                                               {"high", stated_frequency(licence.high_hz())}}));
    } else {
        add(judged, licensed_detail(s, licence));
    }
    if (s.licences.place_unknown) {
        add(judged, Message("licensed.place_unknown", {{"licence", licence.id}}));
    }
    if (!s.licences.also.empty()) {
        std::string list;
        for (const auto* other : s.licences.also) {
            list += (list.empty() ? "" : ", ") + other->id;
        }
        add(judged, Message("licensed.also_fits", {{"list", list}}));
    }
    return judged;
}

Judged exempt(const Situation& s, const ExemptClass& row)
{
    if (row.row.verified == Verified::no) {
        Judged judged = unknown(s, Message("unknown.unverified_row", {{"row", class_name(row)}}));
        judged.service = row.service;
        return judged;
    }
    Judged judged;
    judged.verdict = Verdict::exempt;
    judged.service = row.service;
    add(judged, Message("verdict.exempt.line", {{"center", center_of(s)}, {"row", class_name(row)}}),
        row.row.reference);
    if (!s.exempt.not_measured.empty()) {
        add(judged, Message("exempt.partial", {{"list", term_list(s.exempt.not_measured)}}));
    }
    if (row.usual_duty && s.emission.duty > *row.usual_duty && s.emission.end_s - s.emission.start_s >= 1.0) {
        add(judged, Message("exempt.unusual_duty",
                            {{"center", center_of(s)}, {"duty", Quantity{s.emission.duty, Unit::parts, 0.01}}}));
    }
    add_verification(judged.reasons, verdict_code(judged.verdict), row.row.verified, row.row.reference);
    return judged;
}

Judged network(const Situation& s)
{
    Judged judged;
    judged.verdict = Verdict::network;
    Message line("verdict.network.line", {{"center", center_of(s)}, {"service", Term{s.band->service}}});
    if (s.has_register()) {
        line.key = "verdict.network.register";
        line.arguments.push_back({"register", s.register_name()});
    }
    add(judged, std::move(line), s.band->row.reference);
    if (!s.has_register()) {
        add(judged, Message("unlicensed.no_register", {{"plan", s.context.plan.full_name()}}));
    }
    add_verification(judged.reasons, verdict_code(judged.verdict), s.band->row.verified, s.band->row.reference);
    return judged;
}

Judged by_licensing(const Situation& s)
{
    switch (s.band->licensing) {
    case Licensing::network:
        return network(s);
    case Licensing::broadcaster:
        if (!s.has_register()) {
            return network(s);
        }
        break;
    case Licensing::amateur:
        return unknown(s, Message("unknown.amateur"));
    case Licensing::moving:
        return unknown(s, Message("unknown.moving_station"));
    case Licensing::state:
        return unknown(s, Message("unknown.state_station"));
    case Licensing::space:
        return unknown(s, Message("unknown.space_station", {{"service", Term{s.band->service}}}));
    case Licensing::closed:
        return unknown(s, Message("unknown.closed_band", {{"plan", s.context.plan.full_name()}}));
    case Licensing::station:
        break;
    }
    if (s.licences.perhaps != nullptr) {
        return unknown(s, Message("unknown.clock", {{"licence", s.licences.perhaps->id},
                                                    {"u", frequency(s.u_center_hz, s.u_center_hz)}}));
    }
    if (s.has_register()) {
        return unknown(s, Message("unknown.off_centre",
                                  {{"licence", s.licences.off != nullptr ? s.licences.off->id : std::string()}}));
    }
    Judged judged = unknown(s, Message("unknown.no_register"));
    add(judged, Message("unlicensed.no_register", {{"plan", s.context.plan.full_name()}}));
    return judged;
}

} // namespace

std::string_view verdict_code(Verdict verdict)
{
    switch (verdict) {
    case Verdict::licensed:
        return "licensed";
    case Verdict::exempt:
        return "exempt";
    case Verdict::network:
        return "network";
    case Verdict::unlicensed:
        return "unlicensed";
    case Verdict::violation:
        return "violation";
    case Verdict::protected_band:
        return "protected";
    case Verdict::unknown:
        return "unknown";
    case Verdict::ignored:
        return "ignored";
    }
    return "unknown";
}

Reason verdict_reason(Verdict verdict, Message message, std::string reference)
{
    return Reason{
        .rule = std::string(verdict_code(verdict)), .message = std::move(message), .reference = std::move(reference)};
}

Message unknown_line(const Quantity& center, Message why)
{
    return Message("verdict.unknown.line", {{"center", center}, {"why", std::vector<Message>{std::move(why)}}});
}

Judged judge_by_lists(const Situation& s)
{
    Judged judged;
    if (s.licences.match != nullptr) {
        judged = licensed(s, *s.licences.match);
    } else if (s.emission.quality == Quality::poor &&
               (s.band == nullptr || s.exempt.met != nullptr || s.band->licensing == Licensing::station ||
                (s.band->licensing == Licensing::broadcaster && s.has_register()))) {
        judged = unknown(s, Message("unknown.poor"));
        judged.service = s.exempt.met != nullptr ? s.exempt.met->service : std::string();
    } else if (s.exempt.met != nullptr) {
        judged = exempt(s, *s.exempt.met);
    } else if (s.band == nullptr) {
        judged = unknown(s, Message("unknown.no_plan_row", {{"plan", s.context.plan.full_name()}}));
    } else {
        judged = by_licensing(s);
    }
    if (judged.service.empty() && s.band != nullptr) {
        judged.service = s.band->service;
    }
    if (s.guarded.band != nullptr && s.guarded.expected) {
        add(judged, Message("reason.protected_expected", {{"service", Term{s.guarded.band->service}}}),
            s.guarded.band->row.reference);
    }
    return judged;
}

} // namespace gacsong
