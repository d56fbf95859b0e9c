// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::dsp {

/// Places (in samples, fractional) where a waveform passes from below `low` to above `high` or back; each at the
/// crossing of their middle. low ≤ high.
[[nodiscard]] std::vector<double> crossings(std::span<const float> x, float low, float high);

/// Common step of places in time.
struct Clock {
    double rate_hz = 0.0;
    double coherence = 0.0; ///< length of the mean of exp(j2π·rate·t): 1 where all lie on one grid, 0 where none
    std::size_t places = 0;
};

/// The rate between low_hz and high_hz on whose grid the places lie best: groups (bursts) share the rate, not the
/// phase. Where a rate and its multiples fit alike, the lowest. At least 12 places, times in seconds, ascending in each
/// group.
[[nodiscard]] std::optional<Clock> common_clock(std::span<const std::vector<double>> groups, double low_hz,
                                                double high_hz);

/// Phase of the grid in a group, 0 … 1 of a step: places lie at (k + phase)/rate.
[[nodiscard]] double clock_phase(std::span<const double> places, double rate_hz);

} // namespace gacsong::dsp
