// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <span>
#include <vector>

namespace gacsong::dsp {

/// Samples at another, lower or equal rate, band-limited interpolation over ±8 samples.
[[nodiscard]] std::vector<std::complex<float>> resampled(std::span<const std::complex<float>> samples, double rate_hz,
                                                         double wanted_hz);

} // namespace gacsong::dsp
