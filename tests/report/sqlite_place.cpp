// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/report/store_place.hpp"

#include <atomic>

namespace gacsong::test {

StoreAddress new_store(const TemporaryFolder& folder)
{
    static std::atomic<int> count{0};
    return folder.path() / ("new" + std::to_string(++count)) / "store.sqlite";
}

const char* set_version() { return "PRAGMA user_version=%1"; }

} // namespace gacsong::test
