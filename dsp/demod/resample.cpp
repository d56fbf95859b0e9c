// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/demod/resample.hpp"

#include <cmath>
#include <cstddef>
#include <numbers>

namespace gacsong::dsp {

std::vector<std::complex<float>> resampled(std::span<const std::complex<float>> samples, double rate_hz,
                                           double wanted_hz)
{
    if (std::abs(rate_hz - wanted_hz) < 1e-6 * wanted_hz)
        return {samples.begin(), samples.end()};
    constexpr std::ptrdiff_t half = 8;
    std::vector<std::complex<float>> out;
    const double step = rate_hz / wanted_hz;
    for (double at = half; at + half + 1 < static_cast<double>(samples.size()); at += step) {
        const auto base = static_cast<std::ptrdiff_t>(at);
        std::complex<double> sum{};
        for (std::ptrdiff_t i = base - half + 1; i <= base + half; ++i) {
            const double t = at - static_cast<double>(i);
            const double sinc = std::abs(t) < 1e-9 ? 1.0 : std::sin(std::numbers::pi * t) / (std::numbers::pi * t);
            const double window = 0.5 + 0.5 * std::cos(std::numbers::pi * t / static_cast<double>(half + 1));
            sum += std::complex<double>(samples[static_cast<std::size_t>(i)]) * (sinc * window);
        }
        out.push_back(std::complex<float>(sum));
    }
    return out;
}

} // namespace gacsong::dsp
