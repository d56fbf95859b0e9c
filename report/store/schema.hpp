// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/store/connection.hpp"

#include <span>
#include <string>
#include <vector>

namespace gacsong {

/// A column of a table and its type in SQL.
struct SqlColumn {
    std::string name;
    std::string type;
};

/// A table: its key columns as they are created, and the columns that come from a record's field list.
struct SqlTable {
    std::string name;
    std::string keys;
    std::vector<SqlColumn> columns;
};

/// The tables of the store (contract.md: names and units as in JSON).
[[nodiscard]] const std::vector<SqlTable>& store_tables();
[[nodiscard]] const SqlTable& store_table(std::string_view name);

/// `PRAGMA user_version` of the stores that this program writes. A step is added to the list in schema.cpp when a
/// table changes its shape; a field that is only added needs none, its column is made when the store is opened.
[[nodiscard]] int store_version();

/// Brings a store to the present shape: a new file gets its tables, an older one the steps that it lacks, once a
/// copy of it lies beside it (back_up). A file of
/// another program and one of a newer version stay untouched.
/// Errors: store.open (not a store), store.newer, store.full, store.busy, store.write.
[[nodiscard]] Status migrate(Connection& connection);

} // namespace gacsong
