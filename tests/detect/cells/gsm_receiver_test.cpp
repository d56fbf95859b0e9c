// SPDX-License-Identifier: GPL-3.0-or-later
// How well the receiver hears, on bursts of our own modulator. Shares are of all bursts and blocks of the recording,
// the ones it needs to synchronise included. With 80 blocks at a true share of 0.97, fewer than 72 come once in 10 000.
#include "detect/cells/gsm/acquisition.hpp"
#include "tests/detect/cells/gsm_scenes.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace gacsong::test {
namespace {

constexpr double carrier_hz = 947.4e6;

void expect_right_cell(const GsmHeard& heard)
{
    ASSERT_EQ(heard.report.cells.size(), 1U);
    const Cell& cell = heard.report.cells.front();
    EXPECT_EQ(cell.bsic, 23U);
    EXPECT_EQ(cell.plmn, "452-04");
    EXPECT_EQ(cell.area, 12001U);
    EXPECT_EQ(cell.cell, 30121U);
    for (const CellMessage& message : cell.messages)
        EXPECT_TRUE(message.name == "SI1" || message.name == "SI2" || message.name == "SI3" || message.name == "SI4")
            << message.name;
}

TEST(GsmReceiver, DecodesNineTenthsAtThreeDecibels)
{
    const GsmHeard heard = hear({.snr_db = 3.0});
    expect_right_cell(heard);
    EXPECT_GE(heard.syncs, 0.9);
    EXPECT_GE(heard.blocks, 0.9);
    EXPECT_NEAR(heard.report.cells.front().snr_db.value_or(0.0), 3.0, 1.0);
    EXPECT_NEAR(heard.report.cells.front().level_dbfs.value_or(0.0), -20.0, 0.7);
}

TEST(GsmReceiver, StatesSnrAndLevelOfAStrongCarrier)
{
    const GsmHeard heard = hear({.snr_db = 30.0, .multiframes = 4});
    ASSERT_EQ(heard.report.cells.size(), 1U);
    EXPECT_NEAR(heard.report.cells.front().snr_db.value_or(0.0), 30.0, 1.0);
    EXPECT_NEAR(heard.report.cells.front().level_dbfs.value_or(0.0), -20.0, 0.3);
}

TEST(GsmReceiver, DecodesThroughEchoes)
{
    const GsmHeard three = hear({.snr_db = 5.0, .echo = Echo{11.1e-6, -6.0, 73.0}});
    expect_right_cell(three);
    EXPECT_GE(three.blocks, 0.9);
    const GsmHeard four = hear({.snr_db = 6.0, .echo = Echo{14.8e-6, -6.0, 200.0}});
    expect_right_cell(four);
    EXPECT_GE(four.blocks, 0.9);
}

TEST(GsmReceiver, DecodesWithAnInterfererNineDecibelsDown)
{
    const GsmHeard heard = hear({.snr_db = 12.0, .interferer_db = -9.0});
    expect_right_cell(heard);
    EXPECT_GE(heard.blocks, 0.9);
}

TEST(GsmReceiver, FollowsFortyPartsPerMillion)
{
    for (const double ppm : {-40.0, 40.0}) {
        GsmScene scene{.snr_db = 3.0, .offset_hz = ppm * 1e-6 * carrier_hz, .clock_ppm = ppm};
        const GsmHeard heard = hear(scene);
        expect_right_cell(heard);
        EXPECT_GE(heard.blocks, 0.9) << ppm;
        EXPECT_NEAR(heard.report.cells.front().ppm.value_or(0.0), ppm, 0.05);
        EXPECT_NEAR(heard.report.cells.front().offset_hz.value_or(0.0), scene.offset_hz, 30.0);
    }
}

TEST(GsmReceiver, FollowsEightyKilohertzAtTwoGigahertz)
{
    struct Channel {
        double center_hz;
        std::uint64_t arfcn;
    };
    for (const Channel channel : {Channel{1842.6e6, 699}, Channel{1984.8e6, 785}})
        for (const double offset_hz : {-80e3, 80e3}) {
            const double ppm = 1e6 * offset_hz / channel.center_hz;
            const GsmHeard heard =
                hear({.snr_db = 3.0, .offset_hz = offset_hz, .clock_ppm = ppm, .center_hz = channel.center_hz});
            SCOPED_TRACE(offset_hz);
            expect_right_cell(heard);
            EXPECT_GE(heard.blocks, 0.9);
            EXPECT_EQ(heard.report.cells.front().channel, channel.arfcn);
            EXPECT_NEAR(heard.report.cells.front().offset_hz.value_or(0.0), offset_hz, 30.0);
        }
}

TEST(GsmReceiver, FindsCarriersOffTheRasterWhereTheCentreIsUnknown)
{
    GsmScene scene{.snr_db = 5.0, .offset_hz = 31234.0, .clock_ppm = -30.0, .centre_known = false};
    const GsmHeard heard = hear(scene);
    expect_right_cell(heard);
    EXPECT_GE(heard.blocks, 0.9);
    const Cell& cell = heard.report.cells.front();
    EXPECT_FALSE(cell.channel);
    EXPECT_FALSE(cell.offset_hz);
    EXPECT_NEAR(cell.baseband_hz, 31234.0, 30.0);
    EXPECT_NEAR(cell.ppm.value_or(0.0), -30.0, 0.5) << "from the symbol clock";
}

TEST(GsmReceiver, StatesWhenFramesBegin)
{
    for (const double begin_s : {0.0, 1.234e-3}) {
        GsmSettings settings = plain_gsm_cell(8);
        Scene scene;
        scene.sample_rate_hz = 541666.0;
        scene.center_hz = carrier_hz;
        scene.duration_s = 1.0;
        scene.noise_dbfs_hz = -20.0 - 20.0 - 54.33;
        Placed placed;
        placed.waveform = gsm(settings);
        placed.level = Level::dbfs(-20.0);
        placed.start_s = begin_s;
        scene.signals.push_back(placed);
        const auto report = search_gsm(scene);
        ASSERT_EQ(report.cells.size(), 1U);
        const double frame_s = 1250.0 * 48.0 / 13e6;
        const double late = report.cells.front().frame_start_s.value_or(-1.0) - begin_s;
        EXPECT_NEAR(late, std::round(late / frame_s) * frame_s, 1e-6);
        const double frames = (report.cells.front().first_s - begin_s) / frame_s;
        EXPECT_EQ(report.cells.front().frame_number, settings.first_frame + static_cast<unsigned>(std::lround(frames)));
    }
}

TEST(GsmReceiver, ReadsAllTimeslotsWithCommonControlChannels)
{
    GsmSettings settings = plain_gsm_cell(8);
    settings.control_timeslots = 2;
    for (GsmBlock& block : settings.bcch)
        if (block[2] == 0x1B)
            block[10] = static_cast<std::uint8_t>((block[10] & 0xF8U) | 2U); // CCCH-CONF 2: two, not combined
    Scene scene;
    scene.sample_rate_hz = 13e6 / 30.0;
    scene.center_hz = carrier_hz;
    scene.duration_s = 8 * 51 * 1250.0 * 48.0 / 13e6;
    scene.noise_dbfs_hz = -94.3;
    Placed placed;
    placed.waveform = gsm(settings);
    placed.level = Level::dbfs(-20.0);
    scene.signals.push_back(placed);
    const auto report = search_gsm(scene);
    ASSERT_EQ(report.cells.size(), 1U);
    ASSERT_TRUE(report.cells.front().paging);
    // Timeslot 0 alone has 9 blocks in each of 8 multiframes; those of timeslot 2 come from the first SI3 on.
    EXPECT_GT(report.cells.front().paging->empty_requests, 72U + 30U);
}

TEST(GsmReceiver, SaysNothingOfATrafficCarrier)
{
    GsmSettings settings = plain_gsm_cell(4);
    settings.sync = false;
    Scene scene;
    scene.sample_rate_hz = 13e6 / 30.0;
    scene.center_hz = carrier_hz;
    scene.duration_s = 0.9;
    scene.noise_dbfs_hz = -94.3;
    Placed placed;
    placed.waveform = gsm(settings);
    placed.level = Level::dbfs(-20.0);
    scene.signals.push_back(placed);
    EXPECT_TRUE(search_gsm(scene).cells.empty());
}

detect::gsm::Sample noise(Random& random)
{
    return {static_cast<float>(random.normal()), static_cast<float>(random.normal())};
}

TEST(GsmReceiverLong, ReadsNoBurstInTenThousandTrialsOnNoise)
{
    constexpr double rate_hz = 13e6 / 30.0;
    detect::gsm::BurstReader reader(rate_hz);
    Random random(20261126);
    std::vector<detect::gsm::Sample> samples(3600);
    unsigned past_training = 0;
    for (int trial = 0; trial < 10000; ++trial) {
        for (auto& sample : samples)
            sample = noise(random);
        // As if a tone had been found: the test of the tone itself is left out.
        const detect::gsm::ToneBurst tone{300.0, 100.0 * (trial % 40 - 20), 1.0, 2.0};
        const auto acquired = detect::gsm::acquire({samples, 0}, rate_hz, reader, tone);
        past_training += acquired.outcome > detect::gsm::Outcome::no_sch ? 1 : 0;
        ASSERT_FALSE(acquired.lock) << "trial " << trial;
    }
    EXPECT_LT(past_training, 100U);
}

TEST(GsmReceiverLong, FindsNoCellInTenMinutesOfNoise)
{
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Scene scene;
        scene.sample_rate_hz = 13e6 / 30.0;
        scene.center_hz = carrier_hz;
        scene.duration_s = 60.0;
        scene.seed = seed;
        EXPECT_TRUE(search_gsm(scene).cells.empty());
    }
}

} // namespace
} // namespace gacsong::test
