// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/cases/case_records.hpp"

#include <string>

namespace gacsong {

/// One JSON object each, without the line's end, `type` first: `case`, `case_item`, `case_note`. Absent is unknown;
/// times are RFC 3339, UTC.
[[nodiscard]] std::string case_json(const CaseFile& file);
[[nodiscard]] std::string case_item_json(const CaseItem& item);
[[nodiscard]] std::string case_note_json(const CaseNote& note);

} // namespace gacsong
