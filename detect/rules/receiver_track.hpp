// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/place.hpp"
#include "dsp/message.hpp"

#include <mutex>
#include <optional>
#include <vector>

namespace gacsong {

/// Where a receiver was while a scan went on. Positions come from one thread while others ask.
class ReceiverTrack {
public:
    /// Positions in the order of their times; one that is not later than the last is left out, and one that is neither
    /// 25 m away from it nor half a minute later.
    void add(Instant when, const Place& place);

    /// The last position up to then, or the first one; nothing where none is known.
    [[nodiscard]] std::optional<Place> at(Instant when) const;

    /// The highest speed between two positions of a stretch, metres a second, with those before and behind it. What
    /// lies less than 25 m apart counts as the same place: positions of satellites wander so far. Nothing where fewer
    /// than two are known.
    [[nodiscard]] std::optional<double> speed_m_s(Instant from, Instant until) const;

private:
    struct Point {
        Instant when;
        Place place;
    };

    mutable std::mutex mutex_;
    std::vector<Point> points_;
};

} // namespace gacsong
