// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"

#include <span>
#include <string>

namespace gacsong {

/// What cells broadcast as a pcap file with GSMTAP packets: each different message of a cell once, at the time at which
/// the cell was first decoded. Frame numbers, timeslots and levels of single blocks are not kept, and stand as those of
/// the cell. Empty where no message of a GSM or LTE cell is known.
[[nodiscard]] std::string cell_pcap(std::span<const Cell> cells);

} // namespace gacsong
