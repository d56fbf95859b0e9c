// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/exit_status.hpp"
#include "apps/gacsong/nearest.hpp"
#include "apps/gacsong/values.hpp"

#include <gtest/gtest.h>

#include <array>

namespace gacsong::app {

TEST(Frequency, TakesEngineeringSuffixes)
{
    EXPECT_EQ(parse_frequency("433.92M"), 433.92e6);
    EXPECT_EQ(parse_frequency("250k"), 250e3);
    EXPECT_EQ(parse_frequency("2.4 MHz"), 2.4e6);
    EXPECT_EQ(parse_frequency("1.57542GHz"), 1.57542e9);
    EXPECT_EQ(parse_frequency("98000000"), 98e6);
    EXPECT_EQ(parse_frequency("98e6"), 98e6);
    EXPECT_EQ(parse_frequency("98e6Hz"), 98e6);
    EXPECT_EQ(parse_frequency("0"), 0.0);
}

TEST(Frequency, RefusesWhatIsNone)
{
    for (const char* text :
         {"", "M", "433,92M", "433.92m", "98MM", "-5M", "nan", "inf", "1e400", "2T", "98 M Hz", "0x10"})
        EXPECT_EQ(parse_frequency(text), std::nullopt) << text;
}

TEST(Duration, TakesSecondsMinutesHours)
{
    EXPECT_EQ(parse_duration("10"), 10.0);
    EXPECT_EQ(parse_duration("10s"), 10.0);
    EXPECT_EQ(parse_duration("250ms"), 0.25);
    EXPECT_EQ(parse_duration("5m"), 300.0);
    EXPECT_EQ(parse_duration("1.5h"), 5400.0);
    EXPECT_EQ(parse_duration("2d"), 172800.0);
    for (const char* text : {"", "5M", "-1s", "10 sec", "1e12h"})
        EXPECT_EQ(parse_duration(text), std::nullopt) << text;
}

TEST(Numbers, AreWhole)
{
    EXPECT_EQ(parse_number("-2.5"), -2.5);
    EXPECT_EQ(parse_number("+2.5"), 2.5);
    EXPECT_EQ(parse_number("2.5x"), std::nullopt);
    EXPECT_EQ(parse_whole("4", 0, 10), 4);
    EXPECT_EQ(parse_whole("11", 0, 10), std::nullopt);
    EXPECT_EQ(parse_whole("1.5", 0, 10), std::nullopt);
}

TEST(Place, IsLatitudeAndLongitude)
{
    const auto place = parse_coordinates("10.386, 105.435");
    ASSERT_TRUE(place);
    EXPECT_EQ(place->latitude, 10.386);
    EXPECT_EQ(place->longitude, 105.435);
    for (const char* text : {"", "10.4", "91,105", "10,181", "10;105", "a,b", "10,5,105,4"})
        EXPECT_FALSE(parse_coordinates(text)) << text;
}

TEST(Nearest, CountsEdits)
{
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
    EXPECT_EQ(edit_distance("cneter", "center"), 1U); // one swap
    EXPECT_EQ(edit_distance("", "abc"), 3U);
    const std::array<std::string, 4> known{"--center", "--rate", "--register", "--json"};
    EXPECT_EQ(nearest("--cneter", known), "--center");
    EXPECT_EQ(nearest("--regster", known), "--register");
    EXPECT_EQ(nearest(std::string(100'000, 'x'), known).empty(), false);
    EXPECT_EQ(nearest("x", {}), "");
}

TEST(ExitStatus, KeepsTheWorst)
{
    EXPECT_EQ(worse(0, 3), 3);
    EXPECT_EQ(worse(3, 1), 1);
    EXPECT_EQ(worse(1, 2), 2);
    EXPECT_EQ(worse(130, 2), 130);
    EXPECT_EQ(worse(0, 0), 0);
}

TEST(Values, SizesOfPictures)
{
    EXPECT_EQ(parse_size("1600x1000"), std::pair(1600U, 1000U));
    for (const char* wrong : {"", "x", "1600", "1600x", "100x100", "9000x600", "1600x1000x2", "-1600x1000"})
        EXPECT_FALSE(parse_size(wrong)) << wrong;
}

} // namespace gacsong::app
