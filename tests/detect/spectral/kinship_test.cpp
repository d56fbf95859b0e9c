// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/tracker.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace gacsong::detect {
namespace {

constexpr Grain grain{8e-3, 0.25e-3, 1000.0};

Track keyed(double center_hz, double width_hz, double level_db, std::vector<Interval> bursts)
{
    Activity a;
    a.core = a.reach = {center_hz - 0.5 * width_hz, center_hz + 0.5 * width_hz};
    a.peak_hz = center_hz;
    a.power = std::pow(10.0, level_db / 10.0);
    a.time = {bursts.front().start_s, bursts.back().end_s};
    a.bursts = std::move(bursts);
    a.bin_hz = grain.bin_hz;
    a.sharp = true;
    Track track = track_of(a);
    track.energy = a.power * track.on_s;
    return track;
}

const std::vector<Interval> pattern{{1.0, 1.1}, {1.3, 1.4}, {1.55, 1.6}};

TEST(Kinship, TwoTonesKeyedTogetherAreOne)
{
    EXPECT_EQ(kinship(keyed(-20e3, 8e3, -10, pattern), keyed(20e3, 8e3, -11, pattern), grain), Kinship::same);
}

TEST(Kinship, AWeakCopyOfTheKeyingIsAByProduct)
{
    const auto strong = keyed(-40e3, 8e3, -5, pattern);
    const auto weak = keyed(60e3, 8e3, -35, pattern);
    EXPECT_EQ(kinship(strong, weak, grain), Kinship::by_product);
    EXPECT_EQ(kinship(weak, strong, grain), Kinship::by_product) << "order does not matter";
}

TEST(Kinship, OwnKeyingStandsForItself)
{
    const auto strong = keyed(-40e3, 8e3, -5, {{0.0, 10.0}});
    EXPECT_EQ(kinship(strong, keyed(60e3, 8e3, -35, pattern), grain), Kinship::none);
    EXPECT_EQ(kinship(keyed(-40e3, 8e3, -5, pattern), keyed(60e3, 8e3, -8, {{1.05, 1.5}}), grain), Kinship::none);
}

TEST(Kinship, AlwaysOnNeighboursStayApart)
{
    auto a = keyed(-100e3, 150e3, -20, {{0.0, 10.0}});
    auto b = keyed(100e3, 150e3, -24, {{0.0, 10.0}});
    a.from_start = a.to_end = b.from_start = b.to_end = true;
    EXPECT_EQ(kinship(a, b, grain), Kinship::none);
}

TEST(Kinship, TheEdgeOfTheRecordingProvesNothing)
{
    auto strong = keyed(-100e3, 150e3, -10, {{0.0, 10.0}});
    strong.from_start = strong.to_end = true;
    auto weak = keyed(400e3, 10e3, -45, {{0.001, 9.999}});
    EXPECT_EQ(kinship(strong, weak, grain), Kinship::none);
}

/// The spectrum that a track of its own has beside a stronger one: `own` of its cells and `between` of those before
/// them.
Track with_spectrum(Track track, const Band& stronger, double own, double between)
{
    track.spectrum.step_hz = 125.0;
    track.spectrum.low_hz = stronger.center();
    for (double hz = stronger.center(); hz < track.reach.high_hz + 5e3; hz += track.spectrum.step_hz)
        track.spectrum.power.push_back(hz < stronger.high_hz ? 5.0 * own : hz < track.core.low_hz ? between : own);
    track.spectrum.weights.assign(track.spectrum.power.size(), 1.0);
    track.spectrum.weight = 1.0;
    return track;
}

TEST(Kinship, AValleyPartsWhatTouchesAStrongerOne)
{
    // Seven narrow bins, highest in the lower part, as four-level keying may be; reaches that touch.
    auto strong = keyed(0.0, 8e3, -30, {{0.0, 1.0}});
    auto weak = keyed(12.5e3, 7e3, -37, {{0.0, 1.0}});
    strong.reach = {-6e3, 6e3};
    weak.reach = {7e3, 18e3};
    weak.peak_hz = 10.5e3;
    for (Track* track : {&strong, &weak})
        track->from_start = track->to_end = true;
    EXPECT_EQ(kinship(strong, weak, grain), Kinship::same) << "nothing is known of what lies between";
    EXPECT_EQ(kinship(strong, with_spectrum(weak, strong.core, 1.0, 0.3), grain), Kinship::same) << "a skirt";
    EXPECT_EQ(kinship(strong, with_spectrum(weak, strong.core, 1.0, 0.01), grain), Kinship::none) << "a channel";
    EXPECT_EQ(kinship(with_spectrum(weak, strong.core, 1.0, 0.01), strong, grain), Kinship::none);
}

TEST(Sidebands, AreEvenOnBothSidesOfAStrongerCarrier)
{
    const std::vector<Interval> on{{0.0, 5.0}};
    const auto carrier = keyed(1500, 1000, -8, on);
    EXPECT_TRUE(sidebands(carrier, keyed(1500 - 9960, 2000, -20, on), keyed(1500 + 9960, 2000, -20.3, on), grain));
    EXPECT_FALSE(sidebands(carrier, keyed(1500 - 9960, 2000, -20, on), keyed(1500 + 9960, 2000, -26, on), grain));
    EXPECT_FALSE(sidebands(carrier, keyed(1500 - 9960, 2000, -20, on), keyed(1500 + 14960, 2000, -20, on), grain));
}

TEST(Sidebands, AreNotTheStationsOfARaster)
{
    const std::vector<Interval> on{{0.0, 5.0}};
    const auto middle = keyed(0, 8000, -20, on);
    EXPECT_FALSE(sidebands(middle, keyed(-12.5e3, 8000, -20.1, on), keyed(12.5e3, 8000, -20.2, on), grain));
    EXPECT_FALSE(sidebands(middle, keyed(-600e3, 8000, -29, on), keyed(600e3, 8000, -29, on), grain));
}

/// Frames of two bursts, every 100 ms.
std::vector<Interval> frames(int from, int to)
{
    std::vector<Interval> bursts;
    for (int i = from; i < to; ++i) {
        bursts.push_back({1.0 + 0.1 * i, 1.02 + 0.1 * i});
        bursts.push_back({1.03 + 0.1 * i, 1.06 + 0.1 * i});
    }
    return bursts;
}

TEST(Continues, ATrainThatGoesOnBesideItselfIsOneTransmitter)
{
    const auto before = keyed(12e3, 28e3, -5, frames(0, 2));
    EXPECT_TRUE(continues(before, keyed(-12e3, 30e3, -5.5, frames(2, 6)), grain));
    EXPECT_TRUE(continues(keyed(-12e3, 30e3, -5.5, frames(2, 6)), before, grain)) << "order does not matter";
}

TEST(Continues, AnotherRhythmLevelWidthOrPlaceIsAnotherTransmitter)
{
    const auto before = keyed(12e3, 28e3, -5, frames(0, 2));
    EXPECT_FALSE(continues(before, keyed(-12e3, 30e3, -9, frames(2, 6)), grain)) << "weaker";
    EXPECT_FALSE(continues(before, keyed(-12e3, 60e3, -5, frames(2, 6)), grain)) << "wider";
    EXPECT_FALSE(continues(before, keyed(-50e3, 30e3, -5, frames(2, 6)), grain)) << "elsewhere";
    EXPECT_FALSE(continues(before, keyed(-12e3, 30e3, -5, frames(3, 6)), grain)) << "after a break";
    EXPECT_FALSE(continues(before, keyed(-12e3, 30e3, -5, frames(1, 5)), grain)) << "at the same time";
    EXPECT_FALSE(continues(before, keyed(-12e3, 30e3, -5, {{1.2, 1.21}, {1.23, 1.26}, {1.3, 1.31}}), grain))
        << "other bursts";
    EXPECT_FALSE(continues(keyed(12e3, 28e3, -5, {{1.0, 1.02}}), keyed(-12e3, 30e3, -5, {{1.1, 1.12}}), grain))
        << "one burst has no rhythm";
}

TEST(Tracker, JoinsWhatComesBackAndGivesItOutAfterTheHold)
{
    Tracker tracker(grain);
    for (int i = 0; i < 3; ++i) {
        Activity a;
        a.core = a.reach = {10e3, 20e3};
        a.power = 1e-3;
        a.time = {1.0 + 2.0 * i, 1.5 + 2.0 * i};
        a.bin_hz = grain.bin_hz;
        tracker.add(a);
    }
    EXPECT_TRUE(tracker.take_finished(8.0, false).empty());
    const auto tracks = tracker.take_finished(11.0, false);
    ASSERT_EQ(tracks.size(), 1U);
    EXPECT_EQ(tracks[0].burst_count, 3U);
    EXPECT_NEAR(tracks[0].on_s, 1.5, 1e-9);
    EXPECT_NEAR(tracks[0].power(), 1e-3, 1e-9);
}

TEST(Tracker, KeepsTwoPlacesApart)
{
    Tracker tracker(grain);
    for (const double low : {10e3, 30e3}) {
        Activity a;
        a.core = a.reach = {low, low + 10e3};
        a.power = 1e-3;
        a.time = {1.0, 2.0 + low * 1e-5};
        a.bin_hz = grain.bin_hz;
        tracker.add(a);
    }
    EXPECT_EQ(tracker.take_finished(20.0, true).size(), 2U);
}

} // namespace
} // namespace gacsong::detect
