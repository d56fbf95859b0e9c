// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/place.hpp"
#include "report/typeset/paper.hpp"
#include "report/wording/wording.hpp"

#include <memory>
#include <string>
#include <vector>

namespace gacsong::figures {

/// A place where a receiver stood.
struct MapPoint {
    Place place;
    std::string label; ///< `1: 10:15:00`
};

/// Where receivers were: points that they stood at, ways that they went.
struct MapFigureInput {
    std::vector<MapPoint> points;
    std::vector<std::vector<Place>> tracks;

    [[nodiscard]] bool empty() const { return points.empty() && tracks.empty(); }
};

/// A sketch (documents.md §3.2): north up, a bar of length, coordinates at the frame. Nothing is fetched from anywhere.
/// Distances along both axes are true at the middle of the sketch.
[[nodiscard]] std::shared_ptr<const typeset::Drawing> map_figure(MapFigureInput input, const Wording& words);

} // namespace gacsong::figures
