// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/typeset/paper.hpp"

#include <string>

namespace gacsong::typeset {

/// A figure as the bytes of a PNG file: as wide as the text of a sheet, 200 dots an inch. Its text alternative stands
/// in the file too.
[[nodiscard]] std::string figure_png(const Figure& figure);

} // namespace gacsong::typeset
