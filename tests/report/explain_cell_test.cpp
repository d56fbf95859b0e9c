// SPDX-License-Identifier: GPL-3.0-or-later
// The arithmetic of a score, line by line, and the base stations that a store knows.
#include "report/explain/explain_cell.hpp"
#include "report/store/sites.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/report/store_place.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace gacsong {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string told(const Cell& cell, Language language)
{
    StoredRun run;
    run.number = 12;
    run.run = test::sample_run();
    std::string text;
    for (const Section& section : explain(cell, run, test::words(language))) {
        text += section.title + "\n";
        for (const std::string& sentence : section.sentences)
            text += "  " + sentence + "\n";
    }
    return text;
}

CellIndicator sign(const std::string& code, double weight, const std::string& group, bool core)
{
    return {code, weight, 1.0, group, weight, core, Message("indicator." + code + ".why")};
}

Cell named()
{
    Cell cell;
    cell.id = "c1";
    cell.technology = "gsm";
    cell.channel = 62;
    cell.carrier_hz = 947.4e6;
    cell.plmn = "452-04";
    cell.area = 12001;
    cell.cell = 30121;
    cell.bsic = 23;
    cell.verdict = "suspect";
    cell.score = 59;
    return cell;
}

/// fake-base-stations.md §2.7, W4: five signs, all that is core of one kind.
Cell held_at_one_kind()
{
    Cell cell = named();
    cell.indicators = {sign("S01", 18.0, "LURE", true), sign("S03", 16.0, "LURE", false),
                       sign("N01", 14.0, "NEIGH", false), sign("P02", 12.0, "APPEAR", false),
                       sign("P12", 26.0, "RFQ", false)};
    cell.groups = {{"LURE", 22.8}, {"NEIGH", 14.0}, {"APPEAR", 12.0}, {"RFQ", 26.0}};
    cell.left_out = {{"R03", Message("cell_needs.register")},
                     {"R06", Message("cell_needs.place")},
                     {"R05", Message("cell_needs.place")}};
    return cell;
}

} // namespace

TEST(ExplainCell, ShowsEveryLineOfTheSumAndWhatHoldsIt)
{
    const std::string text = told(held_at_one_kind(), Language::en);
    EXPECT_THAT(text, HasSubstr("S01, High reselection offset: "));
    EXPECT_THAT(text, HasSubstr("Weight 18.0 × quality 1.0 = 18.0 points, group LURE (drawing phones in)."));
    EXPECT_THAT(text, HasSubstr("Group LURE (drawing phones in): 34.0 points count as 22.8. These signs speak"));
    EXPECT_THAT(text, Not(HasSubstr("Group NEIGH"))) << "a group of one sign needs no word";
    EXPECT_THAT(text, HasSubstr("Sum 74.8, score 59 of 100."));
    EXPECT_THAT(text, HasSubstr("is held at 59"));
    EXPECT_THAT(text, HasSubstr("two independent kinds"));
    EXPECT_THAT(text,
                HasSubstr("R06 (Heard far from its address), R05 (Area code not used there): the place of reception"));
    EXPECT_THAT(text, HasSubstr("--cells"));
    const auto place = text.find("--place");
    ASSERT_NE(place, std::string::npos);
    EXPECT_EQ(text.find("--place", place + 1), std::string::npos) << "asked for once";
}

TEST(ExplainCell, SaysWhatAMatchWithTheRegisterLeavesOfAGroup)
{
    Cell cell = named();
    cell.verdict = "registered";
    cell.score = 7;
    cell.indicators = {sign("S03", 16.0, "AREA", false), sign("S01", 18.0, "LURE", true),
                       sign("S05", 10.0, "LURE", true)};
    cell.groups = {{"AREA", 4.0}, {"LURE", 5.25}};
    const std::string text = told(cell, Language::en);
    EXPECT_THAT(text, HasSubstr("Group AREA (area code): 16.0 points count as 4.0. The cell matches the register"));
    EXPECT_THAT(text, HasSubstr("The largest sign counts in full and the others at 30%; of that a quarter"));
    EXPECT_THAT(text, HasSubstr("where the remarks have an explanation"));
    cell.indicators.clear();
    cell.groups.clear();
    EXPECT_THAT(told(cell, Language::en), Not(HasSubstr("where the remarks")));
}

