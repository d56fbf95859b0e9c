// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/store/connection.hpp"

#include <initializer_list>
#include <string>

namespace gacsong {

/// SHA-512 of a text, 128 hexadecimal digits.
[[nodiscard]] std::string sha512_of(const std::string& text);

/// SHA-512 over the rows of some tables where `column` has a value, independent of their order and of the database.
/// What is NULL does not count, so a column that a later version adds changes nothing. Errors: as Connection::run().
[[nodiscard]] Result<std::string> rows_hash(Connection& connection, std::initializer_list<const char*> tables,
                                            const char* column, const QVariant& value);

} // namespace gacsong
