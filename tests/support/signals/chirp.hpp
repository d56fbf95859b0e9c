// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/signals/waveform.hpp"

#include <cstdint>
#include <vector>

namespace gacsong::test {

// Seen by: this project's own de-chirping alone; no independent LoRa receiver was at hand.

/// A line that sweeps `width_hz` in `period_s` and starts again (jammers of the simple kind, radars).
struct ChirpSettings {
    double width_hz = 1e6;
    double period_s = 100e-6;
    bool triangle = false; ///< up and down in one period each, instead of a jump back
};
[[nodiscard]] WaveformPtr chirp(const ChirpSettings& settings);

/// Chirp spread spectrum as LoRa sends it: preamble of up-chirps, two symbols of sync word (nibbles times 8), 2¼
/// down-chirps, then data symbols; then all again after `gap_s`.
struct CssSettings {
    unsigned spreading_factor = 7; ///< 5 … 12
    double bandwidth_hz = 125e3;
    unsigned preamble = 8;        ///< up-chirps
    unsigned sync_word = 0x34;    ///< 0x34 public networks, 0x12 private ones
    std::vector<unsigned> data{}; ///< symbols 0 … 2^SF − 1; empty: 20 random ones
    double gap_s = 0.1;           ///< between frames
    std::uint64_t seed = 1;
};
[[nodiscard]] WaveformPtr lora(const CssSettings& settings);

/// Length of one frame.
[[nodiscard]] double lora_frame_s(const CssSettings& settings);

} // namespace gacsong::test
