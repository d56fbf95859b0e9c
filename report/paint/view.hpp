// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

namespace gacsong::paint {

/// The part of a recording that a picture shows: hertz from its centre, seconds from its start.
struct View {
    double low_hz = -0.5;
    double high_hz = 0.5;
    double from_s = 0.0;
    double to_s = 1.0;
    bool operator==(const View&) const = default;

    [[nodiscard]] double span_hz() const { return high_hz - low_hz; }
    [[nodiscard]] double span_s() const { return to_s - from_s; }
};

/// Levels at the two ends of the colour ramp and of the level axis, dBFS per bin.
struct Levels {
    double low_db = -110.0;
    double high_db = -40.0;
    bool operator==(const Levels&) const = default;

    [[nodiscard]] double span() const { return high_db - low_db; }
    [[nodiscard]] double share(double db) const { return (db - low_db) / span(); }
};

/// A straight scale between a quantity and pixels.
struct Scale {
    double from = 0.0; ///< quantity at pixel 0
    double to = 1.0;   ///< quantity at pixel `length`
    double origin = 0.0;
    double length = 1.0;

    [[nodiscard]] double pixel(double value) const { return origin + (value - from) / (to - from) * length; }
    [[nodiscard]] double value(double pixel) const { return from + (pixel - origin) / length * (to - from); }
};

} // namespace gacsong::paint
