// SPDX-License-Identifier: GPL-3.0-or-later
// Judging base stations: from a decoded cell to its verdict.
#include "detect/plan/tables/open_cell_id.hpp"
#include "tests/detect/rules/cell_world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>

namespace gacsong {
namespace {

constexpr std::int64_t t0 = 1'778'000'000'000'000'000; // 5 May 2026
const Place an_giang{10.53, 105.13};

CellMessage message(std::string name, std::uint64_t count, BroadcastFields contents)
{
    return {std::move(name), "BCCH", "00", count, std::move(contents)};
}

/// A GSM cell of 452-04 as a whole rotation of its broadcast channel shows it.
Cell gsm_cell()
{
    Cell cell;
    cell.id = "c1";
    cell.technology = "gsm";
    cell.band = "GSM900";
    cell.channel = 62;
    cell.carrier_hz = 947.4e6;
    cell.plmn = "452-04";
    cell.area = 12001;
    cell.cell = 30121;
    cell.bsic = 23;
    cell.snr_db = 20.0;
    cell.last_s = 1.9;
    const BroadcastFields selection{{"lac", std::int64_t{12001}},
                                    {"cell_reselect_offset_db", std::int64_t{2}},
                                    {"penalty_time_s", std::int64_t{20}}};
    auto si3 = selection;
    si3.emplace_back("t3212_min", std::int64_t{60});
    cell.messages = {message("SI1", 1, {{"cell_arfcns", std::vector<std::int64_t>{62}}}),
                     message("SI2", 3, {{"ncc_permitted", std::int64_t{255}}}), message("SI3", 2, si3),
                     message("SI4", 2, selection)};
    cell.neighbours = {{"gsm", 64, {}}, {"gsm", 66, {}}};
    return cell;
}

std::shared_ptr<const CellRegister> shared(Result<CellRegister> read)
{
    EXPECT_TRUE(read);
    return read ? std::make_shared<const CellRegister>(*std::move(read)) : nullptr;
}

std::shared_ptr<const CellRegister> cell_register(const char* rows)
{
    std::vector<Message> problems;
    auto read = parse_cell_register(
        std::string("technology,mcc,mnc,area,cell,channel,bsic,pci,lat,lon,status\n") + rows, "register.csv", problems);
    EXPECT_TRUE(read && problems.empty());
    return std::make_shared<const CellRegister>(*std::move(read));
}

JudgeContext context()
{
    JudgeContext context;
    context.plan.networks = {{{}, "452-04", "Viettel", "network", "VN"}, {{}, "456-06", "Smart", "foreign", "KH"}};
    context.plan.borders = {{{}, "KH", {{10.70, 104.98}, {10.91, 105.08}, {10.95, 105.20}}}};
    MobileBlock block;
    block.row.low_hz = 943.5e6;
    block.row.high_hz = 951.7e6;
    block.row.verified = Verified::yes;
    block.plmn = {"452-04"};
    block.technologies = {"any"};
    context.plan.blocks = {block};
    context.cells = cell_register("gsm,452,04,12001,30121,62,23,,10.531,105.131,\n"
                                  "gsm,452,4,12001,30125,74,29,,10.54,105.14,\n");
    context.completeness = 1.0;
    context.place = an_giang;
    context.today = {t0};
    return context;
}

std::vector<std::string> codes(const Cell& cell)
{
    std::vector<std::string> out;
    for (const auto& one : cell.indicators)
        out.push_back(one.code);
    return out;
}

bool left_out(const Cell& cell, const std::string& code)
{
    return std::any_of(cell.left_out.begin(), cell.left_out.end(), [&](const auto& one) { return one.code == code; });
}

std::vector<Finding> judge(Cell& cell, const JudgeContext& with)
{
    return judge_cells(std::span(&cell, 1), {}, with, Instant{t0});
}

TEST(JudgeCells, RegisteredCell)
{
    auto cell = gsm_cell();
    EXPECT_TRUE(judge(cell, context()).empty());
    EXPECT_EQ(cell.verdict, "registered");
    EXPECT_EQ(cell.score, 0U);
    EXPECT_TRUE(cell.indicators.empty());
    EXPECT_TRUE(left_out(cell, "S03")) << "nothing to compare with is not the same as alike";
}

TEST(JudgeCells, WithoutARegisterNothingIsHeldAgainstIt)
{
    auto with = context();
    with.cells.reset();
    auto cell = gsm_cell();
    EXPECT_TRUE(judge(cell, with).empty());
    EXPECT_EQ(cell.verdict, "unregistered");
    EXPECT_EQ(cell.reason->key, "verdict.unregistered.no_list");
    EXPECT_TRUE(left_out(cell, "R03"));
}

TEST(JudgeCells, BlasterInAnotherBlock)
{
    auto cell = gsm_cell();
    cell.channel = 112;
    cell.carrier_hz = 957.4e6;
    cell.cell = 1;
    cell.area = 65001;
    cell.neighbours.clear();
    for (auto& one : cell.messages) {
        for (auto& [field, value] : one.contents) {
            if (field == "cell_reselect_offset_db")
                value = std::int64_t{126};
            if (field == "t3212_min")
                value = std::int64_t{6};
            if (field == "cell_arfcns")
                value = std::vector<std::int64_t>{112};
        }
    }
    const auto findings = judge(cell, context());
    EXPECT_EQ(codes(cell), (std::vector<std::string>{"R02", "R03", "R05", "N01", "S01", "S05"}));
    EXPECT_EQ(cell.verdict, "fake");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings.front().severity, Severity::danger);
    EXPECT_EQ(findings.front().subject, "c1");
}

TEST(JudgeCells, OffsetHeardAloneCountsHalfUpToWhatSomeNetworksSend)
{
    auto without_list = context();
    without_list.cells.reset();
    const auto quality = [&](std::int64_t offset_db) {
        auto cell = gsm_cell();
        for (auto& one : cell.messages)
            for (auto& [field, value] : one.contents)
                if (field == "cell_reselect_offset_db")
                    value = offset_db;
        judge(cell, without_list);
        EXPECT_EQ(cell.verdict, "unregistered");
        EXPECT_LE(cell.score.value_or(100), 40U);
        const auto fired = std::ranges::find(cell.indicators, "S01", &CellIndicator::code);
        return fired == cell.indicators.end() ? 0.0 : fired->q;
    };
    EXPECT_EQ(quality(58), 0.0);
    EXPECT_EQ(quality(60), 0.5);
    EXPECT_EQ(quality(80), 0.5);
}

TEST(JudgeCells, AloneRuleSaysWhichSign)
{
    auto cell = gsm_cell();
    cell.channel = 112;
    cell.carrier_hz = 957.4e6;
    auto with = context();
    with.cells.reset();
    cell.messages.front().contents = {{"cell_arfcns", std::vector<std::int64_t>{112}}};
    EXPECT_EQ(judge(cell, with).size(), 1U);
    EXPECT_EQ(codes(cell), std::vector<std::string>{"R02"});
    EXPECT_EQ(cell.reason->key, "verdict.fake.alone");
}

TEST(JudgeCells, ForeignNetworkInTheBorderStripOnly)
{
    auto cell = gsm_cell();
    cell.plmn = "456-06";
    EXPECT_TRUE(judge(cell, context()).empty());
    EXPECT_EQ(cell.verdict, "foreign");
    auto inland = context();
    inland.place = Place{10.03, 105.78}; // Cần Thơ
    auto far = gsm_cell();
    far.plmn = "456-06";
    (void)judge(far, inland);
    EXPECT_EQ(far.verdict, "unregistered");
    EXPECT_EQ(far.score, 35U);
    auto unknown_place = context();
    unknown_place.place.reset();
    auto nowhere = gsm_cell();
    nowhere.plmn = "456-06";
    (void)judge(nowhere, unknown_place);
    EXPECT_TRUE(left_out(nowhere, "R01"));
}

TEST(JudgeCells, WeakCellHasNoScore)
{
    auto cell = gsm_cell();
    cell.snr_db = 4.0;
    EXPECT_TRUE(judge(cell, context()).empty());
    EXPECT_EQ(cell.verdict, "unknown");
    EXPECT_FALSE(cell.score);
    auto silent = Cell{};
    silent.technology = "lte";
    silent.pci = 17;
    (void)judge(silent, context());
    EXPECT_EQ(silent.verdict, "unknown");
}

TEST(JudgeCells, CloneOnAnotherCarrier)
{
    std::vector<Cell> both{gsm_cell(), gsm_cell()};
    both[1].id = "c2";
    both[1].channel = 57;
    both[1].carrier_hz = 946.4e6;
    both[1].bsic = 5;
    both[1].messages.front().contents = {{"cell_arfcns", std::vector<std::int64_t>{57}}};
    (void)judge_cells(both, {}, context(), Instant{t0});
    EXPECT_EQ(codes(both[0]), std::vector<std::string>{"P06"});
    EXPECT_EQ(both[0].verdict, "registered") << "the genuine one keeps its name";
    EXPECT_EQ(codes(both[1]), (std::vector<std::string>{"R04", "P06"}));
}

TEST(JudgeCells, AreaCodeThatChangesWithinAnHour)
{
    const auto memory = std::make_shared<test::FilledMemory>();
    constexpr std::int64_t minute = 60'000'000'000;
    memory->sightings = {{"gsm", "452-04", 11111, 30121, 62, 23, {t0 - 5 * minute}, {}},
                         {"gsm", "452-04", 22222, 30121, 62, 23, {t0 - 90 * minute}, {}}};
    auto with = context();
    with.cells.reset();
    with.memory = memory;
    auto cell = gsm_cell();
    (void)judge(cell, with);
    ASSERT_EQ(codes(cell), std::vector<std::string>{"P08"});
    EXPECT_EQ(cell.indicators.front().q, 0.5) << "one change; the other is too old";
    memory->sightings.back().at = {t0 - 9 * minute};
    (void)judge(cell, with);
    EXPECT_EQ(cell.indicators.front().q, 1.0);
}

TEST(JudgeCells, GsmAfterTheSwitchOff)
{
    auto with = context();
    SwitchedOff off;
    off.technology = "gsm";
    off.plmn = {"452-04"};
    off.row.verified = Verified::partly;
    off.row.validity.from = Instant{t0 - 40LL * 86'400'000'000'000};
    with.plan.switched_off = {off};
    auto cell = gsm_cell();
    EXPECT_TRUE(judge(cell, with).empty()) << "a date that is not confirmed raises no alarm";
    ASSERT_EQ(codes(cell), std::vector<std::string>{"R07"});
    EXPECT_EQ(cell.indicators.front().points, 30.0);
    with.plan.switched_off.front().row.verified = Verified::yes;
    EXPECT_EQ(judge(cell, with).size(), 1U);
    with.plan.switched_off.front().row.validity.from = Instant{t0 - 20LL * 86'400'000'000'000};
    (void)judge(cell, with);
    EXPECT_TRUE(codes(cell).empty()) << "within the days of grace";
}

TEST(JudgeCells, ContradictionOfSi3AndSi4)
{
    auto cell = gsm_cell();
    cell.messages.back().contents.front().second = std::int64_t{20310};
    (void)judge(cell, context());
    EXPECT_EQ(codes(cell), std::vector<std::string>{"C01"});
    EXPECT_EQ(cell.indicators.front().q, 0.5) << "shorter than ten seconds";
}

/// An LTE cell of 452-04 with the blocks that `scheduling` names.
Cell lte_cell(const char* scheduling, std::vector<std::string> decoded)
{
    Cell cell;
    cell.id = "c1";
    cell.technology = "lte";
    cell.channel = 1700;
    cell.carrier_hz = 1855e6;
    cell.plmn = "452-04";
    cell.area = 6102;
    cell.cell = 1234567;
    cell.pci = 211;
    cell.snr_db = 20.0;
    cell.last_s = 0.5;
    cell.messages = {message("SIB1", 4, {{"scheduling", std::string(scheduling)}}),
                     message("SI", 2, {{"priority", std::int64_t{7}}}),
                     message("SI", 2, {{"geran_priorities", std::vector<std::int64_t>{6}}})};
    cell.decoded = std::move(decoded);
    return cell;
}

TEST(JudgeCells, WidthOfAnLteChannelCounts)
{
    auto with = context();
    auto block = with.plan.blocks.front();
    block.row.low_hz = 1845e6;
    block.row.high_hz = 1860e6;
    with.plan.blocks.push_back(block);
    with.cells = cell_register("lte,452,04,6102,1234567,1700,,211,10.531,105.131,\n");
    auto cell = lte_cell("16:3", {"SIB3"});
    cell.resource_blocks = 50;
    (void)judge(cell, with);
    EXPECT_EQ(codes(cell), std::vector<std::string>{"N01"}) << "1850 to 1860 MHz lies inside";
    cell.resource_blocks = 75;
    (void)judge(cell, with);
    EXPECT_EQ(codes(cell), (std::vector<std::string>{"R02", "N01"})) << "1862.5 MHz does not";
    std::vector<Message> problems;
    with.cells = shared(parse_cell_register("technology,mcc,mnc,area,cell,channel,bandwidth_hz\n"
                                            "lte,452,04,6102,1234567,1700,5000000\n",
                                            "register.csv", problems));
    cell.resource_blocks = 50;
    (void)judge(cell, with);
    EXPECT_EQ(codes(cell), (std::vector<std::string>{"R04", "N01"})) << "registered with 5 MHz, sends 10";
}

TEST(JudgeCells, LteThatLeadsToGsmAlone)
{
    auto with = context();
    with.cells.reset();
    auto cell = lte_cell("16:3 16:7", {"SIB3", "SIB7"});
    cell.neighbours = {{"gsm", 64, 6}, {"gsm", 66, 6}};
    (void)judge(cell, with);
    ASSERT_EQ(codes(cell), std::vector<std::string>{"S08"});
    EXPECT_EQ(cell.indicators.front().weight, 14.0);
    SwitchedOff off;
    off.technology = "gsm";
    off.plmn = {"452-04"};
    off.row.validity.from = Instant{t0 - 1};
    with.plan.switched_off = {off};
    (void)judge(cell, with);
    EXPECT_EQ(cell.indicators.front().weight, 26.0);
    auto usual = lte_cell("16:3 32:5,7", {"SIB3", "SIB5", "SIB7"});
    usual.neighbours = {{"lte", 300, 5}, {"gsm", 64, 2}};
    (void)judge(usual, with);
    EXPECT_TRUE(codes(usual).empty());
    auto alone = lte_cell("16:3", {"SIB3"});
    (void)judge(alone, with);
    EXPECT_EQ(codes(alone), std::vector<std::string>{"N01"});
    auto unread = lte_cell("16:3 32:5", {"SIB3"});
    (void)judge(unread, with);
    EXPECT_TRUE(left_out(unread, "N01")) << "a list that was not read may be there";
}

TEST(CellRegisterTable, TellsRowsThatCannotBeRead)
{
    std::vector<Message> problems;
    const auto read = parse_cell_register("technology,mcc,mnc,area,cell,lat,lon\n"
                                          "gsm,452,4,1,2,10.5,105.1\n"
                                          "smoke,452,04,1,3,,\n"
                                          "gsm,452,04,1,-5,,\n"
                                          "lte,452,04,1,4,10.5,\n"
                                          "gsm,x,04,1,5,,\n",
                                          "cells.csv", problems);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->cells().size(), 1U);
    EXPECT_EQ(read->cells().front().plmn, "452-04") << "a spreadsheet took the zero away";
    EXPECT_EQ(problems.size(), 4U);
    EXPECT_FALSE(parse_cell_register("mcc,mnc\n", "cells.csv", problems)) << "columns are missing";
    EXPECT_FALSE(parse_cell_register("", "cells.csv", problems));
}

