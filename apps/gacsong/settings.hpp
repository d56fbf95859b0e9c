// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/arguments.hpp"
#include "dsp/result.hpp"

#include <filesystem>
#include <string_view>
#include <vector>

namespace gacsong::app {

/// Reads one settings file (TOML) over what stands in `settings`. `name` is for the errors' sentences. Paths in it are
/// as from the folder where the program runs. Errors, all Fault::usage: config.broken, config.key (names the nearest
/// known key), config.value.
[[nodiscard]] Status read_settings(std::string_view toml, std::string_view name, Settings& settings);

/// What holds in the end (contract.md §5), later wins: `/etc/gacsong/gacsong.toml`,
/// `$XDG_CONFIG_HOME/gacsong/gacsong.toml`, the file of --config, GACSONG_STORE, GACSONG_PLAN and GACSONG_LANG, flags.
/// Errors as above; config.missing where the file of --config cannot be read.
[[nodiscard]] Result<Settings> load_settings(const Arguments& arguments);

/// Language of the locale: the first of LC_ALL, LC_MESSAGES and LANG that is set; English unless it is Vietnamese.
[[nodiscard]] Language language_of_locale();

} // namespace gacsong::app
