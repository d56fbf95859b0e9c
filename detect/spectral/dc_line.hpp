// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/spectral/spectra.hpp"

#include <span>

namespace gacsong::detect {

/// True where a line stands at the tuned centre in nearly every row: the receiver's own (monitoring.md §3.5).
[[nodiscard]] bool has_dc_line(std::span<const SlabSpectra* const> window);

/// Puts a straight line in place of the line at the tuned centre.
void notch(std::span<float> cells);

} // namespace gacsong::detect
