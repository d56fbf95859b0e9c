// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/store_mark.hpp"

#include "report/store/schema.hpp"

#include <string>

namespace gacsong {
namespace {

constexpr int application_id = 0x47535356; ///< "GSSV"

/// What a database says of itself.
struct Mark {
    bool ours = false;
    bool empty = false;
    int version = 0;
};

Result<int> number(Connection& connection, const char* statement)
{
    return connection.value(QString::fromLatin1(statement)).map([](const QVariant& value) { return value.toInt(); });
}

Result<Mark> mark_of_file(Connection& connection)
{
    const auto id = number(connection, "PRAGMA application_id");
    const auto version = number(connection, "PRAGMA user_version");
    const auto tables = number(connection, "SELECT count(*) FROM sqlite_master");
    if (!id || !version || !tables)
        return tl::unexpected(!id ? id.error() : !version ? version.error() : tables.error());
    return Mark{*id == application_id, *id == 0 && *version == 0 && *tables == 0, *version};
}

/// Only the schema in which tables are made counts; a server keeps many programs' tables beside each other.
Result<Mark> mark_of_database(Connection& connection)
{
    const auto tables = number(connection, "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema()");
    const auto ours = number(connection, "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND "
                                         "tablename = 'gacsong_store'");
    if (!tables || !ours)
        return tl::unexpected(!tables ? tables.error() : ours.error());
    if (*ours == 0)
        return Mark{false, *tables == 0, 0};
    return number(connection, "SELECT version FROM gacsong_store").map([](int version) {
        return Mark{true, false, version};
    });
}

} // namespace

Result<int> present_version(Connection& connection)
{
    const auto mark = connection.dialect() == Dialect::sqlite ? mark_of_file(connection) : mark_of_database(connection);
    if (!mark)
        return tl::unexpected(mark.error());
    const Argument store{"store", connection.address().name()};
    if (!mark->empty && !mark->ours)
        return failure("store.open", {store, {"why", std::vector<Message>{Message("why.not_a_store")}}}, Fault::output);
    if (mark->version > store_version())
        return failure("store.newer", {store, {"version", std::to_string(mark->version)}}, Fault::output);
    return mark->version;
}

Status mark_version(Connection& connection, int version)
{
    if (connection.dialect() == Dialect::sqlite) {
        const Status ours = connection.exec(QStringLiteral("PRAGMA application_id=%1").arg(application_id));
        return ours ? connection.exec(QStringLiteral("PRAGMA user_version=%1").arg(version)) : ours;
    }
    Status done = connection.exec(QStringLiteral("CREATE TABLE IF NOT EXISTS gacsong_store (version BIGINT NOT NULL)"));
    if (done)
        done = connection.exec(QStringLiteral("DELETE FROM gacsong_store"));
    return done ? connection.exec(QStringLiteral("INSERT INTO gacsong_store (version) VALUES (%1)").arg(version))
                : done;
}

} // namespace gacsong
