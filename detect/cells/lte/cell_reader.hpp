// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/phy/broadcast_channel.hpp"
#include "detect/cells/lte/phy/reference_quality.hpp"
#include "detect/cells/lte/phy/tracking.hpp"
#include "detect/cells/lte/system_information.hpp"

#include <optional>

namespace gacsong::detect::lte {

/// A candidate as it was read.
struct CellReading {
    enum class Kind {
        no_cell,   ///< its reference signals do not add up
        candidate, ///< they do, but neither the broadcast channel nor they alone prove a cell
        cell,
    };
    Kind kind = Kind::no_cell;
    Identity identity;
    Measured measured;
    std::optional<MasterInformation> master; ///< its frame number is that of the place's frame
    SharedChannel shared;
    ReferenceQuality references; ///< where the broadcast channel was read
    double last_s = 0.0;         ///< end of the last frame, in seconds of the stretch
};

/// Reads the broadcast channel of a candidate, and where that can be read its system information, by what was
/// announced before where that is not decoded. It is a cell where the broadcast channel's check fits, or where
/// synchronisation and reference signals together fit so well as noise would in less than one of 10⁹ recordings.
[[nodiscard]] CellReading read_cell(const Stretch& stretch, const Candidate& candidate, const Announced& announced);

} // namespace gacsong::detect::lte
