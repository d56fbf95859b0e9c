// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/silences.hpp"

#include <algorithm>
#include <complex>
#include <cstddef>
#include <vector>

namespace gacsong::detect {

namespace {

constexpr std::uint64_t most_samples = std::uint64_t{1} << 20U;
constexpr std::size_t block = 16;       ///< samples whose mean is taken
constexpr std::size_t least_blocks = 3; ///< of a silence; its first and last may hold an edge and do not count
constexpr std::size_t least_counted = 16;
constexpr float depth = 0.0316F; ///< −15 dB

} // namespace

std::optional<double> power_in_silences(const History& history, std::uint64_t first, std::uint64_t count)
{
    const std::uint64_t begin = std::max(first, history.first());
    const std::uint64_t end = std::min({first + count, history.end(), begin + most_samples});
    if (end < begin + block * least_blocks)
        return std::nullopt;
    std::vector<std::complex<float>> samples(end - begin);
    if (!history.read(begin, samples))
        return std::nullopt;
    std::vector<float> powers(samples.size() / block);
    for (std::size_t b = 0; b < powers.size(); ++b) {
        float sum = 0.0F;
        for (std::size_t i = 0; i < block; ++i)
            sum += std::norm(samples[b * block + i]);
        powers[b] = sum / static_cast<float>(block);
    }
    auto sorted = powers;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    const float limit = depth * *middle;
    double sum = 0.0;
    std::size_t counted = 0;
    for (std::size_t b = 0; b < powers.size();) {
        std::size_t to = b;
        while (to < powers.size() && powers[to] < limit && powers[to] > 0.0F)
            ++to;
        if (to - b >= least_blocks) {
            for (std::size_t i = b + 1; i + 1 < to; ++i)
                sum += static_cast<double>(powers[i]);
            counted += to - b - 2;
        }
        b = std::max(to, b + 1);
    }
    if (counted < least_counted)
        return std::nullopt;
    return sum / static_cast<double>(counted);
}

} // namespace gacsong::detect
