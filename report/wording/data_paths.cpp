// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/wording/data_paths.hpp"

#include <cstdlib>
#include <string>
#include <system_error>

namespace gacsong {
namespace {

namespace fs = std::filesystem;

fs::path from_environment(const char* variable, std::string_view below_home)
{
    const char* value = std::getenv(variable);
    if (value != nullptr && *value == '/') // the XDG specification: a relative path is to be ignored
        return value;
    const char* home = std::getenv("HOME");
    return home != nullptr && *home != '\0' ? fs::path(home) / below_home : fs::path{};
}

} // namespace

fs::path user_data_folder() { return from_environment("XDG_DATA_HOME", ".local/share"); }

fs::path user_config_folder() { return from_environment("XDG_CONFIG_HOME", ".config"); }

std::vector<fs::path> data_folders(std::string_view kind)
{
    // In the source tree and where it is installed, plans stand at the top and wording in a folder among them.
    const bool plans = kind == "plans";
    const auto inside = [&](const fs::path& plans_folder) { return plans ? plans_folder : plans_folder / kind; };
    std::vector<fs::path> candidates;
    if (const fs::path user = user_data_folder(); !user.empty())
        candidates.push_back(user / "gacsong" / kind);
    candidates.push_back(fs::path("/etc/gacsong") / kind);
    candidates.push_back(inside(fs::path(GACSONG_INSTALL_DATADIR) / "gacsong" / "plans"));
    candidates.push_back(inside(fs::path(GACSONG_DATA_DIR)));
    std::vector<fs::path> found;
    for (const fs::path& folder : candidates) {
        std::error_code error;
        if (fs::is_directory(folder, error))
            found.push_back(folder);
    }
    return found;
}

} // namespace gacsong
