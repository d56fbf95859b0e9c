// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"
#include "report/store/store.hpp"

#include <cstdint>
#include <optional>

namespace gacsong {

/// How loud a base station was in earlier receptions within 500 m, on the same carrier and with the same identity.
struct PastLevels {
    std::uint64_t receptions = 0; ///< at most the last 1000
    double loudest_db = 0.0;      ///< dBm where `calibrated`, else dBFS
    double now_db = 0.0;
    bool calibrated = false; ///< now, and in each of them

    /// Louder than ever here, by more than levels of one transmitter usually differ from one reception to the next.
    [[nodiscard]] bool louder() const;
};

/// Nothing where fewer than three earlier receptions are known, or the place or the level is not.
[[nodiscard]] Result<std::optional<PastLevels>> past_levels(Store& store, const StoredRun& run, const Cell& cell);

} // namespace gacsong
