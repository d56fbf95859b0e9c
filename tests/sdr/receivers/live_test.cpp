// SPDX-License-Identifier: GPL-3.0-or-later
// The real SoapySDR interface through the replay driver: nothing lost unnoticed, nothing that hangs.
#include "tests/sdr/receivers/receiver_bench.hpp"

#include <csignal>
#include <numeric>
#include <thread>

namespace gacsong::sdr::testing {

using Live = ReceiverBench;

TEST_F(Live, HandsOutEverySample)
{
    const std::uint32_t count = 3'000'000;
    const auto link = open(settings(numbered(count), "speed=0"));
    ASSERT_TRUE(link);
    const Opened live = open_live(link, "soapy:x", {});
    const StreamInfo& info = live.source->info();
    EXPECT_EQ(info.format_name, "cs16");
    EXPECT_EQ(info.sample_rate_hz, 1e6);
    EXPECT_EQ(info.center_hz, 100e6);
    EXPECT_FALSE(info.length.has_value());
    EXPECT_TRUE(info.start.has_value());
    const Heard heard = hear(*live.source);
    std::vector<std::uint32_t> all(count);
    std::iota(all.begin(), all.end(), 0U);
    EXPECT_EQ(heard.numbers, all);
    ASSERT_EQ(heard.segments.size(), 1U);
    EXPECT_EQ(heard.segments[0].lost_before, 0U);
    EXPECT_TRUE(heard.notes.empty());
}

TEST_F(Live, ReadsTheLastSecondsAgain)
{
    const std::uint32_t count = 1'000'000;
    const auto link = open(settings(numbered(count), "speed=0"));
    ASSERT_TRUE(link);
    const Opened live = open_live(link, "soapy:x", {});
    ASSERT_EQ(hear(*live.source).numbers.size(), count);
    EXPECT_EQ(live.history->first(), 0U);
    EXPECT_EQ(live.history->end(), count);
    std::vector<std::complex<float>> out(40'000);
    ASSERT_TRUE(live.history->read(count - 40'000, out).has_value());
    EXPECT_EQ(out[5].real(), static_cast<float>(static_cast<std::int16_t>((count - 40'000 + 5) & 0xFFFFU)) / 32768.0F);
    EXPECT_FALSE(live.history->read(count - 39'999, out).has_value());
}

TEST_F(Live, TellsEachOverflowWithItsSamples)
{
    // Half a second is missing after each second; believed time stamps say so to the sample after two seconds.
    const auto link = open(settings(numbered(12'000'000), "speed=0,drop_every=1,drop=0.5"));
    ASSERT_TRUE(link);
    const Opened live = open_live(link, "soapy:x", {});
    const Heard heard = hear(*live.source);
    ASSERT_GT(heard.segments.size(), 6U);
    for (std::size_t i = 1; i < heard.segments.size(); ++i) {
        const Segment& segment = heard.segments[i];
        const std::uint32_t before = heard.numbers[segment.first_sample - 1];
        const std::uint32_t after = heard.numbers[segment.first_sample];
        EXPECT_EQ(after - before - 1, 500'000U);
        EXPECT_EQ(segment.lost_why, "overflow");
        if (i > 4) {
            EXPECT_EQ(segment.lost_before, 500'000U) << i;
        } else {
            EXPECT_GT(segment.lost_before, 0U);
        }
    }
}

TEST_F(Live, DoesNotBelieveTimeStampsThatRunTwiceAsFast)
{
    const auto link = open(settings(numbered(6'000'000), "speed=0,drop_every=1,drop=0.5,time_scale=2"));
    ASSERT_TRUE(link);
    const Opened live = open_live(link, "soapy:x", {});
    const Heard heard = hear(*live.source);
    ASSERT_GT(heard.segments.size(), 3U);
    for (std::size_t i = 1; i < heard.segments.size(); ++i) {
        EXPECT_NE(heard.segments[i].lost_before, 1'000'000U);
        EXPECT_GT(heard.segments[i].lost_before, 0U);
    }
}

TEST_F(Live, GoesOnAfterTimeouts)
{
    const std::uint32_t count = 2'000'000;
    const auto link = open(settings(numbered(count), "speed=0,timeout_every=0.1"));
    ASSERT_TRUE(link);
    const Opened live = open_live(link, "soapy:x", {});
    const Heard heard = hear(*live.source);
    EXPECT_EQ(heard.numbers.size(), count);
    EXPECT_EQ(heard.segments.size(), 1U);
    EXPECT_GE(link->ring().timeouts(), 19U);
}

TEST_F(Live, StopsAfterSoManySeconds)
{
    const auto link = open(settings(numbered(1'000'000), "speed=0,loop=1"));
    ASSERT_TRUE(link);
    const Opened live = open_live(link, "soapy:x", {{}, 2.5});
    const Heard heard = hear(*live.source);
    EXPECT_EQ(heard.numbers.size(), 2'500'000U);
    EXPECT_EQ(heard.numbers.back(), 499'999U);
}

TEST_F(Live, SaysWhatAReceiverCannotDo)
{
    const std::string file = numbered(100'000);
    auto wish = settings(file, "speed=0");
    wish.rate_hz = 0.9e6;
    EXPECT_EQ(ReceiverLink::open(wish).error().message.key, "device.rate");
    wish = settings(file, "speed=0");
    wish.center_hz = 433e6;
    EXPECT_EQ(ReceiverLink::open(wish).error().message.key, "receiver.range");
    wish = settings(file, "speed=0");
    wish.antenna = "TX";
    EXPECT_EQ(ReceiverLink::open(wish).error().message.key, "receiver.antenna");
    wish = settings(file, "speed=0");
    wish.gains["LNA"] = 3.0;
    EXPECT_EQ(ReceiverLink::open(wish).error().message.key, "receiver.gain");
    EXPECT_EQ(ReceiverLink::open(settings(file, "speed=fast")).error().message.key, "receiver.driver");
    EXPECT_EQ(ReceiverLink::open(settings(folder.path("none"), "")).error().message.key, "receiver.driver");
    wish = settings(file, "");
    wish.args["driver"] = "nonesuch";
    EXPECT_EQ(ReceiverLink::open(wish).error().message.key, "receiver.not_found");
    wish = settings(file, "");
    wish.program = folder.path("none");
    EXPECT_EQ(ReceiverLink::open(wish).error().message.key, "receiver.process");
}

TEST_F(Live, TunesInsideAWideRecordingWithoutOldSamples)
{
    const auto link = [&] {
        auto wish = settings(numbered(4'000'000), "speed=0,loop=1");
        wish.rate_hz = 250e3;
        wish.center_hz = 100.1e6;
        return open(wish);
    }();
    ASSERT_TRUE(link);
    EXPECT_EQ(link->facts().rate_hz, 250e3);
    const Opened live = open_live(link, "soapy:x", {});
    Heard heard = hear(*live.source, 100'000);
    ASSERT_TRUE(link->tune(99.9e6).has_value());
    while (heard.segments.size() == 1) {
        const auto next = live.source->next(50'000);
        ASSERT_TRUE(next.has_value() && next->has_value());
        if ((*next)->begins)
            heard.segments.push_back(*(*next)->begins);
    }
    EXPECT_EQ(heard.segments[0].center_hz, 100.1e6);
    EXPECT_EQ(heard.segments[1].center_hz, 99.9e6);
    EXPECT_EQ(link->tune(10e6).error().message.key, "receiver.range");
}

TEST_F(Live, ListsDriversAndReceivers)
{
    const auto drivers = list_drivers(GACSONG_RECEIVER);
    ASSERT_TRUE(drivers.has_value());
    EXPECT_NE(std::find(drivers->begin(), drivers->end(), "replay"), drivers->end());
    const auto found = list_receivers({{"driver", "replay"}, {"file", "x"}}, GACSONG_RECEIVER);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->size(), 1U);
}

// These wait for real seconds: a receiver is lost when nothing came for two of them.

TEST_F(Live, ComesBackAfterTheProcessOfTheReceiverCrashes)
{
    const auto link = open(settings(numbered(1'000'000), "loop=1"));
    ASSERT_TRUE(link);
    const Opened live = open_live(link, "soapy:x", {});
    Heard heard = hear(*live.source, 100'000);
    ::kill(link->process(), SIGKILL);
    while (heard.segments.size() == 1) {
        const auto next = live.source->next(50'000);
        ASSERT_TRUE(next.has_value() && next->has_value());
        if ((*next)->begins)
            heard.segments.push_back(*(*next)->begins);
        for (auto& note : live.source->take_notes())
            heard.notes.push_back(std::move(note));
    }
    EXPECT_EQ(heard.segments[1].lost_why, "device");
    EXPECT_GT(heard.segments[1].lost_before, 0U);
    EXPECT_TRUE(says(heard.notes, "device.lost"));
    EXPECT_TRUE(says(heard.notes, "device.back"));
    EXPECT_EQ(link->losses(), 1U);
}

} // namespace gacsong::sdr::testing
