// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/lte/downlink.hpp"

#include <complex>
#include <cstdint>
#include <optional>
#include <vector>

namespace gacsong::test::lte {

/// A path from a port to the receiver.
struct Tap {
    double delay_s = 0.0;
    double power_db = 0.0;
};

/// Extended pedestrian A and extended vehicular A of 3GPP TS 36.101 annex B.2.1.
[[nodiscard]] std::vector<Tap> pedestrian();
[[nodiscard]] std::vector<Tap> vehicular();

/// How a downlink arrives.
struct Reception {
    double rate_hz = 1.92e6;
    double seconds = 0.08;
    double begin_s = 0.0; ///< of the recording, after the begin of the downlink's first frame
    double snr_db = 20.0; ///< of a resource element of power 1 in the channel as it is, mean over 72 inner subcarriers
    bool noise = true;
    std::vector<Tap> taps{}; ///< each with a phase (and, where there are several, a size) of its own; none: one of 0 s
    bool fixed_sizes = true; ///< taps have their mean power exactly; false: Rayleigh
    double carrier_hz = 1855e6;
    double ppm = 0.0;       ///< by which the receiver's clock is slow: frequencies are seen too high, frames too short
    double baseband_hz = 0; ///< of the nominal carrier from the receiver's nominal centre
    std::uint64_t seed = 1; ///< of phases and noise
};

/// What is received, the noise's power in a resource element being 10^(−snr/10).
[[nodiscard]] std::vector<std::complex<float>> receive(const Settings& settings, const Reception& reception);

} // namespace gacsong::test::lte
