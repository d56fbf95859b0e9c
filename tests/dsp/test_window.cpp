// SPDX-License-Identifier: GPL-3.0-or-later
// Expected values: monitoring.md §8, vectors 1 and 2.
#include "dsp/window.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

namespace gacsong::dsp {
namespace {

/// Loss in dB of a carrier half a bin beside the centre of a bin.
double scalloping_db(const std::vector<float>& window)
{
    std::complex<double> sum = 0.0;
    const auto n = static_cast<double>(window.size());
    for (std::size_t i = 0; i < window.size(); ++i)
        sum += static_cast<double>(window[i]) * std::polar(1.0, std::numbers::pi * static_cast<double>(i) / n);
    return 20.0 * std::log10(window_sums(window).u1 / std::abs(sum));
}

struct Case {
    WindowKind kind;
    double enbw;
    double scalloping;
    double mean;
};

class WindowFigures : public testing::TestWithParam<Case> {};

TEST_P(WindowFigures, AgreeWithTheTable)
{
    const auto& expected = GetParam();
    const auto window = make_window(expected.kind, 4096);
    const auto sums = window_sums(window);
    const double n = 4096.0;
    EXPECT_NEAR(n * sums.u2 / (sums.u1 * sums.u1), expected.enbw, 1e-5);
    EXPECT_NEAR(window_facts(expected.kind).enbw_bins, expected.enbw, 1e-5);
    EXPECT_NEAR(scalloping_db(window), expected.scalloping, 1e-3);
    EXPECT_NEAR(sums.u1 / n, expected.mean, 1e-5);
}

INSTANTIATE_TEST_SUITE_P(Table, WindowFigures,
                         testing::Values(Case{WindowKind::blackman_harris, 2.00435, 0.826, 0.35875},
                                         Case{WindowKind::hann, 1.5, 1.424, 0.5},
                                         Case{WindowKind::rectangular, 1.0, 3.922, 1.0}));

} // namespace
} // namespace gacsong::dsp
