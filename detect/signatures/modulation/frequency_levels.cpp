// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/modulation/frequency_levels.hpp"

#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gacsong::detect {

Levels two_levels(std::span<const float> values)
{
    Levels out;
    out.count = 2;
    if (values.size() < 8)
        return out;
    double low = static_cast<double>(dsp::quantile(values, 0.15));
    double high = static_cast<double>(dsp::quantile(values, 0.85));
    double n_low = 0.0;
    double n_high = 0.0;
    double squares = 0.0;
    for (int round = 0; round < 12; ++round) {
        const double border = 0.5 * (low + high);
        double sum_low = 0.0;
        double sum_high = 0.0;
        n_low = n_high = squares = 0.0;
        for (const float value : values) {
            const auto v = static_cast<double>(value);
            const double level = v < border ? low : high;
            squares += (v - level) * (v - level);
            (v < border ? sum_low : sum_high) += v;
            (v < border ? n_low : n_high) += 1.0;
        }
        if (n_low == 0.0 || n_high == 0.0)
            return out;
        low = sum_low / n_low;
        high = sum_high / n_high;
    }
    const double total = n_low + n_high;
    out.middle = 0.5 * (low + high);
    out.outer = 0.5 * (high - low);
    out.clearness = out.outer / std::sqrt(std::max(1e-12, squares / total));
    out.least_share = std::min(n_low, n_high) / total;
    return out;
}

Levels four_levels(std::span<const float> values)
{
    Levels out;
    out.count = 4;
    if (values.size() < 32)
        return out;
    double middle = 0.5 * static_cast<double>(dsp::quantile(values, 0.03) + dsp::quantile(values, 0.97));
    double half_step = static_cast<double>(dsp::quantile(values, 0.97) - dsp::quantile(values, 0.03)) / 6.0;
    if (half_step <= 0.0)
        return out;
    std::array<double, 4> counts{};
    double squares = 0.0;
    for (int round = 0; round < 12; ++round) {
        // Least squares of v = middle + half_step·l over the nearest levels l = −3, −1, 1, 3.
        double n = 0.0;
        double l1 = 0.0;
        double l2 = 0.0;
        double v1 = 0.0;
        double lv = 0.0;
        counts = {};
        squares = 0.0;
        for (const float value : values) {
            const auto v = static_cast<double>(value);
            const double index = std::clamp(std::round(((v - middle) / half_step + 3.0) / 2.0), 0.0, 3.0);
            const double level = 2.0 * index - 3.0;
            counts.at(static_cast<std::size_t>(index)) += 1.0;
            squares += (v - middle - half_step * level) * (v - middle - half_step * level);
            n += 1.0;
            l1 += level;
            l2 += level * level;
            v1 += v;
            lv += level * v;
        }
        const double det = n * l2 - l1 * l1;
        if (det <= 0.0)
            return out;
        half_step = std::max(1e-12, (n * lv - l1 * v1) / det);
        middle = (v1 - half_step * l1) / n;
    }
    const auto total = static_cast<double>(values.size());
    out.middle = middle;
    out.outer = 3.0 * half_step;
    out.clearness = half_step / std::sqrt(std::max(1e-12, squares / total));
    out.least_share = *std::min_element(counts.begin(), counts.end()) / total;
    return out;
}

} // namespace gacsong::detect
