// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/cases/audit.hpp"
#include "report/store/store.hpp"

#include <cstddef>

namespace gacsong {

/// What a merge brought.
struct Merged {
    std::size_t runs = 0;
    std::size_t cases = 0;
    std::size_t devices = 0;
    std::size_t there = 0; ///< runs that were in the store already
};

/// Takes runs, cases and inspected devices of another store that are not in `store` yet, in one transaction. A run is
/// known by its unique id; a case that has the id of another one here gets `-2`, `-3`, … behind it. The other file is
/// read from a copy and never changed; a database is read as it stood at one moment. Runs and cases are told in the log
/// with the head of the other one's log.
/// Errors: file.not_found, verify.store (its log is not whole), those of Store::open() and of writing.
[[nodiscard]] Result<Merged> merge_store(Store& store, const StoreAddress& other, const Hand& hand);

} // namespace gacsong
