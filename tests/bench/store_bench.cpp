// SPDX-License-Identifier: GPL-3.0-or-later
// A store with a million emissions of a thousand runs of a year at twenty places: a page of the table, the map, the
// summary of a quarter. In a file, and on a PostgreSQL server where one is installed. Each store is made once, in a
// folder of its own that goes away.
#include "detect/plan/plan_reader.hpp"
#include "report/store/connection.hpp"
#include "report/store/find_emissions.hpp"
#include "report/store/totals.hpp"
#include "report/summary/counted.hpp"
#include "tests/support/postgresql_server.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

namespace gacsong {
namespace {

constexpr std::size_t page_size = 200;

/// Runs 1 … 1000, run n on day 0.365 · n of 2026, and a thousand emissions of each between 87.5 MHz and 5.9 GHz. Their
/// texts are as long as usual ones.
bool fill_store(Store& store)
{
    Connection& connection = store.connection();
    const auto exec = [&](const std::string& statement) {
        const auto done = connection.exec(QString::fromStdString(statement));
        if (!done)
            std::cerr << std::get<std::string>(done.error().message.arguments.back().value) << '\n';
        return done.has_value();
    };
    const auto digits = [&](const std::string& number) {
        return "CASE WHEN " + number + " < 10 THEN '0' ELSE '' END || " + number;
    };
    const std::string counted = "WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n < 999) ";
    const std::string moment = "'2026-' || " + digits("(1 + n * 12 / 1000)") + " || '-' || " +
                               digits("(1 + n * 28 * 12 / 1000 % 28)") + " || 'T08:30:00.000000000Z'";
    return connection.begin_writing() &&
           exec("INSERT INTO run (stored_at, start, program, input, sample_rate_hz, samples, center_hz, low_hz, "
                "high_hz, "
                "latitude, longitude, uid) " +
                counted + "SELECT " + moment + ", " + moment +
                ", 'gacsong 0.1.0', 'soapy:driver=rtlsdr', 2400000, 144000000, 98000000, 87500000, 5900000000, "
                "10.53 + 0.027 * (n % 20), 105.13, 'uid ' || n FROM c") &&
           exec("INSERT INTO emission (run, id, center_hz, offset_hz, low_hz, high_hz, bandwidth_hz, power_dbfs, "
                "snr_db, "
                "start_s, end_s, start, verdict, quality, system_name, reasons) " +
                counted +
                "SELECT run.run, 'e' || n, 87500000 + 100000.0 * ((n * 7919 + run.run * 104729) % 58125), 0, 0, 0, "
                "12500, -41.5, 18.25, n % 60, n % 60 + 1, substr(run.start, 1, 17) || " +
                digits("(n % 60)") +
                " || '.000000000Z', CASE n % 5 WHEN 0 THEN 'licensed' WHEN 1 THEN 'unlicensed' WHEN 2 THEN 'exempt' "
                "ELSE 'unknown' END, 'good', 'analogue voice', '" +
                std::string(300, 'x') + "' FROM run CROSS JOIN c") &&
           total_all_verdicts(connection) && total_all_systems(connection) && exec("COMMIT") && exec("ANALYZE");
}

struct Office {
    explicit Office(const StoreAddress& address) : store(std::move(*Store::open(address)))
    {
        const std::array folders{std::filesystem::path(GACSONG_SOURCE_DIR) / "plans"};
        plan = *load_plan("vn", folders);
        if (!fill_store(*store))
            std::abort();
        // What a server does by itself some minutes after so many rows; the tests' one has that switched off.
        if (address.server() && !store->connection().exec("VACUUM ANALYZE"))
            std::abort();
    }
    std::unique_ptr<Store> store;
    Plan plan;
};

Office& in_file()
{
    static const test::TemporaryFolder folder;
    static Office office(folder.path() / "store.sqlite");
    return office;
}

Office& on_server()
{
    static test::PostgresqlServer server;
    static Office office(*store_address(server.new_database()));
    return office;
}

using Where = Office& (*)();

/// Pages as somebody turns them who looks for 430 to 440 MHz, and for everything.
void table_page(benchmark::State& state, Where where, bool whole)
{
    Office& office = where();
    EmissionBox box;
    if (!whole) {
        box.low_hz = 430e6;
        box.high_hz = 440e6;
    }
    std::optional<PageEnd> after;
    for (auto _ : state) {
        const auto page = emissions_page(*office.store, box, after, page_size);
        if (!page)
            return state.SkipWithError("the page cannot be read");
        after = page->size() == page_size ? std::optional(end_of(*page)) : std::nullopt;
    }
}

/// One place and one verdict after the other, of everything, of a band, and of a band in a week.
void map_places(benchmark::State& state, Where where, int kind)
{
    Office& office = where();
    EmissionBox box;
    if (kind > 0) {
        box.low_hz = 430e6;
        box.high_hz = 440e6;
    }
    if (kind > 1) {
        const auto week = *summary::parse_period("2026-09-01..2026-09-07");
        box.from = week.from;
        box.until = week.until;
    }
    for (auto _ : state) {
        if (!heard_places(*office.store, box))
            return state.SkipWithError("the places cannot be read");
    }
}

/// First page of a box in frequency and time: of 10 MHz in a week, and of 600 MHz in two days.
void box_page(benchmark::State& state, Where where, bool wide)
{
    Office& office = where();
    const auto days = *summary::parse_period(wide ? "2026-09-01..2026-09-02" : "2026-09-01..2026-09-07");
    const EmissionBox box{wide ? 400e6 : 430e6, wide ? 1e9 : 440e6, days.from, days.until};
    std::size_t found = 0;
    for (auto _ : state) {
        const auto page = emissions_page(*office.store, box, {}, page_size);
        if (!page)
            return state.SkipWithError("the page cannot be read");
        found = page->size();
    }
    state.counters["found"] = static_cast<double>(found);
}

void summary_of_quarter(benchmark::State& state, Where where)
{
    Office& office = where();
    const auto quarter = *summary::parse_period("2026-Q3");
    for (auto _ : state) {
        if (!summary::gather_period(*office.store, office.plan, quarter))
            return state.SkipWithError("the summary cannot be made");
    }
}

void add(const std::string& name, Where where)
{
    using benchmark::RegisterBenchmark;
    RegisterBenchmark((name + "/page of a band").c_str(), table_page, where, false)->Unit(benchmark::kMillisecond);
    RegisterBenchmark((name + "/page of all").c_str(), table_page, where, true)->Unit(benchmark::kMillisecond);
    RegisterBenchmark((name + "/map of all").c_str(), map_places, where, 0)->Unit(benchmark::kMillisecond);
    RegisterBenchmark((name + "/map of a band").c_str(), map_places, where, 1)->Unit(benchmark::kMillisecond);
    RegisterBenchmark((name + "/map of a band in a week").c_str(), map_places, where, 2)->Unit(benchmark::kMillisecond);
    RegisterBenchmark((name + "/page of a band in a week").c_str(), box_page, where, false)
        ->Unit(benchmark::kMillisecond);
    RegisterBenchmark((name + "/page of 600 MHz in two days").c_str(), box_page, where, true)
        ->Unit(benchmark::kMillisecond);
    RegisterBenchmark((name + "/summary of a quarter").c_str(), summary_of_quarter, where)
        ->Unit(benchmark::kMillisecond);
}

} // namespace
} // namespace gacsong

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    gacsong::add("sqlite", gacsong::in_file);
    if (gacsong::test::PostgresqlServer::programs().empty())
        std::cout << "No PostgreSQL server is installed (package postgresql).\n";
    else
        gacsong::add("postgresql", gacsong::on_server);
    benchmark::RunSpecifiedBenchmarks();
}
