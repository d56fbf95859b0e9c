// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/tables/number.hpp"
#include "detect/plan/tables/validity.hpp"

#include <gtest/gtest.h>

#include <string>

namespace gacsong {

TEST(Number, ReadsWhatUsersWrite)
{
    const auto plain = [](std::string_view text) { return parse_number(text, false); };
    EXPECT_EQ(plain("433920000"), 433'920'000.0);
    EXPECT_EQ(plain(" 433.92M "), 433'920'000.0);
    EXPECT_EQ(plain("250k"), 250e3);
    EXPECT_EQ(plain("250 kHz"), 250e3);
    EXPECT_EQ(plain("98.7 MHz"), 98.7e6);
    EXPECT_EQ(plain("98700000 Hz"), 98.7e6);
    EXPECT_EQ(plain("1.57542G"), 1'575.42e6);
    EXPECT_EQ(plain("-1.5e3"), -1'500.0);
    EXPECT_EQ(plain("+12"), 12.0);
    EXPECT_EQ(plain(".5"), 0.5);
    EXPECT_EQ(plain("0"), 0.0);
}

TEST(Number, ReadsADecimalCommaOnlyWhereItCannotSeparate)
{
    EXPECT_EQ(parse_number("98,7M", true), 98.7e6);
    EXPECT_EQ(parse_number("98,7M", false), std::nullopt);
    EXPECT_EQ(parse_number("98.7M", true), 98.7e6);
}

TEST(Number, RefusesWhatReadsTwoWays)
{
    for (const char* text :
         {"",    " ",   "-",    "+",     "M",   "kHz", "1,234,567", "1.234.567", "1.234,5", "12abc", "0x10",
          "inf", "nan", "-inf", "1e999", "--1", "+-1", "1 2",       "MM",        "5m",      "1e",    "\xC2\xA0"}) {
        EXPECT_EQ(parse_number(text, true), std::nullopt) << text;
        EXPECT_EQ(parse_number(text, false), std::nullopt) << text;
    }
    EXPECT_EQ(parse_number(std::string(65, '1'), false), std::nullopt);
}

TEST(Day, BeginsInVietNam)
{
    // 2026-11-02 00:00 in UTC+7 is 2026-11-01 17:00 UTC.
    const Instant start{1'793'552'400'000'000'000};
    EXPECT_EQ(parse_day("2026-11-02"), start);
    EXPECT_EQ(parse_day("02/11/2026"), start);
    EXPECT_EQ(parse_day("2/11/2026"), start);
    EXPECT_EQ(day_after(start).unix_ns - start.unix_ns, 86'400'000'000'000);
}

TEST(Day, DoesNotExist)
{
    for (const char* text :
         {"", "2026-13-01", "2026-02-29", "29/02/2026", "31/04/2026", "2026/11/02", "2026-11", "11-2026", "02/11/26",
          "2026-11-02T00:00", "-2026-11-02", "2026--1-02", "02/11/2201", "1899-12-31", "99999999999-01-01"}) {
        EXPECT_EQ(parse_day(text), std::nullopt) << text;
    }
    EXPECT_TRUE(parse_day("29/02/2028"));
}

TEST(Validity, HoldsFromItsFirstToItsLastMoment)
{
    const Validity year{.from = parse_day("2026-01-01"), .until = day_after(*parse_day("2026-12-31"))};
    EXPECT_FALSE(year.holds(Instant{parse_day("2026-01-01")->unix_ns - 1}));
    EXPECT_TRUE(year.holds(*parse_day("2026-01-01")));
    EXPECT_TRUE(year.holds(Instant{parse_day("2027-01-01")->unix_ns - 1}));
    EXPECT_FALSE(year.holds(*parse_day("2027-01-01")));
    EXPECT_TRUE(year.over(*parse_day("2027-01-01")));
    EXPECT_TRUE(Validity{}.holds(Instant{0}));
    EXPECT_FALSE(Validity{}.over(Instant{0}));
}

TEST(Validity, OverlapsWhereBothHold)
{
    const Validity first{.from = {}, .until = parse_day("2026-01-01")};
    const Validity second{.from = parse_day("2026-01-01"), .until = {}};
    EXPECT_FALSE(first.overlaps(second));
    EXPECT_FALSE(second.overlaps(first));
    EXPECT_TRUE(first.overlaps(Validity{}));
    EXPECT_TRUE(second.overlaps(Validity{.from = parse_day("2027-01-01"), .until = parse_day("2028-01-01")}));
}

} // namespace gacsong
