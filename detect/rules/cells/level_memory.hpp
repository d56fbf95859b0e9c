// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/place.hpp"
#include "detect/records/cell.hpp"
#include "dsp/message.hpp"

#include <vector>

namespace gacsong {

/// How loud a cell was at some place.
struct LevelAt {
    Instant at;
    Place place;
    double level_dbfs = 0.0; ///< as received_level_dbfs()
};

/// A memory of cells (CellMemory) that also knows where each was heard how loud. The store is one.
class LevelMemory {
public:
    virtual ~LevelMemory() = default;

    /// Levels of a cell's identity on its carrier, each with the place of its reception, between two moments, oldest
    /// first; also of runs whose receiver moved, where it went no further than 100 m meanwhile.
    [[nodiscard]] virtual std::vector<LevelAt> levels_of(const Cell& cell, Instant from, Instant to) const = 0;
};

} // namespace gacsong
