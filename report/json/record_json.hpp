// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"
#include "detect/records/emission.hpp"
#include "detect/records/run.hpp"
#include "report/wording/wording.hpp"

#include <span>
#include <string>

namespace gacsong {

/// Both languages, for outputs that carry each sentence twice.
struct Wordings {
    const Wording& en;
    const Wording& vi;
};

/// The records as one JSON object each (contract.md §2), without the line's end. They are made from the field lists
/// of detect/records, so a field that is added there appears here. Unknown values are absent.
[[nodiscard]] std::string run_json(const Run& run);
[[nodiscard]] std::string emission_json(const Emission& emission, const Wordings& wordings, bool with_bursts);
/// An emission that is still on: as emission_json(), with the type `started` and the findings in it.
[[nodiscard]] std::string started_json(const Emission& emission, std::span<const Finding> findings,
                                       const Wordings& wordings);
/// Of an emission that was told of too early: type `withdrawn`, its id and why.
[[nodiscard]] std::string withdrawn_json(const std::string& id, const Message& why, const Wordings& wordings);
[[nodiscard]] std::string cell_json(const Cell& cell, const Wordings& wordings);
/// A cell that is being received: as cell_json(), with the type `heard` and the findings in it.
[[nodiscard]] std::string heard_json(const Cell& cell, std::span<const Finding> findings, const Wordings& wordings);
[[nodiscard]] std::string finding_json(const Finding& finding, const Wordings& wordings);
[[nodiscard]] std::string gap_json(const Gap& gap);
[[nodiscard]] std::string look_json(const Look& look);
[[nodiscard]] std::string position_json(const TrackPoint& point);
[[nodiscard]] std::string warning_json(const Message& message, const Wordings& wordings);
[[nodiscard]] std::string end_json(const End& end, const Wordings& wordings);

} // namespace gacsong
