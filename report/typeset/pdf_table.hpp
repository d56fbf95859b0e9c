// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/typeset/page.hpp"

namespace gacsong::typeset {

/// Sets a table: 11 pt, head bold, rows of 6 mm at least that break between pages, the head again on each page.
void set_table(PageFlow& page, const Table& table);

} // namespace gacsong::typeset
