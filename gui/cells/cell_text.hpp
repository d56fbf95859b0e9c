// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"
#include "gui/words.hpp"
#include "report/paint/marker.hpp"

#include <QString>
#include <string_view>

namespace gacsong::gui {

/// The marker of a cell's verdict (screen.md §3): shape, letter and colour say the same.
[[nodiscard]] paint::MarkerStyle cell_marker(const Cell& cell, const Words& words);

/// The verdict in few words; "not checked" where there was no register.
[[nodiscard]] QString cell_verdict(const Cell& cell, const Words& words);

/// `452-04` with the operator's name where the plan knows it; a dash where it was not decoded.
[[nodiscard]] QString cell_network(const Cell& cell, const std::string& name);

/// Area and cell: `65001 / 1`; a dash for what was not decoded.
[[nodiscard]] QString cell_identity(const Cell& cell);

/// Frequency, or the offset where the centre is unknown, with its unit.
[[nodiscard]] QString cell_frequency(const Cell& cell, const Words& words);

/// `957.4 MHz · channel 112`
[[nodiscard]] QString cell_title(const Cell& cell, const Words& words);

/// Everything of a row in one sentence, for a screen reader.
[[nodiscard]] QString cell_sentence(const Cell& cell, const std::string& network, const Words& words);

/// Order of a table: what is to be looked at first.
[[nodiscard]] double cell_urgency(const Cell& cell);

/// Whether a broadcast field is among those that an indicator speaks of.
[[nodiscard]] bool field_is_odd(const Cell& cell, std::string_view field);

} // namespace gacsong::gui
