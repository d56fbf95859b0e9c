// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/signals/waveform.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace gacsong::test {

/// DECT (ETSI EN 300 175-2, -3): GFSK 1152 kbit/s, BT 0.5, ±288 kHz, frames of 10 ms with 24 slots of 480 bits. One
/// bearer sends one slot a frame, a packet P32: S-field 32, A-field 64, B-field 320, X and Z 4 bits each.
/// The A-field carries the identity (N_T, TA 011) with a right R-CRC, in frame 8 of 16 system information (Q_T);
/// B-field bits are random, X and Z equal but arbitrary.
/// Seen by: check/dect_test.cpp alone, which slices the discriminator and divides by the polynomial of the standard;
/// no independent receiver was at hand.
struct DectSettings {
    bool fixed_part = true;            ///< base station (sync E98A) or handset (1675)
    unsigned slot = 2;                 ///< 0 … 11 down, 12 … 23 up
    std::uint64_t rfpi = 0x01A2B3C4D8; ///< 40 bits
    bool american = false;             ///< DECT 6.0 by name; the air interface is the same
    std::uint64_t seed = 1;
};
[[nodiscard]] WaveformPtr dect(const DectSettings& settings = {});

/// 16 check bits over a field without them: x^16 + x^10 + x^8 + x^7 + x^3 + 1, last bit inverted (EN 300 175-3
/// §6.2.5.2; catalogued as CRC-16/DECT-R).
[[nodiscard]] std::uint16_t dect_r_crc(std::span<const std::uint8_t> bits);

/// Bits of 16 frames, 11520 a frame, 0 where nothing is sent.
[[nodiscard]] std::vector<std::uint8_t> dect_bits(const DectSettings& settings);

} // namespace gacsong::test
