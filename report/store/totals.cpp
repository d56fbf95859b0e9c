// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/totals.hpp"

#include "report/store/read_rows.hpp"

namespace gacsong {
namespace {

/// What `run_total` should hold.
std::string counted(const std::string& which)
{
    return "SELECT e.run AS run, COALESCE(e.verdict, 'unknown') AS verdict, COUNT(*) AS emissions FROM emission e JOIN "
           "run r ON r.run = e.run WHERE " +
           which + " GROUP BY e.run, COALESCE(e.verdict, 'unknown')";
}

constexpr const char* insert = "INSERT INTO run_total (run, verdict, emissions) ";

} // namespace

Status total_run(Connection& connection, std::int64_t run)
{
    return run_statement(connection, insert + counted("e.run = ?"), {static_cast<qlonglong>(run)});
}

Status total_all_runs(Connection& connection)
{
    return run_statement(connection, insert + counted("r.writer IS NULL") + " ON CONFLICT DO NOTHING", {});
}

Result<std::vector<std::int64_t>> runs_with_wrong_totals(Connection& connection)
{
    const std::string true_ones = counted("r.writer IS NULL");
    const std::string kept = "SELECT run, verdict, emissions FROM run_total";
    return read_rows<std::int64_t>(connection,
                                   "SELECT DISTINCT run FROM (SELECT * FROM (" + true_ones + " EXCEPT " + kept +
                                       ") AS a UNION ALL SELECT * FROM (" + kept + " EXCEPT " + true_ones +
                                       ") AS b) AS c ORDER BY run",
                                   {}, [](const auto& row) { return std::int64_t{row.at("run").toLongLong()}; });
}

} // namespace gacsong
