// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

namespace gacsong {

/// Folders in which plans are looked for, the one that wins first (contract.md §5): `$XDG_DATA_HOME/gacsong/plans`,
/// `/etc/gacsong/plans`, the installed folder. Those that do not exist are left out.
[[nodiscard]] std::vector<std::filesystem::path> plan_folders();

/// The same for sentences: `wording` below each folder of plans.
[[nodiscard]] std::vector<std::filesystem::path> wording_folders();

/// The installed folder with `plans` and `captures`: `share/gacsong` beside the folder of the programs, whatever prefix
/// they stand under; a build, whose programs lie deeper, has one as well. Empty where there is none.
[[nodiscard]] std::filesystem::path installed_data_folder(std::filesystem::path programs);

/// `$XDG_DATA_HOME`, or `~/.local/share`; empty where neither is set.
[[nodiscard]] std::filesystem::path user_data_folder();

/// `$XDG_CONFIG_HOME`, or `~/.config`; empty where neither is set.
[[nodiscard]] std::filesystem::path user_config_folder();

} // namespace gacsong
