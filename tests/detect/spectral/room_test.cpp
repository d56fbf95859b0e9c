// SPDX-License-Identifier: GPL-3.0-or-later
// How far around an emission it is measured.
#include "detect/spectral/tracker.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace gacsong::detect {
namespace {

Activity sent(double low_hz, double high_hz, double level_db, Interval time)
{
    Activity a;
    a.core = a.reach = {low_hz, high_hz};
    a.peak_hz = a.core.center();
    a.power = std::pow(10.0, level_db / 10.0);
    a.time = time;
    a.bursts = {time};
    a.bin_hz = 1000.0;
    a.from_start = a.to_end = true;
    return a;
}

std::vector<Track> finished(std::vector<Activity> activities)
{
    Tracker tracker({8e-3, 0.25e-3, 1000.0});
    for (auto& activity : activities)
        tracker.add(std::move(activity));
    return tracker.take_finished(100.0, true);
}

TEST(Room, EndsWhereANeighbourSends)
{
    const auto tracks = finished({sent(-10e3, 10e3, -30, {0.0, 5.0}), sent(-40e3, -25e3, -20, {0.0, 5.0}),
                                  sent(15e3, 25e3, -35, {1.0, 5.0}), sent(80e3, 90e3, -20, {0.0, 5.0})});
    ASSERT_EQ(tracks.size(), 4U);
    const auto& middle = tracks[1];
    EXPECT_EQ(middle.room.low_hz, -17.5e3) << "half-way to a stronger one, whose skirts end somewhere";
    EXPECT_EQ(middle.room.high_hz, 15e3);
    EXPECT_EQ(tracks[0].room.low_hz, -everywhere_hz);
    EXPECT_EQ(tracks[0].room.high_hz, -10e3);
    EXPECT_EQ(tracks[2].room.high_hz, everywhere_hz) << "nothing is measured as far away as that";
}

TEST(Room, IsNotBoundedByWhatIsTooWeakOrAtAnotherTime)
{
    const auto tracks = finished({sent(-10e3, 10e3, -30, {0.0, 5.0}), sent(-45e3, -25e3, -60, {0.0, 5.0}),
                                  sent(15e3, 25e3, -20, {6.0, 9.0}), sent(22e3, 30e3, -20, {4.99, 5.5})});
    const auto middle =
        std::find_if(tracks.begin(), tracks.end(), [](const Track& track) { return track.core.low_hz == -10e3; });
    ASSERT_NE(middle, tracks.end());
    EXPECT_EQ(middle->room.low_hz, -everywhere_hz) << "1/1000 of its power";
    EXPECT_EQ(middle->room.high_hz, 22e3) << "a fiftieth of its energy, in a fifth of a per cent of the time";
}

TEST(Room, HoldsTheCoreAndGrowsWithIt)
{
    Track lower = track_of(sent(-10e3, 0.0, -30, {0.0, 5.0}));
    Track upper = track_of(sent(1e3, 10e3, -30, {0.0, 5.0}));
    lower.room = {-50e3, 1e3};
    upper.room = {0.0, 40e3};
    join(lower, upper);
    EXPECT_EQ(lower.room.low_hz, -50e3);
    EXPECT_EQ(lower.room.high_hz, 40e3) << "the other half is no neighbour any more";
    // A neighbour that reaches into the core bounds it at the core's edge.
    auto other = sent(8e3, 60e3, -20, {2.0, 3.5});
    other.from_start = other.to_end = false;
    const auto tracks = finished({sent(-10e3, 10e3, -30, {0.0, 5.0}), other});
    ASSERT_EQ(tracks.size(), 2U);
    EXPECT_EQ(tracks[0].room.high_hz, 10e3);
}

} // namespace
} // namespace gacsong::detect
