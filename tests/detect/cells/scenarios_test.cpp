// SPDX-License-Identifier: GPL-3.0-or-later
// Scenarios from encoded messages through decoding to the verdict: false cells are found, no legitimate one is wronged.
#include "tests/detect/cells/sent_cells.hpp"
#include "tests/detect/rules/cell_world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace gacsong {
namespace {

using namespace test;

constexpr std::int64_t minute_ns = 60'000'000'000;
constexpr std::int64_t day_ns = 1440 * minute_ns;

struct Scenario {
    const char* name;
    std::function<void(World&)> build;
    const char* verdict;
    bool legitimate;
};

/// Five cells of the operator as they are sent, and five of another one whose clocks are good.
void usual_cells(World& world, unsigned lac = 6101)
{
    for (unsigned i = 0; i < 5; ++i) {
        SentGsm gsm;
        gsm.lac = lac;
        gsm.cell = 100 + i;
        gsm.arfcn = 50 + 2 * i;
        gsm.bsic = i;
        gsm.level_dbm = -80.0 - i;
        world.scan.push_back(decoded(gsm));
        SentLte lte;
        lte.tac = lac;
        lte.cell = 0x2000001 + i;
        lte.pci = 40 + i;
        lte.level_dbm = -85.0 - i;
        world.scan.push_back(decoded(lte));
    }
}

void known_for_weeks(World& world, const Cell& cell)
{
    world.memory->first[{cell.plmn, *cell.cell}] = Instant{world_time_ns - 20 * day_ns};
}

void blaster(World& world)
{
    usual_cells(world);
    world.with_register("");
    SentGsm sent;
    sent.lac = 40027;
    sent.cell = 2;
    sent.arfcn = 70;
    sent.t3212 = 1;
    sent.offset = 50;
    sent.neighbours = {};
    sent.level_dbm = -50.0;
    sent.pagings = 0;
    world.scan.push_back(decoded(sent));
    for (const std::uint64_t i : {0U, 1U})
        world.memory->sightings.push_back({"gsm",
                                           "452-04",
                                           40001 + 13 * i,
                                           2,
                                           70,
                                           23,
                                           Instant{world_time_ns - static_cast<std::int64_t>(10 * (2 - i)) * minute_ns},
                                           {}});
}

void lte_blaster(World& world)
{
    usual_cells(world);
    world.with_register("");
    SentLte sent;
    sent.tac = 777;
    sent.cell = 105217;
    sent.priority = 7;
    sent.serving_low = 31;
    sent.eutra = {};
    sent.geran = {66};
    sent.level_dbm = -58.0;
    world.scan.push_back(decoded(sent));
}

/// Its third area within half an hour; what was decoded of the first two is remembered.
void lte_blaster_that_changes_its_area(World& world)
{
    usual_cells(world);
    world.with_register("");
    SentLte sent;
    sent.cell = 105217;
    sent.priority = 7;
    sent.eutra = {300};
    sent.level_dbm = -70.0;
    std::int64_t minutes_before = 18;
    for (const unsigned tac : {4300U, 4417U}) {
        sent.tac = tac;
        const Cell before = decoded(sent);
        world.memory->sightings.push_back({before.technology, before.plmn, before.area, before.cell, before.channel,
                                           before.pci, Instant{world_time_ns - minutes_before * minute_ns},
                                           before.rsrp_dbfs});
        minutes_before -= 9;
    }
    sent.tac = 4502;
    world.scan.push_back(decoded(sent));
}

void clone(World& world)
{
    usual_cells(world);
    world.with_register("gsm,452,04,6101,700,60,23,,10.531,105.131,\n");
    SentGsm genuine;
    genuine.level_dbm = -82.0;
    world.scan.push_back(decoded(genuine));
    SentGsm sent;
    sent.arfcn = 71;
    sent.offset = 55;
    sent.level_dbm = -50.0;
    world.scan.push_back(decoded(sent));
}

void repeater(World& world)
{
    usual_cells(world);
    world.with_register("gsm,452,04,6101,700,60,23,,10.531,105.131,\n");
    SentGsm sent;
    sent.level_dbm = -50.0;
    for (const double delay_s : {0.0, 6e-6}) {
        world.scan.push_back(decoded(sent));
        world.scan.back().frame_start_s = 0.001 + delay_s;
    }
    known_for_weeks(world, world.scan.back());
}

void border(World& world)
{
    world.with_register("");
    SentGsm sent;
    sent.plmn = "456-06";
    sent.lac = 3301;
    sent.level_dbm = -98.0;
    world.scan.push_back(decoded(sent));
}

void new_site(World& world)
{
    usual_cells(world);
    world.with_register("");
    SentLte sent;
    sent.cell = 0x3000001;
    sent.pci = 300;
    sent.level_dbm = -70.0;
    world.scan.push_back(decoded(sent));
}

void home_cell(World& world)
{
    usual_cells(world);
    world.with_register("");
    SentLte sent;
    sent.cell = 0x3000002;
    sent.pci = 301;
    sent.closed_group = 77;
    sent.eutra = {};
    sent.level_dbm = -62.0;
    world.scan.push_back(decoded(sent));
}

void maintenance(World& world)
{
    usual_cells(world);
    world.with_register("gsm,452,04,6101,700,60,23,,10.531,105.131,\n");
    SentGsm sent;
    sent.barred = true;
    sent.pagings = 0;
    sent.level_dbm = -88.0;
    world.scan.push_back(decoded(sent));
    known_for_weeks(world, world.scan.back());
}

void new_areas(World& world)
{
    usual_cells(world, 6150);
    world.with_register("gsm,452,04,6101,700,60,23,,10.531,105.131,\n");
    SentGsm sent;
    sent.lac = 6150;
    sent.level_dbm = -72.0;
    world.scan.push_back(decoded(sent));
}

/// `verified`: of the plan's row that has GSM off since 40 days.
void after_the_end(World& world, Verified verified)
{
    usual_cells(world);
    world.with_register("gsm,452,04,6101,700,60,23,,10.531,105.131,\n");
    SwitchedOff off;
    off.technology = "gsm";
    off.plmn = {"452-04"};
    off.row.verified = verified;
    off.row.validity.from = Instant{world_time_ns - 40 * day_ns};
    world.context.plan.switched_off = {off};
    SentGsm sent;
    sent.level_dbm = -88.0;
    world.scan.push_back(decoded(sent));
    known_for_weeks(world, world.scan.back());
}

const std::vector<Scenario>& scenarios()
{
    static const std::vector<Scenario> all{
        {"SMS blaster that changes its LAC", blaster, "fake", false},
        {"LTE half that leads to GSM, its clock good", lte_blaster, "suspect", false},
        {"LTE blaster that changes its area", lte_blaster_that_changes_its_area, "fake", false},
        {"clone of a registered cell on another carrier", clone, "fake", false},
        {"repeater", repeater, "registered", true},
        {"cell of Cambodia near the border", border, "foreign", true},
        {"new site", new_site, "unregistered", true},
        {"home cell", home_cell, "unregistered", true},
        {"barred under maintenance", maintenance, "registered", true},
        {"new plan of areas", new_areas, "unregistered", true},
        {"GSM after its end", [](World& world) { after_the_end(world, Verified::yes); }, "fake", false},
        {"GSM after an end that is not confirmed", [](World& world) { after_the_end(world, Verified::partly); },
         "registered", true},
    };
    return all;
}

TEST(CellScenarios, AreasOfADecodedLteCellAreCompared)
{
    World world;
    lte_blaster_that_changes_its_area(world);
    const Cell cell = world.judge();
    const auto change = std::ranges::find(cell.indicators, "P08", &CellIndicator::code);
    ASSERT_NE(change, cell.indicators.end());
    EXPECT_EQ(change->q, 1.0);
    EXPECT_EQ(std::get<std::string>(change->reason.arguments.at(0).value), "4300, 4417, 4502");
}

TEST(CellScenarios, FromMessagesToVerdicts)
{
    for (const auto& scenario : scenarios()) {
        World world;
        scenario.build(world);
        const Cell cell = world.judge();
        const auto codes = fired(cell);
        std::string list;
        for (const auto& code : codes)
            list += " " + code;
        EXPECT_EQ(cell.verdict, scenario.verdict) << scenario.name << ", score " << cell.score.value_or(0) << list;
        if (scenario.legitimate) {
            EXPECT_LE(cell.score.value_or(0), 40U) << scenario.name << list;
        } else {
            EXPECT_GE(cell.score.value_or(0), 41U) << scenario.name << list;
        }
    }
}

/// Thirty registered cells in passing: weak, seconds each, some decoded in part.
TEST(CellScenarios, DriveAtLowSnr)
{
    World world;
    std::string rows;
    for (unsigned i = 0; i < 30; ++i) {
        const double seconds = 0.5 + 0.3 * (i % 8);
        if (i % 2 == 0) {
            SentGsm sent;
            sent.lac = 6101 + i / 16;
            sent.cell = 300 + i;
            sent.arfcn = 50 + i % 25;
            sent.bsic = i;
            sent.snr_db = 4.0 + i % 5;
            sent.seconds = seconds;
            sent.level_dbm = -100.0;
            sent.pagings = i % 4 == 0 ? 0 : 20;
            world.scan.push_back(decoded(sent));
            rows += "gsm,452,04," + std::to_string(sent.lac) + "," + std::to_string(sent.cell) + "," +
                    std::to_string(sent.arfcn) + "," + std::to_string(i) + ",,10.531,105.131,\n";
        } else {
            SentLte sent;
            sent.tac = 6101 + i / 16;
            sent.cell = 0x3000000 + i;
            sent.pci = i;
            sent.snr_db = 1.0 + i % 5;
            sent.seconds = seconds;
            sent.level_dbm = -110.0;
            world.scan.push_back(decoded(sent));
            rows += "lte,452,04," + std::to_string(sent.tac) + "," + std::to_string(sent.cell) + ",1700,," +
                    std::to_string(i) + ",10.531,105.131,\n";
        }
    }
    for (const bool with : {true, false}) {
        if (with)
            world.with_register(rows);
        else
            world.without_register();
        for (std::size_t i = 0; i < world.scan.size(); ++i)
            world.scan[i].id = "c" + std::to_string(i + 1);
        auto cells = world.scan;
        EXPECT_TRUE(judge_cells(cells, {}, world.context, Instant{world_time_ns}).empty());
        for (const auto& cell : cells) {
            EXPECT_LE(cell.score.value_or(0), with ? 10U : 40U) << cell.id;
            EXPECT_TRUE(cell.verdict == "unknown" || cell.verdict == (with ? "registered" : "unregistered"))
                << cell.id << " " << cell.verdict;
        }
    }
}

} // namespace
} // namespace gacsong
