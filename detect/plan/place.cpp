// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/place.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

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

} // namespace gacsong
