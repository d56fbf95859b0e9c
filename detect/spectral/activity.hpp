// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/spectral/fine_spectrum.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace gacsong::detect {

/// A stretch of time, seconds from the start of the recording.
struct Interval {
    double start_s = 0.0;
    double end_s = 0.0;
    [[nodiscard]] double length() const { return end_s - start_s; }
};

/// A stretch of frequency, hertz from the centre of the recording.
struct Band {
    double low_hz = 0.0;
    double high_hz = 0.0;
    [[nodiscard]] double width() const { return high_hz - low_hz; }
    [[nodiscard]] double center() const { return 0.5 * (low_hz + high_hz); }
    [[nodiscard]] double overlap(const Band& other) const
    {
        return std::max(0.0, std::min(high_hz, other.high_hz) - std::max(low_hz, other.low_hz));
    }
    [[nodiscard]] double gap(const Band& other) const
    {
        return std::max(0.0, std::max(low_hz, other.low_hz) - std::min(high_hz, other.high_hz));
    }
    void include(const Band& other)
    {
        low_hz = std::min(low_hz, other.low_hz);
        high_hz = std::max(high_hz, other.high_hz);
    }
};

/// Which rows showed something: the narrow ones, the brief ones, or the mean over a whole window.
enum class Sight { narrow, brief, mean };

/// One connected region of the time–frequency plane, in physical units.
struct Activity {
    Sight sight = Sight::narrow;
    Interval time;                ///< from the first to the last row
    Band reach;                   ///< all cells that were ever above the lower threshold
    Band core;                    ///< holds 99 % of the power above the floor
    double peak_hz = 0.0;         ///< where its mean spectrum is highest
    double power = 0.0;           ///< above the floor, mean over its rows, relative to full scale
    double noise = 0.0;           ///< floor power inside core
    double bin_hz = 0.0;          ///< of the narrow rows
    double averages = 0.0;        ///< independent averages behind `power`
    std::vector<Interval> bursts; ///< when it was on, where the brief rows show it; in order of time
    std::uint64_t umbrella = 0;   ///< wide emission of the brief rows of which this is a part; 0: none
    FineSpectrum spectrum;
    bool from_start = false; ///< was there when the segment began
    bool to_end = false;     ///< was there when the segment ended
    bool clipped = false;
    bool sharp = false; ///< `bursts` come from the brief rows
};

} // namespace gacsong::detect
