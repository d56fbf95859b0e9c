// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/cell_searcher.hpp"
#include "detect/line/outlet.hpp"
#include "detect/records/run.hpp"
#include "detect/rules/judge.hpp"
#include "dsp/sample_source.hpp"

#include <memory>
#include <optional>
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

    /// What was decoded while a segment goes on: broadcast blocks and notes.
    void pass_on(const CellReport& report);

    /// Of a source that may go on for ever, the cells of the segment so far, a list for each technology: tells of those
    /// that are new and those of which more is known, `now_s` seconds after the start. Numbers cells on from `end`.
    void hear(std::vector<std::vector<Cell>> cells, double now_s, End& end);

    /// A segment has ended and the next one goes on with the same tuning: its cells may go on. new_segment() follows
    /// when this was said of all technologies.
    void hold(const CellReport& report, End& end);
    void new_segment();

    /// A segment has ended. Numbers cells and findings on from those of `end`.
    void tell(const CellReport& report, End& end);

    /// Tells what was held and has not gone on.
    void let_go(End& end);

private:
    /// A cell that has a name but was not told of for good.
    struct Held {
        std::string id;
        std::optional<Cell> before; ///< what earlier segments gave of it
        Cell now;                   ///< as last known
        bool fresh = true;          ///< heard in the present segment
        std::optional<double> told_s;
        std::string told; ///< what was said of it then
    };

    [[nodiscard]] Held& held(const Cell& cell, std::set<const Held*>& taken, End& end);
    [[nodiscard]] std::vector<Cell> beside() const;
    void give_out(std::vector<Cell> cells, End& end);
    void put_time(Cell& cell) const;
    void warn_of_faults(const std::vector<Cell>& cells);

    const Judge& judge_;
    const StreamInfo& info_;
    Outlet& outlet_;
    std::vector<std::unique_ptr<Held>> held_;
    std::vector<Cell> told_;       ///< of this scan, for comparison
    std::set<std::string> faults_; ///< codes that were warned of
};

} // namespace gacsong::detect
