// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace gacsong::dsp {

/// Register of a cyclic code after bits (0 or 1 each, first sent first) have gone through it. `polynomial` without its
/// highest term, x^0 in bit 0; `width` 1 … 32 its degree. Over data and parity of a systematic word it is 0, whatever
/// the data, where `start` is 0 and nothing was inverted.
[[nodiscard]] std::uint32_t cyclic_remainder(std::span<const std::uint8_t> bits, std::uint32_t polynomial,
                                             unsigned width, std::uint32_t start = 0);

/// Codeword of a systematic cyclic code: data_bits of data, then the remainder. `generator` with its highest term,
/// data_bits and its degree together at most 64.
[[nodiscard]] std::uint64_t cyclic_codeword(std::uint32_t data, unsigned data_bits, std::uint64_t generator);

/// The first `count` (at most 64) bits as a number, first bit highest.
[[nodiscard]] std::uint64_t number_of(std::span<const std::uint8_t> bits, std::size_t count);

} // namespace gacsong::dsp
