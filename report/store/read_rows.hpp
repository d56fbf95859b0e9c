// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/store/connection.hpp"
#include "report/store/rows.hpp"

#include <string>
#include <vector>

namespace gacsong {

/// Reads all rows of a statement; make(row) gives one element each. Errors: as Connection::run().
template <class T, class Make>
[[nodiscard]] Result<std::vector<T>> read_rows(Connection& connection, const std::string& statement,
                                               const std::vector<QVariant>& values, const Make& make)
{
    auto query = connection.prepare(QString::fromStdString(statement));
    if (!query)
        return tl::unexpected(query.error());
    if (const Status ran = connection.run(*query, values); !ran)
        return tl::unexpected(ran.error());
    std::vector<T> all;
    while (query->next())
        all.push_back(make(named_row(*query)));
    if (const Status whole = connection.read_whole(*query); !whole)
        return tl::unexpected(whole.error());
    return all;
}

/// A record from the columns of a row.
template <class Record> [[nodiscard]] Record filled(const std::map<std::string, QVariant>& row)
{
    Record record;
    fill(record, row);
    return record;
}

/// Writes one record into a table that has its columns. Errors: as Connection::run().
[[nodiscard]] inline Status insert_row(Connection& connection, const std::string& table, const SqlRow& row)
{
    auto statement = connection.prepare(insert_statement(table, row));
    if (!statement)
        return tl::unexpected(statement.error());
    return connection.run(*statement, values_of(row));
}

/// Runs a statement with values that gives no rows. Errors: as Connection::run().
[[nodiscard]] inline Status run_statement(Connection& connection, const std::string& statement,
                                          const std::vector<QVariant>& values)
{
    auto prepared = connection.prepare(QString::fromStdString(statement));
    if (!prepared)
        return tl::unexpected(prepared.error());
    return connection.run(*prepared, values);
}

} // namespace gacsong
