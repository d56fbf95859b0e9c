// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/runs.hpp"
#include "dsp/quantiles.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace gacsong::detect {
namespace {

struct Bench {
    std::vector<float> floor = std::vector<float>(256, 1.0F);
    std::vector<float> cells = std::vector<float>(256, 1.0F);
    Thresholds thresholds = thresholds_over(floor, 16.0, {1e-2, 1e-6, 1.0});
    RunFinder finder{2};
    std::span<const detect::Run> find() { return finder.find(cells, thresholds); }
};

TEST(Thresholds, AreTheExactQuantilesOverTheFloor)
{
    const std::vector<float> floor{1.0F, 2.0F};
    const auto t = thresholds_over(floor, 16.0, {1e-2, 1e-6, 1.0});
    EXPECT_NEAR(t.high_at(0), 2.66349, 1e-4);
    EXPECT_NEAR(t.high_at(1), 2.0 * 2.66349, 1e-4);
    EXPECT_NEAR(t.low_at(0), dsp::threshold(16.0, 1e-2), 1e-5);
}

TEST(RunFinder, KeepsWeakCellsBesideStrongOnesAndClosesSmallGaps)
{
    Bench b;
    b.cells[100] = 2.0F; // above the lower threshold only
    b.cells[101] = 5.0F;
    b.cells[104] = 2.0F; // two cells further on: still the same
    b.cells[108] = 5.0F; // three empty cells: another
    const auto runs = b.find();
    ASSERT_EQ(runs.size(), 2U);
    EXPECT_EQ(runs[0].first, 100U);
    EXPECT_EQ(runs[0].last, 104U);
    EXPECT_EQ(runs[0].peak, 101U);
    EXPECT_TRUE(runs[0].strong);
    EXPECT_EQ(runs[1].first, 108U);
}

TEST(RunFinder, CutsSkirtsTwentyDecibelsBelowThePeak)
{
    Bench b;
    for (std::size_t k = 50; k < 200; ++k)
        b.cells[k] = 4.0F; // splatter above the threshold everywhere
    for (std::size_t k = 100; k < 110; ++k)
        b.cells[k] = 5000.0F;
    b.cells[160] = 100.0F; // stands out of the splatter by 14 dB
    const auto runs = b.find();
    ASSERT_EQ(runs.size(), 2U);
    EXPECT_EQ(runs[0].first, 100U);
    EXPECT_EQ(runs[0].last, 109U);
    EXPECT_EQ(runs[1].peak, 160U);
}

TEST(RunFinder, NothingInNothing)
{
    Bench b;
    EXPECT_TRUE(b.find().empty());
    std::fill(b.cells.begin(), b.cells.end(), 0.0F);
    EXPECT_TRUE(b.find().empty());
}

/// False alarms of cells come out at the stated rate (monitoring.md §6.3: ± 15 %).
TEST(RunFinder, FalseAlarmRateOfCells)
{
    constexpr std::size_t n = 1U << 16U;
    constexpr int rows = 40;
    std::mt19937 engine(3);
    std::gamma_distribution<float> noise(16.0F, 1.0F / 16.0F);
    const std::vector<float> floor(n, 1.0F);
    const auto thresholds = thresholds_over(floor, 16.0, {1e-4, 1e-4, 1.0});
    RunFinder finder(0);
    std::size_t cells = 0;
    for (int r = 0; r < rows; ++r) {
        std::vector<float> row(n);
        for (auto& v : row)
            v = noise(engine);
        for (const auto& run : finder.find(row, thresholds))
            cells += run.last - run.first + 1;
    }
    const double expected = 1e-4 * static_cast<double>(n) * rows;
    EXPECT_NEAR(static_cast<double>(cells), expected, 0.25 * expected); // 4 sd of 262
}

} // namespace
} // namespace gacsong::detect
