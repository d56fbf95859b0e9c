// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"

#include <span>
#include <vector>

namespace gacsong {

/// How the register stands to a cell, for trust and verdict.
struct RegisterMatch {
    bool any = false;      ///< identity and carrier are the register's, and nothing of R03 … R06 fired
    bool complete = false; ///< … and all of R03 … R06 were evaluated
};

/// What the indicators of a cell come to.
struct CellScore {
    std::vector<CellGroup> groups; ///< those with points, after cap and register trust
    unsigned score = 0;            ///< 0 … 100
    unsigned core_groups = 0;      ///< k: groups with a core indicator of q ≥ 0.5
    bool alone = false;            ///< R02, R07 or N07 with q = 1 raised it
};

/// The arithmetic of fake-base-stations.md §2.7, steps 1 to 8.
[[nodiscard]] CellScore score_cell(std::span<const CellIndicator> fired, const RegisterMatch& match);

} // namespace gacsong
