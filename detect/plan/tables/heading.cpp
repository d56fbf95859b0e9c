// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/tables/heading.hpp"

#include "detect/plan/tables/number.hpp"

#include <algorithm>

namespace gacsong {

namespace {

/// A day that stands for "no end" in exported tables.
bool beyond_all_plans(std::string_view day) { return day.starts_with("9999-") || day.ends_with("/9999"); }

} // namespace

Heading::Heading(const CsvRow& row) : names_(row.fields)
{
    for (auto& name : names_) {
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    }
}

std::optional<std::size_t> Heading::find(std::string_view column) const
{
    const auto found = std::find(names_.begin(), names_.end(), column);
    if (found == names_.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - names_.begin());
}

Result<Heading> read_heading(CsvReader& reader, const std::string& name,
                             std::initializer_list<std::string_view> required)
{
    const auto first = reader.next();
    if (!first || first->problem)
        return failure("table.empty", {{"file", name}}, Fault::usage);
    Heading heading(*first);
    if (const auto missing = heading.missing(required); !missing.empty())
        return failure("register.columns", {{"register", name}, {"columns", missing}}, Fault::usage);
    return heading;
}

std::string Heading::missing(std::initializer_list<std::string_view> wanted) const
{
    std::string list;
    for (const auto column : wanted) {
        if (!find(column)) {
            list += (list.empty() ? "" : ", ") + std::string(column);
        }
    }
    return list;
}

std::vector<std::size_t> Heading::others(std::span<const std::string_view> known) const
{
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < names_.size(); ++i) {
        if (std::find(known.begin(), known.end(), names_[i]) == known.end()) {
            positions.push_back(i);
        }
    }
    return positions;
}

RowFields::RowFields(const Heading& heading, const CsvRow& row, char separator)
    : heading_(heading), row_(row), decimal_comma_(separator == ';'), problem_(row.problem)
{
    const auto beyond =
        std::find_if(row.fields.begin() + static_cast<std::ptrdiff_t>(std::min(row.fields.size(), heading.size())),
                     row.fields.end(), [](const auto& field) { return !field.empty(); });
    if (beyond != row.fields.end()) {
        fail(Message("why.fields", {{"n", static_cast<std::int64_t>(row.fields.size())},
                                    {"expected", static_cast<std::int64_t>(heading.size())}}));
    }
}

std::string_view RowFields::text(std::string_view column) const
{
    const auto index = heading_.find(column);
    return index && *index < row_.fields.size() ? std::string_view(row_.fields[*index]) : std::string_view();
}

std::string RowFields::required_text(std::string_view column)
{
    const auto value = text(column);
    if (value.empty()) {
        fail(Message("why.missing", {{"column", std::string(column)}}));
    }
    return std::string(value);
}

std::optional<double> RowFields::number(std::string_view column, double lowest, double highest)
{
    const auto value = text(column);
    if (value.empty()) {
        return std::nullopt;
    }
    const auto number = parse_number(value, decimal_comma_);
    if (!number) {
        fail(Message("why.number", {{"value", std::string(value)}, {"column", std::string(column)}}));
        return std::nullopt;
    }
    if (*number < lowest || *number > highest) {
        fail(Message("why.range", {{"column", std::string(column)}, {"value", std::string(value)}}));
        return std::nullopt;
    }
    return number;
}

double RowFields::required_number(std::string_view column, double lowest, double highest)
{
    if (text(column).empty()) {
        fail(Message("why.missing", {{"column", std::string(column)}}));
    }
    return number(column, lowest, highest).value_or(lowest);
}

std::optional<Instant> RowFields::day(std::string_view column)
{
    const auto value = text(column);
    if (value.empty()) {
        return std::nullopt;
    }
    const auto day = parse_day(value);
    if (!day) {
        fail(Message("why.date", {{"value", std::string(value)}, {"column", std::string(column)}}));
    }
    return day;
}

Validity RowFields::validity(std::string_view from_column, std::string_view to_column)
{
    Validity validity{.from = day(from_column), .until = {}};
    if (!beyond_all_plans(text(to_column))) {
        if (const auto last = day(to_column)) {
            validity.until = day_after(*last);
        }
    }
    if (validity.empty()) {
        fail(Message("why.ends_before_start"));
    }
    return validity;
}

void RowFields::fail(Message problem)
{
    if (!problem_) {
        problem_ = std::move(problem);
    }
}

} // namespace gacsong
