// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/cell_searcher.hpp"
#include "detect/line/cell_teller.hpp"

#include <memory>
#include <vector>

namespace gacsong::detect {

/// The searchers of all technologies on the segments of one scan.
class CellWatch {
public:
    /// `teller` must outlive it. `goes_on`: the source may go on for ever, and cells are told of as they are heard.
    CellWatch(CellTeller& teller, bool goes_on) : teller_(teller), goes_on_(goes_on) {}

    void begin(const CellInput& input);

    /// Whole raw samples, in order; they end `now_s` seconds after the start of the recording.
    void add(std::span<const std::byte> bytes, double now_s, End& end);

    /// The segment has ended: reads what is left of it.
    void finish();

    /// Behind finish(), tells what the segment had; `continued`: the next one goes on with the same tuning, and so may
    /// its cells.
    void tell(bool continued, End& end);

    /// The cells of the segment so far.
    [[nodiscard]] std::vector<Cell> heard() const;

    /// Nothing goes on: tells what was held.
    void let_go(End& end) { teller_.let_go(end); }

private:
    CellTeller& teller_;
    bool goes_on_;
    double heard_at_s_ = 0.0;
    std::vector<std::unique_ptr<CellSearcher>> searchers_;
    std::vector<CellReport> ended_; ///< of a segment that has ended, one for each technology
};

} // namespace gacsong::detect
