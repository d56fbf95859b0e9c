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
    RunFinder finder{2};
    std::span<const detect::Run> find()
    {
        const DetectionLevel level{1e-2, 1e-6, 1.0};
        return finder.find(cells, thresholds_over(floor, 16.0, level));
    }
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
/// Two channels of six cells, `gap` cells apart, over a floor far below both.
void two_channels(Bench& b, std::size_t first, std::size_t gap, float between)
{
    for (std::size_t k = 0; k < 6; ++k) {
        b.cells[first + k] = 5e4F;
        b.cells[first + 6 + gap + k] = 1e4F;
    }
    for (std::size_t k = 0; k < gap; ++k)
        b.cells[first + 6 + k] = between;
}

TEST(RunFinder, AValleyPartsChannelsHoweverNarrowItIs)
{
    Bench apart;
    two_channels(apart, 40, 1, 400.0F);
    const auto runs = apart.find();
    ASSERT_EQ(runs.size(), 2U);
    EXPECT_EQ(runs[0].last, 45U);
    EXPECT_EQ(runs[1].first, 47U);
    Bench splinter;
    two_channels(splinter, 40, 1, 400.0F);
    splinter.cells[40] = splinter.cells[41] = 400.0F;
    EXPECT_EQ(splinter.find().size(), 1U) << "four cells are no channel";
    Bench ripple;
    two_channels(ripple, 40, 1, 499.0F); // 20 dB below the stronger, 10 below the weaker
    for (std::size_t k = 47; k < 53; ++k)
        ripple.cells[k] = 4990.0F;
    EXPECT_EQ(ripple.find().size(), 1U);
    Bench hole;
    two_channels(hole, 122, 1, 10.0F);
    EXPECT_EQ(hole.find().size(), 1U) << "a hole at the tuned centre is the receiver's";
}

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
