// SPDX-License-Identifier: GPL-3.0-or-later
// Expected values: monitoring.md §8, vectors 6 and 8.
#include "dsp/noise_statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <random>

namespace gacsong::dsp {
namespace {

TEST(Fcme, KeepsTheCleanCells)
{
    const std::array<float, 10> given{0.8F, 1.1F, 0.9F, 1.3F, 0.7F, 1.0F, 1.2F, 9.0F, 30.0F, 0.6F};
    auto cells = given;
    const auto sixteen = fcme(cells, fcme_constants(16, 0.01), 0.2, 2);
    EXPECT_EQ(sixteen.kept, 8U);
    EXPECT_NEAR(sixteen.floor, 0.95769, 1e-5);
    cells = given;
    const auto one = fcme(cells, fcme_constants(1, 0.01), 0.2, 2);
    EXPECT_EQ(one.kept, 8U);
    EXPECT_NEAR(one.floor, 0.99635, 1e-5);
}

TEST(Fcme, LeavesOutWhatIsNoPower)
{
    std::array<float, 5> cells{0.0F, -1.0F, std::numeric_limits<float>::quiet_NaN(),
                               std::numeric_limits<float>::infinity(), 0.0F};
    EXPECT_EQ(fcme(cells, fcme_constants(16, 0.01)).usable, 0U);
    EXPECT_EQ(fcme({}, fcme_constants(16, 0.01)).floor, 0.0);
}

/// The unsorted method must agree with the textbook one, which sorts.
double fcme_sorted(std::vector<float> cells, const FcmeConstants& constants)
{
    std::sort(cells.begin(), cells.end());
    std::size_t kept = std::max<std::size_t>(8, cells.size() / 10);
    for (;;) {
        double sum = 0.0;
        for (std::size_t i = 0; i < kept; ++i)
            sum += static_cast<double>(cells[i]);
        const double mean = sum / static_cast<double>(kept);
        std::size_t next = kept;
        while (next < cells.size() && static_cast<double>(cells[next]) < constants.threshold * mean)
            ++next;
        if (next == kept)
            return mean / constants.bias;
        kept = next;
    }
}

TEST(Fcme, AgreesWithSortingUpTo85PercentOccupied)
{
    std::mt19937 engine(7);
    std::gamma_distribution<float> noise(16.0F, 1.0F / 16.0F);
    std::uniform_real_distribution<float> place(0.0F, 1.0F);
    for (const float occupied : {0.0F, 0.3F, 0.6F, 0.85F}) {
        std::vector<float> cells(2048);
        for (auto& cell : cells)
            cell = noise(engine) * (place(engine) < occupied ? 11.0F : 1.0F);
        const auto constants = fcme_constants(16, 0.01);
        const double sorted = fcme_sorted(cells, constants);
        const auto found = fcme(cells, constants);
        EXPECT_NEAR(found.floor, sorted, 1e-6 * sorted);
        EXPECT_NEAR(found.floor, 1.0, 0.05) << "occupied share " << occupied; // 0.2 dB
    }
}

TEST(SpectralKurtosis, OfShortSeries)
{
    const std::array<double, 4> ramp{1, 2, 3, 4};
    EXPECT_NEAR(spectral_kurtosis(ramp), 0.33333, 1e-5);
    const std::array<double, 8> equal{5, 5, 5, 5, 5, 5, 5, 5};
    EXPECT_NEAR(spectral_kurtosis(equal), 0.0, 1e-12);
    const std::array<double, 8> once{1, 0, 0, 0, 0, 0, 0, 0};
    EXPECT_NEAR(spectral_kurtosis(once), 9.0, 1e-12);
    EXPECT_NEAR(spectral_kurtosis_variance(256), 0.015384, 1e-6);
}

} // namespace
} // namespace gacsong::dsp
