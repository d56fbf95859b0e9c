// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/store/schema.hpp"
#include "report/store/sql_columns.hpp"
#include "report/store/sql_values.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace gacsong {

/// A row as pairs of column and value, before it is bound to a statement.
using SqlRow = std::vector<std::pair<std::string, QVariant>>;

/// The columns of a record and their values, from its field list.
template <class Record> [[nodiscard]] SqlRow row_of(const Record& record)
{
    SqlRow row;
    for_each_column(record,
                    [&row](const std::string& name, const auto& member) { row.emplace_back(name, to_sql(member)); });
    return row;
}

/// Fills a record from the columns of a row that it has; others are left out.
template <class Record> void fill(Record& record, const std::map<std::string, QVariant>& row)
{
    for_each_column(record, [&row](const std::string& name, auto& member) {
        if (const auto found = row.find(name); found != row.end())
            from_sql(found->second, member);
    });
}

/// The run and its end as one row, and back.
[[nodiscard]] SqlRow row_of_run(const Run& run);
void fill_run(Run& run, const std::map<std::string, QVariant>& row);

/// `INSERT INTO table (…) VALUES (?, …)` with the columns of the row.
[[nodiscard]] QString insert_statement(const std::string& table, const SqlRow& row);

/// Values of a row in their order.
[[nodiscard]] std::vector<QVariant> values_of(const SqlRow& row);

/// The present row of a query by column names; what belongs to the database alone (row_order) is left out.
[[nodiscard]] std::map<std::string, QVariant> named_row(const QSqlQuery& query);

} // namespace gacsong
