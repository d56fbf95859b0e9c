// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace gacsong::detect {

/// Preamble and access address of Bluetooth Low Energy advertising (Core specification, Vol 6 Part B §2.1), first sent
/// highest: 40 bits.
inline constexpr std::uint64_t ble_start = 0x556B7D9171;
inline constexpr std::size_t ble_start_bits = 40;

/// Whether what follows is a packet: un-whitened for one of the 40 channels, as long as its header says, with the
/// 24-bit check sequence. `bits`: 0 or 1, first sent first, behind the access address. Random ones pass with 2e-6.
[[nodiscard]] bool ble_packet(std::span<const std::uint8_t> bits);

} // namespace gacsong::detect
