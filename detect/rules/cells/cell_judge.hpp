// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"
#include "detect/records/run.hpp"
#include "detect/rules/context.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gacsong {

/// Judges the cells of a scan by the indicators of detect/rules/cells: fills score, verdict, reason, indicators, groups
/// and left_out of each. `before`: cells of the same scan that were judged earlier. `start`: UTC of the start of the
/// recording. Returns a finding for each cell that is suspect or fake, its id left empty.
[[nodiscard]] std::vector<Finding> judge_cells(std::span<Cell> cells, std::span<const Cell> before,
                                               const JudgeContext& context, std::optional<Instant> start);

/// Codes of indicators that were left out because they fired on many cells of the scan: a fault of the receiver (X6).
[[nodiscard]] std::vector<std::string> receiver_faults(std::span<const Cell> cells);

} // namespace gacsong
