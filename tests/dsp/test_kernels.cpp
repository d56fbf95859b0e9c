// SPDX-License-Identifier: GPL-3.0-or-later
// What the loops of detection give, against plain ones.
#include "dsp/kernels.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace gacsong::dsp {
namespace {

std::vector<float> noise(std::size_t count, unsigned seed)
{
    std::mt19937 engine(seed);
    std::gamma_distribution<float> law(3.0F, 1e-9F);
    std::vector<float> out(count);
    for (auto& value : out)
        value = law(engine);
    return out;
}

TEST(PositiveAtRank, IsWhatSortingGives)
{
    for (const std::size_t count : {1U, 2U, 17U, 500U}) {
        auto values = noise(count, static_cast<unsigned>(count));
        values.push_back(values.front()); // twice
        auto sorted = values;
        std::ranges::sort(sorted);
        for (const float odd : {0.0F, -0.0F, -1.0F, std::numeric_limits<float>::quiet_NaN()})
            values.insert(values.begin(), odd);
        ASSERT_EQ(count_positive(values.data(), values.size()), sorted.size());
        for (std::size_t rank = 0; rank < sorted.size(); ++rank)
            EXPECT_EQ(positive_at_rank(values.data(), values.size(), rank), sorted[rank]) << count << ' ' << rank;
    }
}

TEST(PositiveAtRank, TakesTheWholeRangeOfFloats)
{
    const std::array<float, 4> values{std::numeric_limits<float>::infinity(), std::numeric_limits<float>::denorm_min(),
                                      std::numeric_limits<float>::max(), 1.0F};
    EXPECT_EQ(positive_at_rank(values.data(), values.size(), 0), values[1]);
    EXPECT_EQ(positive_at_rank(values.data(), values.size(), 1), 1.0F);
    EXPECT_EQ(positive_at_rank(values.data(), values.size(), 3), values[0]);
}

TEST(GroupMeans, AreThoseOfTheSums)
{
    for (const std::size_t width : {4U, 16U, 37U}) {
        const auto values = noise(8 * width, 5);
        std::array<float, 8> means{};
        group_means(values.data(), width, means.data(), means.size());
        for (std::size_t g = 0; g < means.size(); ++g)
            EXPECT_EQ(means[g],
                      static_cast<float>(sum_of(values.data() + g * width, width) / static_cast<double>(width)));
    }
}

TEST(GroupsBelow, CountsUpToEnough)
{
    const auto values = noise(8 * 40, 6);
    std::array<float, 8> limits{};
    for (std::size_t g = 0; g < limits.size(); ++g)
        limits[g] = static_cast<float>(sum_of(values.data() + g * 40, 40)) * (g % 2 == 0 ? 1.001F : 0.999F);
    EXPECT_EQ(groups_below(values.data(), 40, limits.data(), limits.size(), 8), 4U);
    EXPECT_EQ(groups_below(values.data(), 40, limits.data(), limits.size(), 2), 2U);
    EXPECT_EQ(groups_below(values.data(), 40, limits.data(), 1, 8), 1U);
}

TEST(MarkCells, ByBothThresholdsOverTheFloor)
{
    const std::array<float, 5> cells{1.0F, 2.5F, 2.5F, 9.0F, std::numeric_limits<float>::quiet_NaN()};
    const std::array<float, 5> floor{1.0F, 1.0F, 2.0F, 1.0F, 1.0F};
    std::array<std::uint8_t, 5> mask{};
    EXPECT_EQ(mark_cells(cells.data(), floor.data(), 2.0F, 8.0F, mask.data(), cells.size()), 2U);
    EXPECT_EQ(mask, (std::array<std::uint8_t, 5>{0, 1, 0, 3, 0}));
}

} // namespace
} // namespace gacsong::dsp
