// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace gacsong::dsp {

/// arg(x[n]·x*[n−1])·rate/2π in hertz; the first value repeats the second.
[[nodiscard]] std::vector<float> instantaneous_frequency(std::span<const std::complex<float>> x, double rate_hz);

/// |x|² of each sample.
[[nodiscard]] std::vector<float> powers(std::span<const std::complex<float>> x);

/// Mean over 2·half + 1 values, fewer at the ends.
[[nodiscard]] std::vector<float> moving_mean(std::span<const float> x, std::size_t half);
[[nodiscard]] std::vector<std::complex<float>> moving_mean(std::span<const std::complex<float>> x, std::size_t half);

/// Convolution with a filter of odd length and linear phase, as long as x, values beyond the ends repeated.
/// Every `step`-th value only.
[[nodiscard]] std::vector<float> filtered(std::span<const float> x, std::span<const float> taps, std::size_t step = 1);

/// The same for complex samples, zeros beyond the ends.
[[nodiscard]] std::vector<std::complex<float>> filtered(std::span<const std::complex<float>> x,
                                                        std::span<const float> taps, std::size_t step = 1);

/// Value below which a share q of the values lies. x not empty.
[[nodiscard]] float quantile(std::span<const float> x, double q);

/// Standard deviation of the values over their mean; 0 where that is not above 0. x not empty.
[[nodiscard]] double relative_deviation(std::span<const double> x);

/// Means of windows of `window` values side by side; what is left at the end is not in one. window ≥ 1.
[[nodiscard]] std::vector<double> window_means(std::span<const float> x, std::size_t window);

/// x shifted by −offset_hz.
[[nodiscard]] std::vector<std::complex<float>> shifted(std::span<const std::complex<float>> x, double offset_hz,
                                                       double rate_hz);

} // namespace gacsong::dsp
