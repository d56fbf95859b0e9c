// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/place.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace gacsong {

double distance_km(const Place& a, const Place& b)
{
    constexpr double mean_radius_km = 6371.0088; // IUGG
    constexpr double radian = std::numbers::pi / 180.0;
    const double half_lat = (b.latitude - a.latitude) * radian / 2.0;
    const double half_lon = (b.longitude - a.longitude) * radian / 2.0;
    const double h = std::sin(half_lat) * std::sin(half_lat) + std::cos(a.latitude * radian) *
                                                                   std::cos(b.latitude * radian) * std::sin(half_lon) *
                                                                   std::sin(half_lon);
    return 2.0 * mean_radius_km * std::asin(std::sqrt(std::clamp(h, 0.0, 1.0)));
}

double distance_to_line_km(const Place& place, std::span<const Place> line)
{
    constexpr double km_per_degree = 111.195; // of the mean sphere
    const double east_scale = km_per_degree * std::cos(place.latitude * std::numbers::pi / 180.0);
    const auto flat = [&](const Place& p) {
        return std::pair{(p.longitude - place.longitude) * east_scale, (p.latitude - place.latitude) * km_per_degree};
    };
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < line.size(); ++i) {
        const auto [ax, ay] = flat(line[i]);
        const auto [bx, by] = flat(line[i + 1 < line.size() ? i + 1 : i]);
        const double dx = bx - ax;
        const double dy = by - ay;
        const double length = dx * dx + dy * dy;
        const double share = length > 0.0 ? std::clamp(-(ax * dx + ay * dy) / length, 0.0, 1.0) : 0.0;
        least = std::min(least, std::hypot(ax + share * dx, ay + share * dy));
    }
    return least;
}

} // namespace gacsong
