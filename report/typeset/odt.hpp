// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "report/typeset/paper.hpp"

#include <string>

namespace gacsong::typeset {

/// The paper as an OpenDocument text that an office can go on writing in: A4 with the margins of the sheet, figures as
/// pictures, `Times New Roman` before other families. Pages carry no numbers: the form has no room for them here.
/// Errors: report.no_font, report.failed.
[[nodiscard]] Result<std::string> make_odt(const Paper& paper);

} // namespace gacsong::typeset
