// SPDX-License-Identifier: GPL-3.0-or-later
// Missing samples: what is on before and after them is one emission.
#include "tests/detect/line/scan.hpp"
#include "tests/support/signals/analogue.hpp"
#include "tests/support/signals/carrier.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace gacsong::test {
namespace {

constexpr double rate = 1e6;

Placed at(double offset_hz, WaveformPtr waveform, double start_s = 0.0, double end_s = 1e9)
{
    Placed placed;
    placed.waveform = std::move(waveform);
    placed.offset_hz = offset_hz;
    placed.level = Level::dbfs(-40.0);
    placed.start_s = start_s;
    placed.end_s = end_s;
    return placed;
}

Scene scene_of(std::vector<Placed> signals, double seconds)
{
    Scene scene;
    scene.sample_rate_hz = rate;
    scene.center_hz = 446e6;
    scene.duration_s = seconds;
    scene.noise_dbfs_hz = -110.0;
    scene.signals = std::move(signals);
    return scene;
}

} // namespace

TEST(Gaps, DoNotMakeOneTransmitterIntoSeveral)
{
    const auto found = scan(with_gaps(scene_of({at(100e3, carrier()), at(-200e3, nfm())}, 4.0), {0.7, 1.5, 3.0}, 0.05),
                            emissions_only());
    EXPECT_EQ(found.gaps.size(), 3U);
    ASSERT_EQ(found.emissions.size(), 2U);
    for (const Emission& e : found.emissions) {
        EXPECT_NEAR(e.start_s, 0.0, 0.01);
        EXPECT_NEAR(e.end_s, 4.0, 0.02);
        EXPECT_GT(e.duty, 0.98);
        EXPECT_NE(e.quality, Quality::good) << "samples are missing inside";
        EXPECT_TRUE(std::ranges::any_of(e.quality_reasons, [](const Message& m) { return m.key == "why.gap"; }));
        EXPECT_NEAR(e.power_dbfs, -40.0, 0.5);
    }
    EXPECT_EQ(found.emissions[0].bursts, 1U);
}

TEST(Gaps, AfterWhichNothingIsOnEndIt)
{
    const auto found = scan(with_gaps(scene_of({at(100e3, carrier(), 0.0, 1.52)}, 3.0), {1.5}, 0.05), emissions_only());
    ASSERT_EQ(found.emissions.size(), 1U);
    EXPECT_NEAR(found.emissions[0].end_s, 1.5, 0.02);
    EXPECT_GT(found.emissions[0].duty, 0.98);
}

TEST(Gaps, OfKeyedTransmittersLeaveOneEmission)
{
    std::vector<Placed> overs;
    for (int i = 0; i < 5; ++i)
        overs.push_back(at(50e3, nfm(), 0.8 * i + 0.1, 0.8 * i + 0.5));
    const auto found = scan(with_gaps(scene_of(overs, 4.2), {1.75, 3.0}, 0.05), emissions_only());
    ASSERT_EQ(found.emissions.size(), 1U);
    EXPECT_NEAR(found.emissions[0].start_s, 0.1, 0.02);
    EXPECT_NEAR(found.emissions[0].end_s, 3.7, 0.03);
}

TEST(Gaps, AcrossWhichTheReceiverWasTunedAreNotBridged)
{
    const auto found = scan(with_gaps(scene_of({at(100e3, carrier())}, 3.0), {1.5}, 0.05, 447e6), emissions_only());
    ASSERT_EQ(found.emissions.size(), 2U);
    EXPECT_NEAR(*found.emissions[0].center_hz, 446.1e6, 500.0);
    EXPECT_NEAR(*found.emissions[1].center_hz, 447.1e6, 500.0);
}

TEST(Gaps, KeepTheNameThatWasTold)
{
    auto settings = emissions_only();
    settings.announce_after_s = 0.3;
    const auto found = scan(with_gaps(scene_of({at(100e3, carrier())}, 3.0), {0.9, 1.9}, 0.05), settings);
    ASSERT_EQ(found.emissions.size(), 1U);
    EXPECT_EQ(found.emissions[0].id, "e1");
    EXPECT_EQ(found.started, (std::vector<std::string>{"e1"}));
    EXPECT_TRUE(found.withdrawn.empty());
}

} // namespace gacsong::test
