// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "detect/spectral/tracker.hpp"

#include <optional>
#include <span>

namespace gacsong::detect {

/// What the clock and the tuning of the recording say.
struct Reference {
    std::optional<double> center_hz;
    double clock_ppm = 50.0;           ///< half-width of the clock's error
    double clock_correction_ppm = 0.0; ///< taken out of every frequency
    double sample_rate_hz = 0.0;
};

/// Edges that hold all but `left_out` of the power on each side, with linear interpolation inside a cell. Values are
/// powers above the floor (negative ones count as 0); cell i spans low + i·step … low + (i+1)·step.
/// (SM.443-4, monitoring.md §1.2.)
[[nodiscard]] std::optional<Band> occupied_band(std::span<const double> power, double low_hz, double step_hz,
                                                double left_out = 0.005);

/// The part of a spectrum that one emission fills: the strongest stretch within 26 dB of the peak, with what lies
/// beside it at a similar level or so close that it must belong to it (sidebands, the second tone of an FSK, blocks of
/// carriers), widened by half its width on both sides. Splatter and receiver products further out stay outside.
[[nodiscard]] std::optional<Band> main_band(std::span<const double> power, double low_hz, double step_hz,
                                            double noise_per_cell, double smooth_hz);

/// Outermost crossings of (peak − x_db), for the same cells; needs the level there to lie 6 dB above the noise.
[[nodiscard]] std::optional<Band> band_at(std::span<const double> power, double low_hz, double step_hz, double x_db,
                                          double noise_per_cell);

/// Period of a pulsed transmitter from the starts of its bursts: at least 5 bursts, four fifths of them on the grid.
[[nodiscard]] std::optional<double> burst_period(std::span<const Interval> bursts);

/// Measures a finished track: frequency, bandwidth, level, times, each with uncertainty (k = 2) and quality
/// (design.md §4). Id, start and end in UTC, plan and verdict are left to others.
[[nodiscard]] Emission measure(const Track& track, const Reference& reference);

} // namespace gacsong::detect
