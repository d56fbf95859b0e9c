// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace gacsong::detect {

/// Bits of the sync word that begins every packet of Bluetooth BR/EDR (Core specification, Vol 2 Part B §6.3.3).
inline constexpr std::size_t bluetooth_sync_bits = 64;

/// The sync word of a lower address part (24 bits); bit i is sent as the i-th.
[[nodiscard]] std::uint64_t bluetooth_sync(std::uint32_t lower_address);

/// Whether 64 bits, bit i sent as the i-th, are a sync word of any address, one wrong bit in the parity allowed. Random
/// ones are with 6e-11. The address itself is nobody's business.
[[nodiscard]] bool is_bluetooth_sync(std::uint64_t word);

/// How many sync words symbols of two levels have, each with at least as many symbols behind it.
[[nodiscard]] std::int64_t bluetooth_syncs(std::span<const float> symbols);

} // namespace gacsong::detect
