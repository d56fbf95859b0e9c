// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/sweep/look_plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace gacsong::detect {

namespace {

/// Dwell by what transmits there. Nobody's measurement: what the shortest usual transmission asks for, kept short
/// enough that the round stays short.
constexpr double steady_s = 0.1;     ///< it does not end
constexpr double voice_s = 0.2;      ///< overs of seconds
constexpr double brief_s = 0.5;      ///< bursts of tens of milliseconds, now and then
constexpr double watchful_s = 0.5;   ///< nobody may transmit here; a beacon of distress lasts 0.44 s
constexpr double not_stated_s = 0.2; ///< the plan does not say

constexpr double least_move = 0.05; ///< of the rate, between two tunings that count as different

double dwell_of(const gacsong::Band& band)
{
    const std::string_view service = band.service;
    if (service.starts_with("broadcasting") || service == "public land mobile network")
        return steady_s;
    if (service == "short-range devices" || service == "wireless local network")
        return brief_s;
    switch (band.licensing) {
    case Licensing::broadcaster:
    case Licensing::network:
        return steady_s;
    case Licensing::station:
    case Licensing::amateur:
    case Licensing::moving:
        return voice_s;
    case Licensing::state:
    case Licensing::space:
    case Licensing::closed:
        break;
    }
    return not_stated_s;
}

template <class Rows> bool any_row(const Rows& rows, double low_hz, double high_hz, Instant when)
{
    return std::any_of(rows.begin(), rows.end(), [&](const auto& one) {
        return one.row.low_hz < high_hz && one.row.high_hz > low_hz && one.row.validity.holds(when);
    });
}

void add_grid(const SweepWish& wish, bool shifted, std::vector<PlannedLook>& looks)
{
    const double span = wish.high_hz - wish.low_hz;
    const double steps = std::max(1.0, std::ceil(span / (usable_share * wish.rate_hz) - 1e-9));
    const double step = span / steps;
    const auto count = static_cast<std::size_t>(steps) + (shifted ? 1U : 0U);
    for (std::size_t i = 0; i < count; ++i) {
        const double place = static_cast<double>(i) + (shifted ? 0.0 : 0.5);
        const auto at = [&](double steps_from_low) { return wish.low_hz + steps_from_low * step; };
        PlannedLook look;
        look.low_hz = std::max(wish.low_hz, at(place - 0.5));
        look.high_hz = std::min(wish.high_hz, at(place + 0.5));
        look.center_hz = std::clamp(at(place), wish.tunable_low_hz, wish.tunable_high_hz);
        look.shifted = shifted;
        looks.push_back(look);
    }
}

} // namespace

double usual_dwell_s(const Plan& plan, double low_hz, double high_hz, Instant when)
{
    double dwell = 0.0;
    for (const gacsong::Band& band : plan.bands)
        if (band.row.low_hz < high_hz && band.row.high_hz > low_hz && band.row.validity.holds(when))
            dwell = std::max(dwell, dwell_of(band));
    if (any_row(plan.exempt, low_hz, high_hz, when))
        dwell = std::max(dwell, brief_s);
    if (any_row(plan.protected_bands, low_hz, high_hz, when))
        dwell = std::max(dwell, watchful_s);
    return dwell > 0.0 ? dwell : not_stated_s;
}

std::vector<PlannedLook> plan_looks(const SweepWish& wish, const Plan& plan, Instant when)
{
    std::vector<PlannedLook> looks;
    add_grid(wish, false, looks);
    add_grid(wish, true, looks);
    for (PlannedLook& look : looks)
        look.dwell_s = wish.dwell_s ? *wish.dwell_s : usual_dwell_s(plan, look.low_hz, look.high_hz, when);
    return looks;
}

double revisit_s(std::span<const PlannedLook> round, double settle_s)
{
    double all = 0.0;
    for (const PlannedLook& look : round)
        all += look.dwell_s + settle_s;
    return 0.5 * all;
}

double intercept(double burst_s, double dwell_s, double revisit_s)
{
    return revisit_s > 0.0 ? std::min(1.0, (burst_s + dwell_s) / revisit_s) : 1.0;
}

std::optional<double> second_tuning(double at_hz, std::span<const double> earlier, const SweepWish& wish)
{
    constexpr std::array<double, 8> distances{0.23, -0.23, 0.31, -0.31, 0.15, -0.15, 0.08, -0.08};
    for (const double distance : distances) {
        const double center = at_hz + distance * wish.rate_hz;
        const bool reached = center >= wish.tunable_low_hz && center <= wish.tunable_high_hz;
        const bool fresh = std::none_of(earlier.begin(), earlier.end(), [&](double other) {
            return std::abs(other - center) < least_move * wish.rate_hz;
        });
        if (reached && fresh)
            return center;
    }
    return std::nullopt;
}

} // namespace gacsong::detect
