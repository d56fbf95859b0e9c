// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/signals/waveform.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace gacsong::test {

/// 23 octets of an L2 block.
using GsmBlock = std::array<std::uint8_t, 23>;

/// The C0 carrier of a GSM cell (3GPP TS 45.002, 45.003, 45.004): GMSK with BT 0.3 at 270.833 kbit/s, eight timeslots,
/// FCCH, SCH, BCCH and CCCH on timeslot 0 and dummy bursts on all others. Blocks are coded by libosmocoding; mapping
/// and modulation are our own.
struct GsmSettings {
    unsigned bsic = 23;
    std::uint32_t first_frame = 0;     ///< frame number at the beginning
    unsigned frames = 416;             ///< made; then it starts again (8 multiframes: 408)
    std::array<GsmBlock, 8> bcch{};    ///< by TC, (FN / 51) mod 8
    std::vector<GsmBlock> ccch{};      ///< sent in turn in the blocks of CCCH
    bool combined = false;             ///< SDCCH/4 on timeslot 0
    std::vector<GsmBlock> dedicated{}; ///< sent in turn in the blocks of SDCCH and SACCH
    unsigned control_timeslots = 1;    ///< 2, 3, 4: timeslots 2, 4, 6 carry BCCH and CCCH as well
    bool sync = true;                  ///< false: no FCCH and SCH, as on a carrier that is no C0
    std::uint64_t seed = 1;            ///< of random payload where a block is all 0
};
[[nodiscard]] WaveformPtr gsm(const GsmSettings& settings);

/// Bits of all frames, 1250 a frame (slots of 157, 156, 156, 156 bits in turn).
[[nodiscard]] std::vector<std::uint8_t> gsm_bits(const GsmSettings& settings);

/// 148 bits, each 0 or 1.
using GsmBurst = std::array<std::uint8_t, 148>;

/// The same for bursts from elsewhere, one a frame for timeslot 0; dummy bursts on the other timeslots.
[[nodiscard]] std::vector<std::uint8_t> gsm_bits(std::span<const GsmBurst> timeslot0);

/// Modulates bits of whole frames; after the last the first follows.
[[nodiscard]] WaveformPtr gsm(std::span<const std::uint8_t> bits);

/// A block from its hexadecimal digits; padded with 2B.
[[nodiscard]] GsmBlock gsm_block(const char* hex);

/// System information 1 to 4 of a plausible cell, by TC.
[[nodiscard]] std::array<GsmBlock, 8> gsm_system_information(bool combined = false);

/// A paging request that names nobody.
[[nodiscard]] GsmBlock gsm_empty_paging();

} // namespace gacsong::test
