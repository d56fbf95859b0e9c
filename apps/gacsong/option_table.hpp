// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/arguments.hpp"

#include <span>
#include <string>
#include <string_view>

namespace gacsong::app {

/// One option: its spellings, its sentence in the help (`option.<key>`), and what it does to the arguments.
struct OptionSpec {
    std::string_view key;
    std::string_view names;    ///< `-f,--center`
    std::string_view value;    ///< what stands for its value in the help; empty: a flag
    std::string_view example;  ///< a value that would be right, for the error's sentence
    std::string_view commands; ///< names of the commands that take it, separated by blanks; `*`: all
    /// Takes the value (empty for a flag); false where it is not one.
    bool (*set)(Arguments& arguments, const std::string& value);
    bool repeats = false; ///< may stand several times, each value counts; of others the last one does
};

/// Options of the commands about cases and papers.
[[nodiscard]] std::span<const OptionSpec> office_options();

/// All options in the order of the help. Adding one is a line in its list.
[[nodiscard]] std::span<const OptionSpec> option_table();

/// Whether a command takes an option.
[[nodiscard]] bool takes(std::string_view command, const OptionSpec& option);

} // namespace gacsong::app
