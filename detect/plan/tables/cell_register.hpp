// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/place.hpp"
#include "detect/plan/tables/validity.hpp"
#include "dsp/message.hpp"
#include "dsp/result.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// A base station as the register lists it (contract.md §3).
struct RegisteredCell {
    std::size_t row = 0;    ///< as a spreadsheet numbers it
    std::string file;       ///< of the row, without folder
    std::string technology; ///< `gsm`, `umts`, `lte`, `nr`
    std::string plmn;       ///< `452-04`
    std::optional<std::uint64_t> area;
    std::uint64_t cell = 0; ///< CI, or the 28-bit identity
    std::optional<double> carrier_hz;
    std::optional<std::uint64_t> channel; ///< ARFCN or EARFCN
    std::optional<double> bandwidth_hz;
    std::optional<std::uint64_t> bsic;
    std::optional<std::uint64_t> pci;
    std::optional<Place> place;
    std::string operator_name;
    std::string site;
    std::string status; ///< empty, `maintenance`, `test` or `event`
    std::string source; ///< `opencellid`: what phones reported, not the operator's; empty: the office's own row
    Validity validity;
};

/// Base stations by identity.
class CellRegister {
public:
    CellRegister() = default;
    CellRegister(std::string name, std::vector<RegisteredCell> cells);

    std::optional<Instant> as_of; ///< of when it is: the latest day of its column `as_of`; nothing without one

    /// File name without folder; of several, joined by commas.
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::vector<RegisteredCell>& cells() const { return cells_; }
    /// Rows of one identity; for GSM the area is part of it.
    [[nodiscard]] std::vector<const RegisteredCell*> find(const std::string& technology, const std::string& plmn,
                                                          std::optional<std::uint64_t> area, std::uint64_t cell) const;
    /// Whether the register lists any cell of the network in that technology.
    [[nodiscard]] bool covers(const std::string& technology, const std::string& plmn) const;
    /// Every row of the network was reported by phones: it is no proof, and knows half of the cells at best.
    [[nodiscard]] bool only_reported(const std::string& technology, const std::string& plmn) const;
    /// Areas of the network's cells within `radius_km`, each once; empty where none is listed there.
    [[nodiscard]] std::vector<std::uint64_t> areas_near(const std::string& technology, const std::string& plmn,
                                                        const Place& place, double radius_km) const;

private:
    std::string name_;
    std::vector<RegisteredCell> cells_;
    std::map<std::pair<std::string, std::uint64_t>, std::vector<std::size_t>> by_identity_; ///< technology and PLMN
    std::map<std::string, std::vector<std::size_t>> by_network_;
    /// Rows with an area and a place of each network and area, by latitude.
    std::map<std::string, std::map<std::uint64_t, std::vector<std::size_t>>> by_area_;
};

/// Reads a register of base stations. Rows that cannot be read are told in `row_problems` (cells.row) and left out;
/// rows that contradict an earlier one of the same identity are told (cells.contradicts) and kept: either may be right.
/// Required columns: technology, mcc, mnc, cell. Errors: table.empty, register.columns, table.too_many_rows.
[[nodiscard]] Result<CellRegister> parse_cell_register(std::string_view text, const std::string& name,
                                                       std::vector<Message>& row_problems);
[[nodiscard]] Result<CellRegister> load_cell_register(const std::filesystem::path& path,
                                                      std::vector<Message>& row_problems);

/// Several registers (at least one) as one, in their order. Rows that contradict one of an earlier register are told
/// (cells.contradicts_other) and kept; it is as old as the oldest that states a date.
[[nodiscard]] CellRegister join_registers(std::vector<CellRegister> registers, std::vector<Message>& row_problems);

} // namespace gacsong
