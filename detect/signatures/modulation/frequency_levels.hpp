// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect {

/// How values sampled in the middle of symbols gather around 2 or 4 levels.
struct Levels {
    std::size_t count = 0; ///< 2 or 4
    double middle = 0.0;
    double outer = 0.0;       ///< distance of the outermost level from the middle
    double clearness = 0.0;   ///< half the step between levels over the standard deviation around them
    double least_share = 0.0; ///< of the values at the rarest level
};

/// Two levels of any place.
[[nodiscard]] Levels two_levels(std::span<const float> values);

/// Four levels in equal steps.
[[nodiscard]] Levels four_levels(std::span<const float> values);

} // namespace gacsong::detect
