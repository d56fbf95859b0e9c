// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace gacsong::dsp {

/// A convolutional code of rate 1/n that begins and, the last `memory` bits being 0, ends in state 0.
struct ConvolutionalCode {
    unsigned memory = 6;                  ///< bits that are remembered, at most 8
    std::span<const unsigned> generators; ///< n of them over memory + 1 bits, the newest bit highest
};

/// Constraint length 7, rate 1/2, generators 133 and 171 octal (IEEE 802.11 §17.3.5.6 and many others).
[[nodiscard]] const ConvolutionalCode& code_133_171();

/// Likeliest bits after Viterbi. `soft`: n values for each bit in the order of the generators, above 0 for a 1, 0 where
/// nothing was sent; what is left over of n is ignored.
[[nodiscard]] std::vector<std::uint8_t> viterbi(std::span<const float> soft, const ConvolutionalCode& code);

/// The code itself, n values (0 or 1) for each bit.
[[nodiscard]] std::vector<std::uint8_t> encoded(std::span<const std::uint8_t> bits, const ConvolutionalCode& code);

} // namespace gacsong::dsp
