// SPDX-License-Identifier: GPL-3.0-or-later
// Places as gpsd tells them, and what is not believed.
#include "sdr/position/gpsd_client.hpp"

#include <gtest/gtest.h>

#include <string>

namespace gacsong::sdr {
namespace {

constexpr std::int64_t second = 1'000'000'000;
const Instant morning{1'795'000'000 * second};

Instant at(double seconds) { return {morning.unix_ns + static_cast<std::int64_t>(seconds * 1e9)}; }

GpsdFix fix(double latitude, double longitude, double seconds)
{
    GpsdFix one;
    one.device = "/dev/ttyUSB0";
    one.mode = 3;
    one.time = at(seconds - 0.2); // it comes a little late
    one.latitude = latitude;
    one.longitude = longitude;
    one.error_m = 10.0;
    return one;
}

std::vector<std::string> keys(PositionWatch& watch)
{
    std::vector<std::string> all;
    for (const Message& note : watch.take_notes())
        all.push_back(note.key);
    return all;
}

using Keys = std::vector<std::string>;

} // namespace

TEST(Gpsd, ReadsWhatItSays)
{
    const auto report = parse_gpsd(
        R"({"class":"TPV","device":"/dev/pts/1","mode":3,"time":"2026-11-21T08:30:12.000Z","ept":0.005,"lat":10.752056667,)"
        R"("lon":106.676130000,"altHAE":9.800,"altMSL":12.300,"alt":12.300,"speed":0.000,"eph":19.000})"
        "\r");
    ASSERT_TRUE(report);
    const auto& tpv = std::get<GpsdFix>(*report);
    EXPECT_EQ(tpv.mode, 3);
    EXPECT_DOUBLE_EQ(*tpv.latitude, 10.752056667);
    EXPECT_DOUBLE_EQ(*tpv.altitude_m, 9.8);
    EXPECT_DOUBLE_EQ(*tpv.error_m, 19.0);
    const auto sky = parse_gpsd(
        R"({"class":"SKY","satellites":[{"PRN":1,"ss":40,"used":true},{"PRN":2,"ss":30,"used":true},{"PRN":3,"used":false}]})");
    ASSERT_TRUE(sky);
    EXPECT_EQ(std::get<GpsdSky>(*sky).used, 2);
    EXPECT_DOUBLE_EQ(*std::get<GpsdSky>(*sky).mean_ss_db, 35.0);
    for (const char* nothing : {"", "[]", "{", "null", R"({"class":"VERSION"})", R"({"class":3})"})
        EXPECT_FALSE(parse_gpsd(nothing)) << nothing;
    EXPECT_FALSE(parse_gpsd(std::string(longest_gpsd_line + 1, ' ')));
    const auto odd = parse_gpsd(R"({"class":"TPV","mode":"x","lat":91,"lon":5,"time":7})");
    ASSERT_TRUE(odd);
    EXPECT_FALSE(std::get<GpsdFix>(*odd).latitude);
}

TEST(Gpsd, ReadsAddresses)
{
    EXPECT_EQ(parse_gpsd_address("localhost")->port, "2947");
    EXPECT_EQ(parse_gpsd_address("10.0.0.2:2950")->host, "10.0.0.2");
    EXPECT_EQ(parse_gpsd_address("[::1]:2950")->host, "::1");
    EXPECT_EQ(parse_gpsd_address(":2950")->host, "localhost");
    for (const char* bad : {"", "a b", "host:0", "host:99999", "host:x", "[::1", "host:"})
        EXPECT_FALSE(parse_gpsd_address(bad)) << bad;
}

TEST(PositionWatch, ForgetsAnOldFix)
{
    PositionWatch watch;
    EXPECT_FALSE(watch.position(at(0.0)));
    watch.take(fix(10.75, 106.67, 0.0), at(0.0));
    ASSERT_TRUE(watch.position(at(4.9)));
    EXPECT_DOUBLE_EQ(watch.position(at(4.9))->latitude, 10.75);
    EXPECT_FALSE(watch.position(at(5.1)));
    EXPECT_EQ(keys(watch), Keys{});
}

TEST(PositionWatch, SaysWhenItIsLostAndBack)
{
    PositionWatch watch;
    watch.take(fix(10.75, 106.67, 0.0), at(0.0));
    GpsdFix none = fix(0.0, 0.0, 1.0);
    none.mode = 1;
    none.latitude.reset();
    none.longitude.reset();
    watch.take(none, at(1.0));
    EXPECT_FALSE(watch.position(at(1.0)));
    watch.take(none, at(2.0));
    EXPECT_EQ(keys(watch), Keys{"position.lost"});
    watch.take(fix(10.75, 106.67, 3.0), at(3.0));
    EXPECT_TRUE(watch.position(at(3.0)));
    EXPECT_EQ(keys(watch), Keys{"position.back"});
}

TEST(PositionWatch, DoesNotBelieveAJumpUntilItStays)
{
    PositionWatch watch;
    watch.take(fix(10.75, 106.67, 0.0), at(0.0));
    watch.take(fix(10.7503, 106.67, 1.0), at(1.0)); // 33 m in a second
    EXPECT_EQ(keys(watch), Keys{});
    watch.take(fix(10.80, 106.67, 2.0), at(2.0)); // 5.5 km
    EXPECT_EQ(keys(watch), Keys{"position.jump"});
    EXPECT_FALSE(watch.position(at(2.0)));
    watch.take(fix(10.7506, 106.67, 3.0), at(3.0));
    EXPECT_TRUE(watch.position(at(3.0))) << "it was only once";
    for (int i = 4; i < 14; ++i)
        watch.take(fix(10.80, 106.67, i), at(i));
    ASSERT_TRUE(watch.position(at(13.0)));
    EXPECT_DOUBLE_EQ(watch.position(at(13.0))->latitude, 10.80);
}

TEST(PositionWatch, DoesNotBelieveAWrongTime)
{
    PositionWatch watch;
    GpsdFix old = fix(10.75, 106.67, 0.0);
    old.time->unix_ns -= 1024LL * 7 * 86'400 * second; // an old chip
    watch.take(old, at(0.0));
    watch.take(old, at(1.0));
    EXPECT_FALSE(watch.position(at(1.0)));
    EXPECT_EQ(keys(watch), Keys{"position.time"});
}

TEST(PositionWatch, SaysThatTheTimeJumped)
{
    PositionWatch watch;
    watch.take(fix(10.75, 106.67, 0.0), at(0.0));
    watch.take(fix(10.75, 106.67, 9.0), at(1.0)); // eight seconds ahead
    EXPECT_EQ(keys(watch), Keys{"position.time_step"});
}

TEST(PositionWatch, FollowsOneOfSeveralReceivers)
{
    PositionWatch watch;
    watch.take(fix(10.75, 106.67, 0.0), at(0.0));
    GpsdFix other = fix(21.03, 105.85, 1.0);
    other.device = "/dev/ttyUSB1";
    watch.take(other, at(1.0));
    EXPECT_DOUBLE_EQ(watch.position(at(1.0))->latitude, 10.75);
    EXPECT_EQ(keys(watch), Keys{});
    EXPECT_NEAR(distance_m(10.75, 106.67, 21.03, 105.85), 1'146e3, 3e3);
}

} // namespace gacsong::sdr
