// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/channels.hpp"

#include <array>
#include <cmath>

namespace gacsong {

namespace {

struct GsmRange {
    int first;
    int last;
    int origin; ///< channel number at uplink_khz
    double uplink_khz;
    double duplex_khz;
};

constexpr std::array gsm_ranges{
    GsmRange{0, 124, 0, 890'000.0, 45'000.0},
    GsmRange{975, 1023, 1024, 890'000.0, 45'000.0},
    GsmRange{128, 251, 128, 824'200.0, 45'000.0},
    GsmRange{512, 885, 512, 1'710'200.0, 95'000.0},
};

struct LteBand {
    int first_downlink;
    int last_downlink;
    double downlink_khz;
    int first_uplink;
    double uplink_khz;
};

constexpr std::array lte_bands{
    LteBand{0, 599, 2'110'000.0, 18000, 1'920'000.0},       // 1
    LteBand{1200, 1949, 1'805'000.0, 19200, 1'710'000.0},   // 3
    LteBand{2400, 2649, 869'000.0, 20400, 824'000.0},       // 5
    LteBand{2750, 3449, 2'620'000.0, 20750, 2'500'000.0},   // 7
    LteBand{3450, 3799, 925'000.0, 21450, 880'000.0},       // 8
    LteBand{9210, 9659, 758'000.0, 27210, 703'000.0},       // 28
    LteBand{38650, 39649, 2'300'000.0, 38650, 2'300'000.0}, // 40
    LteBand{39650, 41589, 2'496'000.0, 39650, 2'496'000.0}, // 41
};

} // namespace

std::optional<CarrierPair> gsm_carriers(int arfcn)
{
    for (const auto& range : gsm_ranges) {
        if (arfcn >= range.first && arfcn <= range.last) {
            const double uplink_khz = range.uplink_khz + 200.0 * (arfcn - range.origin);
            return CarrierPair{.downlink_hz = (uplink_khz + range.duplex_khz) * 1e3, .uplink_hz = uplink_khz * 1e3};
        }
    }
    return std::nullopt;
}

std::optional<double> lte_downlink_hz(int earfcn)
{
    for (const auto& band : lte_bands) {
        if (earfcn >= band.first_downlink && earfcn <= band.last_downlink) {
            return (band.downlink_khz + 100.0 * (earfcn - band.first_downlink)) * 1e3;
        }
    }
    return std::nullopt;
}

std::optional<double> lte_uplink_hz(int earfcn)
{
    for (const auto& band : lte_bands) {
        const int count = band.last_downlink - band.first_downlink;
        if (earfcn >= band.first_uplink && earfcn <= band.first_uplink + count) {
            return (band.uplink_khz + 100.0 * (earfcn - band.first_uplink)) * 1e3;
        }
    }
    return std::nullopt;
}

std::optional<double> nr_carrier_hz(std::int64_t nr_arfcn)
{
    const auto n = static_cast<double>(nr_arfcn);
    if (nr_arfcn >= 0 && nr_arfcn < 600'000) {
        return n * 5e3;
    }
    if (nr_arfcn >= 600'000 && nr_arfcn < 2'016'667) {
        return 3e9 + (n - 600'000.0) * 15e3;
    }
    if (nr_arfcn >= 2'016'667 && nr_arfcn <= 3'279'165) {
        return 24'250.08e6 + (n - 2'016'667.0) * 60e3;
    }
    return std::nullopt;
}

std::optional<MarinePair> marine_channel(int channel)
{
    double ship_khz = 0.0;
    if (channel >= 1 && channel <= 28) {
        ship_khz = 156'050.0 + 50.0 * (channel - 1);
    } else if (channel >= 60 && channel <= 88) {
        ship_khz = 156'025.0 + 50.0 * (channel - 60);
    } else {
        return std::nullopt;
    }
    return MarinePair{.ship_hz = ship_khz * 1e3, .coast_hz = (ship_khz + 4'600.0) * 1e3};
}

std::optional<double> television_channel_hz(int channel)
{
    if (channel < 21 || channel > 69) {
        return std::nullopt;
    }
    return (306.0 + 8.0 * channel) * 1e6;
}

std::optional<double> dect_channel_hz(int channel)
{
    if (channel < 0 || channel > 9) {
        return std::nullopt;
    }
    return (1'897'344.0 - 1'728.0 * channel) * 1e3;
}

std::int64_t Raster::index(double frequency_hz) const
{
    return static_cast<std::int64_t>(std::llround((frequency_hz - first_hz) / step_hz));
}

double Raster::distance(double frequency_hz) const { return frequency_hz - carrier(index(frequency_hz)); }

double Raster::carrier(std::int64_t index_) const { return first_hz + step_hz * static_cast<double>(index_); }

} // namespace gacsong
