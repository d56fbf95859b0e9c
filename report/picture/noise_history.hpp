// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/run.hpp"
#include "report/paint/view.hpp"

#include <cstddef>
#include <vector>

namespace gacsong::picture {

/// Floor and thresholds for the bins of a trace, dBFS; all empty where nothing was learnt.
struct NoiseLines {
    std::vector<float> floor;
    std::vector<float> open;  ///< where an emission begins
    std::vector<float> close; ///< where it goes on

    [[nodiscard]] bool empty() const { return floor.empty(); }
};

/// What the detector took for noise in the course of a run, however long: the longer, the coarser in time.
class NoiseHistory {
public:
    /// At most so many stretches are kept.
    static constexpr std::size_t most = 4'096;

    /// In the order of time. A level with another number of parts begins the history anew.
    void add(NoiseLevel level);
    void clear() { levels_.clear(); }
    [[nodiscard]] std::size_t size() const { return levels_.size(); }

    /// The mean over the stretches that meet from … to seconds (of the nearest one where none does), for `bins` bins
    /// over the whole band of `rate_hz`.
    [[nodiscard]] NoiseLines lines(double from_s, double to_s, std::size_t bins, double rate_hz) const;

private:
    void thin();

    std::vector<NoiseLevel> levels_;
};

} // namespace gacsong::picture
