// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/signatures/wideband/wifi_fields.hpp"

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace gacsong::detect {

inline constexpr double wifi_rate_hz = 20e6;

/// A frame of IEEE 802.11 OFDM in 20 MHz (§17.3.3) that was found by its preamble.
struct WifiFrame {
    std::size_t first = 0;           ///< sample at which the long training symbols begin
    double offset_hz = 0.0;          ///< of its carrier
    double likeness = 0.0;           ///< of both long training symbols to the standard's, 0 … 1
    std::vector<WifiSymbol> symbols; ///< up to four that follow the preamble
};

/// Frames in samples at 20 MS/s whose 0 Hz is within 600 kHz of the channel's centre: where they repeat after 0.8 µs as
/// short training symbols do, and the two long ones behind that are those of the standard (likeness 0.5; noise has that
/// in both 1 time in 10^7). At most `most`.
[[nodiscard]] std::vector<WifiFrame> wifi_frames(std::span<const std::complex<float>> samples, std::size_t most);

} // namespace gacsong::detect
