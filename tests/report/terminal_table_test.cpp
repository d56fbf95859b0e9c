// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/sinks/terminal_table.hpp"
#include "report/text/utf8.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace gacsong {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Shown {
    Language language = Language::vi;
    Style style;
    bool centre_known = true;
    bool live = false;
    bool empty = false;
    bool broken_off = false;
};

std::string show(const Shown& how)
{
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "out";
    std::FILE* file = std::fopen(path.c_str(), "w");
    {
        Output output(fileno(file), "out");
        TerminalTable table(output, test::words(how.language), how.style, true);
        Run run = test::sample_run();
        End end = test::sample_end();
        if (!how.centre_known)
            run.stream.center_hz.reset();
        if (how.live)
            run.stream.length.reset();
        EXPECT_TRUE(table.begin(run));
        if (how.empty) {
            end.emissions = end.findings = 0;
        } else {
            const auto findings = test::sample_findings();
            EXPECT_TRUE(table.emission(test::licensed_emission()));
            EXPECT_TRUE(table.emission(test::unlicensed_emission()));
            EXPECT_TRUE(table.finding(findings[0]));
            EXPECT_TRUE(table.emission(how.centre_known ? test::protected_emission() : test::offset_emission()));
            EXPECT_TRUE(table.finding(findings[1]));
        }
        if (how.broken_off) {
            end.complete = false;
            end.why = Message("end.partial", {{"at", Quantity{3.2, Unit::at}}});
        }
        EXPECT_TRUE(table.end(end));
    }
    std::fclose(file);
    return test::read_file(path);
}

std::vector<std::string> lines_of(const std::string& text)
{
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

} // namespace

TEST(TerminalTable, LooksRightAtUsualWidths)
{
    for (const std::size_t width : {std::size_t{80}, std::size_t{160}}) {
        for (const Language language : {Language::vi, Language::en}) {
            const std::string name = "table_" + std::string(code(language)) + "_" + std::to_string(width) + ".txt";
            test::expect_golden(show({.language = language, .style = {.width = width}}), name);
        }
    }
}

TEST(TerminalTable, ShowsAStreamAsItComes)
{
    test::expect_golden(show({.style = {.width = 100}, .live = true}), "table_vi_live.txt");
}

TEST(TerminalTable, ShowsOffsetsWhereTheCentreIsUnknown)
{
    test::expect_golden(show({.language = Language::en, .style = {.width = 100}, .centre_known = false}),
                        "table_en_offsets.txt");
}

TEST(TerminalTable, SaysThatNothingWasFound)
{
    test::expect_golden(show({.style = {.width = 80}, .empty = true, .broken_off = true}), "table_vi_nothing.txt");
}

class TableWidth : public ::testing::TestWithParam<std::size_t> {};

TEST_P(TableWidth, KeepsWithinTheTerminal)
{
    for (const Language language : {Language::vi, Language::en}) {
        for (const std::string& line : lines_of(show({.language = language, .style = {.width = GetParam()}})))
            EXPECT_LE(display_width(line), GetParam()) << line;
    }
}

INSTANTIATE_TEST_SUITE_P(Columns, TableWidth, ::testing::Values(60, 72, 80, 100, 120, 160, 240));

TEST(TerminalTable, ColoursOnlyWhenAskedAndNeverByColourAlone)
{
    const std::string plain = show({.style = {.width = 120}});
    const std::string colour = show({.style = {.width = 120, .colour = true}});
    EXPECT_THAT(plain, Not(HasSubstr("\033")));
    EXPECT_THAT(colour, HasSubstr("\033[1;33mKhông thấy giấy phép\033[0m"));
    std::string bare = colour;
    for (std::size_t at = bare.find('\033'); at != std::string::npos; at = bare.find('\033'))
        bare.erase(at, bare.find('m', at) - at + 1);
    EXPECT_EQ(bare, plain);
}

TEST(TerminalTable, IsSortedByFrequencyAndMarksFindings)
{
    const std::string text = show({.style = {.width = 160}});
    const std::size_t fm = text.find("! e1");
    const std::size_t air = text.find("· e2");
    const std::size_t dmr = text.find("  e3");
    ASSERT_NE(fm, std::string::npos);
    EXPECT_LT(fm, air);
    EXPECT_LT(air, dmr);
}

TEST(TerminalTable, ShowsACellOfAReceiverAsSoonAsItIsHeard)
{
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "out";
    std::FILE* file = std::fopen(path.c_str(), "w");
    {
        Output output(fileno(file), "out");
        TerminalTable table(output, test::words(Language::en), {.width = 100}, false);
        auto run = test::sample_run();
        run.stream.length.reset();
        ASSERT_TRUE(table.begin(run));
        Cell cell;
        cell.id = "c1";
        cell.technology = "gsm";
        cell.carrier_hz = 947.4e6;
        ASSERT_TRUE(table.heard(cell, {}));
        ASSERT_TRUE(table.heard(cell, {}));
        cell.plmn = "452-04";
        cell.area = 12001;
        cell.cell = 30121;
        cell.verdict = "fake";
        Finding finding = test::sample_findings().front();
        finding.subject = "c1";
        const std::vector<Finding> findings{finding};
        ASSERT_TRUE(table.heard(cell, findings));
        ASSERT_TRUE(table.heard(cell, findings));
    }
    std::fclose(file);
    const std::string text = test::read_file(path);
    const auto times = [&](const std::string& what) {
        std::size_t count = 0;
        for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
            ++count;
        return count;
    };
    EXPECT_EQ(times("identity not decoded yet"), 1U) << text;
    EXPECT_EQ(times("452-04, area 12001, cell 30121. Signs of a fake BTS"), 1U) << text;
    EXPECT_EQ(times("no matching licence"), 1U) << "a finding is said once\n" << text;
}

TEST(TerminalTable, LetsNoTextFromTheAirSteerTheTerminal)
{
    EXPECT_THAT(show({.style = {.width = 240}}), Not(HasSubstr("\x1b")));
}

} // namespace gacsong
