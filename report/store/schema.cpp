// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/schema.hpp"

#include "detect/records/cell.hpp"
#include "report/cases/case_records.hpp"
#include "report/inspections/inspected_device.hpp"
#include "report/store/backup.hpp"
#include "report/store/emission_boxes.hpp"
#include "report/store/read_rows.hpp"
#include "report/store/sql_columns.hpp"
#include "report/store/sql_values.hpp"
#include "report/store/store_mark.hpp"
#include "report/store/totals.hpp"
#include "report/store/transaction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace gacsong {
namespace {

QString sql(const std::string& text) { return QString::fromStdString(text); }

template <class Record> std::vector<SqlColumn> columns_of(const std::set<std::string>& without = {})
{
    std::vector<SqlColumn> columns;
    const Record record{};
    for_each_column(record, [&](const std::string& name, const auto& member) {
        if (!without.contains(name))
            columns.push_back({name, sql_type(member)});
    });
    return columns;
}

std::vector<SqlColumn> run_columns()
{
    std::vector<SqlColumn> columns{{"stored_at", "TEXT"},
                                   {"program", "TEXT"},
                                   {"input", "TEXT"},
                                   {"format", "TEXT"},
                                   {"sample_rate_hz", "REAL"},
                                   {"center_hz", "REAL"},
                                   {"start", "TEXT"},
                                   {"duration_s", "REAL"},
                                   {"format_from", "TEXT"},
                                   {"sample_rate_from", "TEXT"},
                                   {"center_from", "TEXT"},
                                   {"start_from", "TEXT"},
                                   {"plan", "TEXT"},
                                   {"register", "TEXT"},
                                   {"receiver", "TEXT"},
                                   {"container", "TEXT"},
                                   {"latitude", "REAL"},
                                   {"longitude", "REAL"},
                                   {"settings", "TEXT"},
                                   {"interrupted", "INTEGER"},
                                   {"uid", "TEXT"},
                                   {"writer", "TEXT"},
                                   {"low_hz", "REAL"},
                                   {"high_hz", "REAL"},
                                   {"path", "TEXT"}};
    for (SqlColumn& column : columns_of<End>())
        columns.push_back(std::move(column));
    return columns;
}

/// The key of what belongs to a run.
constexpr const char* of_run = "run INTEGER NOT NULL REFERENCES run(run) ON DELETE CASCADE";

std::vector<SqlTable> make_tables()
{
    const std::string of_case = "case_id TEXT NOT NULL REFERENCES case_file(case_id)";
    const std::string named = of_run + std::string(", id TEXT NOT NULL, PRIMARY KEY (run, id)");
    return {
        {"run", "run INTEGER PRIMARY KEY AUTOINCREMENT", run_columns()},
        {"emission", named, columns_of<Emission>({"id"})},
        {"cell", named, columns_of<Cell>({"id"})},
        {"finding", named, columns_of<Finding>({"id"})},
        {"gap", of_run, columns_of<Gap>()},
        {"look", of_run, columns_of<Look>()},
        {"position", of_run, columns_of<TrackPoint>()},
        {"warning", of_run, {{"code", "TEXT"}, {"message", "TEXT"}}},
        {"run_total",
         of_run + std::string(", verdict TEXT NOT NULL, PRIMARY KEY (run, verdict)"),
         {{"emissions", "INTEGER"}}},
        {"run_system",
         of_run + std::string(", system_name TEXT NOT NULL, PRIMARY KEY (run, system_name)"),
         {{"emissions", "INTEGER"}}},
        {"case_file", "case_id TEXT PRIMARY KEY", columns_of<CaseFile>({"case_id"})},
        {"case_item",
         of_case + ", run INTEGER NOT NULL REFERENCES run(run), item TEXT NOT NULL, PRIMARY KEY (case_id, run, item)",
         columns_of<CaseItem>({"case_id", "run", "item"})},
        {"case_note", "note INTEGER PRIMARY KEY AUTOINCREMENT, " + of_case, columns_of<CaseNote>({"case_id"})},
        {"inspected_device", "device INTEGER PRIMARY KEY AUTOINCREMENT, " + of_case,
         columns_of<InspectedDevice>({"device", "case_id"})},
        {"audit", "entry INTEGER PRIMARY KEY", columns_of<AuditEntry>({"entry"})},
        {"store_state", "name TEXT PRIMARY KEY", {{"value", "TEXT"}}}};
}

std::string quoted(const std::string& name) { return fmt::format("\"{}\"", name); }

/// `CREATE TABLE` with the key columns first; SQL wants table constraints at the end.
std::string create_statement(Dialect dialect, const SqlTable& table, const char* create = "CREATE TABLE")
{
    const std::size_t constraint = table.keys.find(", PRIMARY KEY");
    std::string columns = table.keys.substr(0, constraint);
    for (const SqlColumn& column : table.columns)
        columns += fmt::format(", {} {}", quoted(column.name), column.type);
    if (table.keys.starts_with(of_run))
        columns += row_order_definition(dialect);
    if (constraint != std::string::npos)
        columns += table.keys.substr(constraint);
    return definition(dialect, fmt::format("{} {} ({})", create, quoted(table.name), columns));
}

Status create_first_tables(Connection& connection)
{
    for (const SqlTable& table : store_tables()) {
        if (const Status created = connection.exec(sql(create_statement(connection.dialect(), table))); !created)
            return created;
    }
    for (const char* index :
         {"CREATE INDEX run_start ON run(start)", "CREATE INDEX emission_center ON emission(center_hz)",
          "CREATE INDEX emission_start ON emission(start)", "CREATE INDEX finding_rule ON finding(rule)",
          "CREATE INDEX gap_run ON gap(run)", "CREATE INDEX warning_run ON warning(run)"}) {
        if (const Status created = connection.exec(QString::fromLatin1(index)); !created)
            return created;
    }
    return {};
}

/// Base stations; a store that is new has them from the first step.
Status create_cells(Connection& connection)
{
    Status done =
        connection.exec(sql(create_statement(connection.dialect(), store_table("cell"), "CREATE TABLE IF NOT EXISTS")));
    if (done)
        done = connection.exec(QStringLiteral("CREATE INDEX IF NOT EXISTS cell_carrier ON cell(carrier_hz)"));
    if (done)
        done = connection.exec(QStringLiteral("CREATE INDEX IF NOT EXISTS cell_identity ON cell(plmn, area, cell)"));
    return done;
}

/// What was heard of one identity, in order of time.
Status index_cells_by_number(Connection& connection)
{
    return connection.exec(QStringLiteral("CREATE INDEX IF NOT EXISTS cell_number ON cell(plmn, cell, start)"));
}

/// Cases and the log of the store.
Status create_cases(Connection& connection)
{
    for (const char* table : {"case_file", "case_item", "case_note", "audit", "store_state"}) {
        const Status created = connection.exec(
            sql(create_statement(connection.dialect(), store_table(table), "CREATE TABLE IF NOT EXISTS")));
        if (!created)
            return created;
    }
    return {};
}

/// Tunings of sweeps; a store that is new has the table from the first step.
Status create_looks(Connection& connection)
{
    Status done =
        connection.exec(sql(create_statement(connection.dialect(), store_table("look"), "CREATE TABLE IF NOT EXISTS")));
    if (done)
        done = connection.exec(QStringLiteral("CREATE INDEX IF NOT EXISTS look_run ON look(run)"));
    return done;
}

/// Where receivers were.
Status create_positions(Connection& connection)
{
    Status done = connection.exec(
        sql(create_statement(connection.dialect(), store_table("position"), "CREATE TABLE IF NOT EXISTS")));
    if (done)
        done = connection.exec(QStringLiteral("CREATE INDEX IF NOT EXISTS position_run ON position(run)"));
    return done;
}

/// What was heard when and where, for judging: of one identity, of one day, of runs at a place.
Status index_for_memory(Connection& connection)
{
    Status done = connection.exec(QStringLiteral("DROP INDEX IF EXISTS cell_number"));
    if (done)
        done = connection.exec(
            QStringLiteral("CREATE INDEX IF NOT EXISTS cell_heard ON cell(plmn, cell, technology, start, run, area)"));
    if (done)
        done = connection.exec(QStringLiteral("CREATE INDEX IF NOT EXISTS cell_start ON cell(start)"));
    if (done)
        done = connection.exec(QStringLiteral("CREATE INDEX IF NOT EXISTS run_place ON run(latitude, longitude)"));
    return done;
}

/// Devices that were looked at on premises.
Status create_inspections(Connection& connection)
{
    Status done = connection.exec(
        sql(create_statement(connection.dialect(), store_table("inspected_device"), "CREATE TABLE IF NOT EXISTS")));
    if (done)
        done = connection.exec(QStringLiteral("CREATE INDEX IF NOT EXISTS device_case ON inspected_device(case_id)"));
    return done;
}

/// What summaries count: emissions of closed runs by verdict, and an index that has all a count by band asks for.
Status create_totals(Connection& connection)
{
    Status done = connection.exec(
        sql(create_statement(connection.dialect(), store_table("run_total"), "CREATE TABLE IF NOT EXISTS")));
    if (done)
        done = total_all_verdicts(connection);
    if (done)
        done = connection.exec(QStringLiteral("DROP INDEX IF EXISTS emission_center"));
    if (done)
        done = connection.exec(
            QStringLiteral("CREATE INDEX IF NOT EXISTS emission_band ON emission(center_hz, run, verdict)"));
    return done;
}

/// What periods are compared by: emissions of closed runs by system.
Status create_system_totals(Connection& connection)
{
    const Status done = connection.exec(
        sql(create_statement(connection.dialect(), store_table("run_system"), "CREATE TABLE IF NOT EXISTS")));
    return done ? total_all_systems(connection) : done;
}

/// Boxes in frequency and time (emission_boxes.hpp).
Status create_boxes(Connection& connection)
{
    for (const std::string& statement : create_emission_boxes(connection.dialect())) {
        if (const Status done = connection.exec(sql(statement)); !done)
            return done;
    }
    return {};
}

/// Step i leads from version i to version i + 1.
constexpr std::array<Status (*)(Connection&), 11> steps{create_first_tables,  create_cells,       index_cells_by_number,
                                                        create_cases,         create_looks,       create_positions,
                                                        index_for_memory,     create_inspections, create_totals,
                                                        create_system_totals, create_boxes};

Result<std::vector<SqlColumn>> missing_columns(Connection& connection, const SqlTable& table)
{
    const auto have = read_rows<std::string>(connection, columns_of_table(connection.dialect(), table.name), {},
                                             [](const auto& row) { return row.at("name").toString().toStdString(); });
    if (!have)
        return tl::unexpected(have.error());
    std::vector<SqlColumn> missing;
    for (const SqlColumn& column : table.columns) {
        if (std::ranges::find(*have, column.name) == have->end())
            missing.push_back(column);
    }
    return missing;
}

/// Columns of fields that were added to a record after the store was made.
Status add_missing_columns(Connection& connection)
{
    for (const SqlTable& table : store_tables()) {
        const auto missing = missing_columns(connection, table);
        if (!missing)
            return tl::unexpected(missing.error());
        for (const SqlColumn& column : *missing) {
            const std::string add =
                fmt::format("ALTER TABLE {} ADD COLUMN {} {}", quoted(table.name), quoted(column.name), column.type);
            if (const Status added = connection.exec(sql(definition(connection.dialect(), add))); !added)
                return added;
        }
    }
    return {};
}

/// Whether the store has its present shape already; then nobody need wait for the right to write.
Result<bool> is_present(Connection& connection, int version)
{
    if (version != store_version())
        return false;
    for (const SqlTable& table : store_tables()) {
        const auto missing = missing_columns(connection, table);
        if (!missing)
            return tl::unexpected(missing.error());
        if (!missing->empty())
            return false;
    }
    return true;
}

} // namespace

const std::vector<SqlTable>& store_tables()
{
    static const std::vector<SqlTable> tables = make_tables();
    return tables;
}

const SqlTable& store_table(std::string_view name) { return *std::ranges::find(store_tables(), name, &SqlTable::name); }

int store_version() { return static_cast<int>(steps.size()); }

Status migrate(Connection& connection)
{
    const auto found = present_version(connection);
    if (!found)
        return tl::unexpected(found.error());
    const auto present = is_present(connection, *found);
    if (!present)
        return tl::unexpected(present.error());
    if (*present)
        return {};
    if (*found > 0 && *found < store_version())
        if (const Status kept = back_up(connection, *found); !kept)
            return kept;
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return tl::unexpected(transaction.error());
    // Another program may have taken the same steps in the meantime.
    const auto version = present_version(connection);
    if (!version)
        return tl::unexpected(version.error());
    Status done;
    for (std::size_t step = static_cast<std::size_t>(*version); done && step < steps.size(); ++step)
        done = steps.at(step)(connection);
    if (done)
        done = add_missing_columns(connection);
    if (done)
        done = mark_version(connection, store_version());
    return done ? transaction->commit() : done;
}

} // namespace gacsong
