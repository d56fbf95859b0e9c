// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <span>

namespace gacsong::detect {

/// How many frames of IEEE 802.11 DSSS (§15, §16) begin in samples at 20 MS/s whose 0 Hz is within 450 kHz of the
/// carrier: Barker code of 11 chips a microsecond, long or short preamble, start of frame, header whose check sequence
/// fits. Noise has one with 1e-12 a microsecond.
[[nodiscard]] std::size_t wifi_spread_frames(std::span<const std::complex<float>> samples);

} // namespace gacsong::detect
