// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/cell_searcher.hpp"

#include <memory>

namespace gacsong::detect::lte {

/// Looks for LTE cells in a segment; null where its span holds no downlink carrier of E-UTRA or its rate is less than
/// 1.9 MS/s.
[[nodiscard]] std::unique_ptr<CellSearcher> make_searcher(const CellInput& input);

} // namespace gacsong::detect::lte
