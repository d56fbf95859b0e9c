// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/phy/primary_search.hpp"

#include <functional>
#include <span>
#include <vector>

namespace gacsong::detect::lte {

/// The peaks of a coarse search that eight half frames still show, in their order, with the middle one of the paces
/// that `paces` names for a bin. Nearly all that noise made are given up.
[[nodiscard]] std::vector<PrimaryPeak> promising(std::span<const Sample> samples, double rate_hz,
                                                 std::span<const PrimaryPeak> coarse,
                                                 const std::function<std::vector<double>(int bin)>& paces);

/// Looks closely at peaks of a coarse search: all half frames of a channel's samples, around its place and its bin
/// only, with every pace that `paces` names for a bin. The best first, none whose evidence is less than `threshold`, at
/// most `most` of each identity.
[[nodiscard]] std::vector<PrimaryPeak> refine(std::span<const Sample> samples, double rate_hz,
                                              std::span<const PrimaryPeak> coarse,
                                              const std::function<std::vector<double>(int bin)>& paces,
                                              double threshold, std::size_t most);

} // namespace gacsong::detect::lte
