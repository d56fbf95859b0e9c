// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/paint/colour_map.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>

namespace gacsong::paint {
namespace {

struct Stop {
    double at;
    unsigned rgb;
};

// Viridis and cividis: matplotlib's maps at sixteenths (CC0); between them straight lines stay within two steps of 255.
constexpr std::array viridis{0x440154U, 0x481769U, 0x472A7AU, 0x433D84U, 0x3D4E8AU, 0x355E8DU,
                             0x2E6D8EU, 0x297B8EU, 0x23898EU, 0x1F978BU, 0x21A585U, 0x2EB37CU,
                             0x46C06FU, 0x65CB5EU, 0x89D548U, 0xB0DD2FU, 0xFDE725U};
constexpr std::array cividis{0x00224EU, 0x002B66U, 0x0A346FU, 0x2A3F6DU, 0x3C4A6CU, 0x4A546CU,
                             0x575F6DU, 0x646A70U, 0x707573U, 0x7D7F78U, 0x8B8B78U, 0x9A9776U,
                             0xA9A472U, 0xB9B16CU, 0xC9BE63U, 0xDACC58U, 0xFEE838U};
constexpr std::array<Stop, 6> paper{
    {{0.0, 0xFFFFFF}, {0.12, 0xF3F6F9}, {0.35, 0xBECDDB}, {0.6, 0x6E8AA6}, {0.82, 0x2C4868}, {1.0, 0x081220}}};

struct Colour {
    double red = 0.0;
    double green = 0.0;
    double blue = 0.0;
};

Colour unpack(unsigned rgb)
{
    return {static_cast<double>(rgb >> 16U & 0xFFU), static_cast<double>(rgb >> 8U & 0xFFU),
            static_cast<double>(rgb & 0xFFU)};
}

Colour mixed(const Colour& a, const Colour& b, double share)
{
    return {std::lerp(a.red, b.red, share), std::lerp(a.green, b.green, share), std::lerp(a.blue, b.blue, share)};
}

Colour even(std::span<const unsigned> table, double v)
{
    const double at = v * static_cast<double>(table.size() - 1);
    const auto i = std::min(static_cast<std::size_t>(at), table.size() - 2);
    return mixed(unpack(table[i]), unpack(table[i + 1]), at - static_cast<double>(i));
}

Colour stops(std::span<const Stop> table, double v)
{
    std::size_t i = 0;
    while (i + 2 < table.size() && v > table[i + 1].at)
        ++i;
    const double share = (v - table[i].at) / (table[i + 1].at - table[i].at);
    return mixed(unpack(table[i].rgb), unpack(table[i + 1].rgb), std::clamp(share, 0.0, 1.0));
}

/// Turbo by Mikhailov's polynomials (Google, Apache 2.0), degree five.
Colour turbo(double v)
{
    const auto sum = [v](std::array<double, 6> c) {
        double value = 0.0;
        for (auto k = c.rbegin(); k != c.rend(); ++k)
            value = value * v + *k;
        return 255.0 * std::clamp(value, 0.0, 1.0);
    };
    return {sum({0.13572138, 4.61539260, -42.66032258, 132.13108234, -152.94239396, 59.28637943}),
            sum({0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604}),
            sum({0.10667330, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973})};
}

Colour colour_at(MapKind kind, double v)
{
    switch (kind) {
    case MapKind::viridis:
        return even(viridis, v);
    case MapKind::cividis:
        return even(cividis, v);
    case MapKind::turbo:
        return turbo(v);
    case MapKind::paper:
        return stops(paper, v);
    case MapKind::grey:
        break;
    }
    return {255.0 * v, 255.0 * v, 255.0 * v};
}

bool fades(MapKind kind) { return kind == MapKind::viridis || kind == MapKind::turbo || kind == MapKind::cividis; }

} // namespace

std::string_view code(MapKind kind)
{
    constexpr std::array<std::string_view, 5> names{"viridis", "turbo", "cividis", "grey", "paper"};
    return names.at(static_cast<std::size_t>(kind));
}

std::optional<MapKind> parse_map(std::string_view name)
{
    const auto found = std::ranges::find(all_maps, name, [](MapKind kind) { return code(kind); });
    return found == all_maps.end() ? std::nullopt : std::optional(*found);
}

ColourMap::ColourMap(MapKind kind, bool reversed, const Theme& theme) : table_(steps)
{
    constexpr double fade_below = 0.16;
    const Colour plot = unpack(theme.plot.rgb() & 0xFFFFFFU);
    for (std::size_t i = 0; i < steps; ++i) {
        const double v = static_cast<double>(i) / (steps - 1);
        Colour colour = colour_at(kind, reversed ? 1.0 - v : v);
        if (theme.dark() && fades(kind) && !reversed && v < fade_below)
            colour = mixed(plot, colour, std::pow(v / fade_below, 1.3));
        table_[i] = qRgb(static_cast<int>(std::lround(colour.red)), static_cast<int>(std::lround(colour.green)),
                         static_cast<int>(std::lround(colour.blue)));
    }
}

MapKind default_map(ThemeKind kind) { return kind == ThemeKind::dark ? MapKind::viridis : MapKind::paper; }

} // namespace gacsong::paint
