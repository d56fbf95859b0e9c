// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/store/connection.hpp"

#include <cstdint>
#include <vector>

namespace gacsong {

/// Counts the emissions of a run by verdict into `run_total` and by system into `run_system`, so that no summary goes
/// through all emissions. Called when a run is closed, within its transaction; what goes with the run goes with it (ON
/// DELETE CASCADE). Errors: as Connection::run().
[[nodiscard]] Status total_run(Connection& connection, std::int64_t run);

/// The same for all closed runs of a store that has no totals by verdict, or none by system.
[[nodiscard]] Status total_all_verdicts(Connection& connection);
[[nodiscard]] Status total_all_systems(Connection& connection);

/// Runs whose emissions are not as many as their totals say. Errors: as Connection::run().
[[nodiscard]] Result<std::vector<std::int64_t>> runs_with_wrong_totals(Connection& connection);

} // namespace gacsong
