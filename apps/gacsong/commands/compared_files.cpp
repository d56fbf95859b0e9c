// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands/compared_files.hpp"

#include "detect/plan/plan_reader.hpp"
#include "report/evidence/file_hash.hpp"
#include "report/records/compared_with.hpp"
#include "report/text/time_text.hpp"
#include "report/wording/data_paths.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace gacsong::app {

namespace {

namespace fs = std::filesystem;

/// The files of a plan that load_plan() reads.
std::vector<fs::path> files_of_plan(const std::string& name_or_file)
{
    fs::path path = name_or_file;
    if (name_or_file.find('/') == std::string::npos && !name_or_file.ends_with(".toml")) {
        const auto folders = plan_folders();
        for (const PlanListing& plan : list_plans(folders)) {
            if (plan.name == name_or_file)
                path = plan.path;
        }
    }
    std::error_code error;
    if (!fs::is_directory(path, error))
        return {path};
    std::vector<fs::path> files;
    for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
        if (at->path().extension() == ".toml")
            files.push_back(at->path());
    }
    std::ranges::sort(files);
    return files;
}

std::string moment_of(const std::optional<Instant>& moment) { return moment ? rfc3339(*moment, 0) : std::string{}; }

} // namespace

std::vector<std::string> compared_files(const Settings& settings, const JudgeContext& context)
{
    std::vector<std::string> lines;
    const auto add = [&](const char* kind, const fs::path& file, std::string as_of) {
        lines.push_back(setting_of({kind, file.filename().string(), std::move(as_of), evidence::sha512_of_file(file)}));
    };
    for (const fs::path& file : files_of_plan(settings.plan.value_or("vn")))
        add("plan", file, context.plan.edition);
    if (settings.register_file)
        add("register", *settings.register_file, moment_of(context.licences->as_of));
    for (const std::string& file : settings.cells_files) // of several only the oldest date is known
        add("cells", file, settings.cells_files.size() == 1 ? moment_of(context.cells->as_of) : std::string{});
    if (settings.blocks_file)
        add("blocks", *settings.blocks_file, {});
    if (settings.ignore_file)
        add("ignore", *settings.ignore_file, {});
    return lines;
}

} // namespace gacsong::app
