// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "detect/signatures/look.hpp"

namespace gacsong::detect {

/// Which modulation of contract.md §2 an emission has, with symbol rate and deviation where they are known. Open-set:
/// what fits none well enough is `unknown` with confidence 0.
[[nodiscard]] Modulation recognise_modulation(Look& look);

} // namespace gacsong::detect
