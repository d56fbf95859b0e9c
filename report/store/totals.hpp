// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/store/connection.hpp"

#include <cstdint>

namespace gacsong {

/// Counts the emissions of a run by verdict into `run_total`, so that no summary goes through all emissions. Called
/// when a run is closed, within its transaction; what goes with the run goes with it (ON DELETE CASCADE).
/// Errors: as Connection::run().
[[nodiscard]] Status total_run(Connection& connection, std::int64_t run);

/// The same for all closed runs of a store that has no totals yet.
[[nodiscard]] Status total_all_runs(Connection& connection);

/// Runs whose emissions are not as many as `run_total` says. Errors: as Connection::run().
[[nodiscard]] Result<std::vector<std::int64_t>> runs_with_wrong_totals(Connection& connection);

} // namespace gacsong
