// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gacsong::detect::lte {

using Bits = std::vector<std::uint8_t>; ///< one bit each

/// Most bits that a control message with its CRC has.
inline constexpr std::size_t most_control_bits = 128;

/// The tail-biting code of rate 1/3 (3GPP TS 36.212 §5.1.3.1): three streams, one after the other.
[[nodiscard]] Bits encode_control(std::span<const std::uint8_t> bits);

/// Place in the three streams of `size` bits each of every element of the circular buffer (§5.1.4.2.1, 2).
[[nodiscard]] std::vector<std::size_t> control_buffer(std::size_t size);

/// Decodes three streams of soft bits (positive for 0); their number is 3 × the bits, at most 3 × most_control_bits.
[[nodiscard]] Bits decode_control(std::span<const float> streams);

/// The cyclic redundancy checks of §5.1.1.
[[nodiscard]] std::uint32_t crc16(std::span<const std::uint8_t> bits);
[[nodiscard]] std::uint32_t crc24a(std::span<const std::uint8_t> bits);

/// `count` bits as a number, the first the most significant.
[[nodiscard]] std::uint32_t number(std::span<const std::uint8_t> bits);

} // namespace gacsong::detect::lte
