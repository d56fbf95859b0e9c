// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/store.hpp"

#include "report/cases/audit.hpp"
#include "report/store/read_rows.hpp"
#include "report/store/schema.hpp"
#include "report/store/totals.hpp"
#include "report/store/writer.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <QUuid>
#include <utility>

namespace gacsong {
namespace {

/// A name that no other run has, in whatever store.
QVariant new_uid() { return QUuid::createUuid().toString(QUuid::WithoutBraces); }

/// The recording may be wanted again from another folder.
QVariant path_from_root(const std::string& input)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(input, error))
        return {};
    const auto path = std::filesystem::absolute(input, error);
    return error ? QVariant{} : to_sql(path.lexically_normal().string());
}

StoredRun stored_run(const std::map<std::string, QVariant>& row)
{
    StoredRun stored;
    stored.number = row.at("run").toLongLong();
    fill_run(stored.run, row);
    from_sql(row.at("path"), stored.path);
    fill(stored.end, row);
    from_sql(row.at("interrupted"), stored.end.interrupted);
    return stored;
}

} // namespace

/// Insert statements of a run, prepared at the first row of each table.
struct Store::Statements {
    std::map<std::string, QSqlQuery> by_table;

    Status insert(Connection& connection, const std::string& table, const SqlRow& row)
    {
        auto found = by_table.find(table);
        if (found == by_table.end()) {
            auto prepared = connection.prepare(insert_statement(table, row));
            if (!prepared)
                return tl::unexpected(prepared.error());
            found = by_table.emplace(table, std::move(*prepared)).first;
        }
        return connection.run(found->second, values_of(row));
    }
};

Store::Store(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)), statements_(std::make_unique<Statements>())
{
}

Store::~Store()
{
    roll_back();
    statements_.reset(); // queries must be gone before their connection is
}

Result<std::unique_ptr<Store>> Store::open(const StoreAddress& address, bool create)
{
    auto connection = Connection::open(address, create);
    if (!connection)
        return tl::unexpected(connection.error());
    if (const Status migrated = migrate(**connection); !migrated)
        return tl::unexpected(migrated.error());
    return std::unique_ptr<Store>(new Store(std::move(*connection)));
}

Status Store::transaction()
{
    if (in_transaction_)
        return {};
    const Status begun = connection_->begin_writing();
    in_transaction_ = begun.has_value();
    return begun;
}

Result<std::int64_t> Store::begin(const Run& run)
{
    if (const Status begun = transaction(); !begun)
        return tl::unexpected(begun.error());
    run_ = -1; // until it has a number
    if (const Status closed = close_broken_runs(); !closed)
        return tl::unexpected(closed.error());
    SqlRow row = row_of_run(run);
    row.insert(row.begin(), {"stored_at", to_sql(present_hand().at)});
    row.emplace_back("uid", new_uid());
    row.emplace_back("path", path_from_root(run.stream.input));
    row.emplace_back("writer", to_sql(this_process()));
    if (const Status written = statements_->insert(*connection_, "run", row); !written)
        return tl::unexpected(written.error());
    const auto number = connection_->value(last_number(connection_->dialect()));
    if (!number)
        return tl::unexpected(number.error());
    run_ = number->toLongLong();
    if (const Status claimed = claim_run(*connection_, run_); !claimed)
        return tl::unexpected(claimed.error());
    return run_;
}

template <class Record> Status Store::insert(const char* table, const Record& record)
{
    if (const Status begun = transaction(); !begun)
        return begun;
    SqlRow row = row_of(record);
    row.insert(row.begin(), {"run", static_cast<qlonglong>(run_)});
    return statements_->insert(*connection_, table, row);
}

Status Store::add(const Emission& emission) { return insert("emission", emission); }
Status Store::add(const Cell& cell) { return insert("cell", cell); }

Status Store::take_out_cell(const std::string& id)
{
    if (const Status begun = transaction(); !begun)
        return begun;
    for (const char* statement :
         {"DELETE FROM finding WHERE run = ? AND subject = ?", "DELETE FROM cell WHERE run = ? AND id = ?"}) {
        const Status done = run_statement(*connection_, statement, {static_cast<qlonglong>(run_), to_sql(id)});
        if (!done)
            return done;
    }
    return {};
}

Status Store::add(const Finding& finding) { return insert("finding", finding); }
Status Store::add(const Gap& gap) { return insert("gap", gap); }
Status Store::add(const Look& look) { return insert("look", look); }
Status Store::add(const TrackPoint& point) { return insert("position", point); }

Status Store::add(const Message& warning)
{
    if (const Status begun = transaction(); !begun)
        return begun;
    return statements_->insert(
        *connection_, "warning",
        {{"run", static_cast<qlonglong>(run_)}, {"code", to_sql(warning.key)}, {"message", to_sql(warning)}});
}

Status Store::write_end(const End& end)
{
    SqlRow row = row_of(end);
    row.emplace_back("interrupted", to_sql(end.interrupted));
    std::string sets;
    for (const auto& [name, value] : row)
        sets += fmt::format("{}\"{}\" = ?", sets.empty() ? "" : ", ", name);
    auto update =
        connection_->prepare(QString::fromStdString(fmt::format("UPDATE run SET {} WHERE run = {}", sets, run_)));
    if (!update)
        return tl::unexpected(update.error());
    return connection_->run(*update, values_of(row));
}

/// A run is what it is from now on: its hash goes into the log.
Status Store::log_run(std::int64_t run)
{
    const Status closed =
        connection_->exec(QString::fromStdString(fmt::format("UPDATE run SET writer = NULL WHERE run = {}", run)));
    if (!closed)
        return closed;
    if (const Status counted = total_run(*connection_, run); !counted)
        return counted;
    const auto hash = run_hash(*connection_, run);
    if (!hash)
        return tl::unexpected(hash.error());
    const nlohmann::json details{{"sha512", *hash}};
    return append_audit(*connection_, present_hand(), "run-stored", std::to_string(run), details.dump());
}

