// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gacsong::detect::lte {

inline constexpr double raster_hz = 100e3;

/// A downlink carrier of an E-UTRA operating band (3GPP TS 36.101 §5.5, §5.7.3).
struct Channel {
    unsigned band = 0;
    std::uint64_t earfcn = 0;
    double carrier_hz = 0.0;
    bool tdd = false;
};

/// The carriers on the 100 kHz raster within `reach_hz` of a frequency; where bands overlap, the one with the lowest
/// number that every other of them contains or that reaches furthest. At most one for each frequency and duplex mode.
[[nodiscard]] std::vector<Channel> channels_near(double frequency_hz, double reach_hz);

/// Whether the frequency lies in the downlink of any operating band, the edges included.
[[nodiscard]] bool is_downlink(double frequency_hz);

/// The carrier at a frequency of the raster in the given band, or null where the band does not hold it.
[[nodiscard]] std::optional<Channel> channel_in_band(double carrier_hz, unsigned band);

/// `B3`
[[nodiscard]] std::string band_name(unsigned band);

} // namespace gacsong::detect::lte
