// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/plan.hpp"
#include "dsp/message.hpp"

#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect {

/// Share of the receiver's band that its filters leave flat.
inline constexpr double usable_share = 0.8;
/// Half of what a line at the tuned centre may hide, as a share of the rate (formats-and-radios.md §4.3).
inline constexpr double centre_share = 0.005;

/// One tuning of a sweep: what lies in low_hz ≤ f < high_hz is taken from it.
struct PlannedLook {
    double center_hz = 0.0;
    double low_hz = 0.0;
    double high_hz = 0.0;
    double dwell_s = 0.0;
    bool shifted = false; ///< of the second grid, half a step beside the first
};

/// What a sweep is to cover, and with what.
struct SweepWish {
    double low_hz = 0.0;
    double high_hz = 0.0;
    double rate_hz = 0.0;
    double tunable_low_hz = 0.0; ///< centres that the receiver can be tuned to
    double tunable_high_hz = std::numeric_limits<double>::infinity();
    std::optional<double> dwell_s; ///< instead of what the plan suggests

    /// What can be reached with usable_share of the band around those centres.
    [[nodiscard]] double reach_low_hz() const { return tunable_low_hz - 0.5 * usable_share * rate_hz; }
    [[nodiscard]] double reach_high_hz() const { return tunable_high_hz + 0.5 * usable_share * rate_hz; }
};

/// The looks of one round: once over the span with steps of usable_share of the rate or less, and once more half a step
/// beside, so that no frequency stands at the tuned centre or at an edge both times and everything steady is seen at
/// two tunings. The span must lie in the wish's reach.
[[nodiscard]] std::vector<PlannedLook> plan_looks(const SweepWish& wish, const Plan& plan, Instant when);

/// How long to stay for what the plan expects between two frequencies: long where transmissions are short and rare
/// (short-range devices, distress and protected bands), short where they do not end (broadcasting, base stations).
[[nodiscard]] double usual_dwell_s(const Plan& plan, double low_hz, double high_hz, Instant when);

/// Mean time between two looks at one frequency: two looks a round.
[[nodiscard]] double revisit_s(std::span<const PlannedLook> round, double settle_s);

/// Probability to meet one transmission of `burst_s` with looks of dwell_s every revisit_s (monitoring.md §1.1).
[[nodiscard]] double intercept(double burst_s, double dwell_s, double revisit_s);

/// Where to tune for a second look at `at_hz`: well away from centre, edges and every earlier tuning, so that what the
/// receiver makes of something else (its own centre line, an image) cannot be in the same place again. Nothing where
/// the receiver cannot be tuned so.
[[nodiscard]] std::optional<double> second_tuning(double at_hz, std::span<const double> earlier, const SweepWish& wish);

} // namespace gacsong::detect
