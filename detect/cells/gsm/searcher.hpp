// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/cell_searcher.hpp"

#include <memory>

namespace gacsong::detect::gsm {

/// Finds GSM cells on every carrier of a GSM downlink band in the recording, or anywhere where the centre is not known.
/// Null where no carrier fits into the recording.
[[nodiscard]] std::unique_ptr<CellSearcher> make_searcher(const CellInput& input);

} // namespace gacsong::detect::gsm
