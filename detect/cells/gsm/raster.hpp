// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace gacsong::detect::gsm {

/// A downlink carrier of a band (3GPP TS 45.005 §2).
struct Channel {
    std::string_view band; ///< `GSM850`, `GSM900`, `DCS1800`, `PCS1900`
    unsigned arfcn = 0;
    double carrier_hz = 0.0;
};

/// All carriers whose nominal frequency lies in low_hz … high_hz, by frequency. GSM900 is taken with its extension for
/// railways (921.2 MHz and up).
[[nodiscard]] std::vector<Channel> channels_between(double low_hz, double high_hz);

/// The carrier nearest to a frequency, where one lies within 100 kHz.
[[nodiscard]] std::optional<Channel> nearest_channel(double frequency_hz);

/// How far from its nominal frequency a carrier is looked for, Hz: 40 parts per million of the highest carriers near
/// it, which are 40 kHz below 1 GHz and 80 kHz above, and what the search itself is off.
[[nodiscard]] double offset_limit_hz(double carrier_hz);

/// Name of the band, given an ARFCN heard in band `home`: 512 … 810 are of 1900 MHz only where the cell itself is.
[[nodiscard]] std::optional<Channel> channel_of(unsigned arfcn, std::string_view home);

} // namespace gacsong::detect::gsm
