// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gacsong {

/// Downlink and uplink carrier in hertz.
struct CarrierPair {
    double downlink_hz = 0.0;
    double uplink_hz = 0.0;
};

/// GSM 900 (P, E: 0 … 124, 975 … 1023), GSM 850 (128 … 251) and DCS 1800 (512 … 885). 3GPP TS 45.005 §2.
[[nodiscard]] std::optional<CarrierPair> gsm_carriers(int arfcn);

/// Downlink EARFCN of bands 1, 3, 5, 7, 8, 28, 40, 41. 3GPP TS 36.101 §5.7.3. In TDD bands both carriers are one.
[[nodiscard]] std::optional<double> lte_downlink_hz(int earfcn);
/// Uplink EARFCN of the same bands.
[[nodiscard]] std::optional<double> lte_uplink_hz(int earfcn);

/// NR-ARFCN 0 … 3 279 165 (5, 15 and 60 kHz global raster). 3GPP TS 38.104 §5.4.2.1.
[[nodiscard]] std::optional<double> nr_carrier_hz(std::int64_t nr_arfcn);

/// Ship and coast frequency of a maritime VHF channel 1 … 28 and 60 … 88 of Appendix 18 of the Radio Regulations.
/// Which of them are used on one frequency only is not said here.
struct MarinePair {
    double ship_hz = 0.0;
    double coast_hz = 0.0;
};
[[nodiscard]] std::optional<MarinePair> marine_channel(int channel);

/// Centre of an 8 MHz television channel 21 … 69 in the UHF band.
[[nodiscard]] std::optional<double> television_channel_hz(int channel);

/// Carrier of a DECT channel 0 … 9 in 1880 … 1900 MHz. ETSI EN 300 175-2 §4.1.1.
[[nodiscard]] std::optional<double> dect_channel_hz(int channel);

/// A row of equally spaced carriers.
struct Raster {
    double first_hz = 0.0;
    double step_hz = 0.0;

    /// Index of the carrier nearest to `frequency_hz`.
    [[nodiscard]] std::int64_t index(double frequency_hz) const;
    /// How far `frequency_hz` lies from the nearest carrier, with its sign.
    [[nodiscard]] double distance(double frequency_hz) const;
    [[nodiscard]] double carrier(std::int64_t index_) const;
};

} // namespace gacsong
