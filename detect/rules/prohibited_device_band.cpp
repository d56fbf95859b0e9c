// SPDX-License-Identifier: GPL-3.0-or-later
// A kind of device that may not transmit in its band, recognised by system or by width, timing and raster.
#include "detect/rules/all_rules.hpp"
#include "detect/rules/quantities.hpp"
#include "detect/rules/situation.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gacsong {

namespace {

constexpr std::string_view id = "prohibited-device-band";
constexpr std::array<std::string_view, 2> needs{"center", "bandwidth"};
constexpr double likely = 0.5; // confidence from which another system or modulation speaks against traits
constexpr double period_tolerance = 0.01;
constexpr double estimate_share = 0.2; // what an estimated bandwidth may be wrong by

enum class Traits { none, weak, strong };

bool allowed_here(const ProhibitedDevice& device, const Situation& s)
{
    return std::any_of(s.context.plan.exempt.begin(), s.context.plan.exempt.end(), [&](const ExemptClass& exempt) {
        return holds(device.except, exempt.device) && exempt.row.contains(s.center_hz) &&
               exempt.row.validity.holds(s.when);
    });
}

bool inside(const PlanRow& row, const Situation& s)
{
    return s.center_hz - s.u_center_hz >= row.low_hz && s.center_hz + s.u_center_hz < row.high_hz;
}

bool within_width(const ProhibitedDevice& device, const Emission& emission)
{
    const double share = emission.bandwidth_estimate ? estimate_share : 0.0;
    const double u = std::max(emission.uncertainty.bandwidth_hz, share * emission.bandwidth_hz);
    return (!device.min_bandwidth_hz || emission.bandwidth_hz - u >= *device.min_bandwidth_hz) &&
           (!device.max_bandwidth_hz || emission.bandwidth_hz + u <= *device.max_bandwidth_hz);
}

bool within_timing(const ProhibitedDevice& device, const Emission& emission)
{
    const auto has_period = [&](double wanted) {
        return emission.period_s && std::abs(*emission.period_s - wanted) <= period_tolerance * wanted;
    };
    return emission.end_s - emission.start_s >= device.min_duration_s &&
           (!device.min_duty || emission.duty >= *device.min_duty) &&
           (!device.max_duty || emission.duty <= *device.max_duty) &&
           (device.periods_s.empty() || std::any_of(device.periods_s.begin(), device.periods_s.end(), has_period));
}

/// How well width, timing, raster and modulation speak for the device. A system or modulation that was recognised as
/// something else ends it; where the modulation is not known in an operator's band, width and timing alone are weak.
Traits traits(const ProhibitedDevice& device, const Situation& s)
{
    const auto& emission = s.emission;
    const bool other_system = emission.system.name != "unknown" && emission.system.confidence >= likely;
    const bool modulation_known = emission.modulation.name != "unknown" && emission.modulation.confidence >= likely;
    const bool other_modulation =
        modulation_known && !device.modulations.empty() && !holds(device.modulations, emission.modulation.name);
    const bool on_raster =
        !device.raster || std::abs(device.raster->distance(s.center_hz)) <= device.raster_tolerance_hz + s.u_center_hz;
    if (!device.by_traits || other_system || other_modulation || !on_raster || !within_width(device, emission) ||
        !within_timing(device, emission)) {
        return Traits::none;
    }
    const bool distinctive = device.raster && !device.periods_s.empty();
    const bool shared_band = s.band != nullptr && s.band->licensing == Licensing::network;
    return modulation_known || distinctive || !shared_band ? Traits::strong : Traits::weak;
}

RuleResult fire(const ProhibitedDevice& device, const Situation& s, Severity severity)
{
    RuleResult result;
    const std::vector<Argument> about{
        {"center", frequency(s.center_hz, s.emission.uncertainty.center_hz)},
        {"system", Term{device.device}},
        {"low", stated_frequency(device.row.low_hz)},
        {"high", stated_frequency(device.row.high_hz)},
    };
    std::vector<Argument> with_reference = about;
    with_reference.push_back({"reference", quoted(device.row.reference, device.row.verified)});
    result.verdict = Verdict::violation;
    result.line = Message("verdict.violation.device", about);
    result.finding = Finding{.id = {},
                             .subject = {},
                             .rule = std::string(id),
                             .severity = at_most(severity, device.row.verified),
                             .center_hz = s.center_hz,
                             .message = Message("rule.prohibited-device-band.text", std::move(with_reference)),
                             .reference = device.row.reference};
    if (device.row.verified == Verified::no) {
        result.verdict = Verdict::unknown;
        result.line = Message("unknown.unverified_row", {{"row", Term{device.device}}});
    }
    add_verification(result.reasons, id, device.row.verified, device.row.reference);
    return result;
}

RuleResult evaluate(const Situation& s)
{
    if (s.decided || s.emission.quality == Quality::poor || s.licences.match != nullptr) {
        return {};
    }
    for (const auto& device : s.context.plan.prohibited) {
        if (!device.row.validity.holds(s.when) || !inside(device.row, s) || allowed_here(device, s)) {
            continue;
        }
        if (const auto system = s.system(); !system.empty() && holds(device.systems, system)) {
            return fire(device, s, Severity::serious);
        }
        switch (traits(device, s)) {
        case Traits::strong:
            return fire(device, s, Severity::serious);
        case Traits::weak:
            return fire(device, s, Severity::notice);
        case Traits::none:
            break;
        }
    }
    return {};
}

} // namespace

const Rule rule_prohibited_device_band{.info = {.id = id,
                                                .version = 1,
                                                .ceiling = Severity::serious,
                                                .name_key = "rule.prohibited-device-band.name",
                                                .needs = needs},
                                       .evaluate = evaluate};

} // namespace gacsong
