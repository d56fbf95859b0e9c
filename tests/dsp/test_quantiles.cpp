// SPDX-License-Identifier: GPL-3.0-or-later
// Expected values: monitoring.md §8, vectors 4, 5, 7, 9, 10, 11, 12.
#include "dsp/quantiles.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace gacsong::dsp {
namespace {

TEST(Threshold, OfKnownNoise)
{
    EXPECT_NEAR(threshold(1, 1e-6), 13.81551, 1e-5);
    EXPECT_NEAR(threshold(4, 1e-4), 3.97845, 1e-5);
    EXPECT_NEAR(threshold(16, 1e-6), 2.66349, 1e-5);
    EXPECT_NEAR(threshold(64, 1e-6), 1.71021, 1e-5);
    EXPECT_NEAR(threshold(64, 1e-8), 1.86690, 1e-5);
    EXPECT_NEAR(threshold(256, 1e-6), 1.32568, 1e-5);
    EXPECT_NEAR(threshold(1024, 1e-4), 1.12042, 1e-5);
}

TEST(NoiseQuantile, Median)
{
    EXPECT_NEAR(noise_quantile(1, 0.5), 0.69315, 1e-5);
    EXPECT_NEAR(noise_quantile(16, 0.5), 0.97925, 1e-5);
    EXPECT_NEAR(noise_quantile(64, 0.5), 0.99480, 1e-5);
}

TEST(LowerHalf, MeanBelowTheMedian)
{
    // M = 1: ∫₀^ln2 v·e^(−v) dv / ½ = 1 − ln 2.
    EXPECT_NEAR(lower_half_mean(1), 1.0 - std::log(2.0), 1e-12);
    EXPECT_NEAR(lower_half_mean(400), 1.0 - 0.79788 / 20.0, 2e-3); // the normal law for large M
}

TEST(Fcme, Constants)
{
    const auto check = [](double m, double p, double t, double c, double digit) {
        const auto constants = fcme_constants(m, p);
        EXPECT_NEAR(constants.threshold, t, digit);
        EXPECT_NEAR(constants.bias, c, 1e-5);
    };
    check(1, 0.01, 4.60517, 0.95348, 1e-5);
    check(10, 1e-3, 2.2657, 0.99858, 1e-4);
    check(16, 0.01, 1.67143, 0.99197, 1e-5);
    check(64, 0.01, 1.3135, 0.99631, 1e-4);
}

TEST(Cfar, FactorOfMeanAndOrderStatistic)
{
    EXPECT_NEAR(ca_cfar_factor(1, 16, 1e-4), 12.4525, 1e-4);
    EXPECT_NEAR(ca_cfar_factor(1, 32, 1e-6), 17.2776, 1e-4);
    EXPECT_NEAR(ca_cfar_factor(16, 32, 1e-6), 2.7361, 1e-4);
    EXPECT_NEAR(os_cfar_factor(32, 24, 1e-6), 14.3985, 1e-4);
    EXPECT_NEAR(os_cfar_factor(64, 48, 1e-4), 7.5536, 1e-4);
}

TEST(Detection, ProbabilityOfCarrierAndNoise)
{
    const double t = threshold(16, 1e-6);
    EXPECT_NEAR(detection_probability_carrier(16, t, 2.0), 0.7151, 1e-4);
    EXPECT_NEAR(detection_probability_noise(16, t, 2.0), 0.6489, 1e-4);
    const double t64 = threshold(64, 1e-6);
    EXPECT_NEAR(detection_probability_carrier(64, t64, std::pow(10.0, -0.008)), 0.9, 2e-3);
    EXPECT_NEAR(detection_probability_noise(64, t64, std::pow(10.0, 0.012)), 0.9, 2e-3);
    // A burst of 8 frames inside 64: the same energy spread over 64 averages.
    EXPECT_NEAR(detection_probability_carrier(64, t64, std::pow(10.0, 0.895) * 8.0 / 64.0), 0.9, 2e-3);
}

} // namespace
} // namespace gacsong::dsp
