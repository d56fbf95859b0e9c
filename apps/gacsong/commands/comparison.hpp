// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/arguments.hpp"
#include "detect/rules/context.hpp"
#include "dsp/result.hpp"
#include "dsp/sample_source.hpp"

#include <memory>
#include <vector>

namespace gacsong::app {

/// What emissions are compared with, and what was wrong with the files it came from.
struct Comparison {
    std::shared_ptr<const JudgeContext> context;
    std::vector<Message> problems; ///< rows that are not used
};

/// Loads plan, licence register and ignore list. Errors: those of load_plan(), load_register(), load_ignore_list().
[[nodiscard]] Result<Comparison> load_comparison(const Settings& settings);

/// The context at the place of a recording: what the user states of the place beats what the recording says, and the
/// positions of a receiver that may move (null: it stays).
[[nodiscard]] std::shared_ptr<const JudgeContext> context_at(std::shared_ptr<const JudgeContext> context,
                                                             const StreamInfo& stream,
                                                             std::shared_ptr<const ReceiverTrack> track = nullptr);

} // namespace gacsong::app
