// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace gacsong::dsp {

/// Likeliest bits of the convolutional code of constraint length 7 and rate 1/2 with generators 133 and 171 (octal;
/// IEEE 802.11 §17.3.5.6 and many others), which starts at state 0 and, its last six bits being 0, ends there. `soft`:
/// two values for each bit, first output first, above 0 for a 1; an even number of them.
[[nodiscard]] std::vector<std::uint8_t> viterbi_133_171(std::span<const float> soft);

/// The code itself, two values (0 or 1) for each bit.
[[nodiscard]] std::vector<std::uint8_t> encoded_133_171(std::span<const std::uint8_t> bits);

} // namespace gacsong::dsp