TEST(CellRegisterTable, TellsRowsThatContradictAndKeepsThem)
{
    std::vector<Message> problems;
    const auto read = parse_cell_register("technology,mcc,mnc,area,cell,channel,pci,lat,lon,valid_from,valid_to\n"
                                          "lte,452,04,1,2,1700,7,10.5,105.1,,\n"
                                          "lte,452,04,1,2,1700,7,10.5,105.1,,\n"
                                          "lte,452,04,1,2,1750,7,10.5,105.1,,\n"
                                          "lte,452,04,1,2,1700,7,10.6,105.1,,\n"
                                          "lte,452,04,1,9,1700,7,,,2026-05-01,2026-04-01\n"
                                          "gsm,452,04,3,2,60,,,,,\n",
                                          "cells.csv", problems);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->cells().size(), 5U);
    ASSERT_EQ(problems.size(), 3U);
    EXPECT_EQ(problems[0].key, "cells.row") << "ends before it begins";
    EXPECT_EQ(problems[1].key, "cells.contradicts");
    EXPECT_EQ(problems[2].key, "cells.contradicts");
}

TEST(CellRegisterTable, AreasNearAreThoseOfRowsWithinTheRadius)
{
    std::vector<RegisteredCell> rows;
    for (std::uint64_t i = 0; i < 600; ++i) {
        RegisteredCell row;
        row.technology = i % 5 == 0 ? "gsm" : "lte";
        row.plmn = "452-04";
        row.cell = i;
        if (i % 7 != 0)
            row.area = 100 + (i * 37) % 41;
        if (i % 11 != 0)
            row.place = Place{an_giang.latitude + 0.004 * static_cast<double>((i * 53) % 211) - 0.4,
                              an_giang.longitude + 0.004 * static_cast<double>((i * 29) % 199) - 0.4};
        rows.push_back(row);
    }
    const CellRegister cells("register.csv", rows);
    for (const double radius_km : {0.5, 5.0, 20.0, 60.0}) {
        std::set<std::uint64_t> near;
        for (const auto& row : rows)
            if (row.technology == "lte" && row.area && row.place && distance_km(*row.place, an_giang) <= radius_km)
                near.insert(*row.area);
        EXPECT_EQ(cells.areas_near("lte", "452-04", an_giang, radius_km),
                  (std::vector<std::uint64_t>(near.begin(), near.end())))
            << radius_km << " km";
    }
    EXPECT_TRUE(cells.areas_near("lte", "452-01", an_giang, 60.0).empty());
}

