// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/wording/data_paths.hpp"

#include "sdr/files/own_program.hpp"

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

/// Programs and tests of a build lie at most so many folders below it.
constexpr int deepest = 3;

} // namespace

fs::path installed_data_folder(fs::path programs)
{
    std::error_code error;
    // `bin` is where programs are installed: nothing above its prefix is looked at.
    for (int up = programs.filename() == "bin" ? deepest : 1; up <= deepest && programs.has_relative_path(); ++up) {
        programs = programs.parent_path();
        if (fs::path data = programs / "share" / "gacsong"; fs::is_directory(data / "plans", error))
            return data;
    }
    return {};
}

fs::path user_data_folder() { return from_environment("XDG_DATA_HOME", ".local/share"); }

fs::path user_config_folder() { return from_environment("XDG_CONFIG_HOME", ".config"); }

std::vector<fs::path> plan_folders()
{
    std::vector<fs::path> candidates;
    if (const fs::path user = user_data_folder(); !user.empty())
        candidates.push_back(user / "gacsong" / "plans");
    candidates.emplace_back("/etc/gacsong/plans");
    if (const fs::path installed = installed_data_folder(own_program_folder()); !installed.empty())
        candidates.push_back(installed / "plans");
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
