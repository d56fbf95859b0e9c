// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/spectral/activity.hpp"

#include <span>
#include <vector>

namespace gacsong::detect {

/// Union of two lists in any order, sorted by time; stretches parted by no more than `close_s` become one.
[[nodiscard]] std::vector<Interval> united(std::span<const Interval> a, std::span<const Interval> b, double close_s);

/// Seconds that two ordered lists have in common, each stretch of b widened by `slack_s` on both sides.
[[nodiscard]] double common_length(std::span<const Interval> a, std::span<const Interval> b, double slack_s);

[[nodiscard]] double total_length(std::span<const Interval> list);

} // namespace gacsong::detect
