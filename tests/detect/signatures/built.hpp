// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "tests/support/scene.hpp"
#include "tests/support/signals/waveform.hpp"

#include <complex>
#include <functional>
#include <optional>
#include <vector>

namespace gacsong::test {

/// One signal in noise: its placing, its level in `bandwidth_hz`, a receiver whose clock is a little off.
struct Built {
    WaveformPtr waveform;
    double rate_hz = 1e6;
    double duration_s = 1.0;
    double snr_db = 15.0;
    double center_hz = 0.0; ///< 0: unknown
    std::uint64_t seed = 1;
};

/// What recognise() makes of it, bursts and widths as a detector with small errors would measure them.
[[nodiscard]] Emission named(const Built& built);

/// A waveform from samples at a rate, repeated from the start, band-limited between them.
[[nodiscard]] WaveformPtr repeated(std::vector<std::complex<float>> samples, double rate_hz, double span_hz);

} // namespace gacsong::test
