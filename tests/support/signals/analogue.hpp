// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/signals/waveform.hpp"

#include <cstdint>
#include <optional>

namespace gacsong::test {

// Seen by: liquid-dsp (deviation of FM); AM and SSB by this project's own checks alone.

/// Double-sideband amplitude modulation by speech (A3E) or a tone: 1 + depth·a(t).
struct AmSettings {
    double depth = 0.8;              ///< 0 … 1, of the audio's peaks
    std::optional<double> tone_hz{}; ///< a tone instead of speech
    std::uint64_t seed = 1;
};
[[nodiscard]] WaveformPtr am(const AmSettings& settings = {});

/// Single sideband, suppressed carrier (J3E): speech 300–3000 Hz above (upper) or below 0 Hz. While nobody speaks
/// nothing is sent. Power 1 is the mean over the whole loop, pauses included.
struct SsbSettings {
    bool upper = true;
    std::uint64_t seed = 1;
};
[[nodiscard]] WaveformPtr ssb(const SsbSettings& settings = {});

/// Narrow-band FM (F3E): speech or a tone with a given peak deviation, with or without a sub-audible tone.
struct NfmSettings {
    double deviation_hz = 2500.0;     ///< peak, of the audio
    std::optional<double> ctcss_hz{}; ///< 67.0 … 254.1 Hz
    double ctcss_deviation_hz = 350.0;
    std::optional<double> tone_hz{}; ///< a tone instead of speech; 0: no audio
    std::uint64_t seed = 1;
};
[[nodiscard]] WaveformPtr nfm(const NfmSettings& settings = {});

} // namespace gacsong::test
