// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/noise.hpp"
#include "tests/support/quantise.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <string>
#include <vector>

namespace gacsong::test {
namespace {

class QuantiseEach : public ::testing::TestWithParam<const char*> {};

TEST_P(QuantiseEach, IsUndoneByConvertUpToHalfAStep)
{
    const SampleFormat format = *parse_sample_format(GetParam());
    std::vector<std::complex<float>> x(4096);
    add_white_noise(3, 0, 0.02, x);
    const auto bytes = quantise(x, format);
    ASSERT_EQ(bytes.size(), x.size() * format.bytes_per_sample());
    std::vector<std::complex<float>> back(x.size());
    const ConversionCount count = convert(format, bytes, back);
    EXPECT_EQ(count.clipped, 0U);
    EXPECT_EQ(count.not_finite, 0U);
    const double step = format.integer() ? 1.0 / format.full_scale : 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        ASSERT_NEAR(x[i].real(), back[i].real(), 0.5 * step + 1e-7);
        ASSERT_NEAR(x[i].imag(), back[i].imag(), 0.5 * step + 1e-7);
    }
}

INSTANTIATE_TEST_SUITE_P(Formats, QuantiseEach,
                         ::testing::Values("cu8", "cs8", "cs16", "cs16_be", "cs24", "cs32", "cf32", "cf32_be", "cf64"));

// Rounding error of I and Q together: 2·(1/128)²/12 = −49.9 dB re full scale (monitoring.md §2.4).
TEST(Quantise, MakesTheNoiseOfAnIdealConverter)
{
    std::vector<std::complex<float>> x(1U << 17U);
    add_white_noise(4, 0, 0.01, x);
    for (const char* name : {"cu8", "cs8"}) {
        const SampleFormat format = *parse_sample_format(name);
        std::vector<std::complex<float>> back(x.size());
        convert(format, quantise(x, format), back);
        double error = 0.0;
        std::complex<double> bias{};
        for (std::size_t i = 0; i < x.size(); ++i) {
            error += static_cast<double>(std::norm(back[i] - x[i])) / static_cast<double>(x.size());
            bias += std::complex<double>(back[i] - x[i]) / static_cast<double>(x.size());
        }
        EXPECT_NEAR(10.0 * std::log10(error), -49.92, 0.1) << name;
        EXPECT_LT(std::abs(bias), 1e-4) << name;
    }
}

// A Gaussian of σ per component clips where it passes full scale: P = erfc(1/(σ√2)) for each component.
TEST(Quantise, ClipsTheShareThatPassesFullScale)
{
    std::vector<std::complex<float>> x(1U << 20U);
    const double sigma = 0.5;
    add_white_noise(5, 0, 2.0 * sigma * sigma, x);
    const double one = std::erfc(1.0 / sigma / std::sqrt(2.0));
    const double expected = 1.0 - (1.0 - one) * (1.0 - one);
    std::vector<std::complex<float>> back(x.size());
    const auto count = convert(SampleFormat::of(Component::s16), quantise(x, SampleFormat::of(Component::s16)), back);
    EXPECT_NEAR(static_cast<double>(count.clipped) / static_cast<double>(x.size()), expected, 0.0015);
}

} // namespace
} // namespace gacsong::test
