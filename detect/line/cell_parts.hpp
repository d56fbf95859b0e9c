// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"

namespace gacsong::detect {

/// Whether both may be one cell by where they are received and by what their synchronisation signals say.
[[nodiscard]] bool same_place(const Cell& a, const Cell& b);

/// Whether what both broadcast of their identity agrees, as far as both do.
[[nodiscard]] bool same_identity(const Cell& a, const Cell& b);

/// One cell from what was received of it before and after samples were lost: its first moment from `before`, the rest
/// from `after`, levels and errors as means over the time of each, messages and paging added up. Not judged.
[[nodiscard]] Cell joined(const Cell& before, const Cell& after);

} // namespace gacsong::detect
