// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/cell_searcher.hpp"
#include "detect/cells/gsm/searcher.hpp"
#include "detect/cells/lte/searcher.hpp"

#include <array>

namespace gacsong::detect {

namespace {

constexpr std::array<MakeCellSearcher, 2> searchers{gsm::make_searcher, lte::make_searcher};

} // namespace

std::span<const MakeCellSearcher> all_cell_searchers() { return searchers; }

} // namespace gacsong::detect
