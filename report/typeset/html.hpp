// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "report/typeset/paper.hpp"

#include <string>
#include <vector>

namespace gacsong::typeset {

/// The paper as one HTML file (UTF-8) that needs no other; figures are PNG within it, with their text alternatives.
/// Errors: report.no_font, report.failed.
[[nodiscard]] Result<std::string> make_html(const Paper& paper);

/// The same with its figures apart: `figures` gets them (PNG) in their order, and the page names them as figure_name()
/// does. Errors as above.
[[nodiscard]] Result<std::string> make_html_apart(const Paper& paper, std::vector<std::string>& figures);

/// `figure-1.png`; counted from 1.
[[nodiscard]] std::string figure_name(std::size_t number);

} // namespace gacsong::typeset
