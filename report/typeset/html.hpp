// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "report/typeset/paper.hpp"

#include <string>

namespace gacsong::typeset {

/// The paper as one HTML file (UTF-8) that needs no other; figures are PNG within it, with their text alternatives.
/// Errors: report.no_font, report.failed.
[[nodiscard]] Result<std::string> make_html(const Paper& paper);

} // namespace gacsong::typeset
