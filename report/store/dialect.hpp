// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>
#include <string>
#include <vector>

class QSqlError;

namespace gacsong {

/// The databases that a store may lie in. What they say differently stands in dialect.cpp; everything else of the store
/// is written once, in SQL that both read.
enum class Dialect { sqlite, postgresql };

/// A definition of a table or column, written with SQLite's types, in the words of the database. Text is compared by
/// its bytes in both, so that rows come in the same order whatever the language of the server.
[[nodiscard]] std::string definition(Dialect dialect, std::string sql);

/// The column by which rows of a table are read in the order in which they were written. SQLite has one in each table.
/// It belongs to the database, not to the record: named_row() leaves it out.
constexpr const char* row_order = "rowid";

/// Its definition, with a comma before it; empty where each table has it.
[[nodiscard]] std::string row_order_definition(Dialect dialect);

/// Begins a transaction that has the sole right to write, before anything is read in it. Others wait for ten seconds.
[[nodiscard]] std::vector<QString> begin_writing(Dialect dialect);

/// The number that the last row got whose key the database counts.
[[nodiscard]] QString last_number(Dialect dialect);

/// The names of the columns of a table, in a column `name`.
[[nodiscard]] std::string columns_of_table(Dialect dialect, const std::string& table);

/// An aggregate: the different values of a column, with commas between them.
[[nodiscard]] std::string listed(Dialect dialect, const std::string& column);

/// What an error of the database means for the user.
enum class Trouble { full, busy, gone, other };
[[nodiscard]] Trouble trouble_of(Dialect dialect, const QSqlError& error);

/// What the database says of an error, without its code; where it says nothing, what Qt does.
[[nodiscard]] std::string reason_of(Dialect dialect, const QSqlError& error);

} // namespace gacsong
