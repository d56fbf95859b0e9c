// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/window.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace gacsong::dsp {

namespace {

std::array<double, 4> cosine_terms(WindowKind kind)
{
    switch (kind) {
    case WindowKind::rectangular:
        return {1.0, 0.0, 0.0, 0.0};
    case WindowKind::hann:
        return {0.5, 0.5, 0.0, 0.0};
    case WindowKind::blackman_harris:
        return {0.35875, 0.48829, 0.14128, 0.01168};
    }
    return {1.0, 0.0, 0.0, 0.0};
}

} // namespace

std::vector<float> make_window(WindowKind kind, std::size_t n)
{
    const auto a = cosine_terms(kind);
    std::vector<float> window(n);
    for (std::size_t i = 0; i < n; ++i) {
        const double phase = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n);
        double value = a[0];
        for (std::size_t k = 1; k < a.size() && a.at(k) != 0.0; ++k) // a Hann window needs one cosine of the three
            value += (k % 2 == 1 ? -1.0 : 1.0) * a.at(k) * std::cos(static_cast<double>(k) * phase);
        window[i] = static_cast<float>(value);
    }
    return window;
}

WindowSums window_sums(const std::vector<float>& window)
{
    WindowSums sums;
    for (const float w : window) {
        sums.u1 += static_cast<double>(w);
        sums.u2 += static_cast<double>(w) * static_cast<double>(w);
    }
    return sums;
}

WindowFacts window_facts(WindowKind kind)
{
    switch (kind) {
    case WindowKind::rectangular:
        return {1.0, 0.5, 1.0, 64.0};
    case WindowKind::hann:
        return {1.5, 0.947, 0.514, 4.5};
    case WindowKind::blackman_harris:
        return {2.00435, 0.997, 0.362, 4.5};
    }
    return {};
}

} // namespace gacsong::dsp
