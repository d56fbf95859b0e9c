// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/receiver_track.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace gacsong {

namespace {

constexpr double wandering_km = 0.025;
constexpr double metres = 1e3;
constexpr std::int64_t often_ns = 30'000'000'000;

} // namespace

void ReceiverTrack::add(Instant when, const Place& place)
{
    const std::lock_guard lock(mutex_);
    if (!points_.empty()) {
        const Point& last = points_.back();
        const std::int64_t later_ns = when.unix_ns - last.when.unix_ns;
        if (later_ns <= 0 || (later_ns < often_ns && distance_km(last.place, place) < wandering_km))
            return;
    }
    points_.push_back({when, place});
}

std::optional<Place> ReceiverTrack::at(Instant when) const
{
    const std::lock_guard lock(mutex_);
    if (points_.empty())
        return std::nullopt;
    const auto later = std::upper_bound(points_.begin(), points_.end(), when,
                                        [](Instant one, const Point& point) { return one < point.when; });
    return later == points_.begin() ? points_.front().place : std::prev(later)->place;
}

std::optional<double> ReceiverTrack::speed_m_s(Instant from, Instant until) const
{
    const std::lock_guard lock(mutex_);
    if (points_.size() < 2)
        return std::nullopt;
    double fastest = 0.0;
    for (std::size_t i = 1; i < points_.size(); ++i) {
        const Point& a = points_[i - 1];
        const Point& b = points_[i];
        if (b.when < from || until < a.when)
            continue;
        const double km = distance_km(a.place, b.place);
        if (km >= wandering_km)
            fastest = std::max(fastest, metres * km / (1e-9 * static_cast<double>(b.when.unix_ns - a.when.unix_ns)));
    }
    return fastest;
}

} // namespace gacsong
