// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "report/inspections/inspected_device.hpp"
#include "report/wording/wording.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// Columns of the table of devices (documents.md §3.7) that people fill in, in their order: all but `imei_ok` and
/// `remark`, which are the program's own.
[[nodiscard]] std::span<const std::string_view> typed_columns();
/// The same for a sentence: `date, premises, …`
[[nodiscard]] std::string typed_column_names();

/// Sets one column as somebody typed it; words of `words` become codes. `imei_ok` and `remark` are the program's own
/// and are passed over. Gives what is wrong with the value: why.* .
[[nodiscard]] std::optional<Message> set_device_field(InspectedDevice& device, std::string_view column,
                                                      std::string_view value, std::span<const Wording* const> words);

/// Reads a table: comma or semicolon, any order of columns; those that are not known are told in `row_problems`
/// (inspection.columns). Rows that cannot be read are told there as well (inspection.row) and left out. Errors:
/// table.empty, register.columns, table.too_many_rows.
[[nodiscard]] Result<std::vector<InspectedDevice>> parse_device_table(std::string_view text, const std::string& name,
                                                                      std::span<const Wording* const> words,
                                                                      std::vector<Message>& row_problems);

/// The table of devices. Codes stay codes, so that it can be read again; remarks are sentences of `words`.
[[nodiscard]] std::string device_table(std::span<const InspectedDevice> devices, const Wording& words, bool mark);

/// The program's remarks as one text.
[[nodiscard]] std::string remark_text(const InspectedDevice& device, const Wording& words);

} // namespace gacsong
