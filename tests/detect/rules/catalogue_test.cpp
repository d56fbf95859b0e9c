// SPDX-License-Identifier: GPL-3.0-or-later
// Conditions and prerequisites of single indicators, as fake-base-stations.md §2 states them.
#include "tests/detect/rules/cell_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace gacsong::test {

namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::int64_t minute_ns = 60'000'000'000;
constexpr std::int64_t day_ns = 1440 * minute_ns;

CellMessage* message_of(Cell& cell, std::string_view name)
{
    const auto found =
        std::find_if(cell.messages.begin(), cell.messages.end(), [&](const auto& one) { return one.name == name; });
    return found == cell.messages.end() ? nullptr : &*found;
}

/// An LTE cell alone; `scheduling` as SIB1 states it.
World one_lte(const std::string& scheduling = "16:3 32:5")
{
    World world;
    world.without_register();
    world.scan.push_back(lte_cell("452-04", 6101, 555'100, 1700, 211, -80.0, scheduling));
    return world;
}

} // namespace

TEST(Certainty, OfAnLteCellNeedsTwoEqualFirstBlocksAndThreeDecibels)
{
    World world = one_lte();
    CellMessage& first = *message_of(world.scan.back(), "SIB1");
    first.count = 2;
    EXPECT_EQ(world.judge().verdict, "unregistered");
    first.count = 1;
    EXPECT_EQ(world.judge().verdict, "unknown");
    CellMessage second = first;
    second.hex = "other";
    for (auto& [field, value] : second.contents)
        if (field == "value_tag")
            value = std::int64_t{4};
    world.scan.back().messages.push_back(second);
    EXPECT_EQ(world.judge().verdict, "unknown") << "two that do not agree";
    World weak = one_lte();
    weak.scan.back().snr_db = 2.9;
    EXPECT_EQ(weak.judge().verdict, "unknown");
}

TEST(Certainty, OfAGsmCellNeedsTwoBlocksThatAgree)
{
    World world = one_gsm();
    Cell& cell = world.scan.back();
    message_of(cell, "SI3")->count = 1;
    message_of(cell, "SI4")->count = 1;
    EXPECT_EQ(world.judge().verdict, "unregistered") << "SI3 and SI4 of one area";
    set_field(cell, "SI4", "lac", std::int64_t{6102});
    EXPECT_EQ(world.judge().verdict, "unknown");
    message_of(cell, "SI3")->count = 2;
    EXPECT_EQ(world.judge().verdict, "unregistered");
}

TEST(WholeCycle, OfLteIsTwiceTheLongestPeriod)
{
    World world = one_lte("16:3");
    Cell& cell = world.scan.back();
    cell.neighbours.clear();
    cell.last_s = 0.33;
    EXPECT_THAT(fired(world.judge()), Contains("N01"));
    cell.last_s = 0.25;
    EXPECT_THAT(fired(world.judge()), Contains("N01 0.5"));
    cell.last_s = 0.15;
    EXPECT_TRUE(left_out(world.judge(), "N01", "cycle"));
}

TEST(ValueTag, MustChangeWithWhatItCovers)
{
    World world = one_lte();
    Cell& cell = world.scan.back();
    CellMessage changed = *message_of(cell, "SI");
    changed.hex = "other";
    cell.messages.push_back(changed);
    EXPECT_THAT(fired(world.judge()), Not(Contains("C07"))) << "only what cannot be read differs";
    for (auto& [field, value] : cell.messages.back().contents)
        if (field == "thresh_serving_low")
            value = std::int64_t{31};
    EXPECT_THAT(fired(world.judge()), Contains("C07"));
    CellMessage first = *message_of(cell, "SIB1");
    first.hex = "other";
    for (auto& [field, value] : first.contents)
        if (field == "value_tag")
            value = std::int64_t{4};
    cell.messages.push_back(first);
    EXPECT_THAT(fired(world.judge()), Not(Contains("C07"))) << "the tag changed with it";
}

TEST(ValueTag, LeavesWarningsAndTimesAlone)
{
    for (const char* field : {"warning_serial", "cdma_synchronised"}) {
        World world = one_lte();
        Cell& cell = world.scan.back();
        for (const std::int64_t value : {1, 2})
            cell.messages.push_back({"SI", "BCCH-DL-SCH", std::to_string(value), 4, {{field, value}}});
        EXPECT_THAT(fired(world.judge()), Not(Contains("C07"))) << field;
    }
}

TEST(StatedBand, MayBeAnyOfThoseOfTheCell)
{
    const auto judged = [](std::int64_t band, const std::vector<std::int64_t>& others) {
        World world;
        world.without_register();
        Cell cell = lte_cell("452-04", 6101, 555'100, 1700, 211, -80.0); // band 3
        set_field(cell, "SIB1", "band", band);
        if (!others.empty())
            set_field(cell, "SIB1", "other_bands", others);
        world.scan.push_back(cell);
        return fired(world.judge());
    };
    EXPECT_THAT(judged(3, {}), Not(Contains("C07")));
    EXPECT_THAT(judged(7, {}), Contains("C07"));
    EXPECT_THAT(judged(7, {1, 3}), Not(Contains("C07")));
    EXPECT_THAT(judged(7, {1, 8}), Contains("C07"));
}

TEST(OddReselection, NeedsCellsToCompareWith)
{
    World alone = one_gsm();
    set_field(alone.scan.back(), "SI3", "acs", true);
    EXPECT_TRUE(left_out(alone.judge(), "C03", "baseline"));
    World among = gsm_network();
    EXPECT_THAT(fired(among.judge()), Not(Contains("C03")));
    set_field(among.scan.back(), "SI3", "acs", true);
    EXPECT_THAT(fired(among.judge()), Contains("C03"));
}

TEST(Sticky, NeedsAHysteresisThatIsCertainAndAboveTheOthers)
{
    const auto gsm = [](std::int64_t hysteresis_db, std::uint64_t blocks) {
        World world;
        world.add_network("gsm", "452-04", {6101}).without_register();
        Cell cell = gsm_cell("452-04", 6101, 7777, 66, 23, -80.0);
        set_field(cell, "SI3", "cell_reselect_hysteresis_db", hysteresis_db);
        message_of(cell, "SI3")->count = blocks;
        world.scan.push_back(cell);
        return world.judge();
    };
    EXPECT_THAT(fired(gsm(12, 2)), Contains("S04"));
    EXPECT_TRUE(left_out(gsm(12, 1), "S04", "decoded")) << "one block is not certain (D1)";
    EXPECT_THAT(fired(gsm(8, 2)), Not(Contains("S04")));
    const auto lte = [](std::int64_t hysteresis_db, double snr_db) {
        World world;
        world.add_network("lte", "452-04", {6101}).without_register();
        Cell cell = lte_cell("452-04", 6101, 555'100, 1725, 211, -80.0);
        set_field(cell, "SI", "q_hyst_db", hysteresis_db);
        cell.snr_db = snr_db;
        world.scan.push_back(cell);
        return world.judge();
    };
    EXPECT_THAT(fired(lte(10, 10.0)), Contains("S04"));
    EXPECT_TRUE(left_out(lte(10, 2.0), "S04", "decoded")) << "3 dB are asked for (D1)";
    EXPECT_THAT(fired(lte(8, 10.0)), Not(Contains("S04")));
}

TEST(StackDefaults, NeedTheWholeCycle)
{
    World world = one_gsm();
    Cell cell = gsm_cell("001-01", 1000, 10, 51, 2, -80.0);
    world.scan.back() = cell;
    EXPECT_THAT(fired(world.judge()), Contains("R09"));
    world.scan.back().last_s = 0.4;
    EXPECT_TRUE(left_out(world.judge(), "R09", "cycle"));
}

TEST(StackDefaults, OfCoresAndOtherExamples)
{
    const auto with = [](const char* plmn, std::uint64_t area, std::uint64_t number, std::uint64_t earfcn,
                         std::uint64_t pci) {
        World world = one_lte();
        world.scan.back() = lte_cell(plmn, area, number, earfcn, pci, -80.0);
        return world.judge();
    };
    const auto weight = [](const Cell& cell) {
        const auto found = std::ranges::find(cell.indicators, "R09", &CellIndicator::code);
        return found == cell.indicators.end() ? 0.0 : found->points;
    };
    EXPECT_EQ(weight(with("999-70", 1, 400, 1700, 77)), 5.0) << "Open5GS: network and area";
    EXPECT_EQ(weight(with("001-01", 12345, 400, 1700, 77)), 5.0) << "NextEPC";
    EXPECT_EQ(weight(with("001-01", 1, (0x1A2D0U << 8U) + 3, 3350, 1)), 30.0) << "Amarisoft";
    EXPECT_EQ(weight(with("452-04", 6101, 400, 1700, 77)), 0.0);
    World osmo = one_gsm();
    osmo.scan.back() = gsm_cell("901-70", 0x17, 700, 868, 9, -80.0);
    EXPECT_EQ(weight(osmo.judge()), 30.0) << "OsmoBSC's minimal example: network, area, carrier, and ATT";
    set_field(osmo.scan.back(), "SI3", "att", false);
    EXPECT_EQ(weight(osmo.judge()), 15.0);
}

TEST(TestNetwork, IsAlsoSaidByAStacksName)
{
    World world = one_lte();
    EXPECT_THAT(fired(world.judge()), Not(Contains("R08")));
    set_field(world.scan.back(), "SI", "stack_name", std::string("srsran"));
    const Cell cell = world.judge();
    EXPECT_THAT(fired(cell), Contains("R08"));
    EXPECT_EQ(std::ranges::find(cell.indicators, "R08", &CellIndicator::code)->reason.key, "indicator.R08.why_name");
}

TEST(TwoRegisters, ThatContradictAreToldByFileAndRowAndBothUsed)
{
    std::vector<Message> problems;
    std::vector<CellRegister> registers;
    const char* heading = "technology,mcc,mnc,area,cell,channel,pci,as_of\n";
    for (const auto& [name, rows] : std::vector<std::pair<std::string, std::string>>{
             {"a.csv", "lte,452,04,1,2,1700,7,2026-05-01\nlte,452,04,1,3,1700,8,2026-05-02\n"},
             {"b.csv", "lte,452,04,1,2,1700,7,\nlte,452,04,1,3,1750,8,2026-04-01\nlte,452,02,5,9,1500,1,\n"}}) {
        auto read = parse_cell_register(heading + rows, name, problems);
        ASSERT_TRUE(read);
        registers.push_back(*std::move(read));
    }
    EXPECT_EQ(registers[0].as_of, parse_day("2026-05-02"));
    EXPECT_TRUE(problems.empty());
    const CellRegister both = join_registers(registers, problems);
    EXPECT_EQ(both.name(), "a.csv, b.csv");
    EXPECT_EQ(both.cells().size(), 5U);
    EXPECT_EQ(both.as_of, parse_day("2026-04-01"));
    EXPECT_TRUE(both.covers("lte", "452-02"));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems.front().key, "cells.contradicts_other");
    const auto said = [&](const char* what) {
        const auto found = std::ranges::find(problems.front().arguments, what, &Argument::name);
        const auto* text = std::get_if<std::string>(&found->value);
        return text != nullptr ? *text : std::string();
    };
    EXPECT_EQ(said("file"), "b.csv");
    EXPECT_EQ(said("other_file"), "a.csv");
    EXPECT_EQ(said("other"), "3");
    EXPECT_EQ(said("column"), "channel");
    EXPECT_EQ(join_registers({registers[1]}, problems).name(), "b.csv");
}

TEST(ForeignNetwork, NeedsAPlaceAndSaysWhereTheLevelWasAssumed)
{
    World world;
    world.without_register();
    world.context.place = Place{10.672, 105.13};
    world.scan.push_back(lte_cell("456-06", 3305, 18'227'969, 1600, 77, -104.0));
    EXPECT_EQ(world.judge().indicators.front().reason.key, "indicator.R01.why");
    world.context.full_scale_dbm = nullptr;
    const Cell assumed = world.judge();
    EXPECT_EQ(assumed.indicators.front().reason.key, "indicator.R01.why_no_level");
    EXPECT_EQ(assumed.verdict, "foreign");
    world.context.place.reset();
    EXPECT_TRUE(left_out(world.judge(), "R01", "place"));
    world.scan.back().plmn = "452-03";
    EXPECT_TRUE(left_out(world.judge(), "R01", "place"));
}

TEST(NobodysCarrier, IsTheOneThatIsReceivedWhereverItStandsInTheList)
{
    World world = one_lte();
    world.scan.back().neighbours = {{"lte", 1750, 5}, {"lte", 1940, 5}};
    world.context.plan.blocks.erase(std::remove_if(world.context.plan.blocks.begin(), world.context.plan.blocks.end(),
                                                   [](const auto& block) { return block.row.low_hz == 1845e6; }),
                                    world.context.plan.blocks.end());
    EXPECT_THAT(fired(world.judge()), Contains("N07 0.5"));
    world.scan.insert(world.scan.begin(), lte_cell("452-04", 6101, 555'200, 1940, 5, -90.0));
    EXPECT_THAT(fired(world.judge()), Contains("N07"));
}

TEST(NobodysCarrier, MayBeOneOfUmts)
{
    World world = one_lte();
    world.scan.back().neighbours = {{"umts", 10662, 5}}; // 2132.4 MHz
    EXPECT_TRUE(left_out(world.judge(), "N07", "blocks"));
    MobileBlock block;
    block.row.low_hz = 2110e6;
    block.row.high_hz = 2130e6;
    block.row.verified = Verified::yes;
    block.plmn = {"452-04"};
    block.technologies = {"umts"};
    world.context.plan.blocks.push_back(block);
    EXPECT_THAT(fired(world.judge()), Contains("N07 0.5"));
    world.scan.back().neighbours = {{"umts", 10587, 5}}; // 2117.4 MHz
    EXPECT_THAT(fired(world.judge()), Not(AnyOf(Contains("N07 0.5"), Contains("N02"))));
}

TEST(SilentNeighbours, WereNotHeardTenMinutesBeforeEither)
{
    World world = one_lte();
    world.context.heard_hz = std::pair(1.8e9, 1.9e9);
    world.scan.back().neighbours = {{"lte", 1300, 5}, {"lte", 1350, 5}, {"lte", 1400, 5}, {"lte", 1500, 5}};
    world.scan.back().rsrp_dbfs = -70.0;
    EXPECT_THAT(fired(world.judge()), Contains("N03"));
    Cell before = lte_cell("452-01", 4101, 555'300, 1350, 5, -90.0);
    before.start = Instant{world_time_ns - 9 * minute_ns};
    world.memory->place.day = {{before, 0.1, 1}};
    EXPECT_THAT(fired(world.judge()), Not(Contains("N03")));
    world.memory->place.day.front().cell.start = Instant{world_time_ns - 11 * minute_ns};
    EXPECT_THAT(fired(world.judge()), Contains("N03"));
}

TEST(RegisterAge, OfMoreThanFortyFiveDaysSaysNothing)
{
    for (const std::int64_t days : {44, 46}) {
        World world;
        const Cell cell = lte_cell("452-04", 6101, 555'400, 1700, 211, -80.0);
        world.scan.push_back(cell);
        std::vector<Message> problems;
        auto read = parse_cell_register("technology,mcc,mnc,area,cell,channel,pci,lat,lon\n"
                                        "lte,452,04,6101,1,1700,1,10.53,105.13\n",
                                        "register.csv", problems);
        ASSERT_TRUE(read);
        read->as_of = Instant{world_time_ns - days * day_ns};
        world.context.cells = std::make_shared<const CellRegister>(*std::move(read));
        const Cell judged = world.judge();
        EXPECT_EQ(left_out(judged, "R03", "register_age"), days > 45);
        EXPECT_THAT(fired(judged), days > 45 ? testing::Matcher<std::vector<std::string>>(Not(Contains("R03")))
                                             : testing::Matcher<std::vector<std::string>>(Contains("R03")));
    }
}

TEST(ExcusedStation, IsTrustedOnlyWhereItsAreaWasCompared)
{
    World world;
    world.add_network("lte", "452-04", {6101}, -80.0);
    world.with_register("lte,452,04,6101,555500,1700,,211,10.53,105.13,maintenance\n");
    world.scan.push_back(lte_cell("452-04", 6101, 555'500, 1700, 211, -90.0, "16:3", {}));
    world.memory->first[{"452-04", 555'500}] = Instant{world_time_ns - 20 * day_ns};
    EXPECT_EQ(world.judge().score, 7U) << "N01 and C08, a quarter of each";
    world.context.place.reset();
    EXPECT_EQ(world.judge().score, 26U) << "R05 could not be asked";
}

} // namespace gacsong::test
