// SPDX-License-Identifier: GPL-3.0-or-later
// A receiver that moves while it scans (fake-base-stations.md §2.7, X3).
#include "tests/detect/rules/cell_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace gacsong::test {

namespace {

using ::testing::Contains;
using ::testing::Not;

constexpr std::int64_t second_ns = 1'000'000'000;
constexpr double degrees_per_km = 1.0 / 111.195;

Instant after(double seconds)
{
    return {world_time_ns + static_cast<std::int64_t>(seconds * static_cast<double>(second_ns))};
}

Place north(double km) { return {world_place.latitude + km * degrees_per_km, world_place.longitude}; }

/// North at a speed for an hour, a position every two seconds; the scan begins after ten minutes.
std::shared_ptr<ReceiverTrack> drive(double m_s)
{
    const auto track = std::make_shared<ReceiverTrack>();
    for (int s = -600; s <= 3000; s += 2)
        track->add(after(s), north(1e-3 * m_s * s));
    return track;
}

/// A strong newcomer whose clock is good, beside the operator's five cells.
World newcomer()
{
    World world;
    world.add_network("lte", "452-04", {6101}, -85.0).without_register();
    world.scan.push_back(lte_cell("452-04", 6101, 555'777, 1700, 211, -60.0));
    return world;
}

} // namespace

TEST(ReceiverTrackTest, SpeedIsThatBetweenPositionsOfTheStretch)
{
    ReceiverTrack track;
    EXPECT_FALSE(track.at(after(0)));
    track.add(after(0), north(0.0));
    EXPECT_FALSE(track.speed_m_s(after(0), after(10)));
    track.add(after(30), north(0.01)); // 10 m: the position wanders
    track.add(after(60), north(0.61)); // 600 m in half a minute
    track.add(after(55), north(9.0));  // comes late
    track.add(after(90), north(0.61));
    EXPECT_NEAR(*track.speed_m_s(after(0), after(90)), 20.0, 0.1);
    EXPECT_EQ(*track.speed_m_s(after(0), after(29)), 0.0);
    EXPECT_NEAR(*track.speed_m_s(after(45), after(50)), 20.0, 0.1);
    EXPECT_EQ(*track.speed_m_s(after(61), after(200)), 0.0);
    EXPECT_EQ(track.at(after(-5)), north(0.0));
    EXPECT_EQ(track.at(after(59)), north(0.01));
    EXPECT_EQ(track.at(after(1e6)), north(0.61));
}

TEST(MovingReceiver, SaysNothingOfWhatNeedsAStandingOne)
{
    World standing = newcomer();
    EXPECT_THAT(fired(standing.judge()), testing::IsSupersetOf({"P01", "P02"}));
    World moving = newcomer();
    moving.context.track = drive(10.0);
    const Cell cell = moving.judge();
    EXPECT_THAT(fired(cell), Contains("P02 0.5"));
    EXPECT_THAT(fired(cell), Not(Contains("P01")));
    for (const char* code : {"P01", "P07", "P10", "N03"})
        EXPECT_TRUE(left_out(cell, code, "moving")) << code;
    EXPECT_TRUE(left_out(cell, "P03", "fixes"));
    World slow = newcomer();
    slow.context.track = drive(0.5);
    EXPECT_THAT(fired(slow.judge()), testing::IsSupersetOf({"P01", "P02"}));
}

TEST(MovingReceiver, SaysNothingOfAShortLifeEither)
{
    World world = newcomer();
    for (auto& cell : world.scan)
        cell.last_s = 7200.0;
    world.scan.back().last_s = 600.0;
    EXPECT_THAT(fired(world.judge()), Contains("P04"));
    world.context.track = drive(10.0);
    EXPECT_TRUE(left_out(world.judge(), "P04", "moving"));
}

TEST(MovingReceiver, ComparesAreasWithCellsOfTheSamePlaceOnly)
{
    World world;
    world.add_network("lte", "452-04", {6101}, -85.0).without_register();
    Cell alone = lte_cell("452-04", 6900, 555'778, 1700, 211, -95.0);
    alone.first_s = 500.0; // five kilometres on
    alone.last_s = 530.0;
    world.scan.push_back(alone);
    EXPECT_THAT(fired(world.judge()), Contains("S03"));
    world.context.track = drive(10.0);
    EXPECT_TRUE(left_out(world.judge(), "S03", "baseline"));
    for (auto& cell : world.scan)
        cell.first_s = std::max(cell.first_s, 400.0);
    for (auto& cell : world.scan)
        cell.last_s = cell.first_s + 60.0;
    EXPECT_THAT(fired(world.judge()), Contains("S03")) << "one kilometre";
}

TEST(MovingReceiver, AllowsTheClockItsDoppler)
{
    World world;
    world.add_network("lte", "452-04", {6101}, -60.0).without_register();
    world.scan.push_back(lte_cell("452-04", 6101, 555'777, 1700, 211, -60.0));
    world.scan.back().ppm = 0.02 + 0.28;
    EXPECT_THAT(fired(world.judge()), Contains("P05"));
    world.context.track = drive(20.0); // 0.072 ppm
    EXPECT_THAT(fired(world.judge()), Not(Contains("P05")));
    world.scan.back().ppm = 0.02 + 0.34;
    EXPECT_THAT(fired(world.judge()), Contains("P05"));
}

TEST(MovingReceiver, IsJudgedWhereItIs)
{
    World world;
    world.with_register("lte,452,04,6101,555777,1700,,211,10.53,105.13,\n");
    world.scan.push_back(lte_cell("452-04", 6101, 555'777, 1700, 211, -95.0));
    EXPECT_THAT(fired(world.judge()), Not(Contains("R06")));
    const auto track = std::make_shared<ReceiverTrack>();
    track->add(after(-60), north(40.0)); // further than a cell of 1800 MHz reaches
    world.context.track = track;
    EXPECT_THAT(fired(world.judge()), Contains("R06"));
}

} // namespace gacsong::test
