// SPDX-License-Identifier: GPL-3.0-or-later
// Judging 500 cells of a scan against a register of 200 000 rows and a year of memory: a million sightings of 2000
// cells by 1000 runs at twenty places, of which the last is where the scan is: 2000 cells were heard there in the last
// day. The store is made once, in a folder of its own.
#include "detect/rules/cells/cell_judge.hpp"
#include "report/store/cell_memory.hpp"
#include "report/store/connection.hpp"
#include "report/store/schema.hpp"
#include "report/store/sql_values.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace gacsong {
namespace {

constexpr std::int64_t t0 = 1'778'000'000'000'000'000;
constexpr std::int64_t day_ns = 86'400'000'000'000;
constexpr Place here{10.53, 105.13};

Cell cell_of(std::uint64_t number)
{
    Cell cell;
    cell.id = "c" + std::to_string(number);
    cell.technology = number % 3 == 0 ? "gsm" : "lte";
    cell.band = number % 3 == 0 ? "GSM900" : "B3";
    cell.plmn = "452-0" + std::to_string(1 + number % 2);
    cell.area = 4100 + number % 7;
    cell.cell = 1000 + number;
    cell.channel = number % 3 == 0 ? number % 60 : 1250 + 50 * (number % 8);
    cell.carrier_hz = number % 3 == 0 ? 935e6 + 0.2e6 * static_cast<double>(number % 60)
                                      : 1805e6 + 0.1e6 * static_cast<double>(*cell.channel - 1200);
    (number % 3 == 0 ? cell.bsic : cell.pci) = number % 64;
    cell.level_dbfs = -40.0 - static_cast<double>(number % 50);
    cell.snr_db = 28.0;
    cell.ppm = 0.01 * static_cast<double>(number % 5);
    cell.last_s = 60.0;
    if (number % 3 == 0) {
        const BroadcastFields both{{"mcc", std::string("452")},
                                   {"mnc", cell.plmn.substr(4)},
                                   {"lac", static_cast<std::int64_t>(*cell.area)},
                                   {"cell_reselect_offset_db", std::int64_t{20}},
                                   {"t3212_min", std::int64_t{60}},
                                   {"rxlev_access_min_dbm", std::int64_t{-104}},
                                   {"max_retrans", std::int64_t{4}},
                                   {"tx_integer", std::int64_t{32}}};
        for (const char* name : {"SI1", "SI2", "SI3", "SI4"})
            cell.messages.push_back({name, "BCCH", std::string(46, 'a'), 64, both});
    } else {
        cell.rsrp_dbfs = cell.level_dbfs;
        cell.pdsch_share = 0.3;
        cell.messages.push_back({"SIB1",
                                 "BCCH-DL-SCH",
                                 std::string(60, 'a'),
                                 700,
                                 {{"tac", static_cast<std::int64_t>(*cell.area)},
                                  {"scheduling", std::string("16:3 32:5")},
                                  {"band", std::int64_t{3}},
                                  {"csg_indication", false}}});
        cell.messages.push_back({"SI", "BCCH-DL-SCH", std::string(80, 'b'), 300, {{"priority", std::int64_t{5}}}});
        cell.decoded = {"SIB3", "SIB5"};
    }
    for (std::uint64_t i = 0; i < 8; ++i)
        cell.neighbours.push_back({cell.technology, number % 3 == 0 ? i * 4 : 1250 + 50 * i, 5});
    return cell;
}

CellRegister big_register()
{
    std::vector<RegisteredCell> rows;
    for (std::uint64_t i = 0; i < 200'000; ++i) {
        const Cell cell = cell_of(i);
        RegisteredCell row;
        row.technology = cell.technology;
        row.plmn = cell.plmn;
        row.area = cell.area;
        row.cell = *cell.cell;
        row.channel = cell.channel;
        row.bsic = cell.bsic;
        row.pci = cell.pci;
        row.place = Place{here.latitude + 0.0001 * static_cast<double>(i % 9000), here.longitude};
        rows.push_back(row);
    }
    return {"register.csv", std::move(rows)};
}

/// A year: run r at day r · 0.365, at one of twenty places 3 km apart, the last one here; each hears 1000 of the 2000
/// cells.
bool make_store(const std::filesystem::path& file)
{
    const auto connection = Connection::open(file, true);
    if (!connection || !migrate(**connection))
        return false;
    const auto exec = [&](const std::string& statement) {
        return (*connection)->exec(QString::fromStdString(statement)).has_value();
    };
    const std::string moment =
        "strftime('%Y-%m-%dT%H:%M:%S', 1778000000 - (1000 - n) * 31536, 'unixepoch') || '.000000000Z'";
    const std::string counted = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ";
    if (!exec("BEGIN") || !exec("INSERT INTO run (run, start, latitude, longitude) " + counted + "999) SELECT n, " +
                                moment + ", 10.53 + 0.027 * ((999 - n) % 20), 105.13 FROM c"))
        return false;
    if (!exec("INSERT INTO cell (run, id, technology, plmn, area, cell, channel, start, level_dbfs) " + counted +
              "999), k(m) AS (SELECT 0 UNION ALL SELECT m + 1 FROM k WHERE m < 1000) SELECT n, 'c' || m, "
              "CASE WHEN i % 3 = 0 THEN 'gsm' ELSE 'lte' END, '452-0' || (1 + i % 2), 4100 + i % 7, 1000 + i, "
              "CASE WHEN i % 3 = 0 THEN i % 60 ELSE 1250 + 50 * (i % 8) END, " +
              moment + ", -60 FROM (SELECT n, m, (2 * m + n) % 2000 AS i FROM c CROSS JOIN k)"))
        return false;
    // The last day was heard as a whole.
    for (std::uint64_t i = 0; i < 2000; ++i) {
        const Cell cell = cell_of(i);
        auto update = (*connection)
                          ->prepare(QStringLiteral("UPDATE cell SET messages = ?, neighbours = ?, decoded = ? WHERE "
                                                   "plmn = ? AND cell = ? AND technology = ? "
                                                   "AND start > ?"));
        if (!update || !(*connection)
                            ->run(*update, {to_sql(cell.messages), to_sql(cell.neighbours), to_sql(cell.decoded),
                                            to_sql(cell.plmn), to_sql(*cell.cell), to_sql(cell.technology),
                                            to_sql(Instant{t0 - 2 * day_ns})}))
            return false;
    }
    return exec("COMMIT");
}

struct Office {
    JudgeContext context;
    std::vector<Cell> scan;
};

const Office& office()
{
    static const Office made = [] {
        Office out;
        const auto folder = std::filesystem::temp_directory_path() / "gacsong-judge-bench";
        std::filesystem::remove_all(folder);
        if (!make_store(folder / "year.sqlite"))
            std::abort();
        out.context.memory = std::make_shared<StoredCells>(folder / "year.sqlite");
        out.context.cells = std::make_shared<const CellRegister>(big_register());
        out.context.place = here;
        out.context.today = {t0};
        for (std::uint64_t i = 0; i < 500; ++i)
            out.scan.push_back(cell_of(4 * i));
        return out;
    }();
    return made;
}

void judge_scan(benchmark::State& state)
{
    const Office& desk = office();
    std::size_t evaluated = 0;
    for (auto _ : state) {
        auto cells = desk.scan;
        benchmark::DoNotOptimize(judge_cells(cells, {}, desk.context, Instant{t0}));
        for (const auto& cell : cells)
            evaluated += cell.left_out.size();
    }
    state.counters["not evaluated of a cell"] =
        static_cast<double>(evaluated) /
        (static_cast<double>(state.iterations()) * static_cast<double>(desk.scan.size()));
}

BENCHMARK(judge_scan)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace gacsong
