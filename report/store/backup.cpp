// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/backup.hpp"

#include "report/store/read_rows.hpp"
#include "report/store/transaction.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <system_error>
#include <vector>

namespace gacsong {

namespace fs = std::filesystem;

fs::path backup_path(const fs::path& store, int version)
{
    return fs::path(store.string() + fmt::format(".version-{}", version));
}

std::string backup_schema(int version) { return fmt::format("gacsong_version_{}", version); }

namespace {

Status copy_database(Connection& connection, int version)
{
    const std::string schema = backup_schema(version);
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return tl::unexpected(transaction.error());
    const auto tables =
        read_rows<std::string>(connection, "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()", {},
                               [](const auto& row) { return row.at("tablename").toString().toStdString(); });
    if (!tables)
        return tl::unexpected(tables.error());
    std::vector<std::string> statements{fmt::format("DROP SCHEMA IF EXISTS {} CASCADE", schema),
                                        fmt::format("CREATE SCHEMA {}", schema)};
    for (const std::string& table : *tables)
        statements.push_back(fmt::format("CREATE TABLE {}.\"{}\" AS TABLE \"{}\"", schema, table, table));
    for (const std::string& statement : statements) {
        if (const Status done = connection.exec(QString::fromStdString(statement)); !done)
            return done;
    }
    return transaction->commit();
}

Status copy_file(Connection& connection, int version)
{
    const fs::path whole = backup_path(connection.address().file(), version);
    const fs::path part = whole.string() + fmt::format(".part-{}", ::getpid());
    std::error_code error;
    fs::remove(part, error); // of a process long gone that had the same number
    auto copy = connection.prepare(QStringLiteral("VACUUM INTO ?"));
    if (!copy)
        return tl::unexpected(copy.error());
    if (const Status copied = connection.run(*copy, {QString::fromStdString(part.string())}); !copied) {
        fs::remove(part, error);
        return copied;
    }
    fs::rename(part, whole, error);
    if (error)
        return failure("store.write", {{"store", whole.string()}, {"why", error.message()}}, Fault::output);
    return {};
}

} // namespace

Status back_up(Connection& connection, int version)
{
    return connection.dialect() == Dialect::sqlite ? copy_file(connection, version)
                                                   : copy_database(connection, version);
}

} // namespace gacsong
