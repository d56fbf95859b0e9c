// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/measure.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace gacsong::detect {
namespace {

// monitoring.md §8, vector 16.
TEST(OccupiedBand, InterpolatesInsideTheCells)
{
    const std::vector<double> cells{0, 0, 1, 4, 90, 100, 90, 4, 1, 0, 0};
    const auto band = occupied_band(cells, -0.5, 1.0);
    ASSERT_TRUE(band);
    EXPECT_NEAR(band->low_hz, 2.6125 - 0.5, 0.5 + 1e-9);
    EXPECT_NEAR(band->high_hz - band->low_hz, 4.775, 1e-3);
}

TEST(OccupiedBand, NothingWithoutPower)
{
    const std::vector<double> cells{0.0, -1.0, 0.0};
    EXPECT_FALSE(occupied_band(cells, 0.0, 1.0));
    EXPECT_FALSE(occupied_band({}, 0.0, 1.0));
}

TEST(BandAt, TakesTheOutermostCrossings)
{
    const std::vector<double> cells{1e-6, 1e-2, 1e-5, 1.0, 1e-5, 2e-2, 1e-6};
    const auto band = band_at(cells, 0.0, 10.0, 26.0, 1e-8);
    ASSERT_TRUE(band);
    EXPECT_DOUBLE_EQ(band->low_hz, 10.0);
    EXPECT_DOUBLE_EQ(band->high_hz, 60.0);
    EXPECT_FALSE(band_at(cells, 0.0, 10.0, 26.0, 1e-3)) << "the level there lies in the noise";
}

TEST(MainBand, TakesTwoTonesAndLeavesOutSplatter)
{
    std::vector<double> cells(200, 0.0);
    for (const std::size_t tone : {60U, 100U}) {
        for (std::size_t i = 0; i < 8; ++i)
            cells[tone + i] = 1.0;
    }
    for (std::size_t i = 180; i < 184; ++i)
        cells[i] = 1e-3; // a product 30 dB down, far out
    const auto band = main_band(cells, 0.0, 1.0, 0.0, 1.0);
    ASSERT_TRUE(band);
    EXPECT_LE(band->low_hz, 60.0);
    EXPECT_GE(band->high_hz, 108.0);
    EXPECT_LT(band->high_hz, 180.0);
}

TEST(BurstPeriod, OfARegularTrainOnly)
{
    std::vector<Interval> train;
    for (int i = 0; i < 20; ++i)
        train.push_back({0.06 * i, 0.06 * i + 0.03});
    ASSERT_TRUE(burst_period(train));
    EXPECT_NEAR(*burst_period(train), 0.06, 1e-9);
    for (std::size_t i = 0; i < train.size(); ++i)
        train[i].start_s += 0.02 * std::sin(static_cast<double>(i * i));
    EXPECT_FALSE(burst_period(train));
    train.resize(4);
    EXPECT_FALSE(burst_period(train));
}

/// A track with a flat spectrum of the given width on a floor.
Track flat_track(double width_hz, double snr, double step_hz)
{
    Track track;
    track.time = {0.0, 1.0};
    track.bursts = {{0.0, 1.0}};
    track.burst_count = 1;
    track.on_s = 1.0;
    track.core = track.reach = {-0.5 * width_hz, 0.5 * width_hz};
    track.averages = 100.0;
    track.bin_hz = 100.0;
    const double noise = 1e-9;
    track.spectrum.step_hz = step_hz;
    track.spectrum.low_hz = -2.0 * width_hz;
    track.spectrum.weight = 1.0;
    track.spectrum.noise_per_hz = noise / step_hz;
    const auto cells = static_cast<std::size_t>(4.0 * width_hz / step_hz);
    for (std::size_t i = 0; i < cells; ++i) {
        const double hz = track.spectrum.low_hz + (static_cast<double>(i) + 0.5) * step_hz;
        track.spectrum.power.push_back(noise * (std::abs(hz) < 0.5 * width_hz ? 1.0 + snr : 1.0));
    }
    track.spectrum.weights.assign(cells, 1.0);
    track.energy = noise * snr * width_hz / step_hz;
    return track;
}

TEST(Measure, WidthSnrAndQuality)
{
    const auto good = measure(flat_track(10000.0, 1000.0, 100.0), {100e6, 1.0, 0.0, 1e6});
    EXPECT_NEAR(good.bandwidth_hz, 9900.0, 100.0);
    EXPECT_NEAR(good.snr_db, 30.0, 0.2);
    EXPECT_FALSE(good.bandwidth_estimate);
    EXPECT_EQ(good.quality, Quality::good);
    EXPECT_NEAR(good.center_hz.value(), 100e6, 60.0);
    const auto fair = measure(flat_track(10000.0, 8.0, 100.0), {});
    EXPECT_EQ(fair.quality, Quality::fair);
    EXPECT_TRUE(fair.bandwidth_estimate);
    EXPECT_FALSE(fair.center_hz);
    const auto poor = measure(flat_track(10000.0, 2.0, 100.0), {});
    EXPECT_EQ(poor.quality, Quality::poor);
    EXPECT_FALSE(poor.quality_reasons.empty());
}

TEST(Measure, ClockIsCorrectedAndCounted)
{
    const auto track = flat_track(10000.0, 1000.0, 100.0);
    const auto loose = measure(track, {100e6, 50.0, 0.0, 1e6});
    // U = 2·f·ppm/√3, monitoring.md §2.1.
    EXPECT_NEAR(loose.uncertainty.center_hz, 2.0 * 5000.0 / std::sqrt(3.0), 300.0);
    const auto corrected = measure(track, {100e6, 1.0, 10.0, 1e6});
    EXPECT_NEAR(corrected.center_hz.value(), 100e6 - 1000.0, 60.0);
}

TEST(Measure, WhatAStrongerOneCoversIsPoor)
{
    auto track = flat_track(10000.0, 1000.0, 100.0);
    track.masked_db = 25.0;
    EXPECT_EQ(measure(track, {}).quality, Quality::poor);
}

TEST(Measure, LeavesOutWhereANeighbourSends)
{
    auto track = flat_track(10000.0, 1000.0, 100.0);
    for (std::size_t i = 0; i < track.spectrum.power.size(); ++i) {
        const double hz = track.spectrum.low_hz + (static_cast<double>(i) + 0.5) * track.spectrum.step_hz;
        if (hz > 7e3)
            track.spectrum.power[i] *= 1000.0; // as strong as the emission itself
    }
    EXPECT_GT(measure(track, {}).bandwidth_hz, 13e3);
    track.room.high_hz = 7e3;
    const auto alone = measure(track, {});
    EXPECT_NEAR(alone.bandwidth_hz, 9900.0, 100.0);
    EXPECT_NEAR(alone.offset_hz, 0.0, 50.0);
}

TEST(Measure, ANarrowPartThatDrownsInAWideOneIsMeasuredByItself)
{
    // 0.5 above the floor over 160 kHz, and 10 kHz of it 8 above the floor.
    auto track = flat_track(160e3, 0.5, 500.0);
    for (std::size_t i = 0; i < track.spectrum.power.size(); ++i) {
        const double hz = track.spectrum.low_hz + (static_cast<double>(i) + 0.5) * track.spectrum.step_hz;
        if (hz > -65e3 && hz < -55e3)
            track.spectrum.power[i] *= 6.0;
    }
    const auto one = measure(track, {});
    EXPECT_NEAR(one.offset_hz, -60e3, 1000.0);
    EXPECT_GE(one.bandwidth_hz, 9.9e3);
    EXPECT_LE(one.bandwidth_hz, 21e3) << "with half its width and a cell on both sides";
    EXPECT_NE(one.quality, Quality::poor);
    // What is narrow may be somebody else's, heard between the bursts.
    track.burst_count = 2;
    EXPECT_EQ(measure(track, {}).quality, Quality::poor);
}

} // namespace
} // namespace gacsong::detect
