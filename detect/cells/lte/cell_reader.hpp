// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/phy/broadcast_channel.hpp"
#include "detect/cells/lte/phy/tracking.hpp"
#include "detect/cells/lte/system_information.hpp"

#include <optional>

namespace gacsong::detect::lte {

/// A cell whose broadcast channel was read.
struct CellReading {
    Identity identity;
    Measured measured;
    MasterInformation master; ///< its frame number is that of the place's frame
    std::uint64_t masters = 1;
    std::vector<SystemMessage> messages;
    double last_s = 0.0; ///< end of the last frame, in seconds of the stretch
};

/// Reads the broadcast channel of a candidate, and where that can be read its system information, by the schedule of
/// before where none is decoded; null where the broadcast channel's check never fits.
[[nodiscard]] std::optional<CellReading> read_cell(const Stretch& stretch, const Candidate& candidate,
                                                   const std::optional<Schedule>& schedule);

} // namespace gacsong::detect::lte
