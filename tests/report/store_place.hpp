// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/store/store_url.hpp"
#include "tests/support/temporary_folder.hpp"

namespace gacsong::test {

// The tests of the store are built twice: report_test keeps its stores in files, postgresql_test on a server.

/// A store of the test's own that is not there yet; a file lies in a folder that is not there either.
[[nodiscard]] StoreAddress new_store(const TemporaryFolder& folder);

/// Says that a store is of another version.
[[nodiscard]] const char* set_version();

} // namespace gacsong::test
