// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/intervals.hpp"

#include <gtest/gtest.h>

namespace gacsong::detect {
namespace {

TEST(Intervals, UnionSortsAndClosesSmallGaps)
{
    const std::vector<Interval> a{{5.0, 6.0}, {0.0, 1.0}};
    const std::vector<Interval> b{{1.05, 2.0}, {5.5, 7.0}};
    const auto all = united(a, b, 0.1);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_DOUBLE_EQ(all[0].start_s, 0.0);
    EXPECT_DOUBLE_EQ(all[0].end_s, 2.0);
    EXPECT_DOUBLE_EQ(all[1].start_s, 5.0);
    EXPECT_DOUBLE_EQ(all[1].end_s, 7.0);
    EXPECT_EQ(united(a, b, 0.01).size(), 3U);
    EXPECT_DOUBLE_EQ(total_length(all), 4.0);
}

TEST(Intervals, CommonLengthCountsEveryStretchOnce)
{
    const std::vector<Interval> weak{{0.0, 1.0}, {2.0, 3.0}};
    const std::vector<Interval> strong{{0.5, 0.7}, {0.6, 2.5}};
    EXPECT_NEAR(common_length(weak, strong, 0.0), 1.0, 1e-12);
    EXPECT_NEAR(common_length(weak, strong, 0.5), 2.0, 1e-12);
    EXPECT_EQ(common_length({}, strong, 0.0), 0.0);
}

} // namespace
} // namespace gacsong::detect
