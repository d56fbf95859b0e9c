// SPDX-License-Identifier: GPL-3.0-or-later
// Which licence-exempt classes an emission belongs to, and whether it keeps their measurable conditions.
#include "detect/rules/quantities.hpp"
#include "detect/rules/situation.hpp"

#include <algorithm>

namespace gacsong {

namespace {

constexpr double edge_time_s = 1e-3; // uncertainty of one beginning or end of a burst

enum class Belongs { no, by_band, by_system };

Belongs belongs(const ExemptClass& exempt, const Situation& situation)
{
    if (!exempt.row.contains(situation.center_hz) || !exempt.row.validity.holds(situation.when)) {
        return Belongs::no;
    }
    const auto system = situation.system();
    if (!system.empty() &&
        (holds(exempt.not_systems, system) || (!exempt.systems.empty() && !holds(exempt.systems, system)))) {
        return Belongs::no;
    }
    if (exempt.class_max_bandwidth_hz && situation.wider_than(*exempt.class_max_bandwidth_hz)) {
        return Belongs::no;
    }
    const auto& emission = situation.emission;
    if (exempt.class_min_bandwidth_hz &&
        emission.bandwidth_hz + emission.uncertainty.bandwidth_hz < *exempt.class_min_bandwidth_hz) {
        return Belongs::no;
    }
    return !system.empty() && holds(exempt.systems, system) ? Belongs::by_system : Belongs::by_band;
}

std::optional<BrokenCondition> broken_edges(const ExemptClass& exempt, const Situation& situation)
{
    const double below = exempt.row.low_hz - situation.low_hz;
    const double above = situation.high_hz - exempt.row.high_hz;
    const double uncertainty =
        situation.emission.uncertainty.center_hz + situation.emission.uncertainty.bandwidth_hz / 2.0;
    if (std::max(below, above) <= uncertainty) {
        return std::nullopt;
    }
    const bool low_side = below > above;
    return BrokenCondition{.quantity = "band edges",
                           .value = frequency(low_side ? situation.low_hz : situation.high_hz, uncertainty),
                           .uncertainty = frequency(uncertainty, uncertainty),
                           .limit = stated_frequency(low_side ? exempt.row.low_hz : exempt.row.high_hz)};
}

std::optional<BrokenCondition> broken_bandwidth(const ExemptClass& exempt, const Situation& situation)
{
    if (!exempt.max_bandwidth_hz || !situation.wider_than(*exempt.max_bandwidth_hz)) {
        return std::nullopt;
    }
    const double uncertainty = situation.emission.uncertainty.bandwidth_hz;
    return BrokenCondition{.quantity = "bandwidth",
                           .value = bandwidth(situation.emission.bandwidth_hz, uncertainty),
                           .uncertainty = bandwidth(uncertainty, uncertainty),
                           .limit = bandwidth(*exempt.max_bandwidth_hz)};
}

/// Time on the air within the class's window is limited. It is broken only where what was heard alone fills more than
/// the window allows, whatever the transmitter did before and after.
std::optional<BrokenCondition> broken_duty(const ExemptClass& exempt, const Situation& situation)
{
    if (!exempt.max_duty) {
        return std::nullopt;
    }
    const auto& emission = situation.emission;
    const double heard_s = emission.end_s - emission.start_s;
    const double window_s = std::max(exempt.duty_window_s, heard_s);
    const double duty = emission.duty * heard_s / window_s;
    const double uncertainty = 2.0 * edge_time_s * static_cast<double>(emission.bursts) / window_s;
    if (duty - uncertainty <= *exempt.max_duty) {
        return std::nullopt;
    }
    return BrokenCondition{.quantity = "duty",
                           .value = Quantity{duty, Unit::parts, 0.001},
                           .uncertainty = Quantity{uncertainty, Unit::parts, 0.001},
                           .limit = Quantity{*exempt.max_duty, Unit::parts}};
}

std::optional<BrokenCondition> first_broken(const ExemptClass& exempt, const Situation& situation)
{
    if (situation.measurable) {
        if (auto broken = broken_edges(exempt, situation)) {
            return broken;
        }
        if (auto broken = broken_bandwidth(exempt, situation)) {
            return broken;
        }
    }
    return situation.emission.quality == Quality::poor ? std::nullopt : broken_duty(exempt, situation);
}

std::vector<std::string> still_open(const ExemptClass& exempt, const Situation& situation)
{
    std::vector<std::string> terms = exempt.not_measured;
    if (!situation.measurable) {
        terms.emplace_back("bandwidth");
    }
    const double heard_s = situation.emission.end_s - situation.emission.start_s;
    if (exempt.max_duty && heard_s < exempt.duty_window_s) {
        terms.emplace_back("duty");
    }
    return terms;
}

} // namespace

ExemptSearch search_exempt(const Situation& situation)
{
    ExemptSearch search;
    bool met_by_system = false;
    for (const auto& exempt : situation.context.plan.exempt) {
        const Belongs how = belongs(exempt, situation);
        if (how == Belongs::no) {
            continue;
        }
        if (exempt.look_alike && how != Belongs::by_system) {
            search.look_alike = &exempt;
            continue;
        }
        if (auto broken = first_broken(exempt, situation)) {
            if (search.failed == nullptr || exempt.row.verified > search.failed->row.verified) {
                search.failed = &exempt;
                search.broken = std::move(broken);
            }
            continue;
        }
        const bool by_system = how == Belongs::by_system;
        const bool better = search.met == nullptr || (by_system && !met_by_system) ||
                            (by_system == met_by_system && exempt.row.verified > search.met->row.verified);
        if (better) {
            search.met = &exempt;
            met_by_system = by_system;
        }
    }
    if (search.met != nullptr) {
        search.failed = nullptr;
        search.broken.reset();
        search.not_measured = still_open(*search.met, situation);
    }
    return search;
}

} // namespace gacsong
