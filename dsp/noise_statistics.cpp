// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/noise_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gacsong::dsp {

FcmeResult fcme(std::span<float> cells, const FcmeConstants& constants, double q, std::size_t least)
{
    const auto good = std::partition(cells.begin(), cells.end(), [](float v) { return std::isfinite(v) && v > 0.0F; });
    cells = cells.first(static_cast<std::size_t>(good - cells.begin()));
    FcmeResult result;
    result.usable = cells.size();
    if (cells.empty())
        return result;
    const auto share = static_cast<std::size_t>(q * static_cast<double>(cells.size()));
    const std::size_t start = std::min(cells.size(), std::max(least, share));
    const auto begin = cells.begin();
    std::nth_element(begin, begin + static_cast<std::ptrdiff_t>(start - 1), cells.end());
    double sum = std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(start), 0.0);
    std::size_t kept = start;
    // The kept cells stand in front; each round moves those under the new threshold behind them.
    for (;;) {
        const auto limit = static_cast<float>(constants.threshold * sum / static_cast<double>(kept));
        const auto rest = begin + static_cast<std::ptrdiff_t>(kept);
        const auto grown = std::partition(rest, cells.end(), [limit](float v) { return v < limit; });
        if (grown == rest)
            break;
        sum = std::accumulate(rest, grown, sum);
        kept = static_cast<std::size_t>(grown - begin);
    }
    result.kept = kept;
    result.floor = sum / static_cast<double>(kept) / constants.bias;
    return result;
}

double spectral_kurtosis(std::span<const double> powers)
{
    const auto m = static_cast<double>(powers.size());
    double s1 = 0.0;
    double s2 = 0.0;
    for (const double p : powers) {
        s1 += p;
        s2 += p * p;
    }
    return (m + 1.0) / (m - 1.0) * (m * s2 / (s1 * s1) - 1.0);
}

double spectral_kurtosis_variance(double averages)
{
    const double m = averages;
    return 4.0 * m * m / ((m - 1.0) * (m + 2.0) * (m + 3.0));
}

} // namespace gacsong::dsp
