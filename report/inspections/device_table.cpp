// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/inspections/device_table.hpp"

#include "detect/plan/tables/heading.hpp"
#include "detect/plan/tables/number.hpp"
#include "report/inspections/inspection_codes.hpp"
#include "report/json/json_text.hpp"
#include "report/text/csv_text.hpp"
#include "report/text/utf8.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace gacsong {
namespace {

constexpr std::array<std::string_view, 23> columns{"date",           "premises",      "address",     "kind_of_business",
                                                   "representative", "inspectors",    "device_kind", "make",
                                                   "model",          "serial",        "imei",        "imei_ok",
                                                   "mark",           "certificate",   "declaration", "invoice",
                                                   "label_freq_hz",  "label_power_w", "emission_id", "remark",
                                                   "action",         "seal_no",       "note"};
constexpr std::array<std::string_view, 2> own{"imei_ok", "remark"};
constexpr std::size_t longest_text = 1'000; ///< bytes in a field
constexpr double highest_hz = 3e12;
constexpr double highest_w = 1e7;

std::string coded(std::string_view column, const std::string& value, std::span<const Wording* const> words)
{
    if (column == "mark") {
        const std::size_t end = std::min(value.find(' '), value.size());
        const std::string whole = to_code(column, value, words); // "không đọc được" has blanks in it
        return whole != value || end == value.size() ? whole
                                                     : to_code(column, value.substr(0, end), words) + value.substr(end);
    }
    const bool has_codes = column == "device_kind" || column == "kind_of_business" || column == "action";
    return has_codes ? to_code(column, value, words) : value;
}

} // namespace

std::span<const std::string_view> typed_columns()
{
    static const std::vector<std::string_view> typed = [] {
        std::vector<std::string_view> out;
        std::ranges::copy_if(columns, std::back_inserter(out),
                             [](std::string_view column) { return std::ranges::find(own, column) == own.end(); });
        return out;
    }();
    return typed;
}

std::string typed_column_names() { return fmt::format("{}", fmt::join(typed_columns(), ", ")); }

std::optional<Message> set_device_field(InspectedDevice& device, std::string_view column, std::string_view value,
                                        std::span<const Wording* const> words)
{
    if (std::ranges::find(own, column) != own.end())
        return std::nullopt;
    const auto wrong = [&](const char* why) {
        return Message(why, {{"value", std::string(value.substr(0, longest_text))}, {"column", std::string(column)}});
    };
    const std::string clean = printable(value);
    if (clean.size() > longest_text)
        return wrong("why.range");
    std::optional<Message> problem;
    for_each_field(device, [&](std::string_view name, auto& member) {
        if (name != column)
            return;
        using Member = std::remove_cvref_t<decltype(member)>;
        if constexpr (std::is_same_v<Member, std::string>) {
            member = coded(column, clean, words);
        } else if constexpr (std::is_same_v<Member, std::optional<double>>) {
            member = parse_number(value, value.find('.') == std::string_view::npos);
            const double highest = column == "label_freq_hz" ? highest_hz : highest_w;
            if (value.empty())
                member.reset();
            else if (!member)
                problem = wrong("why.number");
            else if (*member <= 0.0 || *member > highest)
                problem = wrong("why.range");
        }
    });
    return problem;
}

Result<std::vector<InspectedDevice>> parse_device_table(std::string_view text, const std::string& name,
                                                        std::span<const Wording* const> words,
                                                        std::vector<Message>& row_problems)
{
    CsvReader reader(text);
    const auto found = read_heading(reader, name, {"date", "premises"});
    if (!found)
        return tl::unexpected(found.error());
    const Heading& heading = *found;
    if (const auto others = heading.others(columns); !others.empty()) {
        std::vector<std::string> unknown;
        for (const std::size_t at : others)
            unknown.push_back(printable(heading.name(at)).substr(0, longest_text));
        row_problems.emplace_back("inspection.columns",
                                  std::vector<Argument>{{"file", name},
                                                        {"columns", fmt::format("{}", fmt::join(unknown, ", "))},
                                                        {"known", typed_column_names()}});
    }
    std::vector<InspectedDevice> devices;
    std::size_t rows = 0;
    while (const auto row = reader.next()) {
        if (++rows > csv_row_limit)
            return failure("table.too_many_rows", {{"file", name}, {"n", static_cast<std::int64_t>(csv_row_limit)}},
                           Fault::usage);
        RowFields fields(heading, *row, reader.separator());
        InspectedDevice device;
        static_cast<void>(fields.validity("date", ""));
        static_cast<void>(fields.required_text("premises"));
        for (const std::string_view column : columns) {
            if (auto problem = set_device_field(device, column, fields.text(column), words))
                fields.fail(std::move(*problem));
        }
        const auto marks = mark_states();
        if (!device.mark.empty() && std::ranges::find(marks, mark_state(device.mark)) == marks.end())
            fields.fail(Message("inspection.why_mark", {{"value", device.mark}}));
        if (const auto& problem = fields.problem())
            row_problems.push_back(Message("inspection.row", {{"row", static_cast<std::int64_t>(row->number)},
                                                              {"file", name},
                                                              {"why", std::vector<Message>{*problem}}}));
        else
            devices.push_back(std::move(device));
    }
    return devices;
}

std::string remark_text(const InspectedDevice& device, const Wording& words)
{
    std::string text;
    for (const Reason& reason : device.remark)
        text += (text.empty() ? "" : " ") + words.text(reason.message);
    return text;
}

std::string device_table(std::span<const InspectedDevice> devices, const Wording& words, bool mark)
{
    const std::vector<std::string> head(columns.begin(), columns.end());
    std::string out = (mark ? std::string(byte_order_mark) : std::string{}) + csv_line(head);
    for (const InspectedDevice& device : devices) {
        std::vector<std::string> fields;
        for (const std::string_view column : columns) {
            std::string field;
            for_each_field(device, [&](std::string_view name, const auto& member) {
                using Member = std::remove_cvref_t<decltype(member)>;
                if (name != column)
                    return;
                if constexpr (std::is_same_v<Member, std::string>)
                    field = member;
                else if constexpr (std::is_same_v<Member, std::optional<double>>)
                    field = member ? json_number(*member) : std::string{};
                else if constexpr (std::is_same_v<Member, std::optional<bool>>)
                    field = member ? (*member ? "yes" : "no") : std::string{};
                else if constexpr (std::is_same_v<Member, std::vector<Reason>>)
                    field = remark_text(device, words);
            });
            fields.push_back(std::move(field));
        }
        out += csv_line(fields);
    }
    return out;
}

} // namespace gacsong
