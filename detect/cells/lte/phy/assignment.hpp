// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/coding/convolutional.hpp"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect::lte {

/// Whom a control message is for (3GPP TS 36.321 §7.1): all phones. Answers to random access have values of their own
/// (mac/random_access.hpp).
inline constexpr std::uint32_t system_information_rnti = 0xFFFF;
inline constexpr std::uint32_t paging_rnti = 0xFFFE;

/// Where a message for all phones lies in a subframe: what a control message says.
struct Assignment {
    std::size_t block_bits = 0;      ///< of the transport block
    std::optional<unsigned> version; ///< of the redundancy; compact messages leave it to the frame number, that of
                                     ///< paging and of responses is 0
    std::array<std::vector<unsigned>, 2> blocks; ///< physical resource blocks in either slot, in order
    bool operator==(const Assignment&) const = default;
};

/// Bits of the two formats that announce messages for all phones, without check (3GPP TS 36.212 §5.3.3.1.3, .4).
[[nodiscard]] std::size_t format_1a_bits(unsigned blocks, bool tdd);
[[nodiscard]] std::size_t format_1c_bits(unsigned blocks);

/// Reads the message; null where it says what cannot be.
[[nodiscard]] std::optional<Assignment> read_format_1a(std::span<const std::uint8_t> bits, unsigned blocks, bool tdd);
[[nodiscard]] std::optional<Assignment> read_format_1c(std::span<const std::uint8_t> bits, unsigned blocks);

/// Physical resource block of a distributed virtual one in a slot (3GPP TS 36.211 §6.2.3.2).
[[nodiscard]] unsigned distributed_block(unsigned number, unsigned slot, unsigned blocks, bool second_gap);

} // namespace gacsong::detect::lte
