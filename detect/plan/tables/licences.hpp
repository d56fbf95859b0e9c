// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/place.hpp"
#include "detect/plan/tables/validity.hpp"
#include "dsp/message.hpp"
#include "dsp/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// One row of a licence register (contract.md §3).
struct Licence {
    std::size_t row = 0; ///< as a spreadsheet counts; the heading is 1
    std::string id;
    std::string holder;
    std::string service;
    double center_hz = 0.0;
    std::optional<double> bandwidth_hz; ///< stated, or from the designator
    std::string designator;
    std::optional<double> power_w;
    std::optional<Place> place;
    std::optional<double> radius_km;
    Validity validity;
    std::string note;
    std::vector<std::string> extra; ///< values of the columns that LicenceRegister::extra_columns names

    /// Edges of the licensed channel; the centre where no bandwidth is known.
    [[nodiscard]] double low_hz() const { return center_hz - bandwidth_hz.value_or(0.0) / 2.0; }
    [[nodiscard]] double high_hz() const { return center_hz + bandwidth_hz.value_or(0.0) / 2.0; }
};

/// A licence register in memory, ordered by frequency.
class LicenceRegister {
public:
    LicenceRegister() = default;
    LicenceRegister(std::string name, std::vector<std::string> extra_columns, std::vector<Licence> licences);

    [[nodiscard]] const std::string& name() const { return name_; } ///< file name without folder
    [[nodiscard]] const std::vector<std::string>& extra_columns() const { return extra_columns_; }
    /// All rows in the order of their centre.
    [[nodiscard]] const std::vector<Licence>& licences() const { return licences_; }

    /// Rows whose channel meets low_hz … high_hz, in the order of their centre.
    [[nodiscard]] std::vector<const Licence*> meeting(double low_hz, double high_hz) const;
    /// The row with the centre nearest to `frequency_hz`; null where the register is empty.
    [[nodiscard]] const Licence* nearest(double frequency_hz) const;

    std::optional<Instant> as_of; ///< when the file was last written

private:
    std::string name_;
    std::vector<std::string> extra_columns_;
    std::vector<Licence> licences_;
    std::vector<std::size_t> wide_; ///< rows wider than `narrow_limit_hz`
    double widest_narrow_hz_ = 0.0;
};

/// Reads a register from text. Rows that cannot be read are told in `row_problems` (register.row) and left out.
/// Errors: register.columns, table.empty, table.too_many_rows.
[[nodiscard]] Result<LicenceRegister> parse_register(std::string_view text, const std::string& name,
                                                     std::vector<Message>& row_problems);

/// The same from a file of at most 256 MiB. Errors also: those of read_text_file.
[[nodiscard]] Result<LicenceRegister> load_register(const std::filesystem::path& path,
                                                    std::vector<Message>& row_problems);

} // namespace gacsong
