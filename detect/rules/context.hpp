// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/place.hpp"
#include "detect/plan/plan.hpp"
#include "detect/plan/tables/cell_register.hpp"
#include "detect/plan/tables/ignore_list.hpp"
#include "detect/plan/tables/licences.hpp"
#include "detect/rules/cells/sighting.hpp"
#include "detect/rules/receiver_track.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace gacsong {

/// What emissions are compared with. Rules are pure functions of an emission and this.
struct JudgeContext {
    Plan plan;
    std::optional<LicenceRegister> licences;   ///< absent: no register was loaded
    std::shared_ptr<const CellRegister> cells; ///< null: no register of base stations was loaded
    double completeness = 0.85; ///< share of the operators' cells that the register knows, until scans tell
    std::shared_ptr<const CellMemory> memory; ///< null: nothing is remembered
    /// Level at the antenna that reads 0 dBFS, by frequency; nothing where the receiver is not calibrated, and null
    /// where it is nowhere.
    std::function<std::optional<double>(double)> full_scale_dbm;
    std::optional<std::pair<double, double>> heard_hz; ///< lowest and highest frequency that the scan listens to
    bool indoors = false;                              ///< the receiver stands in a building
    IgnoreList ignore;
    std::optional<Place> place; ///< of reception; without it places in licences are no criterion
    /// Where the receiver was, of one that may move; null: it stayed at `place`.
    std::shared_ptr<const ReceiverTrack> track;
    Instant today; ///< used where the recording has no time; handed in, never read from the clock here
};

/// Where the receiver was at a time.
[[nodiscard]] inline std::optional<Place> place_of(const JudgeContext& context, Instant when)
{
    const auto there = context.track ? context.track->at(when) : std::nullopt;
    return there ? there : context.place;
}

} // namespace gacsong
