// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/sweep/sightings.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace gacsong::detect {
namespace {

constexpr double rate = 2.4e6;

Looked look_at(double center_hz, double at_s, unsigned round = 0)
{
    return {{at_s, 0.1, center_hz, center_hz - 0.96e6, center_hz + 0.96e6, "sweep"}, rate, round};
}

Emission steady(double center_hz, double width_hz, const Looked& looked)
{
    Emission e;
    e.center_hz = center_hz;
    e.bandwidth_hz = width_hz;
    e.low_hz = center_hz - width_hz / 2;
    e.high_hz = center_hz + width_hz / 2;
    e.start_s = looked.look.at_s;
    e.end_s = looked.end_s();
    e.quality = Quality::good;
    e.snr_db = 20.0;
    return e;
}

} // namespace

TEST(Sightings, CountAnEmissionAtAnEdgeOnce)
{
    Sightings all;
    const auto a = look_at(100.96e6, 0.0);
    const auto b = look_at(102.88e6, 0.2);
    // The border lies at 101.92 MHz; each look measures it a little on the other side.
    EXPECT_TRUE(all.add(steady(101.9203e6, 8e3, a), a));
    EXPECT_TRUE(all.add(steady(101.9198e6, 8e3, b), b));
    ASSERT_EQ(all.all().size(), 1U);
    EXPECT_EQ(all.all()[0].standing, Standing::confirmed);
    // What is clearly another look's is left to it.
    EXPECT_FALSE(all.add(steady(102.2e6, 8e3, a), a));
}

TEST(Sightings, KeepNeighbouringChannelsApart)
{
    Sightings all;
    const auto a = look_at(446.5e6, 0.0);
    EXPECT_TRUE(all.add(steady(446.00625e6, 4e3, a), a));
    EXPECT_TRUE(all.add(steady(446.0125e6, 4e3, a), a));
    EXPECT_TRUE(all.add(steady(446.01875e6, 11e3, a), a));
    EXPECT_EQ(all.all().size(), 3U);
}

TEST(Sightings, TheTunedCentreConfirmsNothing)
{
    Sightings all;
    const auto a = look_at(100.0e6, 0.0);
    const auto b = look_at(100.96e6, 0.2);
    EXPECT_TRUE(all.add(steady(100.0e6 + 300, 500, a), a));
    EXPECT_TRUE(all.add(steady(100.0e6 + 300, 500, b), b));
    EXPECT_EQ(all.all()[0].standing, Standing::once);
    const auto c = look_at(99.5e6, 0.4);
    EXPECT_TRUE(all.add(steady(100.0e6 + 300, 500, c), c));
    EXPECT_EQ(all.all()[0].standing, Standing::confirmed);
}

TEST(Sightings, WhatOnlyOneTuningShowsSteadilyIsTheReceivers)
{
    Sightings all;
    const auto a = look_at(100.0e6, 0.0);
    const auto number = all.add(steady(100.3e6, 1e3, a), a);
    ASSERT_TRUE(number);
    all.judge_second_look(*number, look_at(100.55e6, 0.2)); // it is not there
    EXPECT_EQ(all.all()[0].standing, Standing::once);
    const auto again = look_at(100.0e6, 0.4);
    ASSERT_TRUE(all.add(steady(100.3e6, 1e3, again), again));
    all.judge_second_look(*number, again);
    EXPECT_EQ(all.all()[0].standing, Standing::artefact);
}

TEST(Sightings, WhatIsNotSteadyIsNoArtefact)
{
    Sightings all;
    const auto a = look_at(100.0e6, 0.0);
    auto burst = steady(100.3e6, 1e3, a);
    burst.start_s += 0.05;
    const auto number = all.add(burst, a);
    ASSERT_TRUE(number);
    all.judge_second_look(*number, look_at(100.55e6, 0.2));
    const auto again = look_at(100.0e6, 0.4);
    ASSERT_TRUE(all.add(steady(100.3e6, 1e3, again), again));
    all.judge_second_look(*number, again);
    EXPECT_EQ(all.all()[0].standing, Standing::once);
    const Emission told = Sightings::told(all.all()[0], {a, again});
    EXPECT_EQ(told.quality, Quality::poor);
    ASSERT_EQ(told.quality_reasons.size(), 1U);
    EXPECT_EQ(told.quality_reasons[0].key, "why.one_tuning");
}

TEST(Sightings, TellsTimesOverAllLooks)
{
    Sightings all;
    std::vector<Looked> looks;
    for (unsigned i = 0; i < 4; ++i)
        looks.push_back(look_at(100.0e6 + 0.3e6 * i, 1.0 * i, i));
    for (const unsigned seen : {0U, 2U})
        ASSERT_TRUE(all.add(steady(100.3e6, 8e3, looks[seen]), looks[seen]));
    const Emission told = Sightings::told(all.all()[0], looks);
    EXPECT_DOUBLE_EQ(told.start_s, 0.0);
    EXPECT_NEAR(told.end_s, 2.1, 1e-9);
    EXPECT_NEAR(told.duty, 2.0 / 3.0, 1e-9); // three looks lie between, one of them without it
    EXPECT_EQ(told.burst_list.size(), 2U);
    EXPECT_TRUE(all.take_older(2).empty());
    EXPECT_EQ(all.take_older(3).size(), 1U);
    EXPECT_TRUE(all.all().empty());
}

TEST(Sightings, JoinTheSidesOfWhatIsWiderThanTheReceiver)
{
    Sightings all;
    const auto a = look_at(100.0e6, 0.0);
    const auto b = look_at(101.92e6, 0.2);
    auto left = steady(100.6e6, 1.2e6, a);
    left.low_hz = 100.0e6;
    left.high_hz = 101.2e6; // the end of the band
    auto right = steady(101.3e6, 1.2e6, b);
    right.low_hz = 100.72e6; // the beginning of the other
    right.high_hz = 102.0e6;
    right.center_hz = 101.36e6;
    ASSERT_TRUE(all.add(left, a));
    ASSERT_TRUE(all.add(right, b));
    ASSERT_EQ(all.all().size(), 2U);
    all.join_wide();
    ASSERT_EQ(all.all().size(), 1U);
    EXPECT_DOUBLE_EQ(*all.all()[0].best.low_hz, 100.0e6);
    EXPECT_DOUBLE_EQ(*all.all()[0].best.high_hz, 102.0e6);
    EXPECT_TRUE(all.all()[0].best.bandwidth_estimate);
}

} // namespace gacsong::detect
