// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/signals/waveform.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace gacsong::test {

// Seen by: acarsdec (its demodulator and framing read every block, at 20 and at 12 dB).

/// Blocks of ACARS (ARINC 618 §2) back to back on an amplitude-modulated carrier: minimum shift keying of 1200 and
/// 2400 Hz at 2400 bit/s, where 1200 Hz stands for a change.
struct AcarsSettings {
    std::string address = ".VN-A888"; ///< the last seven characters are sent
    std::string text = "M01AVN0123POSN1032E10508,0915,350";
    double depth = 0.8; ///< of the modulation
    bool good = true;   ///< the check sequence fits
};
[[nodiscard]] WaveformPtr acars(const AcarsSettings& settings = {});

/// Its bits in the order of sending, from the pre-key on.
[[nodiscard]] std::vector<std::uint8_t> acars_bits(const AcarsSettings& settings);

} // namespace gacsong::test
