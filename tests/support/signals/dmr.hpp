// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/signals/waveform.hpp"

#include <cstdint>
#include <vector>

namespace gacsong::test {

/// DMR (ETSI TS 102 361-1): 4800 Bd 4-FSK, ±648 and ±1944 Hz, root raised cosine 0.2. Sync words, slot type, EMB and
/// CACH are coded as the standard says; voice and data bits are random (no vocoder frames, no BPTC).
/// Seen by: dsdcc 1.9.3 (sync, slot, colour code); see check/dmr_test.cpp.
struct DmrSettings {
    unsigned colour_code = 1;  ///< 0 … 15
    bool base_station = false; ///< a repeater sends both slots without a break; else a mobile sends every second slot
    bool voice = true;         ///< voice superframes; else data bursts (CSBK)
    std::uint64_t seed = 1;
};
[[nodiscard]] WaveformPtr dmr(const DmrSettings& settings = {});

/// Codeword of Golay(20,8), Annex B.3.1: 8 data bits, 12 parity bits. The (23,12) code of x^11+x^10+x^6+x^5+x^4+x^2+1
/// shortened by four and closed with an even-parity bit.
[[nodiscard]] std::uint32_t golay_20_8(std::uint32_t data);

/// Codeword of the quadratic residue code (16,7,6), Annex B.3.2: 7 data bits, 9 parity bits. From x^8+x^5+x^4+x^3+1
/// with an even-parity bit.
[[nodiscard]] std::uint32_t quadratic_residue_16_7(std::uint32_t data);

/// Symbols (±1 ±3, 0 where nothing is sent) of one round of the transmission, 144 a slot.
[[nodiscard]] std::vector<std::int8_t> dmr_symbols(const DmrSettings& settings);

} // namespace gacsong::test