TEST(ExplainCell, SaysWhyASumWasRaisedHeldOrEnded)
{
    Cell alone = named();
    alone.verdict = "fake";
    alone.score = 60;
    alone.indicators = {sign("R07", 40.0, "PLAN", true)};
    alone.groups = {{"PLAN", 40.0}};
    EXPECT_THAT(told(alone, Language::en), HasSubstr("raised to 60"));
    Cell plain = named();
    plain.verdict = "unregistered";
    plain.score = 40;
    plain.indicators = {sign("R03", 18.0, "REG", false), sign("P02", 24.0, "APPEAR", false)};
    plain.groups = {{"REG", 18.0}, {"APPEAR", 24.0}};
    EXPECT_THAT(told(plain, Language::en), HasSubstr("held at 40"));
    Cell clean = named();
    clean.verdict = "registered";
    clean.score = 0;
    const std::string text = told(clean, Language::en);
    EXPECT_THAT(text, HasSubstr("None of the signs"));
    EXPECT_THAT(text, Not(HasSubstr("held at")));
    EXPECT_THAT(told(held_at_one_kind(), Language::vi), HasSubstr("được giữ ở 59"));
}

TEST(Sites, GatherWhatWasHeardUnderOneIdentity)
{
    const test::TemporaryFolder folder;
    auto store = Store::open(test::new_store(folder));
    ASSERT_TRUE(store);
    const auto run = [&](const std::vector<Cell>& cells) {
        ASSERT_TRUE((*store)->begin(test::sample_run()));
        for (const Cell& cell : cells)
            ASSERT_TRUE((*store)->add(cell));
        ASSERT_TRUE((*store)->commit({}));
    };
    Cell cell = named();
    cell.start = Instant{1'000'000'000'000'000'000};
    Cell nobody;
    nobody.id = "c2";
    nobody.technology = "gsm";
    run({cell, nobody});
    cell.start = Instant{900'000'000'000'000'000};
    cell.area = 12002;
    cell.score = 90;
    cell.verdict = "fake";
    run({cell});
    cell.start = Instant{1'100'000'000'000'000'000};
    cell.area = 12001;
    cell.channel = 70;
    cell.score = 12;
    cell.verdict = "unregistered";
    Cell copy = cell; // heard before it in the same run
    copy.id = "c2";
    copy.start = Instant{1'099'999'999'000'000'000};
    copy.score = 75;
    copy.verdict = "fake";
    Cell other = named();
    other.id = "c3";
    other.technology = "lte";
    other.start.reset();
    run({cell, copy, other});
    const auto all = sites(**store);
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 2U) << "what was not decoded is nobody";
    const Site& site = all->front();
    EXPECT_EQ(site.technology, "gsm");
    EXPECT_EQ(site.cell, 30121U);
    EXPECT_EQ(site.areas, (std::vector<std::uint64_t>{12001, 12002}));
    EXPECT_EQ(site.channels, (std::vector<std::uint64_t>{62, 70}));
    EXPECT_EQ(site.sightings, 4U);
    EXPECT_EQ(site.runs, 3U);
    EXPECT_EQ(site.first_seen, Instant{900'000'000'000'000'000});
    EXPECT_EQ(site.last_seen, Instant{1'100'000'000'000'000'000});
    EXPECT_EQ(site.score, 75U) << "the graver of the last run";
    EXPECT_EQ(site.most_score, 90U);
    EXPECT_EQ(site.verdict, "fake");
    EXPECT_EQ(site.last_run, 3);
    EXPECT_EQ(site.last_id, "c2");
    EXPECT_FALSE(all->back().first_seen);
}

} // namespace gacsong
