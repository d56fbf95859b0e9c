// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/rules/test_cells.hpp"

#include <algorithm>

namespace gacsong::test {

namespace {

constexpr std::int64_t second_ns = 1'000'000'000;
constexpr std::int64_t minute_ns = 60 * second_ns;
constexpr std::int64_t day_ns = 1440 * minute_ns;

/// Cells of other networks with good clocks, strong enough for P05 to compare with.
void add_clocks(World& world)
{
    for (std::uint64_t i = 0; i < 5; ++i)
        world.scan.push_back(lte_cell("452-02", 5101, 880000 + i, 1500, 80 + i, -90.0 - static_cast<double>(i)));
}

void known_for_weeks(World& world, const Cell& cell)
{
    world.memory->first[{cell.plmn, *cell.cell}] = Instant{world_time_ns - 20 * day_ns};
}

/// A date after which the plan has GSM off; the cells of these tests are heard 40 days later.
void gsm_is_off(World& world)
{
    SwitchedOff off;
    off.technology = "gsm";
    off.plmn = {"452-01", "452-02", "452-04"};
    off.row.verified = Verified::yes;
    off.row.validity.from = Instant{world_time_ns - 40 * day_ns};
    world.context.plan.switched_off = {off};
}

/// The operator's other cells list the carrier.
void list(World& world, std::uint64_t arfcn)
{
    for (auto& cell : world.scan)
        cell.neighbours.push_back({"gsm", arfcn, {}});
}

/// `dwell_s`: of both halves.
void blaster_pair(World& world, double dwell_s)
{
    gsm_is_off(world);
    world.add_network("lte", "452-04", {6101}, -80.0).with_register("");
    add_clocks(world);
    Cell partner = gsm_cell("452-04", 777, 6, 66, 12, -55.0);
    Cell cell = lte_cell("452-04", 777, 105217, 1700, 12, -58.0, "16:3,7", {{"gsm", 66, 2}});
    set_field(cell, "SI", "priority", std::int64_t{7});
    set_field(cell, "SI", "thresh_serving_low", std::int64_t{31});
    cell.ppm = 0.6;
    without_traffic(cell);
    cell.last_s = dwell_s;
    partner.first_s = dwell_s > 40.0 ? 40.0 : 0.0;
    partner.last_s = partner.first_s + dwell_s;
    world.scan.push_back(partner);
    world.scan.push_back(cell);
}

} // namespace

void t01(World& world)
{
    world.add_network("lte", "452-04", {6101, 6102})
        .with_register("lte,452,04,6102,555001,1700,,211,10.531,105.131,\n");
    world.scan.push_back(lte_cell("452-04", 6102, 555001, 1700, 211, -70.0, "16:3 32:5 32:6 64:4"));
    world.scan.back().decoded = {"SIB3", "SIB4", "SIB5", "SIB6"};
    known_for_weeks(world, world.scan.back());
}

void t02(World& world)
{
    world.add_network("gsm", "452-01", {4101, 4102}).with_register("gsm,452,01,4102,777,12,23,,10.531,105.131,\n");
    list(world, 12);
    world.scan.push_back(gsm_cell("452-01", 4102, 777, 12, 23, -78.0));
    for (std::uint64_t n = 9; n < 14; ++n)
        world.scan.back().neighbours.push_back({"gsm", n == 9 ? 2 : 2 * n - 16, {}});
    known_for_weeks(world, world.scan.back());
}

void t03(World& world)
{
    world.add_network("lte", "452-02", {5101, 5102}, -85.0).without_register();
    world.scan.push_back(lte_cell("452-02", 5199, 555003, 1500, 211, -72.0));
    known_for_weeks(world, world.scan.back());
}

void t04(World& world)
{
    world.add_network("gsm", "452-01", {4103}, -70.0).with_register("gsm,452,01,4103,4000,1,8,,10.531,105.131,\n");
    for (auto& cell : world.scan) // 22 is in nobody's list
        cell.neighbours.resize(9);
    world.scan.push_back(gsm_cell("452-01", 4103, 778, 22, 17, -70.5));
    world.scan.back().neighbours.resize(9);
}

void t05(World& world)
{
    world.add_network("lte", "452-01", {4101}, -80.0).with_register("");
    world.context.indoors = true;
    world.scan.push_back(lte_cell("452-01", 4101, 555005, 1300, 400, -62.0, "16:3", {}));
    set_field(world.scan.back(), "SIB1", "csg_indication", true);
    set_field(world.scan.back(), "SIB1", "csg_identity", std::int64_t{77});
    known_for_weeks(world, world.scan.back());
}

void t06(World& world)
{
    world.with_register("");
    world.context.place = Place{10.672, 105.13}; // 12 km from the border
    world.scan.push_back(lte_cell("456-06", 3305, 18227969, 1600, 77, -104.0));
    known_for_weeks(world, world.scan.back());
}

void t07(World& world)
{
    world.with_register("");
    world.context.place = Place{10.15, 105.13}; // 70 km
    add_clocks(world);
    world.scan.push_back(lte_cell("456-08", 3305, 18227970, 1600, 77, -60.0, "16:3", {}));
    world.scan.back().ppm = 0.9;
}

void t08(World& world)
{
    world.add_network("gsm", "452-02").with_register("gsm,452,02,5101,779,31,9,,10.531,105.131,\n");
    world.scan.push_back(gsm_cell("452-02", 5101, 779, 31, 19, -90.0));
    world.with_register("gsm,452,02,5101,779,31,19,,10.531,105.131,\n");
    set_field(world.scan.back(), "SI3", "cell_bar_access", true);
    without_traffic(world.scan.back());
    known_for_weeks(world, world.scan.back());
}

void t09(World& world)
{
    world.add_network("lte", "452-01").with_register("lte,452,01,4101,555009,1300,,40,10.531,105.131,\n");
    Cell cell = lte_cell("452-01", 4101, 555009, 1325, 88, -95.0);
    Cell before = cell;
    before.neighbours = {{"lte", 100, 6}, {"lte", 2900, 4}, {"lte", 3100, 4}};
    world.memory->known = {before};
    known_for_weeks(world, cell);
    world.scan.push_back(cell);
}

void t10(World& world)
{
    world.add_network("gsm", "452-01", {4101}, -66.0).with_register("gsm,452,01,4101,780,16,23,,10.531,105.131,\n");
    list(world, 16);
    Cell cell = gsm_cell("452-01", 4101, 780, 16, 23, -62.0);
    cell.frame_start_s = 0.001;
    world.scan.push_back(cell);
    cell.level_dbfs = -50.0;
    cell.frame_start_s = 0.001006;
    known_for_weeks(world, cell);
    world.scan.push_back(cell);
}

void t11(World& world)
{
    world.add_network("lte", "452-04", {6101}, -80.0).with_register("lte,452,04,6101,555011,1750,,311,10.0,105.0,\n");
    world.scan.push_back(lte_cell("452-04", 6101, 555011, 1750, 311, -58.0));
}

void t11_event(World& world)
{
    t11(world);
    world.with_register("lte,452,04,6101,555011,1750,,311,10.0,105.0,event\n");
}

void t12(World& world)
{
    world.add_network("gsm", "452-04", {6101}, -80.0).without_register();
    list(world, 51);
    add_clocks(world);
    Cell cell = gsm_cell("452-04", 1000, 10, 51, 2, -71.0);
    cell.ppm = 1.4;
    cell.neighbours.clear();
    for (const char* name : {"SI3", "SI4"}) {
        set_field(cell, name, "rxlev_access_min_dbm", std::int64_t{-106});
        set_field(cell, name, "access_classes_barred", std::vector<std::int64_t>{10});
        set_field(cell, name, "cell_reselect_offset_db", std::int64_t{0});
    }
    set_field(cell, "SI3", "t3212_min", std::int64_t{6});
    set_field(cell, "SI3", "gprs", false);
    cell.messages[2].count = 96; // SI3 at TC 4 as well
    cell.messages.pop_back();
    without_traffic(cell);
    world.scan.push_back(cell);
}

void t13(World& world)
{
    world.with_register("gsm,452,02,5101,5000,33,8,,10.531,105.131,\n");
    gsm_is_off(world);
    add_clocks(world);
    Cell cell = gsm_cell("452-02", 9, 4711, 30, 12, -48.0);
    cell.ppm = 0.5;
    cell.neighbours = {{"gsm", 56, {}}, {"gsm", 60, {}}};
    for (const char* name : {"SI3", "SI4"})
        set_field(cell, name, "cell_reselect_offset_db", std::int64_t{120});
    without_traffic(cell);
    world.scan.push_back(cell);
}

void t14(World& world)
{
    blaster_pair(world, 60.0);
    // Both were heard, stronger and stronger, in the runs of the last minutes.
    for (std::int64_t i = 1; i <= 10; ++i) {
        const double level = -58.0 - 2.0 * static_cast<double>(i);
        const Instant at{world_time_ns - i * 20 * second_ns};
        world.memory->sightings.push_back({"lte", "452-04", 777, 105217, 1700, 12, at, level});
        world.memory->sightings.push_back({"gsm", "452-04", 777, 6, 66, 12, at, level + 3.0});
    }
    world.memory->first[{"452-04", 105217}] = Instant{world_time_ns - 200 * second_ns};
    world.memory->first[{"452-04", 6}] = Instant{world_time_ns - 160 * second_ns};
}

void t14_in_one_pass(World& world) { blaster_pair(world, 25.0); }

void t15(World& world)
{
    world.add_network("lte", "452-01", {4101}, -70.0).without_register();
    add_clocks(world);
    for (auto& cell : world.scan)
        cell.last_s = 7200.0;
    const std::vector<Neighbour> silent{
        {"lte", 100, 5}, {"lte", 200, 5}, {"lte", 300, 5}, {"lte", 400, 5}, {"lte", 500, 5}};
    Cell cell = lte_cell("452-01", 4502, 4243, 1300, 471, -74.0, "16:3,5", silent);
    set_field(cell, "SI", "priority", std::int64_t{7});
    cell.ppm = 0.4;
    cell.last_s = 22.0 * 60.0;
    world.context.heard_hz = std::pair(1.8e9, 2.2e9);
    world.memory->sightings = {{"lte", "452-01", 4300, 4243, 1300, 471, Instant{world_time_ns - 18 * minute_ns}, {}},
                               {"lte", "452-01", 4417, 4243, 1300, 471, Instant{world_time_ns - 9 * minute_ns}, {}}};
    world.memory->first[{"452-01", 4243}] = Instant{world_time_ns - 18 * minute_ns};
    world.scan.push_back(cell);
}

void t16(World& world)
{
    world.add_network("lte", "452-01", {4101}, -79.0)
        .with_register("lte,452,01,4101,555016,1300,,71,10.531,105.131,\n");
    add_clocks(world);
    Cell genuine = lte_cell("452-01", 4101, 555016, 1300, 71, -78.0);
    genuine.frame_start_s = 0.002;
    world.scan.push_back(genuine);
    Cell clone = lte_cell("452-01", 4101, 555016, 1300, 71, -60.0);
    clone.frame_start_s = 0.002140;
    clone.ppm = 0.35 + 0.02;
    clone.reference_evm_percent = 21.0;
    known_for_weeks(world, clone);
    world.scan.push_back(clone);
}

void t17(World& world)
{
    world.add_network("gsm", "452-04", {6101}, -58.0)
        .with_register("gsm,452,04,6202,781,60,23,,10.692,105.13,\n"); // 18 km
    add_clocks(world);
    for (auto& cell : world.scan)
        std::erase_if(cell.neighbours, [](const Neighbour& one) { return one.channel == 71; });
    Cell cell = gsm_cell("452-04", 6202, 781, 71, 23, -51.0);
    for (const char* name : {"SI3", "SI4"})
        set_field(cell, name, "cell_reselect_offset_db", std::int64_t{110});
    cell.ppm = 0.6;
    world.scan.push_back(cell);
}

void t18(World& world)
{
    world.add_network("lte", "452-01", {4101, 4102}, -70.0).with_register("");
    world.scan.push_back(lte_cell("452-01", 4102, 555018, 9360, 311, -90.0));
}

void t19(World& world)
{
    world.with_register("");
    Cell cell = lte_cell("001-01", 7, 105217, 3350, 1, -99.0, "16:3", {});
    without_traffic(cell);
    world.scan.push_back(cell);
}

void t20(World& world)
{
    world.with_register("");
    Cell cell = gsm_cell("452-01", 4101, 1, 12, 17, -104.0);
    cell.plmn.clear();
    cell.area.reset();
    cell.cell.reset();
    cell.messages.clear();
    cell.neighbours.clear();
    cell.paging.reset();
    cell.snr_db = 5.0;
    cell.last_s = 0.01;
    world.scan.push_back(cell);
}

} // namespace gacsong::test
