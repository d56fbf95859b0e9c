// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/totals.hpp"

#include "report/store/read_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gacsong {
namespace {

/// A table of totals and what it counts by.
struct Total {
    const char* table;
    const char* column;
    const char* of_emission;
};
constexpr Total verdicts{"run_total", "verdict", "COALESCE(e.verdict, 'unknown')"};
constexpr Total systems{"run_system", "system_name", "COALESCE(e.system_name, 'unknown')"};

/// What a table of totals should hold.
std::string counted(const Total& total, const std::string& which)
{
    return fmt::format("SELECT e.run AS run, {0} AS {1}, COUNT(*) AS emissions FROM emission e JOIN run r ON r.run = "
                       "e.run WHERE {2} GROUP BY e.run, {0}",
                       total.of_emission, total.column, which);
}

std::string insert(const Total& total, const std::string& which)
{
    return fmt::format("INSERT INTO {} (run, {}, emissions) {}", total.table, total.column, counted(total, which));
}

Status total_all(Connection& connection, const Total& total)
{
    return run_statement(connection, insert(total, "r.writer IS NULL") + " ON CONFLICT DO NOTHING", {});
}

} // namespace

Status total_run(Connection& connection, std::int64_t run)
{
    const std::vector<QVariant> values{static_cast<qlonglong>(run)};
    const Status done = run_statement(connection, insert(verdicts, "e.run = ?"), values);
    return done ? run_statement(connection, insert(systems, "e.run = ?"), values) : done;
}

Status total_all_verdicts(Connection& connection) { return total_all(connection, verdicts); }
Status total_all_systems(Connection& connection) { return total_all(connection, systems); }

Result<std::vector<std::int64_t>> runs_with_wrong_totals(Connection& connection)
{
    std::vector<std::int64_t> all;
    for (const Total& total : {verdicts, systems}) {
        const std::string true_ones = counted(total, "r.writer IS NULL");
        const std::string kept = fmt::format("SELECT run, {}, emissions FROM {}", total.column, total.table);
        const auto wrong = read_rows<std::int64_t>(
            connection,
            "SELECT DISTINCT run FROM (SELECT * FROM (" + true_ones + " EXCEPT " + kept +
                ") AS a UNION ALL SELECT * FROM (" + kept + " EXCEPT " + true_ones + ") AS b) AS c",
            {}, [](const auto& row) { return std::int64_t{row.at("run").toLongLong()}; });
        if (!wrong)
            return tl::unexpected(wrong.error());
        all.insert(all.end(), wrong->begin(), wrong->end());
    }
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

} // namespace gacsong
