// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/store/connection.hpp"

namespace gacsong {

/// The version of an open store; 0 where there is nothing yet. A file says it as SQLite's `user_version`, beside the
/// `application_id` "GSSV" (byte 68); a database in the one row of its table `gacsong_store`.
/// Errors: store.open (the database of another program), store.newer, those of Connection::exec().
[[nodiscard]] Result<int> present_version(Connection& connection);

/// Marks it as a store of this version, within the transaction that made it so. Errors: as Connection::exec().
[[nodiscard]] Status mark_version(Connection& connection, int version);

} // namespace gacsong
