// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/explain/explain.hpp"
#include "report/json/record_json.hpp"
#include "sdr/inspection.hpp"

#include <string>
#include <vector>

namespace gacsong {

/// What a recording says of itself, where each fact came from, and what is missing, for people. Nothing is guessed;
/// what the samples look like stands apart and is called a guess.
[[nodiscard]] std::vector<Section> info_sections(const sdr::Inspection& inspection, const Wording& words);

/// The same as one JSON object on one line: `{"type":"info",…}` with the field names of `run` (contract.md §2). Unknown
/// is `null` for the four facts that a recording must state, else absent.
[[nodiscard]] std::string info_json(const sdr::Inspection& inspection, const Wordings& wordings);

} // namespace gacsong
