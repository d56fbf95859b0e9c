// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/raster.hpp"

#include <array>
#include <cmath>

namespace gacsong::detect::gsm {

namespace {

constexpr double step_hz = 200e3;

/// Carriers first … last stand at base_hz + step·(arfcn − first).
struct Stretch {
    std::string_view band;
    unsigned first;
    unsigned last;
    double base_hz;
};

constexpr std::array<Stretch, 5> stretches{{
    {"GSM850", 128, 251, 869.2e6},
    {"GSM900", 955, 1023, 921.2e6},
    {"GSM900", 0, 124, 935.0e6},
    {"DCS1800", 512, 885, 1805.2e6},
    {"PCS1900", 512, 810, 1930.2e6},
}};

double carrier(const Stretch& stretch, unsigned arfcn)
{
    return stretch.base_hz + step_hz * static_cast<double>(arfcn - stretch.first);
}

} // namespace

std::vector<Channel> channels_between(double low_hz, double high_hz)
{
    std::vector<Channel> channels;
    for (const Stretch& stretch : stretches)
        for (unsigned arfcn = stretch.first; arfcn <= stretch.last; ++arfcn)
            if (const double hz = carrier(stretch, arfcn); hz >= low_hz && hz <= high_hz)
                channels.push_back({stretch.band, arfcn, hz});
    return channels;
}

std::optional<Channel> nearest_channel(double frequency_hz)
{
    std::optional<Channel> nearest;
    for (const Channel& channel : channels_between(frequency_hz - step_hz / 2.0, frequency_hz + step_hz / 2.0))
        if (!nearest || std::abs(channel.carrier_hz - frequency_hz) < std::abs(nearest->carrier_hz - frequency_hz))
            nearest = channel;
    return nearest;
}

double offset_limit_hz(double carrier_hz) { return carrier_hz < 1e9 ? 42e3 : 84e3; }

std::optional<Channel> channel_of(unsigned arfcn, std::string_view home)
{
    std::optional<Channel> found;
    for (const Stretch& stretch : stretches)
        if (arfcn >= stretch.first && arfcn <= stretch.last && (!found || stretch.band == home))
            found = Channel{stretch.band, arfcn, carrier(stretch, arfcn)};
    return found;
}

} // namespace gacsong::detect::gsm
