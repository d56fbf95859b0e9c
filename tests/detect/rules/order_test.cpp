// SPDX-License-Identifier: GPL-3.0-or-later
// C01 and S09: what contradicts itself, told from what changed by when it was received.
#include "tests/detect/rules/cell_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace gacsong::test {

namespace {

using ::testing::Contains;
using ::testing::Not;

/// What one message says from when to when; without times as a store gives it back.
struct Content {
    std::int64_t value = 0;
    std::optional<double> first_s;
    std::optional<double> last_s;
};

/// The cell's message of that name, once for each of the contents.
void say(Cell& cell, const std::string& name, const std::string& field, const std::vector<Content>& contents)
{
    const auto at = std::ranges::find(cell.messages, name, &CellMessage::name);
    CellMessage usual = *at;
    cell.messages.erase(at);
    for (const Content& one : contents) {
        CellMessage message = usual;
        message.hex += std::to_string(one.value);
        message.first_s = one.first_s;
        message.last_s = one.last_s;
        cell.messages.push_back(message);
        std::erase_if(cell.messages.back().contents, [&](const auto& known) { return known.first == field; });
        cell.messages.back().contents.emplace_back(field, one.value);
    }
}

World gsm_among_others()
{
    World world;
    world.add_network("gsm", "452-04", {6101}, -80.0).without_register();
    world.scan.push_back(gsm_cell("452-04", 6101, 700, 60, 23, -90.0));
    return world;
}

Cell gsm_areas(const std::vector<Content>& three, const std::vector<Content>& four)
{
    World world = gsm_among_others();
    say(world.scan.back(), "SI3", "lac", three);
    say(world.scan.back(), "SI4", "lac", four);
    return world.judge();
}

TEST(TwoAreas, AtOneTimeAreAContradiction)
{
    EXPECT_THAT(fired(gsm_areas({{6101, 0.0, 60.0}}, {{6199, 1.0, 59.0}})), Contains("C01"));
    const Cell turns = gsm_areas({{6101, 0.0, 59.0}, {6150, 10.0, 40.0}}, {{6101, 1.0, 59.0}});
    EXPECT_THAT(fired(turns), Contains("C01")) << "the first one is back after the other";
    const auto sign = std::ranges::find(turns.indicators, std::string("C01"), &CellIndicator::code);
    ASSERT_NE(sign, turns.indicators.end());
    EXPECT_EQ(sign->reason.key, "indicator.C01.why_turns");
    EXPECT_THAT(fired(gsm_areas({{6101, 0.0, 30.0}, {6150, 25.0, 59.0}}, {{6101, 1.0, 26.0}, {6150, 26.0, 59.0}})),
                Contains("C01 0.5"))
        << "5 s of both";
}

TEST(TwoAreas, OneAfterTheOtherAreAChange)
{
    EXPECT_THAT(fired(gsm_areas({{6101, 0.0, 30.0}, {6150, 30.5, 59.0}}, {{6101, 1.0, 31.5}, {6150, 33.0, 59.0}})),
                Not(Contains(testing::StartsWith("C01"))))
        << "the rotation hands SI4's turn on after SI3's";
    EXPECT_TRUE(left_out(gsm_areas({{6101, {}, {}}, {6150, {}, {}}}, {{6101, {}, {}}}), "C01", "order"));
}

Cell lte_areas(const std::vector<Content>& contents, double dwell_s = 60.0)
{
    World world;
    world.without_register();
    Cell cell = lte_cell("452-04", 6101, 555'100, 1700, 211, -80.0);
    cell.last_s = cell.first_s + dwell_s;
    say(cell, "SIB1", "tac", contents);
    world.scan.push_back(cell);
    return world.judge();
}

TEST(TwoFirstBlocks, InTurnAreAContradiction)
{
    EXPECT_THAT(fired(lte_areas({{6101, 0.0, 58.0}, {6150, 20.0, 30.0}})), Contains("C01"));
    EXPECT_THAT(fired(lte_areas({{6101, 0.0, 0.3}, {6150, 0.4, 0.5}}, 0.6)), Contains("C01 0.5"))
        << "sooner than one may be replaced";
    EXPECT_THAT(fired(lte_areas({{6101, 0.0, 20.0}, {6150, 20.1, 58.0}})), Not(Contains(testing::StartsWith("C01"))))
        << "a change, which P08 tells";
    EXPECT_TRUE(left_out(lte_areas({{6101, {}, {}}, {6150, {}, {}}}), "C01", "order"));
}

/// Barred classes of SI3, each with its time.
Cell gsm_masks(const std::vector<std::pair<std::vector<std::int64_t>, Content>>& masks, double dwell_s)
{
    World world = gsm_among_others();
    Cell& cell = world.scan.back();
    std::vector<Content> contents;
    for (std::size_t i = 0; i < masks.size(); ++i)
        contents.push_back({static_cast<std::int64_t>(i), masks[i].second.first_s, masks[i].second.last_s});
    say(cell, "SI3", "number", contents);
    for (auto& message : cell.messages)
        for (auto& [field, value] : message.contents)
            if (message.name == "SI3" && field == "access_classes_barred")
                value = masks[static_cast<std::size_t>(std::get<std::int64_t>(message.contents.back().second))].first;
    cell.last_s = cell.first_s + dwell_s;
    return world.judge();
}

TEST(Barring, CountsTheChangesWithinTenMinutes)
{
    EXPECT_THAT(fired(gsm_masks({{{0, 1}, {0, 0.0, 59.0}}, {{2, 3}, {0, 20.0, 40.0}}}, 60.0)), Contains("S09"))
        << "there and back";
    EXPECT_THAT(fired(gsm_masks({{{0, 1}, {0, 0.0, 30.0}}, {{2, 3}, {0, 31.0, 59.0}}}, 60.0)), Not(Contains("S09")))
        << "one change";
    const std::vector<std::pair<std::vector<std::int64_t>, Content>> three{
        {{0, 1}, {0, 0.0, 900.0}}, {{2, 3}, {0, 901.0, 1200.0}}, {{4, 5}, {0, 1201.0, 3000.0}}};
    EXPECT_THAT(fired(gsm_masks(three, 3000.0)), Contains("S09")) << "two changes five minutes apart, in a long watch";
    const std::vector<std::pair<std::vector<std::int64_t>, Content>> slow{
        {{0, 1}, {0, 0.0, 900.0}}, {{2, 3}, {0, 901.0, 1900.0}}, {{4, 5}, {0, 1901.0, 3000.0}}};
    EXPECT_THAT(fired(gsm_masks(slow, 3000.0)), Not(Contains("S09"))) << "a quarter of an hour apart";
    // The special classes 11 … 15 are no ordinary phones'.
    EXPECT_THAT(fired(gsm_masks({{{11}, {0, 0.0, 59.0}}, {{12}, {0, 20.0, 40.0}}}, 60.0)), Not(Contains("S09")));
    EXPECT_TRUE(left_out(gsm_masks({{{0}, {}}, {{1}, {}}}, 3000.0), "S09", "order"));
}

} // namespace

} // namespace gacsong::test
