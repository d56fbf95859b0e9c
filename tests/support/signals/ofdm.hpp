// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/signals/waveform.hpp"

#include <cstddef>
#include <cstdint>

namespace gacsong::test {

// Seen by: liquid-dsp (transform and decisions); the prefix by this project's own checks.

/// OFDM with a cyclic prefix, random data on every occupied carrier.
struct OfdmSettings {
    std::size_t fft_size = 64;    ///< power of two
    std::size_t prefix = 16;      ///< samples
    double spacing_hz = 312500.0; ///< between carriers; native rate = fft_size · spacing
    std::size_t carriers_each_side = 26;
    bool dc_null = true;           ///< carrier 0 empty
    unsigned bits_per_carrier = 2; ///< 1 BPSK, 2 QPSK, 4 16-QAM, 6 64-QAM
    std::size_t symbols = 64;      ///< in the loop
    std::uint64_t seed = 1;
    std::string system = "unknown";
};
[[nodiscard]] WaveformPtr ofdm(const OfdmSettings& settings);

/// The data of carrier k (−carriers_each_side … carriers_each_side) in one symbol of the loop, mean power 1.
[[nodiscard]] std::complex<double> ofdm_data(const OfdmSettings& settings, std::size_t symbol, int carrier);

/// Carriers that are occupied.
[[nodiscard]] std::size_t ofdm_occupied(const OfdmSettings& settings);

} // namespace gacsong::test
