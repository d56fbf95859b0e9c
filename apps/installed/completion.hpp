// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/wording/wording.hpp"

#include <string>

namespace gacsong::app {

/// Completion of `gacsong` and `gacsong-gui` for bash: commands, the options that a command takes, the words an option
/// chooses from, files.
[[nodiscard]] std::string bash_completion();

/// The same for zsh, with the sentences of the help.
[[nodiscard]] std::string zsh_completion(const Wording& words);

} // namespace gacsong::app
