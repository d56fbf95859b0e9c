// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/plan.hpp"
#include "dsp/result.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

inline constexpr std::size_t plan_row_limit = 10'000; ///< rows of all kinds together

/// One file of a plan.
struct PlanText {
    std::string file; ///< name shown to people
    std::string text; ///< TOML
};

/// Reads a plan from one or several files: `[plan]` with name and edition in one of them, rows as `[[band]]`,
/// `[[exempt]]`, `[[prohibited]]`, `[[protected]]`, `[[block]]`, `[[switched_off]]`, `[[network]]` (docs/plan.md).
/// A row that cannot be used is told in Plan::problems and left out. Errors: plan.file (wrong TOML, too many rows),
/// plan.no_edition.
[[nodiscard]] Result<Plan> parse_plan(std::span<const PlanText> files, const std::string& name);

/// Loads a plan by name from the first folder of `search_paths` that has it, as `<name>.toml` or as a folder `<name>`
/// of TOML files, or by the path of a file or folder. Errors also: plan.not_found and those of read_text_file.
[[nodiscard]] Result<Plan> load_plan(const std::string& name_or_file,
                                     std::span<const std::filesystem::path> search_paths);

/// A plan that can be loaded, for catalogues.
struct PlanListing {
    std::string name;
    std::filesystem::path path;
};
/// All plans of `search_paths`, each name once, in alphabetical order.
[[nodiscard]] std::vector<PlanListing> list_plans(std::span<const std::filesystem::path> search_paths);

} // namespace gacsong
