// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "report/wording/wording.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace gacsong {

/// Where the cells of a column stand: text left, numbers right, numbers that are compared by their decimal mark.
enum class Side { left, right, mark };

/// One column of the table of emissions (words.md §3).
struct Column {
    std::string_view key;                                 ///< its heading is `column.<key>`
    std::size_t width;                                    ///< at most so many characters, unless the heading is wider
    Side side;                                            ///< where its cells stand
    int rank;                                             ///< 0 is shown first where there is little room
    std::string (*cell)(const Emission&, const Wording&); ///< empty: nothing to say
};

/// All columns from left to right.
[[nodiscard]] std::span<const Column> emission_columns();

} // namespace gacsong
