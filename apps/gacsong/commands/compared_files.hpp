// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/arguments.hpp"
#include "detect/rules/context.hpp"

#include <string>
#include <vector>

namespace gacsong::app {

/// The files that `context` was loaded from, with their hashes and of when they are, as StoreSink::set_compared_with()
/// takes them.
[[nodiscard]] std::vector<std::string> compared_files(const Settings& settings, const JudgeContext& context);

} // namespace gacsong::app
