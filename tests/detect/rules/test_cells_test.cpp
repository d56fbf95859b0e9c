// SPDX-License-Identifier: GPL-3.0-or-later
// The test cells of fake-base-stations.md §6: every code that fires, both scores and both verdicts.
#include "tests/detect/rules/test_cells.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace gacsong {
namespace {

using namespace test;
using ::testing::UnorderedElementsAreArray;
using Codes = std::vector<std::string>;

constexpr int none = -1;

/// What the table says of a column.
struct Column {
    int score = none; ///< −1: the column is empty
    const char* verdict = "";
};

struct TestCell {
    const char* name;
    std::function<void(World&)> build; ///< with its register
    Codes fires;                       ///< with the register; without it, the same but R03 … R06
    Column with;
    Column without;
};

const std::vector<TestCell>& test_cells()
{
    static const std::vector<TestCell> all{
        {"T01 LTE macro, registered, near", t01, {"P01"}, {2, "registered"}, {8, "unregistered"}},
        {"T02 GSM macro, registered", t02, {}, {0, "registered"}, {0, "unregistered"}},
        {"T03 LTE macro at an area border", t03, {"S03 0.5", "P01"}, {}, {16, "unregistered"}},
        {"T04 new GSM site", t04, {"R03", "P02", "N04"}, {40, "unregistered"}, {24, "unregistered"}},
        {"T05 femto", t05, {"R03", "N01", "C08", "P01"}, {40, "unregistered"}, {34, "unregistered"}},
        {"T06 border cell", t06, {"R01"}, {5, "foreign"}, {5, "foreign"}},
        {"T07 Cambodian network inland", t07, {"R01", "N01", "P02", "P05"}, {75, "fake"}, {75, "fake"}},
        {"T08 maintenance", t08, {"C05", "P12"}, {4, "registered"}, {16, "unregistered"}},
        {"T09 re-planned", t09, {"R04", "N06"}, {34, "unregistered"}, {10, "unregistered"}},
        {"T10 repeater", t10, {"P01"}, {2, "registered"}, {8, "unregistered"}},
        {"T11 cell on wheels", t11, {"R06", "P01", "P02", "N04"}, {40, "unregistered"}, {26, "unregistered"}},
        {"T11 with an event row", t11_event, {"N04"}, {3, "registered"}, {}},
        {"T12 careless GSM blaster",
         t12,
         {"R09", "S05", "S03", "N01", "C02", "C05", "P02", "P05", "P12"},
         {},
         {100, "fake"}},
        {"T13 GSM half after the end of GSM",
         t13,
         {"R07", "R03", "R05", "S01", "N02", "P02", "P05", "P12"},
         {100, "fake"},
         {100, "fake"}},
        {"T14 LTE half",
         t14,
         {"R03", "R05", "S06", "S07", "S08", "S03", "N05", "C08", "P01", "P02", "P05", "P09", "P12"},
         {100, "fake"},
         {100, "fake"}},
        {"T14 in one pass of 25 s",
         t14_in_one_pass,
         {"R03", "R05", "S06", "S07", "S08", "S03", "N05", "C08", "P05"},
         {100, "fake"},
         {85, "fake"}},
        {"T15 suitcase", t15, {"P08", "S03", "P02", "P04", "S06", "C08", "N03", "P05"}, {}, {96, "fake"}},
        {"T16 exact clone", t16, {"P07", "P05", "P11", "P01"}, {42, "suspect"}, {48, "suspect"}},
        {"T17 clone on another carrier",
         t17,
         {"R04", "R05", "R06", "S01", "S03", "N04", "P02", "P05"},
         {100, "fake"},
         {72, "fake"}},
        {"T18 in another operator's block", t18, {"R02", "R03", "P02"}, {60, "fake"}, {60, "fake"}},
        {"T19 laboratory leak", t19, {"R08", "R09", "N01", "P12"}, {54, "suspect"}, {54, "suspect"}},
        {"T20 weak single pass", t20, {}, {none, "unknown"}, {none, "unknown"}},
    };
    return all;
}

void expect(const TestCell& test, const Column& column, const Cell& cell, const Codes& codes)
{
    if (*column.verdict == '\0')
        return;
    EXPECT_THAT(fired(cell), UnorderedElementsAreArray(codes)) << test.name;
    EXPECT_EQ(cell.verdict, column.verdict) << test.name;
    EXPECT_EQ(cell.score ? static_cast<int>(*cell.score) : none, column.score) << test.name;
}

Codes without_register_codes(Codes codes)
{
    std::erase_if(codes, [](const std::string& code) {
        return code == "R03" || code == "R04" || code == "R05" || code == "R06";
    });
    return codes;
}

TEST(TestCells, WithTheRegister)
{
    for (const auto& test : test_cells()) {
        World world;
        test.build(world);
        expect(test, test.with, world.judge(), test.fires);
    }
}

TEST(TestCells, WithoutARegister)
{
    for (const auto& test : test_cells()) {
        World world;
        test.build(world);
        world.without_register();
        expect(test, test.without, world.judge(), without_register_codes(test.fires));
    }
}

TEST(TestCells, WeightsThatDependOnTheCondition)
{
    const auto weight = [](const Cell& cell, std::string_view code) {
        const auto found = std::find_if(cell.indicators.begin(), cell.indicators.end(),
                                        [&](const auto& one) { return one.code == code; });
        return found == cell.indicators.end() ? 0.0 : found->weight;
    };
    World border;
    t06(border);
    EXPECT_EQ(weight(border.judge(), "R01"), 5.0);
    World inland;
    t07(inland);
    EXPECT_EQ(weight(inland.judge(), "R01"), 35.0);
    World down;
    t14(down);
    EXPECT_EQ(weight(down.judge(), "S08"), 26.0);
}

/// Further check (b): what stays when the clock tells nothing.
TEST(TestCells, WithoutTheClock)
{
    struct Row {
        const char* name;
        std::function<void(World&)> build;
        bool with;
        unsigned score;
        const char* verdict;
    };
    const std::vector<Row> rows{{"T12", t12, false, 92, "fake"},   {"T13", t13, true, 100, "fake"},
                                {"T14", t14, true, 100, "fake"},   {"T15", t15, false, 82, "fake"},
                                {"T17", t17, true, 59, "suspect"}, {"T16", t16, true, 38, "registered"}};
    for (const auto& row : rows) {
        World world;
        row.build(world);
        if (!row.with)
            world.without_register();
        world.scan.back().ppm = 0.02;
        const Cell cell = world.judge();
        EXPECT_EQ(cell.score, row.score) << row.name;
        EXPECT_EQ(cell.verdict, row.verdict) << row.name;
    }
}

/// Further check (d): a clock that is off on more than a fifth of the cells of a scan is the receiver's.
TEST(TestCells, AFaultOfTheReceiver)
{
    for (const std::uint64_t off : {1U, 2U}) {
        World world;
        world.with_register("");
        for (std::uint64_t i = 0; i < 8; ++i) {
            world.scan.push_back(lte_cell("452-02", 5101, 880000 + i, 1500, 80 + i, -90.0 - static_cast<double>(i)));
            world.scan.back().ppm = i + off < 8 ? 0.02 : 0.9;
        }
        const Cell cell = world.judge();
        const Codes codes = fired(cell);
        EXPECT_EQ(std::count(codes.begin(), codes.end(), "P05"), off == 1 ? 1 : 0);
        EXPECT_EQ(std::count_if(cell.left_out.begin(), cell.left_out.end(),
                                [](const auto& one) { return one.code == "P05"; }),
                  off == 1 ? 0 : 1);
    }
}

/// Further check (d) as it stands: five cells of eight, on one side, on both, or all off by the same.
TEST(TestCells, FiveOfEightAreTheReceiversFault)
{
    for (const auto& clocks : std::vector<std::vector<double>>{
             {0.9, 0.9, 0.9, 0.9, 0.9}, {0.6, 0.9, 1.2, -0.8, -0.5}, {-0.9, -0.9, 0.9, 0.9, 0.9}}) {
        World world;
        std::vector<Cell> cells;
        for (std::uint64_t i = 0; i < 8; ++i) {
            cells.push_back(lte_cell("452-02", 5101, 880000 + i, 1500, 80 + i, -90.0 - static_cast<double>(i)));
            cells.back().id = "c" + std::to_string(i + 1);
            cells.back().ppm = i < 3 ? 0.01 * static_cast<double>(i) : clocks[i - 3];
        }
        (void)judge_cells(cells, {}, world.context, Instant{world_time_ns});
        EXPECT_EQ(receiver_faults(cells), std::vector<std::string>{"P05"}) << clocks[1];
        for (const auto& cell : cells)
            for (const auto& one : fired(cell))
                EXPECT_FALSE(one.starts_with("P05")) << cell.id;
    }
}

/// Further check (e).
TEST(TestCells, ForeignNetworkBehindTheStrip)
{
    World world;
    t06(world);
    world.context.place = Place{10.375, 105.13}; // 45 km
    world.scan.back().rsrp_dbfs = -98.0;
    const Cell cell = world.judge();
    EXPECT_EQ(fired(cell), Codes{"R01"});
    EXPECT_EQ(cell.score, 35U);
    EXPECT_EQ(cell.verdict, "unregistered");
}

} // namespace
} // namespace gacsong
