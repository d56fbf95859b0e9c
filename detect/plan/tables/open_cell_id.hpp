// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "dsp/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// An export of OpenCelliD as a register of base stations.
struct ImportedCells {
    std::string table; ///< as contract.md §3 has it, with a column `source` that says `opencellid`
    std::size_t rows = 0;
    std::size_t left_out = 0; ///< of radios that this program does not know (CDMA)
};

/// Reads OpenCelliD's CSV: radio, mcc, net, area, cell, unit, lon, lat, … with a heading or, as its files by country
/// are, without. `unit` is kept as the PCI of LTE cells where it is one. Rows that cannot be read are told in
/// `row_problems` (import.row). Errors: table.empty, table.too_many_rows, import.no_cells.
[[nodiscard]] Result<ImportedCells> import_open_cell_id(std::string_view text, const std::string& name,
                                                        std::vector<Message>& row_problems);

} // namespace gacsong
