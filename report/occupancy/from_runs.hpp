// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "detect/records/run.hpp"
#include "dsp/result.hpp"
#include "report/occupancy/occupancy.hpp"
#include "report/store/store.hpp"

#include <span>
#include <vector>

namespace gacsong {

/// A run of which the time is known, with what it saw and when it looked.
struct WatchedRun {
    Run run;
    End end;
    std::vector<Emission> emissions;
    std::vector<Look> looks; ///< of a sweep; empty: the whole band, all the time
    std::vector<Gap> gaps;
};

/// Occupancy from runs. A sweep looked where and when its looks say; a scan counts as one look a second at the usable
/// part of its band. A channel is occupied in a look where an emission that covers half of it, or lies in it by half,
/// was on meanwhile. Runs that looked elsewhere, or of which the time is not known, are left out.
/// Error, Fault::usage: occupancy.nothing.
[[nodiscard]] Result<Occupancy> occupancy_from(std::span<const WatchedRun> runs, const OccupancyOrder& order);

/// The runs of a store that looked into the span, or the one of that number. Errors: those of the store;
/// occupancy.no_run.
[[nodiscard]] Result<std::vector<WatchedRun>> watched_runs(Store& store, const OccupancyOrder& order,
                                                           std::optional<std::int64_t> number);

} // namespace gacsong
