// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "dsp/message.hpp"

namespace gacsong {

/// The step of the first digit of an uncertainty: 347 → 100. 0 for an uncertainty of 0.
[[nodiscard]] double first_digit(double uncertainty);

/// A frequency with the digits its uncertainty leaves.
[[nodiscard]] Quantity frequency(double hz, double uncertainty_hz);
/// A difference of frequencies, rounded to what the uncertainty leaves: the renderer would show hertz below 100 Hz.
[[nodiscard]] Quantity offset(double hz, double uncertainty_hz);
/// A frequency that a table states, in full.
[[nodiscard]] Quantity stated_frequency(double hz);
[[nodiscard]] Quantity bandwidth(double hz, double uncertainty_hz = 0.0);
[[nodiscard]] Quantity level(const Emission& emission);
/// Beginning or end of an emission: UTC where known, else seconds from the start of the recording.
[[nodiscard]] Value moment(const std::optional<Instant>& instant, double seconds);

} // namespace gacsong
