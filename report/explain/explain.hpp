// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/store/store.hpp"
#include "report/wording/wording.hpp"

#include <span>
#include <string>
#include <vector>

namespace gacsong {

/// A heading and the sentences below it.
struct Section {
    std::string title;
    std::vector<std::string> sentences;
};

/// An emission in one sentence that stands alone: verdict, system, frequency, bandwidth, level, time, quality.
[[nodiscard]] std::string emission_sentence(const Emission& emission, const Wording& words);

/// Everything that is known of an emission in full sentences: why it got its verdict, what was found, what was measured
/// and how well, what speaks against it, and what would make it surer. Sections without a sentence are left out.
[[nodiscard]] std::vector<Section> explain(const Emission& emission, std::span<const Finding> findings,
                                           const StoredRun& run, const Wording& words);

/// Which run the records come from: recording, program, plan, licence list.
[[nodiscard]] std::vector<std::string> about_run(const StoredRun& run, const Wording& words);

} // namespace gacsong
