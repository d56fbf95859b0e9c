// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/demod/slicer.hpp"

#include "dsp/demod/linear.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace gacsong::dsp {

namespace {

template <class T> std::vector<T> between(std::span<const T> x, double rate_hz, double symbol_rate_hz, double phase)
{
    std::vector<T> out;
    const double length = rate_hz / symbol_rate_hz;
    for (std::size_t k = 0;; ++k) {
        const double place = (static_cast<double>(k) + phase) * length;
        const auto i = static_cast<std::size_t>(place);
        if (i + 1 >= x.size())
            return out;
        out.push_back(x[i] + static_cast<float>(place - static_cast<double>(i)) * (x[i + 1] - x[i]));
    }
}

} // namespace

std::vector<float> symbol_filtered(std::span<const float> x, double rate_hz, double symbol_rate_hz, SymbolFilter filter)
{
    const double length = rate_hz / symbol_rate_hz;
    if (filter == SymbolFilter::mean)
        return moving_mean(x, static_cast<std::size_t>(std::max(0.0, 0.35 * length - 0.5)));
    const auto half = static_cast<std::ptrdiff_t>(std::min(2000.0, 5.0 * length));
    std::vector<float> taps;
    double sum = 0.0;
    for (std::ptrdiff_t i = -half; i <= half; ++i) {
        taps.push_back(static_cast<float>(root_raised_cosine(static_cast<double>(i) / length, 0.2)));
        sum += static_cast<double>(taps.back());
    }
    for (float& tap : taps)
        tap = static_cast<float>(static_cast<double>(tap) / sum);
    return filtered(x, taps);
}

std::vector<float> symbols_at(std::span<const float> x, double rate_hz, double symbol_rate_hz, double phase)
{
    return between<float>(x, rate_hz, symbol_rate_hz, phase);
}

std::vector<std::complex<float>> symbols_at(std::span<const std::complex<float>> x, double rate_hz,
                                            double symbol_rate_hz, double phase)
{
    return between<std::complex<float>>(x, rate_hz, symbol_rate_hz, phase);
}

float middle_of(std::span<const float> x) { return 0.5F * (quantile(x, 0.05) + quantile(x, 0.95)); }

std::vector<std::uint8_t> sliced(std::span<const float> symbols, float level)
{
    std::vector<std::uint8_t> bits;
    bits.reserve(symbols.size());
    for (const float value : symbols)
        bits.push_back(value > level ? 1U : 0U);
    return bits;
}

} // namespace gacsong::dsp
