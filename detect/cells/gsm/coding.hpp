// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace gacsong::detect::gsm {

constexpr std::size_t sync_soft_bits = 78;    ///< of a synchronisation burst
constexpr std::size_t normal_soft_bits = 116; ///< of a normal burst, stealing flags included
constexpr std::size_t block_octets = 23;

using Octets = std::array<std::uint8_t, block_octets>;
using BlockBits = std::array<std::int8_t, 4 * normal_soft_bits>;

/// What a synchronisation burst says (3GPP TS 44.018 §9.1.30).
struct SyncInfo {
    unsigned bsic = 0;              ///< NCC · 8 + BCC
    std::uint32_t frame_number = 0; ///< of the burst's frame
    unsigned bit_errors = 0;        ///< of the 78 bits received
    bool operator==(const SyncInfo&) const = default;
};

/// Soft bits are positive for 0, of up to ±127. Nothing where the parity or the ranges of the frame number fail.
[[nodiscard]] std::optional<SyncInfo> decode_sync(std::span<const std::int8_t, sync_soft_bits> soft);

/// A block of four normal bursts of xCCH (3GPP TS 45.003 §4.1); nothing where the Fire code fails.
[[nodiscard]] std::optional<Octets> decode_block(const BlockBits& soft);

/// The other way: bits 0 or 1 of the four bursts.
[[nodiscard]] std::array<std::uint8_t, 4 * normal_soft_bits> encode_block(const Octets& octets);

/// Bits 0 or 1 of a synchronisation burst's two data fields.
[[nodiscard]] std::array<std::uint8_t, sync_soft_bits> encode_sync(unsigned bsic, std::uint32_t frame_number);

} // namespace gacsong::detect::gsm
