// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/signatures/digital/two_levels.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace gacsong::detect {

// IEEE 802.15.4-2020 §12: O-QPSK at 2450 MHz. A symbol of four bits is one of 16 sequences of 32 chips; chips are half
// sines in turn on both axes, so that the frequency is that of minimum-shift keying.
inline constexpr double zigbee_chip_rate_hz = 2e6;
inline constexpr std::size_t zigbee_chips = 32;

/// Chips of the 16 symbols (table 12-1), the first one highest.
[[nodiscard]] constexpr std::array<std::uint32_t, 16> zigbee_sequences()
{
    constexpr std::uint32_t first = 0xD9C3522E;
    constexpr std::uint32_t odd_chips = 0x55555555;
    std::array<std::uint32_t, 16> out{};
    for (unsigned symbol = 0; symbol < 8; ++symbol) {
        const unsigned turn = 4 * symbol;
        out.at(symbol) = turn == 0 ? first : first >> turn | first << (32U - turn);
        out.at(symbol + 8) = out.at(symbol) ^ odd_chips;
    }
    return out;
}

/// How many frames whose check sequence fits stand in a stretch: behind a start of frame, as long as their length
/// says. `readings` at zigbee_chip_rate_hz, evenly over a chip. Random chips have one with 1e-12 a chip.
[[nodiscard]] std::size_t zigbee_frames(std::span<const TwoLevels> readings);

} // namespace gacsong::detect
