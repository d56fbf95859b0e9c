// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/rules/cell_world.hpp"

#include "detect/rules/cells/cell_fields.hpp"
#include "detect/rules/cells/spectrum_rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace gacsong::test {

namespace {

constexpr std::int64_t day_ns = 86'400'000'000'000;
constexpr double minute_s = 60.0;

CellMessage message(std::string name, std::string channel, std::uint64_t count, BroadcastFields contents)
{
    const std::string hex = name;
    return {std::move(name), std::move(channel), hex, count, std::move(contents)};
}

MobileBlock block(const std::string& plmn, const std::string& technology, double low_hz, double high_hz)
{
    MobileBlock out;
    out.row.low_hz = low_hz;
    out.row.high_hz = high_hz;
    out.row.verified = Verified::yes;
    out.plmn = {plmn};
    out.technologies = {technology};
    return out;
}

const char* heading = "technology,mcc,mnc,area,cell,channel,bsic,pci,lat,lon,status\n";

/// One cell of each area, for R05. The first lies 1 km away, the others 9 km.
const char* areas = "gsm,452,01,4101,9001,3,,,10.535,105.135,\ngsm,452,01,4102,9002,3,,,10.61,105.13,\n"
                    "gsm,452,01,4103,9003,3,,,10.61,105.13,\ngsm,452,02,5101,9004,26,,,10.535,105.135,\n"
                    "gsm,452,02,5102,9005,26,,,10.61,105.13,\ngsm,452,04,6101,9006,52,,,10.535,105.135,\n"
                    "lte,452,01,4101,9007,1300,,,10.535,105.135,\nlte,452,01,4102,9008,1300,,,10.61,105.13,\n"
                    "lte,452,02,5101,9009,1500,,,10.535,105.135,\nlte,452,04,6101,9010,1700,,,10.535,105.135,\n"
                    "lte,452,04,6102,9011,1700,,,10.61,105.13,\n";

struct Operator {
    const char* plmn;
    std::uint64_t first_arfcn;
    std::uint64_t earfcn;
    std::uint64_t area;
};

constexpr Operator operators[] = {{"452-01", 1, 1300, 4101}, {"452-02", 25, 1500, 5101}, {"452-04", 50, 1700, 6101}};

} // namespace

