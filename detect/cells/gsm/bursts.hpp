// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace gacsong::detect::gsm {

// Layout of bursts and frames (3GPP TS 45.002 §5.2), times in symbols.

constexpr double symbol_rate_hz = 13e6 / 48.0;
constexpr double slot_symbols = 156.25;
constexpr double frame_symbols = 1250.0;
constexpr double tone_hz = symbol_rate_hz / 4.0; ///< of a frequency correction burst above its carrier
constexpr std::size_t burst_bits = 148;
constexpr std::size_t tail_bits = 3;
constexpr std::uint32_t hyperframe = 2048U * 26U * 51U; ///< frame numbers

constexpr std::size_t normal_training_at = 61;
constexpr std::size_t sync_training_at = 42;

constexpr std::string_view sync_training = "1011100101100010000001000000111100101101010001010111011000011011";
constexpr std::array<std::string_view, 8> normal_training{"00100101110000100010010111", "00101101110111100010110111",
                                                          "01000011101110100100001110", "01000111101101000100011110",
                                                          "00011010111001000001101011", "01001110101100000100111010",
                                                          "10100111110110001010011111", "11101111000100101110111100"};

/// Symbols +1 (bit 0) and −1 (bit 1). After turning sample k by −kπ/2 a GMSK burst is nearly linear in them (the first
/// pulse of Laurent's expansion), because GSM's differential precoding undoes the memory of MSK.
[[nodiscard]] constexpr float symbol_of(bool bit) { return bit ? -1.0F : 1.0F; }

/// What stands in a frame of timeslot 0 of a C0 carrier.
enum class FrameKind { frequency, synchronisation, block, idle };
[[nodiscard]] constexpr FrameKind kind_of(unsigned t3)
{
    if (t3 == 50)
        return FrameKind::idle;
    if (t3 % 10 == 0)
        return FrameKind::frequency;
    return t3 % 10 == 1 ? FrameKind::synchronisation : FrameKind::block;
}

/// First frame (of 51) of the block of four bursts that a frame belongs to.
[[nodiscard]] constexpr unsigned block_start(unsigned t3)
{
    const unsigned tenth = t3 / 10;
    const unsigned within = t3 % 10;
    return tenth * 10 + (within < 6 ? 2U : 6U);
}

} // namespace gacsong::detect::gsm
