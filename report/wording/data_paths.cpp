// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/wording/data_paths.hpp"

#include <cstdlib>
#include <string_view>
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

std::vector<fs::path> plan_folders()
{
    std::vector<fs::path> candidates;
    if (const fs::path user = user_data_folder(); !user.empty())
        candidates.push_back(user / "gacsong" / "plans");
    candidates.emplace_back("/etc/gacsong/plans");
    if (constexpr std::string_view source = GACSONG_DATA_DIR; !source.empty())
        candidates.push_back(fs::path(source) / "plans");
    candidates.push_back(fs::path(GACSONG_INSTALL_DATADIR) / "gacsong" / "plans");
    std::erase_if(candidates, [](const fs::path& folder) {
        std::error_code error;
        return !fs::is_directory(folder, error);
    });
    return candidates;
}

std::vector<fs::path> wording_folders()
{
    std::vector<fs::path> found = plan_folders();
    for (fs::path& folder : found)
        folder /= "wording";
    return found;
}

} // namespace gacsong