/// Runs that were kept in parts by programs that are gone: what is there is all there will be.
Status Store::close_broken_runs()
{
    const auto open = read_rows<std::pair<std::int64_t, std::string>>(
        *connection_, "SELECT run, writer FROM run WHERE writer IS NOT NULL", {}, [](const auto& row) {
            return std::pair(static_cast<std::int64_t>(row.at("run").toLongLong()),
                             row.at("writer").toString().toStdString());
        });
    if (!open)
        return tl::unexpected(open.error());
    for (const auto& [run, writer] : *open) {
        const auto alive = still_written(*connection_, run, writer);
        if (!alive)
            return tl::unexpected(alive.error());
        if (*alive)
            continue;
        if (const Status logged = log_run(run); !logged)
            return logged;
    }
    return {};
}

Status Store::keep(const End& so_far)
{
    if (run_ == 0)
        return {};
    Status done = transaction();
    if (done)
        done = write_end(so_far);
    if (done)
        done = connection_->exec(QStringLiteral("COMMIT"));
    in_transaction_ = in_transaction_ && !done;
    return done;
}

Status Store::commit(const End& end)
{
    Status done = transaction();
    if (done)
        done = write_end(end);
    if (done)
        done = log_run(run_);
    if (done)
        done = connection_->exec(QStringLiteral("COMMIT"));
    if (done) {
        in_transaction_ = false;
        run_ = 0;
        static_cast<void>(let_go_of_runs(*connection_)); // else they go with the session
    }
    return done;
}

void Store::roll_back()
{
    const bool writing = std::exchange(run_, 0) != 0;
    if (std::exchange(in_transaction_, false)) {
        // After "disk full" SQLite has already rolled back; then this fails, and nothing is lost by it.
        [[maybe_unused]] const Status undone = connection_->exec(QStringLiteral("ROLLBACK"));
        statements_->by_table.clear();
    }
    if (writing)
        static_cast<void>(let_go_of_runs(*connection_));
}

Result<std::optional<StoredRun>> Store::run(std::optional<std::int64_t> number)
{
    const std::string which = number ? "WHERE run = ?" : "ORDER BY run DESC LIMIT 1";
    const std::vector<QVariant> values =
        number ? std::vector<QVariant>{static_cast<qlonglong>(*number)} : std::vector<QVariant>{};
    return read_rows<StoredRun>(*connection_, "SELECT * FROM run " + which, values, stored_run)
        .map([](std::vector<StoredRun> all) {
            return all.empty() ? std::optional<StoredRun>{} : std::optional<StoredRun>{std::move(all.front())};
        });
}

Result<std::vector<StoredRun>> Store::runs(std::optional<std::int64_t> number)
{
    const std::string which = number ? "WHERE run = ?" : "ORDER BY run";
    const std::vector<QVariant> values =
        number ? std::vector<QVariant>{static_cast<qlonglong>(*number)} : std::vector<QVariant>{};
    return read_rows<StoredRun>(*connection_, "SELECT * FROM run " + which, values, stored_run);
}

Result<std::vector<TrackPoint>> Store::track(std::int64_t run)
{
    return read_rows<TrackPoint>(*connection_, "SELECT * FROM position WHERE run = ? ORDER BY rowid",
                                 {static_cast<qlonglong>(run)}, filled<TrackPoint>);
}

Result<std::vector<Look>> Store::looks(std::int64_t run)
{
    return read_rows<Look>(*connection_, "SELECT * FROM look WHERE run = ? ORDER BY rowid",
                           {static_cast<qlonglong>(run)}, filled<Look>);
}

Result<std::vector<Emission>> Store::emissions(std::int64_t run)
{
    return read_rows<Emission>(*connection_, "SELECT * FROM emission WHERE run = ? ORDER BY rowid",
                               {static_cast<qlonglong>(run)}, filled<Emission>);
}

Result<std::optional<Emission>> Store::emission(std::int64_t run, const std::string& id)
{
    return read_rows<Emission>(*connection_, "SELECT * FROM emission WHERE run = ? AND id = ?",
                               {static_cast<qlonglong>(run), to_sql(id)}, filled<Emission>)
        .map([](std::vector<Emission> all) {
            return all.empty() ? std::optional<Emission>{} : std::optional<Emission>{std::move(all.front())};
        });
}

Result<std::vector<Cell>> Store::cells(std::int64_t run)
{
    return read_rows<Cell>(*connection_, "SELECT * FROM cell WHERE run = ? ORDER BY rowid",
                           {static_cast<qlonglong>(run)}, filled<Cell>);
}

Result<std::vector<Finding>> Store::findings(std::int64_t run)
{
    return read_rows<Finding>(*connection_, "SELECT * FROM finding WHERE run = ? ORDER BY rowid",
                              {static_cast<qlonglong>(run)}, filled<Finding>);
}

Result<std::vector<Gap>> Store::gaps(std::int64_t run)
{
    return read_rows<Gap>(*connection_, "SELECT * FROM gap WHERE run = ? ORDER BY rowid", {static_cast<qlonglong>(run)},
                          filled<Gap>);
}

Result<std::vector<Message>> Store::warnings(std::int64_t run)
{
    return read_rows<Message>(*connection_, "SELECT message FROM warning WHERE run = ? ORDER BY rowid",
                              {static_cast<qlonglong>(run)}, [](const std::map<std::string, QVariant>& row) {
                                  Message message;
                                  from_sql(row.at("message"), message);
                                  return message;
                              });
}

} // namespace gacsong