std::vector<CellSighting> FilledMemory::of_identity(const std::string& technology, const std::string& plmn,
                                                    std::uint64_t cell, Instant from, Instant to) const
{
    std::vector<CellSighting> out;
    for (const auto& one : sightings) {
        if (one.technology == technology && one.plmn == plmn && one.cell == cell && one.at >= from && one.at <= to)
            out.push_back(one);
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return out;
}

std::vector<LevelAt> FilledMemory::levels_of(const Cell& cell, Instant from, Instant to) const
{
    std::vector<LevelAt> out;
    for (const auto& one : levels)
        if (one.at >= from && one.at <= to)
            out.push_back(one);
    for (const auto& one : of_identity(cell.technology, cell.plmn, *cell.cell, from, to))
        if (one.channel == cell.channel && one.level_dbfs)
            out.push_back({one.at, world_place, *one.level_dbfs});
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return out;
}

PlaceMemory FilledMemory::at(const Place& /*where*/, Instant /*when*/) const { return place; }

std::optional<Instant> FilledMemory::first_heard(const Cell& cell, const Place& /*where*/, Instant /*when*/) const
{
    const auto found = first.find({cell.plmn, *cell.cell});
    return found == first.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Cell> FilledMemory::last_known(const Cell& cell, Instant /*when*/) const
{
    const auto found = std::find_if(known.begin(), known.end(), [&](const Cell& one) {
        return one.technology == cell.technology && one.plmn == cell.plmn && one.cell == cell.cell;
    });
    return found == known.end() ? std::nullopt : std::optional(*found);
}

World::World() : memory(std::make_shared<FilledMemory>())
{
    memory->place.since = Instant{world_time_ns - 30 * day_ns};
    memory->place.scans = 30;
    memory->place.days = 30;
    context.memory = memory;
    context.place = world_place;
    context.today = {world_time_ns};
    context.completeness = 1.0;
    context.full_scale_dbm = [](double) { return std::optional(0.0); };
    context.plan.networks = {{{}, "452-01", "A", "network", "VN"},
                             {{}, "452-02", "B", "network", "VN"},
                             {{}, "452-04", "C", "network", "VN"},
                             {{}, "456-06", "Smart", "foreign", "KH"},
                             {{}, "456-08", "Metfone", "foreign", "KH"}};
    context.plan.borders = {{{}, "KH", {{10.78, 105.0}, {10.78, 105.3}}}};
    double low = 1805e6;
    for (const auto& one : operators) {
        context.plan.blocks.push_back(block(one.plmn, "lte", low, low + 20e6));
        const double gsm_low = *channel_hz("gsm", one.first_arfcn) - 0.1e6;
        context.plan.blocks.push_back(block(one.plmn, "gsm", gsm_low, gsm_low + (one.first_arfcn == 1 ? 4.8e6 : 5e6)));
        low += 20e6;
    }
    context.plan.blocks.push_back(block("452-04", "lte", 768e6, 778e6));
}

World& World::with_register(const std::string& rows)
{
    std::vector<Message> problems;
    auto read = parse_cell_register(std::string(heading) + areas + rows, "register.csv", problems);
    EXPECT_TRUE(read && problems.empty()) << rows;
    context.cells = std::make_shared<const CellRegister>(*std::move(read));
    return *this;
}

World& World::without_register()
{
    context.cells.reset();
    return *this;
}

World& World::add_network(const std::string& technology, const std::string& plmn, std::vector<std::uint64_t> of_areas,
                          double strongest_dbm)
{
    const auto& of = *std::find_if(std::begin(operators), std::end(operators),
                                   [&](const Operator& one) { return plmn == one.plmn; });
    if (of_areas.empty())
        of_areas = {of.area};
    for (std::uint64_t i = 0; i < 5; ++i) {
        const double level = strongest_dbm - static_cast<double>(i);
        const auto area = of_areas[i % of_areas.size()];
        const auto number = of.area * 1000 + i;
        if (technology == "lte") {
            scan.push_back(lte_cell(plmn, area, number, of.earfcn, 30 + i, level));
        } else {
            auto cell = gsm_cell(plmn, area, number, of.first_arfcn + 2 * i, 8 + i, level);
            cell.neighbours.clear();
            for (std::uint64_t n = 0; n < 10; ++n)
                cell.neighbours.push_back({"gsm", of.first_arfcn + 2 * n, {}});
            scan.push_back(std::move(cell));
        }
    }
    return *this;
}

Cell World::judge()
{
    for (std::size_t i = 0; i < scan.size(); ++i)
        scan[i].id = "c" + std::to_string(i + 1);
    auto cells = scan;
    (void)judge_cells(cells, {}, context, Instant{world_time_ns});
    return cells.back();
}

Cell gsm_cell(const std::string& plmn, std::uint64_t area, std::uint64_t cell, std::uint64_t arfcn, std::uint64_t bsic,
              double level_dbm)
{
    Cell out;
    out.technology = "gsm";
    out.band = "GSM900";
    out.channel = arfcn;
    out.carrier_hz = *channel_hz("gsm", arfcn);
    out.plmn = plmn;
    out.area = area;
    out.cell = cell;
    out.bsic = bsic;
    out.level_dbfs = level_dbm;
    out.snr_db = 30.0;
    out.ppm = 0.02;
    out.last_s = minute_s;
    out.cbch = false;
    const BroadcastFields both{{"mcc", plmn.substr(0, 3)},
                               {"mnc", plmn.substr(4)},
                               {"lac", static_cast<std::int64_t>(area)},
                               {"cell_reselect_offset_db", std::int64_t{40}},
                               {"temporary_offset_db", std::int64_t{10}},
                               {"penalty_time_s", std::int64_t{80}},
                               {"cell_reselect_hysteresis_db", std::int64_t{6}},
                               {"rxlev_access_min_dbm", std::int64_t{-104}},
                               {"max_retrans", std::int64_t{4}},
                               {"tx_integer", std::int64_t{32}},
                               {"cell_bar_access", false},
                               {"access_classes_barred", std::vector<std::int64_t>{}}};
    auto si3 = both;
    si3.insert(si3.end(), {{"att", true},
                           {"t3212_min", std::int64_t{60}},
                           {"ccch_conf", std::int64_t{0}},
                           {"gprs", true},
                           {"acs", false}});
    constexpr std::uint64_t rotations = 32; // in a minute
    out.messages = {message("SI1", "BCCH", rotations,
                            {{"cell_arfcns", std::vector<std::int64_t>{static_cast<std::int64_t>(arfcn)}}}),
                    message("SI2", "BCCH", 2 * rotations, {{"ncc_permitted", std::int64_t{255}}}),
                    message("SI3", "BCCH", 2 * rotations, si3), message("SI4", "BCCH", 2 * rotations, both),
                    message("SI13", "BCCH", rotations, {})};
    for (std::uint64_t n = 0; n < 9; ++n)
        out.neighbours.push_back({"gsm", (arfcn <= 24 ? 1U : (arfcn <= 49 ? 25U : 50U)) + 2 * n, {}});
    Paging paging;
    paging.blocks = 2270;
    paging.requests = 400;
    paging.identities = 600;
    paging.imsi_share = 0.02;
    paging.assignments = 40;
    paging.requests_per_min = 400.0;
    paging.assignments_per_min = 40.0;
    out.paging = paging;
    return out;
}

Cell lte_cell(const std::string& plmn, std::uint64_t area, std::uint64_t cell, std::uint64_t earfcn, std::uint64_t pci,
              double level_dbm, const std::string& scheduling, std::vector<Neighbour> neighbours)
{
    Cell out;
    out.technology = "lte";
    out.band = earfcn < 9000 ? (earfcn < 2000 ? "B3" : "B7") : "B28";
    out.channel = earfcn;
    out.carrier_hz = *channel_hz("lte", earfcn);
    out.plmn = plmn;
    out.area = area;
    out.cell = cell;
    out.pci = pci;
    out.rsrp_dbfs = level_dbm;
    out.level_dbfs = level_dbm + 28.0;
    out.snr_db = 28.0;
    out.ppm = 0.02;
    out.resource_blocks = 50;
    out.pdsch_share = 0.3;
    out.last_s = minute_s;
    out.reference_evm_percent = 6.0;
    const std::int64_t band = earfcn < 9000 ? (earfcn < 2000 ? 3 : 7) : 28;
    out.messages = {message("SIB1", "BCCH-DL-SCH", 700,
                            {{"plmns", plmn},
                             {"tac", static_cast<std::int64_t>(area)},
                             {"cell", static_cast<std::int64_t>(cell)},
                             {"cell_barred", false},
                             {"intra_freq_reselection", true},
                             {"csg_indication", false},
                             {"q_rx_lev_min_dbm", std::int64_t{-124}},
                             {"band", band},
                             {"scheduling", scheduling},
                             {"si_window_ms", std::int64_t{10}},
                             {"value_tag", std::int64_t{3}}}),
                    message("SI", "BCCH-DL-SCH", 300,
                            {{"q_hyst_db", std::int64_t{4}},
                             {"s_non_intra_search", std::int64_t{8}},
                             {"thresh_serving_low", std::int64_t{2}},
                             {"priority", std::int64_t{5}}})};
    out.neighbours = std::move(neighbours);
    for (unsigned sib = 3; sib < 13; ++sib) {
        if (sends_sib(out, sib).value_or(false))
            out.decoded.push_back("SIB" + std::to_string(sib));
    }
    std::vector<std::int64_t> gsm;
    for (const auto& one : out.neighbours)
        if (one.technology == "gsm")
            gsm.push_back(static_cast<std::int64_t>(one.channel));
    if (!gsm.empty())
        out.messages.push_back(message("SI", "BCCH-DL-SCH", 200,
                                       {{"geran_carriers", gsm},
                                        {"geran_priorities", std::vector<std::int64_t>(gsm.size(), 2)},
                                        {"geran_thresh_x_low", std::vector<std::int64_t>(gsm.size(), 0)}}));
    return out;
}

void set_field(Cell& cell, std::string_view name, std::string_view field, BroadcastValue value)
{
    bool found = false;
    for (auto& one : cell.messages) {
        for (auto& [key, old] : one.contents) {
            if (one.name == name && key == field) {
                old = value;
                found = true;
            }
        }
    }
    const auto first =
        std::find_if(cell.messages.begin(), cell.messages.end(), [&](const auto& one) { return one.name == name; });
    if (!found && first != cell.messages.end())
        first->contents.emplace_back(std::string(field), std::move(value));
}

bool left_out(const Cell& cell, const std::string& code, const char* why)
{
    return std::any_of(cell.left_out.begin(), cell.left_out.end(), [&](const CellLeftOut& one) {
        return one.code == code && one.reason.key == std::string("cell_needs.") + why;
    });
}

void without_traffic(Cell& cell)
{
    cell.pdsch_share = cell.technology == "lte" ? std::optional(0.005) : std::nullopt;
    if (cell.technology == "lte")
        return;
    cell.paging = Paging{};
    cell.paging->blocks = 2270;
    cell.paging->empty_requests = 2200;
}

std::vector<std::string> fired(const Cell& cell)
{
    std::vector<std::string> out;
    for (const auto& one : cell.indicators)
        out.push_back(one.q == 1.0 ? one.code : one.code + " 0.5");
    std::sort(out.begin(), out.end());
    return out;
}

World one_gsm()
{
    World world;
    world.without_register();
    world.scan.push_back(gsm_cell("452-04", 6101, 700, 60, 23, -80.0));
    return world;
}

World gsm_network()
{
    World world;
    world.add_network("gsm", "452-04", {6101}, -80.0).without_register();
    world.scan.push_back(gsm_cell("452-04", 6101, 700, 60, 23, -90.0));
    return world;
}

} // namespace gacsong::test
