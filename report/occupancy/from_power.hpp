// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "report/occupancy/occupancy.hpp"
#include "report/power/power_csv.hpp"

namespace gacsong {

/// Occupancy from a power table. The floor is that of the quieter fifth of 5 MHz over the whole time, never more than
/// 6 dB above that of the wider neighbourhood, so that a band that is busy all the time is not taken for quiet. A
/// channel is occupied where any value in it stands margin_db above the floor, and at least so far that noise passes
/// in one look of a thousand at most.
/// Errors, Fault::usage: occupancy.step where the table is coarser than the channels, occupancy.nothing where it
/// does not cover the span.
[[nodiscard]] Result<Occupancy> occupancy_from(const PowerTable& table, const OccupancyOrder& order);

} // namespace gacsong
