// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "gui/words.hpp"

#include <QVariant>
#include <span>
#include <string_view>

namespace gacsong::gui {

/// One column of the table of emissions. Numbers stand to the right, all with the same decimals; the unit stands in the
/// heading.
struct EmissionColumn {
    std::string_view key; ///< its heading is `gui.column.<key>`
    int width;            ///< pixels for 13 px text; 0: the rest
    bool number;
    bool at_first;                                    ///< shown before anybody chose
    QString (*text)(const Emission&, const Words&);   ///< what the cell says
    QVariant (*order)(const Emission&, const Words&); ///< what it is sorted by
};

[[nodiscard]] std::span<const EmissionColumn> emission_columns();

/// Position of a column by its key; -1 where there is none.
[[nodiscard]] int column_of(std::string_view key);

/// What an emission was recognised as, or a dash with its modulation.
[[nodiscard]] QString identified(const Emission& emission, const Words& words);

/// Number that sorts what is to be looked at first before the rest: gravity, then level.
[[nodiscard]] double urgency(const Emission& emission);

} // namespace gacsong::gui
