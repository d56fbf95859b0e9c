// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/postgresql_server.hpp"

namespace gacsong::test {

/// The server on which all tests of the program keep their stores.
[[nodiscard]] PostgresqlServer& postgresql_server();

} // namespace gacsong::test
