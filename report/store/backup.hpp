// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/store/connection.hpp"

#include <string>

namespace gacsong {

/// Where the copy of a store of an older version lies: `store.sqlite.version-5`, beside it.
[[nodiscard]] std::filesystem::path backup_path(const std::filesystem::path& store, int version);

/// The schema that holds the copy of a database: `gacsong_version_5`.
[[nodiscard]] std::string backup_schema(int version);

/// Copies a whole store beside itself before its tables change, as it stood at one moment, while others may read and
/// write it: a file to backup_path(), the tables of a database, without their indices, into backup_schema(). A copy of
/// the same version, which an attempt that failed left behind, is replaced when the new one is whole. Must not be
/// within a transaction.
/// Errors: those of Connection::exec(); the store is untouched.
[[nodiscard]] Status back_up(Connection& connection, int version);

} // namespace gacsong
