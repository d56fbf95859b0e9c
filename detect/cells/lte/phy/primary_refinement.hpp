// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/phy/primary_search.hpp"

#include <functional>
#include <span>
#include <vector>

namespace gacsong::detect::lte {

/// Looks closely at what a coarse search found in the begin of a channel's samples: all half frames, around its place
/// and its bin only, with every pace that `paces` names for a bin. The best first, none whose evidence is less than
/// `threshold`, at most `most` of each identity.
[[nodiscard]] std::vector<PrimaryPeak> refine(std::span<const Sample> samples, double rate_hz,
                                              std::span<const PrimaryPeak> coarse,
                                              const std::function<std::vector<double>(int bin)>& paces,
                                              double threshold, std::size_t most);

} // namespace gacsong::detect::lte
