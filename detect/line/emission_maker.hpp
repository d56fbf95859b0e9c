// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/line/cell_carriers.hpp"
#include "detect/line/line.hpp"
#include "detect/signatures/look.hpp"
#include "detect/spectral/measure.hpp"

#include <span>
#include <vector>

namespace gacsong::detect {

/// Makes emissions from tracks: measured, with their times, and named.
class EmissionMaker {
public:
    /// All must outlive it.
    EmissionMaker(const StreamInfo& info, const History& history, const LineSettings& settings)
        : info_(info), history_(history), settings_(settings)
    {
    }

    /// A segment begins, `origin_s` seconds after the start of the recording.
    void begin(const Segment& segment, double origin_s)
    {
        segment_ = segment;
        origin_s_ = origin_s;
    }

    /// Measured and recognised, in the order of the tracks.
    [[nodiscard]] std::vector<Emission> named(std::span<const Track> tracks) const;

    /// Of a base station's carrier, which needs no recognition.
    [[nodiscard]] Emission of_cell(const CellCarriers::Claimed& claimed) const;

private:
    [[nodiscard]] Emission measured(const Track& track) const;

    const StreamInfo& info_;
    const History& history_;
    const LineSettings& settings_;
    Segment segment_;
    double origin_s_ = 0.0;
};

} // namespace gacsong::detect
