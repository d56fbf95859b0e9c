// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/wording/wording.hpp"

#include <string>
#include <string_view>

namespace gacsong::app {

/// Text between the macros of a manual page (man(7)): backslashes, hyphens and what would begin a line as a macro are
/// made harmless.
[[nodiscard]] std::string roff(std::string_view text);

/// `gacsong-scan`; `gacsong` for an empty command. The window's page is `gacsong-gui`, the name of its program.
[[nodiscard]] std::string page_name(std::string_view command);

/// The manual page of a command, section 1, or of the program for an empty name: the commands and options that the help
/// lists, in the same words. `day` is the date of the page, `2026-11-26`.
[[nodiscard]] std::string man_page(std::string_view command, const Wording& words, std::string_view day);

} // namespace gacsong::app
