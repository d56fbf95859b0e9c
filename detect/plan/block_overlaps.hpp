// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/plan.hpp"

#include <utility>
#include <vector>

namespace gacsong {

/// Takes out of `blocks` what overlaps an earlier block of another operator, in frequency, time and technology, and
/// gives what was taken out with what it overlaps. The same edges are no overlap: operators that share a block.
[[nodiscard]] std::vector<std::pair<PlanRow, PlanRow>> take_overlapping(std::vector<MobileBlock>& blocks);

/// Some technology is in both.
[[nodiscard]] bool share_technology(const MobileBlock& a, const MobileBlock& b);

} // namespace gacsong
