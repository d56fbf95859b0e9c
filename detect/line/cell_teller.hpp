// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/cell_searcher.hpp"
#include "detect/line/outlet.hpp"
#include "detect/records/run.hpp"
#include "detect/rules/judge.hpp"
#include "dsp/sample_source.hpp"

#include <set>
#include <string>
#include <vector>

namespace gacsong::detect {

/// Judges what was decoded of cells and tells it, the cells of one scan against each other.
class CellTeller {
public:
    /// All must outlive it.
    CellTeller(const Judge& judge, const StreamInfo& info, Outlet& outlet) : judge_(judge), info_(info), outlet_(outlet)
    {
    }

    /// Numbers cells and findings on from those of `end`.
    void tell(const CellReport& report, End& end);

private:
    void warn_of_faults(const std::vector<Cell>& cells);

    const Judge& judge_;
    const StreamInfo& info_;
    Outlet& outlet_;
    std::vector<Cell> told_;       ///< of this scan, for comparison
    std::set<std::string> faults_; ///< codes that were warned of
};

} // namespace gacsong::detect
