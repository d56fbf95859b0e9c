// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace gacsong::dsp {

/// Root raised cosine pulse of unit gain at 0 Hz, x in symbols from its middle, 0 < roll_off ≤ 1 (3GPP TS 25.104
/// §6.8.1).
[[nodiscard]] double root_raised_cosine(double x, double roll_off);

/// Symbols of a linear modulation behind its matched filter: symbol k stands at (k + phase)/symbol_rate_hz seconds from
/// the first sample, 0 ≤ phase < 1. As many as fit with ±6 symbols around them, at most `most`. White noise keeps its
/// power per hertz: behind the filter it has noise density × symbol rate; a signal shaped likewise keeps its power.
[[nodiscard]] std::vector<std::complex<float>> matched_symbols(std::span<const std::complex<float>> x, double rate_hz,
                                                               double symbol_rate_hz, double phase, double roll_off,
                                                               std::size_t most);

/// x^power by multiplication.
[[nodiscard]] std::vector<std::complex<float>> raised(std::span<const std::complex<float>> x, unsigned power);

} // namespace gacsong::dsp
