// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/text/time_text.hpp"
#include "report/text/utf8.hpp"

#include <gtest/gtest.h>

namespace gacsong {

TEST(Printable, LetsNothingSteerATerminal)
{
    EXPECT_EQ(printable("VOV\x1b[31m1\r\n"), "VOV\uFFFD[31m1\uFFFD\uFFFD");
    EXPECT_EQ(printable("a\u202Eb\u2028c\u0085d"), "a\uFFFDb\uFFFDc\uFFFDd");
    EXPECT_EQ(printable("Băng thông 12,5 kHz"), "Băng thông 12,5 kHz");
}

TEST(Printable, ReplacesWhatIsNotUtf8)
{
    EXPECT_EQ(printable("a\xffz"), "a\uFFFDz");
    EXPECT_EQ(printable("\xC0\xAF"), "\uFFFD\uFFFD");           // overlong
    EXPECT_EQ(printable("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD"); // surrogate
    EXPECT_EQ(printable("\xE2\x82"), "\uFFFD\uFFFD");           // cut
    EXPECT_EQ(printable("\xF5\x80\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");
}

TEST(DisplayWidth, CountsColumns)
{
    EXPECT_EQ(display_width("Giấy phép"), 9U);
    EXPECT_EQ(display_width("Gia\u0302\u0301y"), 4U); // the same letters taken apart
    EXPECT_EQ(display_width("電波"), 4U);
    EXPECT_EQ(display_width("−31,2\u00A0dB"), 8U);
}

TEST(Cut, KeepsTheWidth)
{
    EXPECT_EQ(cut_to_width("Không thấy", 10), "Không thấy");
    EXPECT_EQ(cut_to_width("Không thấy", 8), "Không t…");
    EXPECT_EQ(cut_to_width("電波電波", 4), "電…");
    EXPECT_EQ(cut_to_width("abc", 0), "");
    EXPECT_EQ(pad_to_width("ấ", 3), "ấ  ");
    EXPECT_EQ(pad_to_width("ấ", 3, true), "  ấ");
}

TEST(Wrap, BreaksAtSpacesOnly)
{
    EXPECT_EQ(wrap("an emission on 98.7\u00A0MHz was found", 14),
              (std::vector<std::string>{"an emission on", "98.7\u00A0MHz was", "found"}));
    EXPECT_EQ(wrap("incomprehensibilities a", 5), (std::vector<std::string>{"incomprehensibilities", "a"}));
    EXPECT_EQ(wrap("", 5), (std::vector<std::string>{""}));
}

TEST(Rfc3339, WritesAsManyDecimalsAsNeeded)
{
    const Instant moment{1'793'589'300'412'000'000};
    EXPECT_EQ(rfc3339(moment), "2026-11-02T03:15:00.412Z");
    EXPECT_EQ(rfc3339(moment, 9), "2026-11-02T03:15:00.412000000Z");
    EXPECT_EQ(rfc3339(moment, 0), "2026-11-02T03:15:00Z");
    EXPECT_EQ(rfc3339(Instant{0}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(rfc3339(Instant{-1}), "1969-12-31T23:59:59.999999999Z");
}

TEST(Rfc3339, ReadsWhatItWrites)
{
    for (const std::int64_t ns : {std::int64_t{0}, std::int64_t{1}, std::int64_t{1'793'589'300'412'000'001}})
        EXPECT_EQ(parse_rfc3339(rfc3339(Instant{ns}, 9)), Instant{ns});
    EXPECT_EQ(parse_rfc3339("2026-11-02T10:15:00+07:00"), parse_rfc3339("2026-11-02T03:15:00Z"));
    EXPECT_EQ(parse_rfc3339("2026-11-02 03:15:00.0000000009Z"), parse_rfc3339("2026-11-02T03:15:00Z"));
    EXPECT_EQ(parse_rfc3339("2026-11-02"), parse_rfc3339("2026-11-02T00:00:00Z"));
}

TEST(Rfc3339, RefusesWhatIsNoMoment)
{
    for (const char* text : {"", "2026-13-01", "2026-02-30T00:00:00Z", "2026-11-02T03:15:00", "2026-11-02T24:00:00Z",
                             "2026-11-02T03:15Z", "02/11/2026", "2026-11-02T03:15:00Zx", "2026-11-02T03:15:00.Z"})
        EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
}

} // namespace gacsong
