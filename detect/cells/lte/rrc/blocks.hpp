// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/rrc/broadcast.hpp"
#include "detect/cells/lte/rrc/uper_reader.hpp"

namespace gacsong::detect::lte {

/// Reads a system information block of type 2 … 12 (3GPP TS 36.331 §6.3.1) and adds what it says; false where its
/// content, and so its end, cannot be told.
[[nodiscard]] bool read_block(unsigned type, UperReader& in, Broadcast& out);

} // namespace gacsong::detect::lte
