// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "dsp/result.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace gacsong {

/// A row of a table that users keep: column and value.
using ListRow = std::vector<std::pair<std::string, std::string>>;

/// Adds a row to a CSV table with a heading, in the order of its own columns and with its own separator; values of
/// columns that it lacks are left out. A file that is not there is made with the columns of the row. The rest of the
/// file stays to the last byte. Errors: list.read, list.columns (a `needed` column is missing), output.full,
/// output.write.
[[nodiscard]] Status append_row(const std::filesystem::path& path, const ListRow& row,
                                const std::vector<std::string>& needed);

/// Row of an ignore list (contract.md §3). `until` is a date `YYYY-MM-DD` or empty.
[[nodiscard]] ListRow ignore_row(const Emission& emission, double width_hz, const std::string& reason,
                                 const std::string& until);
/// Row of a licence register.
[[nodiscard]] ListRow licence_row(const Emission& emission, const std::string& id, const std::string& holder,
                                  const std::string& note);

} // namespace gacsong
