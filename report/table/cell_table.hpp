// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"
#include "report/table/layout.hpp"
#include "report/wording/wording.hpp"

#include <span>
#include <string>

namespace gacsong {

/// Base stations as a table with heading and rule, by frequency, each line with its end. Columns that do not fit into
/// the terminal are left out, the least telling first; so are those in which no cell has anything.
[[nodiscard]] std::string cell_table(std::span<const Cell> cells, const Wording& words, const Style& style);

/// A base station in one line: where, what it says it is, how it is judged.
[[nodiscard]] std::string cell_line(const Cell& cell, const Wording& words);

} // namespace gacsong
