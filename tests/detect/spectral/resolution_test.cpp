// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/resolution.hpp"

#include <gtest/gtest.h>

namespace gacsong::detect {
namespace {

TEST(Resolutions, FollowTheDesignAtEveryRate)
{
    for (const double rate : {12e3, 48e3, 250e3, 1e6, 2.4e6, 10e6, 20e6, 61.44e6}) {
        const auto r = choose_resolutions(rate, std::nullopt);
        EXPECT_EQ(r.narrow.bins & (r.narrow.bins - 1), 0U);
        EXPECT_LE(r.narrow.bins, 32768U);
        EXPECT_EQ(r.narrow.hop * 2, r.narrow.bins);
        EXPECT_EQ(r.brief.hop * 2, r.brief.bins);
        if (r.narrow.bins < 32768U) {
            EXPECT_LE(4.0 * r.narrow_bin_hz(), 6250.0) << rate;
        }
        if (rate >= 200e3) {
            EXPECT_LE(static_cast<double>(r.brief.row_step()) / rate, 0.5e-3) << rate;
        }
        EXPECT_GE(r.window_rows(), 16U);
        EXPECT_EQ(r.slab_step() % r.brief.row_step(), 0U) << "both resolutions must fit a slab";
    }
}

TEST(Resolutions, AShortCaptureStillGivesRows)
{
    const auto r = choose_resolutions(20e6, 49000);
    EXPECT_LE(r.narrow.bins * 60, 49000U);
    EXPECT_GE(r.narrow.bins, 64U);
    EXPECT_EQ(choose_resolutions(20e6, 100'000'000).narrow.bins, choose_resolutions(20e6, std::nullopt).narrow.bins);
}

} // namespace
} // namespace gacsong::detect
