// SPDX-License-Identifier: GPL-3.0-or-later
// Whether an emission lies in a protected band, and whether it belongs there.
#include "detect/rules/situation.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong {

namespace {

constexpr double estimate_share = 0.5; // what an estimated or poor bandwidth may be wrong by

bool touches(const ProtectedBand& band, const Situation& situation)
{
    if (!band.row.validity.holds(situation.when)) {
        return false;
    }
    if (band.row.contains(situation.center_hz)) {
        return true;
    }
    const double shared = std::min(band.row.high_hz, situation.high_hz) - std::max(band.row.low_hz, situation.low_hz);
    const double uncertainty = situation.u_center_hz + situation.emission.uncertainty.bandwidth_hz / 2.0;
    return shared - uncertainty > situation.emission.bandwidth_hz / 2.0 ||
           (band.jamming_width_hz && shared - uncertainty > *band.jamming_width_hz);
}

double longest_on_s(const Emission& emission)
{
    double longest = 0.0;
    for (const auto& burst : emission.burst_list) {
        longest = std::max(longest, burst.end_s - burst.start_s);
    }
    const double mean = emission.duty * (emission.end_s - emission.start_s) /
                        static_cast<double>(std::max<std::uint64_t>(emission.bursts, 1));
    return std::max(longest, mean);
}

/// Doubt speaks for the emission: every condition is met unless it is passed by more than the uncertainty.
bool belongs(const Expected& expected, const Situation& situation)
{
    const auto& emission = situation.emission;
    const double u_width = situation.measurable
                               ? emission.uncertainty.bandwidth_hz
                               : std::max(emission.uncertainty.bandwidth_hz, estimate_share * emission.bandwidth_hz);
    if (expected.low_hz && situation.center_hz + situation.u_center_hz < *expected.low_hz) {
        return false;
    }
    if (expected.high_hz && situation.center_hz - situation.u_center_hz > *expected.high_hz) {
        return false;
    }
    if (expected.min_bandwidth_hz && emission.bandwidth_hz + u_width < *expected.min_bandwidth_hz) {
        return false;
    }
    if (expected.max_bandwidth_hz && emission.bandwidth_hz - u_width > *expected.max_bandwidth_hz) {
        return false;
    }
    if (expected.max_duty && emission.duty > *expected.max_duty) {
        return false;
    }
    if (expected.max_on_s && longest_on_s(emission) > *expected.max_on_s) {
        return false;
    }
    return !expected.raster || std::abs(expected.raster->distance(situation.center_hz)) <=
                                   expected.raster_tolerance_hz + situation.u_center_hz;
}

} // namespace

ProtectedSearch search_protected(const Situation& situation)
{
    ProtectedSearch search;
    for (const auto& band : situation.context.plan.protected_bands) {
        if (!touches(band, situation)) {
            continue;
        }
        const double width = band.row.high_hz - band.row.low_hz;
        if (search.band == nullptr || width < search.band->row.high_hz - search.band->row.low_hz) {
            search.band = &band;
        }
    }
    if (search.band != nullptr) {
        const auto& row = search.band->row;
        const auto& expected = search.band->expected;
        search.expected =
            std::any_of(expected.begin(), expected.end(), [&](const Expected& e) { return belongs(e, situation); });
        search.at_edge =
            row.contains(situation.center_hz) &&
            std::min(situation.center_hz - row.low_hz, row.high_hz - situation.center_hz) < situation.u_center_hz;
    }
    return search;
}

} // namespace gacsong
