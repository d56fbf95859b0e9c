// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace gacsong {

/// A column of a table whose rows are known before the first is written.
struct PlainColumn {
    std::string title;
    bool right = false; ///< numbers stand to the right
    int rank = 0;       ///< 0 is shown first where there is little room
};

/// Heading, rule and rows, each line with its end. Each row has a text for each column; control characters are made
/// visible. Columns that do not fit into `width` are left out, the highest rank first; so are those in which no row has
/// anything.
[[nodiscard]] std::string plain_table(std::span<const PlainColumn> columns, std::vector<std::vector<std::string>> rows,
                                      std::size_t width);

} // namespace gacsong