TEST(JudgeCells, WhatPhonesReportedIsNoProof)
{
    std::vector<Message> problems;
    auto imported = import_open_cell_id("GSM,452,4,12001,30121,0,105.131,10.531,1000,5,1,0,0,0\n"
                                        "LTE,452,4,12001,77,12,105.131,10.531,1000,5,1,0,0,0\n"
                                        "CDMA,452,4,12001,78,12,105.131,10.531,1000,5,1,0,0,0\n"
                                        "LTE,452,4,12001,79,12,here,10.531,1000,5,1,0,0,0\n",
                                        "452.csv", problems);
    ASSERT_TRUE(imported);
    EXPECT_EQ(imported->rows, 2U);
    EXPECT_EQ(imported->left_out, 1U);
    EXPECT_EQ(problems.size(), 1U);
    auto with = context();
    with.cells = shared(parse_cell_register(imported->table, "cells.csv", problems));
    auto known = gsm_cell();
    (void)judge(known, with);
    EXPECT_EQ(known.verdict, "unregistered");
    EXPECT_EQ(known.score, 0U);
    auto unknown = gsm_cell();
    unknown.cell = 5;
    (void)judge(unknown, with);
    ASSERT_EQ(codes(unknown), std::vector<std::string>{"R03"});
    EXPECT_EQ(unknown.indicators.front().points, 4.5) << "18, of which half of the cells is known, at quality 0.5";
}

} // namespace
} // namespace gacsong
