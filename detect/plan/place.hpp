// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace gacsong {

/// A point on the Earth, WGS 84, degrees; north and east are positive.
struct Place {
    double latitude = 0.0;
    double longitude = 0.0;
    bool operator==(const Place&) const = default;
};

/// Great-circle distance in kilometres on the sphere of the Earth's mean radius (haversine). Within 0.6 % of the
/// distance on the ellipsoid, far less than what a licence's radius means.
[[nodiscard]] double distance_km(const Place& a, const Place& b);

/// Distance in kilometres from `place` to a line of points (at least one), on a plane that touches the Earth at
/// `place`.
[[nodiscard]] double distance_to_line_km(const Place& place, std::span<const Place> line);

} // namespace gacsong
