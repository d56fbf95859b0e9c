// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/tables/csv.hpp"
#include "detect/plan/tables/validity.hpp"
#include "dsp/result.hpp"

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// Names of a table's columns, compared without regard to case and to spaces around them.
class Heading {
public:
    explicit Heading(const CsvRow& row);

    [[nodiscard]] std::optional<std::size_t> find(std::string_view column) const;
    [[nodiscard]] std::size_t size() const { return names_.size(); }
    [[nodiscard]] const std::string& name(std::size_t index) const { return names_[index]; }
    /// Columns of `wanted` that are not there, joined by commas; empty where all are.
    [[nodiscard]] std::string missing(std::initializer_list<std::string_view> wanted) const;
    /// Positions of the columns that are not in `known`.
    [[nodiscard]] std::vector<std::size_t> others(std::span<const std::string_view> known) const;

private:
    std::vector<std::string> names_;
};

/// Reads the first record of a table as its heading. Errors: table.empty where there is none or it cannot be read,
/// register.columns where one of `required` is missing; `name` is what the table is called.
[[nodiscard]] Result<Heading> read_heading(CsvReader& reader, const std::string& name,
                                           std::initializer_list<std::string_view> required);

/// Takes typed values out of one record and remembers the first thing wrong with it.
class RowFields {
public:
    RowFields(const Heading& heading, const CsvRow& row, char separator);

    /// Empty where the column or the value is missing.
    [[nodiscard]] std::string_view text(std::string_view column) const;
    [[nodiscard]] std::string required_text(std::string_view column);
    [[nodiscard]] std::optional<double> number(std::string_view column, double lowest, double highest);
    [[nodiscard]] double required_number(std::string_view column, double lowest, double highest);
    /// `valid_from` as it stands, `valid_to` up to the end of its day. A `valid_to` after the year 2200 means no end.
    [[nodiscard]] Validity validity(std::string_view from_column, std::string_view to_column);
    /// Beginning of a day in Viet Nam.
    [[nodiscard]] std::optional<Instant> day(std::string_view column);

    void fail(Message problem);
    [[nodiscard]] const std::optional<Message>& problem() const { return problem_; }

private:
    const Heading& heading_;
    const CsvRow& row_;
    bool decimal_comma_;
    std::optional<Message> problem_;
};

} // namespace gacsong
