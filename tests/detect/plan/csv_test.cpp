// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/tables/csv.hpp"
#include "detect/plan/tables/text_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace gacsong {

namespace {

using ::testing::ElementsAre;

std::vector<CsvRow> all(std::string_view text)
{
    CsvReader reader(text);
    std::vector<CsvRow> rows;
    while (auto row = reader.next()) {
        rows.push_back(*row);
    }
    return rows;
}

} // namespace

TEST(Csv, ReadsRecordsWithEveryLineEnd)
{
    const auto rows = all("id,center_hz\nA,1\r\nB,2\rC,3");
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_THAT(rows[0].fields, ElementsAre("id", "center_hz"));
    EXPECT_THAT(rows[1].fields, ElementsAre("A", "1"));
    EXPECT_THAT(rows[2].fields, ElementsAre("B", "2"));
    EXPECT_THAT(rows[3].fields, ElementsAre("C", "3"));
    EXPECT_EQ(rows[3].number, 4U);
}

TEST(Csv, SkipsTheByteOrderMarkAndBlankRecordsButCountsThem)
{
    const auto rows = all("\xEF\xBB\xBFid,x\n\n,\nA,1\n");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].fields[0], "id");
    EXPECT_EQ(rows[1].number, 4U);
}

TEST(Csv, ReadsQuotedFields)
{
    const auto rows = all("a,b\n\"x, \"\"y\"\"\", z \n\"two\nlines\",2\n");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_THAT(rows[1].fields, ElementsAre("x, \"y\"", "z"));
    EXPECT_THAT(rows[2].fields, ElementsAre("two lines", "2"));
}

TEST(Csv, FindsTheSeparator)
{
    EXPECT_EQ(CsvReader("id;center_hz;note, more\n").separator(), ';');
    EXPECT_EQ(CsvReader("\"a;b;c\",x,y\n1;2;3;4\n").separator(), ',');
    EXPECT_EQ(CsvReader("id\n").separator(), ',');
    EXPECT_THAT(all("id;f\nA;98,7M\n")[1].fields, ElementsAre("A", "98,7M"));
}

TEST(Csv, TellsAQuoteThatNeverClosesAndGoesOn)
{
    const auto rows = all("id,x\n\"A,1\nB,2\n");
    ASSERT_EQ(rows.size(), 3U);
    ASSERT_TRUE(rows[1].problem);
    EXPECT_EQ(rows[1].problem->key, "why.quote");
    EXPECT_EQ(rows[1].number, 2U);
    EXPECT_FALSE(rows[2].problem);
    EXPECT_THAT(rows[2].fields, ElementsAre("B", "2"));
}

TEST(Csv, TellsTextBehindAClosingQuote)
{
    const auto rows = all("id,x\n\"A\"b,1\nB,2\n");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[1].problem.value_or(Message()).key, "why.quote");
    EXPECT_FALSE(rows[2].problem);
}

TEST(Csv, TellsWhatIsNotUtf8)
{
    const auto rows = all("id,x\nA,\xE1\nB,2\n");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[1].problem.value_or(Message()).key, "why.not_utf8");
    EXPECT_FALSE(rows[2].problem);
}

TEST(Csv, KeepsItsLimits)
{
    const std::string wide = "a\n" + std::string(csv_column_limit, ',') + "x\nB\n";
    const auto columns = all(wide);
    EXPECT_EQ(columns[1].problem.value_or(Message()).key, "why.fields");
    EXPECT_EQ(columns.back().fields.at(0), "B");

    const auto fields = all("a,b\nx," + std::string(csv_field_limit + 1, 'x') + "\nB,2\n");
    ASSERT_EQ(fields.size(), 3U);
    EXPECT_EQ(fields[1].problem, Message("why.long_field", {{"column", std::int64_t{2}}}));
    EXPECT_FALSE(fields[2].problem);
    EXPECT_EQ(all("a\n\"" + std::string(csv_field_limit + 1, 'x') + "\"\n")[1].problem.value_or(Message()).key,
              "why.quote");
}

TEST(Csv, TakesControlCharactersOutOfFields)
{
    EXPECT_EQ(all("id\n\x1B[31mred\n")[1].fields[0], "[31mred");
    EXPECT_EQ(all("id\n\"a\tb\x7F\"\n")[1].fields[0], "a b");
}

TEST(Csv, ReadsNothingFromNothing)
{
    EXPECT_TRUE(all("").empty());
    EXPECT_TRUE(all("\n\n\r\n").empty());
    EXPECT_TRUE(all("\xEF\xBB\xBF").empty());
}

TEST(Utf8, AcceptsWhatTheStandardDefines)
{
    EXPECT_TRUE(is_utf8("Gác Sóng – giấy phép 𝄞"));
    for (const char* text : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80",
                             "\xE1\xBA", "\x80", "\xFF\xFE"}) {
        EXPECT_FALSE(is_utf8(text));
    }
}

} // namespace gacsong
