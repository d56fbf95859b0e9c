// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/raster.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gacsong::detect::lte {

namespace {

struct Band {
    unsigned number;
    double low_hz;
    double high_hz;
    std::uint64_t first; ///< EARFCN at low_hz
    bool tdd;
};

/// 3GPP TS 36.101 tables 5.5-1 and 5.7.3-1; of bands that lie in one another the wider ones, and those in use in the
/// countries around, stand first.
constexpr std::array<Band, 43> bands{{
    {1, 2110e6, 2170e6, 0, false},      {3, 1805e6, 1880e6, 1200, false},      {5, 869e6, 894e6, 2400, false},
    {7, 2620e6, 2690e6, 2750, false},   {8, 925e6, 960e6, 3450, false},        {28, 758e6, 803e6, 9210, false},
    {20, 791e6, 821e6, 6150, false},    {40, 2300e6, 2400e6, 38650, true},     {41, 2496e6, 2690e6, 39650, true},
    {38, 2570e6, 2620e6, 37750, true},  {42, 3400e6, 3600e6, 41590, true},     {43, 3600e6, 3800e6, 43590, true},
    {39, 1880e6, 1920e6, 38250, true},  {34, 2010e6, 2025e6, 36200, true},     {2, 1930e6, 1990e6, 600, false},
    {4, 2110e6, 2155e6, 1950, false},   {6, 875e6, 885e6, 2650, false},        {9, 1844.9e6, 1879.9e6, 3800, false},
    {10, 2110e6, 2170e6, 4150, false},  {11, 1475.9e6, 1495.9e6, 4750, false}, {12, 729e6, 746e6, 5010, false},
    {13, 746e6, 756e6, 5180, false},    {14, 758e6, 768e6, 5280, false},       {17, 734e6, 746e6, 5730, false},
    {18, 860e6, 875e6, 5850, false},    {19, 875e6, 890e6, 6000, false},       {21, 1495.9e6, 1510.9e6, 6450, false},
    {22, 3510e6, 3590e6, 6600, false},  {24, 1525e6, 1559e6, 7700, false},     {25, 1930e6, 1995e6, 8040, false},
    {26, 859e6, 894e6, 8690, false},    {27, 852e6, 869e6, 9040, false},       {29, 717e6, 728e6, 9660, false},
    {30, 2350e6, 2360e6, 9770, false},  {31, 462.5e6, 467.5e6, 9870, false},   {32, 1452e6, 1496e6, 9920, false},
    {33, 1900e6, 1920e6, 36000, true},  {35, 1850e6, 1910e6, 36350, true},     {36, 1930e6, 1990e6, 36950, true},
    {37, 1910e6, 1930e6, 37550, true},  {44, 703e6, 803e6, 45590, true},       {65, 2110e6, 2200e6, 65536, false},
    {66, 2110e6, 2200e6, 66436, false},
}};

/// More of them, from the later releases, in the same table's order.
constexpr std::array<Band, 12> later_bands{{
    {45, 1447e6, 1467e6, 46590, true},
    {46, 5150e6, 5925e6, 46790, true},
    {48, 3550e6, 3700e6, 55240, true},
    {67, 738e6, 758e6, 67336, false},
    {68, 753e6, 783e6, 67536, false},
    {69, 2570e6, 2620e6, 67836, false},
    {70, 1995e6, 2020e6, 68336, false},
    {71, 617e6, 652e6, 68586, false},
    {72, 461e6, 466e6, 68936, false},
    {73, 460e6, 465e6, 68986, false},
    {74, 1475e6, 1518e6, 69036, false},
    {85, 728e6, 746e6, 70366, false},
}};

template <class Visit> void for_each_band(const Visit& visit)
{
    for (const Band& band : bands)
        visit(band);
    for (const Band& band : later_bands)
        visit(band);
}

std::optional<Channel> channel(const Band& band, double carrier_hz)
{
    const double steps = std::round((carrier_hz - band.low_hz) / raster_hz);
    const double exact = band.low_hz + steps * raster_hz;
    if (steps < 0.0 || exact > band.high_hz - 0.5 * raster_hz || std::abs(exact - carrier_hz) > 1.0)
        return std::nullopt;
    return Channel{band.number, band.first + static_cast<std::uint64_t>(steps), exact, band.tdd};
}

} // namespace

std::vector<Channel> channels_near(double frequency_hz, double reach_hz)
{
    std::vector<Channel> found;
    const auto first = static_cast<std::int64_t>(std::ceil((frequency_hz - reach_hz) / raster_hz));
    const auto last = static_cast<std::int64_t>(std::floor((frequency_hz + reach_hz) / raster_hz));
    for (std::int64_t step = first; step <= last; ++step) {
        const double hz = static_cast<double>(step) * raster_hz;
        const std::size_t before = found.size();
        for_each_band([&](const Band& band) {
            const auto one = channel(band, hz);
            const bool there = std::any_of(found.begin() + static_cast<std::ptrdiff_t>(before), found.end(),
                                           [&](const Channel& other) { return other.tdd == band.tdd; });
            if (one && !there)
                found.push_back(*one);
        });
    }
    return found;
}

bool is_downlink(double frequency_hz)
{
    bool inside = false;
    for_each_band(
        [&](const Band& band) { inside = inside || (frequency_hz >= band.low_hz && frequency_hz <= band.high_hz); });
    return inside;
}

std::optional<Channel> channel_in_band(double carrier_hz, unsigned number)
{
    std::optional<Channel> found;
    for_each_band([&](const Band& band) {
        if (band.number == number && !found)
            found = channel(band, carrier_hz);
    });
    return found;
}

std::string band_name(unsigned band) { return "B" + std::to_string(band); }

} // namespace gacsong::detect::lte
