// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/cases/audit.hpp"
#include "report/store/store.hpp"

#include <cstddef>

namespace gacsong {

/// What a store forgot, or would forget.
struct Forgotten {
    std::size_t runs = 0;
    std::size_t kept = 0; ///< as old, but in a case or measured of an inspected device
};

/// Takes runs out of the store that were stored before `before` and that no case and no inspected device rests on, each
/// with an entry in the log that holds its last hash, so that the chain stays whole and says what is gone. Open runs
/// stay. `only_count`: changes nothing. All in one transaction. Recordings and clips on disk are not touched.
/// Errors: those of the store.
[[nodiscard]] Result<Forgotten> forget_runs(Store& store, const Hand& hand, Instant before, bool only_count);

} // namespace gacsong
