// SPDX-License-Identifier: GPL-3.0-or-later
// What a receiver adds of its own is not reported as a transmitter.
#include "tests/detect/line/scan.hpp"
#include "tests/support/signals/analogue.hpp"
#include "tests/support/signals/broadcast.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/signals/linear.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace gacsong::test {
namespace {

Scene base()
{
    Scene scene;
    scene.sample_rate_hz = 2.4e6;
    scene.duration_s = 1.0;
    scene.noise_dbfs_hz = -125.0;
    return scene;
}

Placed at(const WaveformPtr& waveform, double offset_hz, double level_dbfs)
{
    Placed placed;
    placed.waveform = waveform;
    placed.offset_hz = offset_hz;
    placed.level = Level::dbfs(level_dbfs);
    return placed;
}

std::string list(const Scanned& scanned)
{
    std::string text;
    for (const auto& e : scanned.emissions)
        text += " " + std::to_string(e.offset_hz) + " Hz, " + std::to_string(e.bandwidth_hz) + " Hz wide, " +
                std::to_string(e.power_dbfs) + " dBFS, quality " + std::to_string(static_cast<int>(e.quality)) + ";";
    return text;
}

TEST(Artefacts, TheImageOfAStation)
{
    auto scene = base();
    scene.signals.push_back(at(wfm(), 400e3, -20.0));
    scene.receiver.iq_gain_db = 0.5;
    scene.receiver.iq_phase_deg = 3.0; // image 28 dB down, monitoring.md §3.5
    const auto found = scan(scene, "cs16");
    ASSERT_EQ(found.solid().size(), 1U) << list(found);
    EXPECT_NEAR(found.solid()[0].offset_hz, 400e3, 10e3);
    EXPECT_TRUE(found.warned("warn.image"));
}

TEST(Artefacts, AStationAtTheImagePlaceIsKept)
{
    auto scene = base();
    scene.signals.push_back(at(wfm({.seed = 1}), 400e3, -20.0));
    scene.signals.push_back(at(wfm({.seed = 2}), -400e3, -48.0)); // no image: its own programme
    const auto found = scan(scene, "cs16");
    EXPECT_EQ(found.solid().size(), 2U) << list(found);
    EXPECT_FALSE(found.warned("warn.image"));
}

TEST(Artefacts, ThirdOrderProducts)
{
    auto scene = base();
    scene.signals.push_back(at(wfm({.seed = 1}), -300e3, -15.0));
    scene.signals.push_back(at(wfm({.seed = 2}), 200e3, -15.0));
    scene.receiver.ip3_dbfs = 5.0; // products about 40 dB below
    const auto found = scan(scene, "cs16");
    EXPECT_EQ(found.solid().size(), 2U) << list(found);
    EXPECT_TRUE(found.warned("warn.intermod"));
}

TEST(Artefacts, ACarrierWhereAProductWouldBeIsKept)
{
    auto scene = base();
    scene.signals.push_back(at(wfm({.seed = 1}), -300e3, -15.0));
    scene.signals.push_back(at(wfm({.seed = 2}), 200e3, -15.0));
    scene.signals.push_back(at(nfm(), 700e3, -50.0)); // 2·200 + 300 kHz
    const auto found = scan(scene, "cs16");
    EXPECT_EQ(found.solid().size(), 3U) << list(found);
    EXPECT_FALSE(found.warned("warn.intermod"));
}

TEST(Artefacts, TheDcLineBesideASignal)
{
    auto scene = base();
    scene.receiver.dc = {0.05, 0.02};
    scene.signals.push_back(at(linear({.symbol_rate_hz = 40e3}), 150e3, -40.0));
    const auto found = scan(scene, "cs16").solid();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NEAR(found[0].offset_hz, 150e3, 1500.0);
}

TEST(Artefacts, ClippingIsSaidAndSpoilsTheQuality)
{
    auto scene = base();
    scene.noise_dbfs_hz = -105.0;
    scene.signals.push_back(at(linear({.symbol_rate_hz = 40e3}), 150e3, 3.0));
    const auto found = scan(scene, "cs8");
    EXPECT_TRUE(found.warned("warn.clipping"));
    ASSERT_FALSE(found.solid().empty());
    for (const auto& e : found.emissions)
        EXPECT_NE(e.quality, Quality::good);
}

} // namespace
} // namespace gacsong::test
