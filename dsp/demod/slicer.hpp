// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstdint>
#include <span>
#include <vector>

namespace gacsong::dsp {

/// Filter of a symbol's frequency before it is read.
enum class SymbolFilter {
    mean,               ///< over 0.7 symbols: hard and Gaussian keying
    root_raised_cosine, ///< roll-off 0.2 (ETSI TS 102 361-1 §10.2)
};

/// x through the filter, as long as x.
[[nodiscard]] std::vector<float> symbol_filtered(std::span<const float> x, double rate_hz, double symbol_rate_hz,
                                                 SymbolFilter filter);

/// Values at (k + phase)/symbol_rate_hz from the first, 0 ≤ phase < 1, between samples on a straight line.
[[nodiscard]] std::vector<float> symbols_at(std::span<const float> x, double rate_hz, double symbol_rate_hz,
                                            double phase);
[[nodiscard]] std::vector<std::complex<float>> symbols_at(std::span<const std::complex<float>> x, double rate_hz,
                                                          double symbol_rate_hz, double phase);

/// Middle between the 5 % and 95 % quantiles. x not empty.
[[nodiscard]] float middle_of(std::span<const float> x);

/// 1 where a symbol lies above `level`.
[[nodiscard]] std::vector<std::uint8_t> sliced(std::span<const float> symbols, float level);

} // namespace gacsong::dsp
