// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/quantiles.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace gacsong::dsp {

/// What forward consecutive mean excision found in a set of cells.
struct FcmeResult {
    double floor = 0.0;     ///< mean noise power of a cell, bias removed; 0 where there was no usable cell
    std::size_t kept = 0;   ///< cells taken for noise
    std::size_t usable = 0; ///< cells that are finite and above 0
};

/// Noise floor by FCME (monitoring.md §3.2): starts from the lowest share q of the cells (at least `least`) and grows
/// the set until threshold × mean no longer adds any. `cells` is used as working space and left permuted.
[[nodiscard]] FcmeResult fcme(std::span<float> cells, const FcmeConstants& constants, double q = 0.1,
                              std::size_t least = 8);

/// Spectral kurtosis of M raw powers (monitoring.md §3.4): (M+1)/(M−1)·(M·S2/S1² − 1). M ≥ 2.
[[nodiscard]] double spectral_kurtosis(std::span<const double> powers);

/// Variance of that estimator in noise: 4M²/((M−1)(M+2)(M+3)).
[[nodiscard]] double spectral_kurtosis_variance(double averages);

} // namespace gacsong::dsp
