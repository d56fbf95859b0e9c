// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "report/store/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gacsong {

/// A base station as the store knows it: all that was heard under one identity, over all runs.
struct Site {
    std::string technology;
    std::string plmn;
    std::uint64_t cell = 0;
    std::vector<std::uint64_t> areas;    ///< every LAC or TAC that it stated, ascending
    std::vector<std::uint64_t> channels; ///< every ARFCN or EARFCN on which it was heard, ascending
    std::uint64_t sightings = 0;
    std::uint64_t runs = 0;
    std::optional<Instant> first_seen; ///< absent where no recording states its time
    std::optional<Instant> last_seen;
    std::optional<std::uint64_t> score;      ///< the highest of the last run
    std::optional<std::uint64_t> most_score; ///< the highest that it ever had
    std::string verdict;                     ///< the gravest of the last run
    std::int64_t last_run = 0;
    std::string last_id; ///< of that sighting in last_run, for `explain`
};

/// All base stations whose identity was decoded, by network and cell number. Errors: as Store.
[[nodiscard]] Result<std::vector<Site>> sites(Store& store);

} // namespace gacsong
