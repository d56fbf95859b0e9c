// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/plan.hpp"
#include "dsp/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// Reads the agency's table of operators' blocks (contract.md §3). Rows that cannot be read are told in
/// `row_problems` (blocks.row) and left out, and so are rows that overlap an earlier one of another operator; the same
/// edges mean a shared block. Errors: register.columns, table.empty, table.too_many_rows.
[[nodiscard]] Result<std::vector<MobileBlock>> parse_blocks(std::string_view text, const std::string& name,
                                                            std::vector<Message>& row_problems);
[[nodiscard]] Result<std::vector<MobileBlock>> load_blocks(const std::filesystem::path& path,
                                                           std::vector<Message>& row_problems);

/// Puts `blocks` before those of the plan, and takes out of the plan what they overlap.
void add_blocks(Plan& plan, std::vector<MobileBlock> blocks);

} // namespace gacsong
