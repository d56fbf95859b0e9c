// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/explain/explain.hpp"
#include "report/store/past_levels.hpp"

namespace gacsong {

/// A base station in one sentence that stands alone: verdict, identity, network, channel, score.
[[nodiscard]] std::string cell_sentence(const Cell& cell, const Wording& words);

/// Everything that is known of a base station in full sentences: its verdict, the arithmetic of the score line by line,
/// what could not be evaluated, what was measured (beside what it was before at the place), and what would make it
/// surer. Sections without a sentence are left out.
[[nodiscard]] std::vector<Section> explain(const Cell& cell, const StoredRun& run, const Wording& words,
                                           const std::optional<PastLevels>& past = std::nullopt);

} // namespace gacsong
