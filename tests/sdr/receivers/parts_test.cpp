// SPDX-License-Identifier: GPL-3.0-or-later
// What needs no receiver: addresses, when to reconnect, time stamps, the ring and its positions, replay's options.
#include "sdr/receivers/address.hpp"
#include "sdr/receivers/message_wire.hpp"
#include "sdr/receivers/position_map.hpp"
#include "sdr/receivers/reconnect_policy.hpp"
#include "sdr/receivers/shared_ring.hpp"
#include "sdr/receivers/time_check.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <map>

namespace gacsong::sdr {
namespace {

using State = ReconnectPolicy::State;
using Args = std::map<std::string, std::string>;

std::vector<std::byte> octets(std::size_t count, unsigned first)
{
    std::vector<std::byte> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(static_cast<std::byte>((first + i) & 0xFFU));
    return out;
}

void write(SharedRing& ring, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const auto room = ring.room(bytes.size() / ring.bytes_per_sample());
        std::memcpy(room.data(), bytes.data(), room.size());
        ring.advance(room.size() / ring.bytes_per_sample());
        bytes = bytes.subspan(room.size());
    }
}

} // namespace

TEST(ReceiverAddress, KeepsCommasThatBelongToAValue)
{
    EXPECT_EQ(parse_receiver("soapy:driver=rtlsdr,serial=00000001").value(),
              (Args{{"driver", "rtlsdr"}, {"serial", "00000001"}}));
    EXPECT_EQ(parse_receiver("soapy:driver=replay,file=/a b,c/x,1.cu8,loop=1,remote:prot=tcp").value(),
              (Args{{"driver", "replay"}, {"file", "/a b,c/x,1.cu8"}, {"loop", "1"}, {"remote:prot", "tcp"}}));
}

TEST(ReceiverAddress, RefusesWhatNamesNoDriver)
{
    for (const char* input : {"soapy:", "soapy:rtlsdr", "soapy:serial=1", "soapy:driver=", "rtlsdr", "soapy:=x"}) {
        const auto args = parse_receiver(input);
        ASSERT_FALSE(args.has_value()) << input;
        EXPECT_EQ(args.error().fault, Fault::usage);
    }
    EXPECT_FALSE(parse_receiver("soapy:driver=" + std::string(5000, 'x')).has_value());
}

TEST(ReceiverAddress, ReadsGains)
{
    EXPECT_EQ(parse_gains("30").value(), (std::map<std::string, double>{{"", 30.0}}));
    EXPECT_EQ(parse_gains("LNA=24,VGA=19.5").value(), (std::map<std::string, double>{{"LNA", 24.0}, {"VGA", 19.5}}));
    for (const char* text : {"", "x", "LNA=", "LNA=a", "30dB", "inf"})
        EXPECT_FALSE(parse_gains(text).has_value()) << text;
}

TEST(ReconnectPolicy, TakesAReceiverForLostAfterTwoSeconds)
{
    ReconnectPolicy policy(0.05);
    EXPECT_EQ(policy.state(), State::opening);
    policy.opened(10.0);
    policy.progress(1000, 10.1);
    policy.progress(1000, 11.0);
    EXPECT_EQ(policy.state(), State::streaming);
    policy.progress(1000, 11.2);
    EXPECT_EQ(policy.state(), State::stalled);
    policy.progress(1001, 11.9); // it only stumbled
    EXPECT_EQ(policy.state(), State::streaming);
    policy.progress(1001, 13.9);
    EXPECT_EQ(policy.state(), State::lost);
    EXPECT_EQ(policy.next_attempt_s(), 13.9);
}

TEST(ReconnectPolicy, WaitsLongerAfterEachFailure)
{
    ReconnectPolicy policy(0.05);
    policy.opened(0.0);
    policy.progress(0, 2.0);
    double now = 2.0;
    for (const double wait : {1.0, 2.0, 5.0, 10.0, 10.0}) {
        policy.failed(now);
        EXPECT_EQ(policy.next_attempt_s(), now + wait);
        now += wait;
    }
    policy.opened(now);
    EXPECT_EQ(policy.state(), State::streaming);
    EXPECT_FALSE(policy.next_attempt_s().has_value());
    policy.progress(5, now + 1.0); // samples again: the next loss begins from the shortest wait
    policy.progress(5, now + 3.0);
    policy.failed(now + 3.0);
    EXPECT_EQ(policy.next_attempt_s(), now + 4.0);
}

