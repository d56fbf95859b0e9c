// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/noise.hpp"
#include "tests/support/random.hpp"
#include "tests/support/spectrum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <vector>

namespace gacsong::test {
namespace {

std::vector<std::complex<float>> noise(std::size_t count, double power, std::uint64_t seed = 7, std::uint64_t first = 0)
{
    std::vector<std::complex<float>> out(count);
    add_white_noise(seed, first, power, out);
    return out;
}

// 2^21 samples: the standard deviation of the power estimate is 0.07 %, of each mean 0.07 % of the amplitude.
TEST(Noise, HasThePowerAndSymmetryAskedFor)
{
    const auto x = noise(1U << 21U, 0.25);
    const auto count = static_cast<double>(x.size());
    std::complex<double> mean{};
    std::complex<double> square{};
    double power = 0.0;
    double fourth = 0.0;
    for (const auto& value : x) {
        const std::complex<double> z = value;
        mean += z / count;
        square += z * z / count;
        power += std::norm(z) / count;
        fourth += std::norm(z) * std::norm(z) / count;
    }
    EXPECT_NEAR(power, 0.25, 0.25 * 4.0 * 0.0007);
    EXPECT_LT(std::abs(mean), 0.002);
    EXPECT_LT(std::abs(square), 0.25 * 4.0 * 0.001);  // circular: E z² = 0
    EXPECT_NEAR(fourth / (power * power), 2.0, 0.02); // complex Gaussian: E|z|⁴ = 2 (E|z|²)²
}

// |z|²/E|z|² is exponential: P(> t) = exp(−t). Within five standard deviations of the count.
TEST(Noise, HasExponentialPowerDownToTheTail)
{
    const auto x = noise(1U << 22U, 1.0);
    for (const double t : {0.1, 1.0, 3.0, 6.0, 9.0, 11.0}) {
        const auto above =
            static_cast<double>(std::count_if(x.begin(), x.end(), [t](auto z) { return std::norm(z) > t; }));
        const double expected = static_cast<double>(x.size()) * std::exp(-t);
        EXPECT_NEAR(above, expected, 5.0 * std::sqrt(expected)) << "t = " << t;
    }
}

TEST(Noise, IsWhite)
{
    const auto spectrum = welch(std::span<const std::complex<float>>{noise(1U << 20U, 1.0)}, 256);
    for (const double bin : spectrum) // 8191 frames at half overlap: σ ≈ 1.2 % a bin
        EXPECT_NEAR(bin * 256.0, 1.0, 0.065);
}

TEST(Noise, DoesNotDependOnTheCut)
{
    const auto whole = noise(5000, 1.0);
    for (const std::size_t from : {std::size_t{1}, std::size_t{511}, std::size_t{512}, std::size_t{4000}}) {
        const auto part = noise(777, 1.0, 7, from);
        EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin() + static_cast<std::ptrdiff_t>(from)));
    }
    EXPECT_NE(noise(10, 1.0, 8), noise(10, 1.0, 7));
}

TEST(Random, GivesTheSameNumbersEverywhere)
{
    EXPECT_EQ(mix64(0), 0xE220A8397B1DCDAFULL); // first output of the published SplitMix64 with seed 0
    Random random(1);
    double sum = 0.0;
    double squares = 0.0;
    for (int i = 0; i < 100000; ++i) {
        const double x = random.normal();
        sum += x;
        squares += x * x;
    }
    EXPECT_NEAR(sum / 1e5, 0.0, 0.016);
    EXPECT_NEAR(squares / 1e5, 1.0, 0.023);
}

} // namespace
} // namespace gacsong::test
