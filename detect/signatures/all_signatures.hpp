// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/signatures/signature.hpp"

#include <span>

namespace gacsong::detect {

/// All signatures in the order in which they are asked.
[[nodiscard]] std::span<const Signature* const> signatures_in_order();

} // namespace gacsong::detect
