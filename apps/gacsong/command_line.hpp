// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/arguments.hpp"
#include "dsp/result.hpp"
#include "report/wording/wording.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong::app {

/// Reads a command line (without the program's name). Errors, all Fault::usage: option.unknown and command.unknown,
/// which name the nearest one; option.bad_value and option.missing_value with a value that would be right;
/// input.missing; option.conflict.
[[nodiscard]] Result<Arguments> parse_command_line(const std::vector<std::string>& words);

/// The help of a command, or of the program for an empty name, wrapped to `width` columns.
[[nodiscard]] std::string help_text(std::string_view command, const Wording& words, std::size_t width);

/// The language that a command line asks for, before anything else of it is looked at: its own errors and its help
/// must already speak it. Nothing where it names none.
[[nodiscard]] std::optional<Language> language_of(const std::vector<std::string>& words);

} // namespace gacsong::app
