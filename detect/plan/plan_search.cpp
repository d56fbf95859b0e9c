// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/plan_reader.hpp"
#include "detect/plan/tables/text_file.hpp"

#include <algorithm>
#include <map>
#include <system_error>

namespace gacsong {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view wording_folder = "wording";

std::vector<fs::path> toml_files(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        if (at->path().extension() == ".toml" && at->is_regular_file(error)) {
            files.push_back(at->path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<fs::path> files_of(const fs::path& file_or_folder)
{
    std::error_code error;
    if (fs::is_directory(file_or_folder, error)) {
        return toml_files(file_or_folder);
    }
    return {file_or_folder};
}

Result<Plan> load_files(const std::string& name, const fs::path& path)
{
    std::vector<PlanText> texts;
    for (const auto& file : files_of(path)) {
        auto read = read_text_file(file, plan_file_limit);
        if (!read) {
            return tl::unexpected(read.error());
        }
        texts.push_back(PlanText{.file = file.filename().string(), .text = std::move(read->text)});
    }
    return parse_plan(texts, name);
}

} // namespace

Result<Plan> load_plan(const std::string& name_or_file, std::span<const fs::path> search_paths)
{
    std::error_code error;
    const bool is_path = name_or_file.find('/') != std::string::npos || name_or_file.ends_with(".toml");
    if (is_path) {
        return load_files(name_or_file, name_or_file);
    }
    for (const auto& folder : search_paths) {
        const fs::path file = folder / (name_or_file + ".toml");
        if (fs::is_regular_file(file, error)) {
            return load_files(name_or_file, file);
        }
        const fs::path many = folder / name_or_file;
        if (name_or_file != wording_folder && !name_or_file.empty() && fs::is_directory(many, error)) {
            return load_files(name_or_file, many);
        }
    }
    return failure("plan.not_found", {{"plan", name_or_file}}, Fault::usage);
}

std::vector<PlanListing> list_plans(std::span<const fs::path> search_paths)
{
    std::map<std::string, fs::path> found;
    for (const auto& folder : search_paths) {
        std::error_code error;
        for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
            const fs::path& path = at->path();
            if (at->is_regular_file(error) && path.extension() == ".toml") {
                found.try_emplace(path.stem().string(), path);
            } else if (at->is_directory(error) && path.filename() != wording_folder && !toml_files(path).empty()) {
                found.try_emplace(path.filename().string(), path);
            }
        }
    }
    std::vector<PlanListing> plans;
    for (const auto& [name, path] : found) {
        plans.push_back(PlanListing{.name = name, .path = path});
    }
    return plans;
}

} // namespace gacsong
