// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "report/typeset/paper.hpp"

#include <string>

namespace gacsong::typeset {

/// The paper as the bytes of a PDF/A-1b file: A4, margins 20/20/30/15 mm, all fonts embedded, text that can be
/// searched. Errors: report.no_font, report.no_glyph, report.failed.
[[nodiscard]] Result<std::string> make_pdf(const Paper& paper);

} // namespace gacsong::typeset