TEST(TimeCheck, BelievesStampsThatCountAsTheSamplesDo)
{
    TimeCheck check(1e6);
    for (int i = 0; i < 30; ++i)
        check.good(i * 100'000'000LL, 100'000);
    ASSERT_TRUE(check.believed());
    EXPECT_EQ(check.lost_before(3'050'000'000LL), 50'000U);
    EXPECT_FALSE(check.lost_before(3'000'000'000LL).has_value());
}

TEST(TimeCheck, DoesNotBelieveADriverThatCountsTwice)
{
    TimeCheck check(1e6);
    for (int i = 0; i < 30; ++i)
        check.good(i * 200'000'000LL, 100'000);
    EXPECT_TRUE(check.decided());
    EXPECT_FALSE(check.believed());
    EXPECT_FALSE(check.lost_before(9'000'000'000LL).has_value());
}

TEST(SharedRing, KeepsTheLatestAndRefusesTheRest)
{
    auto made = SharedRing::make(0, 2);
    ASSERT_TRUE(made.has_value());
    SharedRing& ring = **made;
    const std::size_t all = 3 * ring.capacity();
    const auto bytes = octets(2 * all, 0);
    write(ring, bytes);
    EXPECT_EQ(ring.written(), all);
    EXPECT_EQ(ring.oldest(), all - (ring.capacity() - ring.most_at_once()));
    std::vector<std::byte> out(2 * 1000);
    ASSERT_TRUE(ring.copy(ring.oldest(), out));
    EXPECT_EQ(std::memcmp(out.data(), bytes.data() + 2 * ring.oldest(), out.size()), 0);
    ASSERT_TRUE(ring.copy(all - 1000, out));
    EXPECT_EQ(std::memcmp(out.data(), bytes.data() + 2 * (all - 1000), out.size()), 0);
    EXPECT_FALSE(ring.copy(ring.oldest() - 1, out));
    EXPECT_FALSE(ring.copy(all - 999, out));
}

TEST(SharedRing, IsSeenByWhoMapsItAgain)
{
    auto made = SharedRing::make(0, 4);
    ASSERT_TRUE(made.has_value());
    auto other = SharedRing::attach(::dup((*made)->descriptor()));
    ASSERT_TRUE(other.has_value());
    (*other)->mark({7, 3, 1e8, 11, 12, Seam::overflow});
    write(**other, octets(40, 5));
    EXPECT_EQ((*made)->written(), 10U);
    ASSERT_EQ((*made)->marks_after(0).size(), 1U);
    EXPECT_EQ((*made)->marks_after(0)[0].lost, 3U);
    EXPECT_TRUE((*made)->marks_after(1).empty());
    EXPECT_FALSE((*made)->finished());
    (*other)->finish();
    EXPECT_TRUE((*made)->finished());
    EXPECT_FALSE(SharedRing::attach(::open("/dev/null", O_RDWR)).has_value());
}

TEST(SharedRing, KeepsTheLastMarks)
{
    auto made = SharedRing::make(0, 2);
    ASSERT_TRUE(made.has_value());
    for (std::uint64_t i = 0; i < 3 * SharedRing::most_marks; ++i)
        (*made)->mark({i, 0, 0.0, 0, 0, Seam::overflow});
    const auto marks = (*made)->marks_after(10);
    ASSERT_EQ(marks.size(), SharedRing::most_marks - 1);
    EXPECT_EQ(marks.back().at_sample, 3 * SharedRing::most_marks - 1);
    EXPECT_EQ(marks.front().at_sample, 2 * SharedRing::most_marks + 1);
}

TEST(PositionMap, FindsSamplesAcrossStretches)
{
    PositionMap map;
    EXPECT_FALSE(map.find(0).has_value());
    map.begin(0, 0);
    map.reach(100);
    map.begin(100, 150); // fifty were missed
    map.reach(300);
    ASSERT_TRUE(map.find(99).has_value());
    EXPECT_EQ(map.find(99)->in_ring, 99U);
    EXPECT_EQ(map.find(99)->samples, 1U);
    EXPECT_EQ(map.find(100)->in_ring, 150U);
    EXPECT_EQ(map.find(100)->samples, 200U);
    EXPECT_FALSE(map.find(300).has_value());
    EXPECT_EQ(map.end(), 300U);
    EXPECT_EQ(map.handed_at(0), 0U);
    EXPECT_EQ(map.handed_at(60), 60U);
    EXPECT_EQ(map.handed_at(120), 100U);
    EXPECT_EQ(map.handed_at(160), 110U);
    EXPECT_EQ(map.handed_at(1000), 300U);
}

TEST(MessageWire, CarriesAnErrorThereAndBack)
{
    const Error error{
        Message("device.rate", {{"device", std::string("x")}, {"rate", Quantity{1e6, Unit::sample_rate}}}),
        Fault::usage};
    const Error back = refused(refusal(error));
    EXPECT_EQ(back.message, error.message);
    EXPECT_EQ(back.fault, error.fault);
    EXPECT_EQ(refused(nlohmann::json{{"ok", false}}).message.key, "receiver.driver");
}

} // namespace gacsong::sdr
