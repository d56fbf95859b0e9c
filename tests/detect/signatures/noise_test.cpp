// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/signatures/built.hpp"
#include "tests/detect/signatures/grid.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/signals/ofdm.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <complex>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace gacsong::test {

namespace {

std::string told(const WaveformPtr& waveform, double rate_hz, double duration_s, double snr_db, std::uint64_t seed)
{
    return named({waveform, rate_hz, duration_s, snr_db, 0.0, seed}).modulation.name;
}

/// Many channels of one chip rate under one another, as a base station of code division sends them: nearly Gaussian.
WaveformPtr code_division(std::uint64_t seed)
{
    constexpr std::size_t codes = 48;
    constexpr std::size_t length = 64;
    std::mt19937_64 random(seed);
    std::vector<std::complex<float>> chips;
    while (chips.size() < std::size_t{60000}) {
        std::array<std::complex<float>, length> sum{};
        for (std::size_t code = 1; code <= codes; ++code) {
            const std::uint64_t bits = random();
            const std::complex<float> symbol((bits & 1U) != 0 ? 1.0F : -1.0F, (bits & 2U) != 0 ? 1.0F : -1.0F);
            for (std::size_t i = 0; i < length; ++i)
                sum.at(i) += symbol * (std::popcount(code & i) % 2 != 0 ? -1.0F : 1.0F);
        }
        for (auto& chip : sum) {
            const std::uint64_t scrambled = random();
            chip *= std::complex<float>((scrambled & 1U) != 0 ? 1.0F : -1.0F, (scrambled & 2U) != 0 ? 1.0F : -1.0F);
            chips.push_back(chip);
        }
    }
    return repeated(std::move(chips), 1.2288e6, 1.2288e6);
}

} // namespace

TEST(SentNoise, IsCalledSo)
{
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        EXPECT_EQ(told(noise_band(400e3, seed), 2e6, 0.15, 12.0, seed), "noise") << seed;
        EXPECT_EQ(told(noise_band(1e6, seed), 4e6, 0.1, 30.0, seed), "noise") << seed;
    }
}

TEST(SentNoise, IsNotToldWhereTheReceiversOwnHidesIt)
{
    for (std::uint64_t seed = 1; seed <= 4; ++seed)
        EXPECT_EQ(told(noise_band(400e3, seed), 2e6, 0.3, 4.0, seed), "unknown") << seed;
}

TEST(SentNoise, IsNotWhatHasACodeOrAPrefix)
{
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        EXPECT_NE(told(code_division(seed), 4e6, 0.2, 25.0, seed), "noise") << seed;
        OfdmSettings settings;
        settings.fft_size = 512;
        settings.prefix = 36;
        settings.spacing_hz = 15e3;
        settings.carriers_each_side = 150;
        settings.seed = seed;
        EXPECT_EQ(told(ofdm(settings), 10e6, 0.1, 15.0, seed), "OFDM") << seed;
    }
}

TEST(SentNoise, IsNoKindOfTheGridButNoise)
{
    for (const GridClass& kind : grid_classes()) {
        const bool knows_noise = std::find(kind.right.begin(), kind.right.end(), "noise") != kind.right.end();
        for (std::uint64_t number = 0; number < 1 && !knows_noise; ++number)
            EXPECT_NE(recognised(grid_scene(kind, 20.0, number), number).modulation.name, "noise") << kind.name;
    }
}

} // namespace gacsong::test
