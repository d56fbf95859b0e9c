// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/tables/validity.hpp"
#include "dsp/message.hpp"
#include "dsp/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// One row of an ignore list (contract.md §3).
struct Ignored {
    std::size_t row = 0;
    double center_hz = 0.0;
    double bandwidth_hz = 0.0; ///< 0 where the table states none: only the centre is compared
    std::string reason;
    std::optional<Instant> until; ///< end of the last day; without it the row holds for ever
};

struct IgnoreList {
    std::string name;
    std::vector<Ignored> rows;

    /// The row that covers an emission at `t`: its centre lies in the row's band (widened by `uncertainty_hz`) and it
    /// is not wider than the row's band, so that a broad signal does not hide behind a narrow entry.
    [[nodiscard]] const Ignored* find(double center_hz, double bandwidth_hz, double uncertainty_hz, Instant t) const;
};

/// Reads an ignore list. Rows that cannot be read are told in `row_problems` (ignore.row) and left out.
/// Errors: register.columns, table.empty, table.too_many_rows.
[[nodiscard]] Result<IgnoreList> parse_ignore_list(std::string_view text, const std::string& name,
                                                   std::vector<Message>& row_problems);
[[nodiscard]] Result<IgnoreList> load_ignore_list(const std::filesystem::path& path,
                                                  std::vector<Message>& row_problems);

} // namespace gacsong
