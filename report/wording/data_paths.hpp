// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace gacsong {

/// Folders in which a kind of data (`wording`, `plans`) is looked for, the one that wins first:
/// `$XDG_DATA_HOME/gacsong/<kind>`, `/etc/gacsong/<kind>`, the installed folder, the source tree.
/// Folders that do not exist are left out.
[[nodiscard]] std::vector<std::filesystem::path> data_folders(std::string_view kind);

/// `$XDG_DATA_HOME`, or `~/.local/share`; empty where neither is set.
[[nodiscard]] std::filesystem::path user_data_folder();

/// `$XDG_CONFIG_HOME`, or `~/.config`; empty where neither is set.
[[nodiscard]] std::filesystem::path user_config_folder();

} // namespace gacsong
