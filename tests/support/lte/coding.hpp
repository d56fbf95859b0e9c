// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/lte/sequences.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace gacsong::test::lte {

/// `count` bits of a number, the most significant first.
[[nodiscard]] Bits bits_of(std::uint32_t value, std::size_t count);

/// Bits of octets, filled up with zeros to `count` or, without it, as many as there are.
[[nodiscard]] Bits bits_of(std::span<const std::uint8_t> octets, std::size_t count = 0);

/// The bits and their check of 16 bits turned by the mask (3GPP TS 36.212 §5.1.1), coded by the tail-biting code
/// (§5.1.3.1) and rate matched to `count` bits (§5.1.4.2).
[[nodiscard]] Bits code_control(Bits bits, std::uint16_t mask, std::size_t count);

/// Code block of system information: the smallest transport block that holds so many bits.
struct BlockSize {
    unsigned bits = 0;
    unsigned scheme = 0;  ///< I_TBS
    unsigned columns = 0; ///< 2 or 3 resource blocks of table 7.1.7.2.1-1 (3GPP TS 36.213)
};
/// \pre  bits ≤ 504; only sizes that need no filler bits are used.
[[nodiscard]] BlockSize block_size(std::size_t bits);

/// A transport block of one of these sizes with its check of 24 bits, turbo coded (§5.1.3.2) and rate matched
/// (§5.1.4.1, the whole buffer) to `count` bits.
[[nodiscard]] Bits code_block(Bits bits, unsigned version, std::size_t count);

} // namespace gacsong::test::lte
