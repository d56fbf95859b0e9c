// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/signals/waveform.hpp"

#include <cstdint>
#include <vector>

namespace gacsong::test {

// Seen by: liquid-dsp (GMSK); dsdcc (4-FSK, as DMR); published bandwidths of GMSK.

/// Frequency pulse of one symbol.
enum class FskPulse {
    rectangle,          ///< hard keying
    gauss,              ///< rectangle through a Gaussian low-pass of 3 dB bandwidth shape / T (GFSK, GMSK)
    root_raised_cosine, ///< DMR, P25-like: roll-off `shape`; the receiver's filter makes it a Nyquist pulse
};

/// Continuous-phase FSK: frequency = deviation_hz/outer · Σ a_k g(t − (k + ½)T), ∫g = T.
struct FskSettings {
    double symbol_rate_hz = 4800.0;
    double deviation_hz = 2400.0; ///< of the outermost symbols
    int levels = 2;               ///< 2: symbols ±1, 4: ±1 ±3
    FskPulse pulse = FskPulse::rectangle;
    double shape = 0.5;                 ///< BT product or roll-off
    std::vector<std::int8_t> symbols{}; ///< repeated for ever; empty: 16384 random ones
    std::uint64_t seed = 1;
    std::string modulation{}; ///< empty: FSK2, FSK4, GFSK, or GMSK where the modulation index is ½
    std::string system = "unknown";
};
[[nodiscard]] WaveformPtr fsk(const FskSettings& settings);

/// The same with a description of the caller's: for systems built on FSK (DMR, DECT).
[[nodiscard]] WaveformPtr fsk(const FskSettings& settings, Description description);

/// GMSK: h = ½, deviation a quarter of the symbol rate (GSM 270.833 kBd BT 0.3, AIS 9600 Bd BT 0.4).
[[nodiscard]] FskSettings gmsk_settings(double symbol_rate_hz, double bt);

} // namespace gacsong::test
