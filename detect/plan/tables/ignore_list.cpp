// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/tables/ignore_list.hpp"

#include "detect/plan/tables/heading.hpp"
#include "detect/plan/tables/text_file.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong {

namespace {

constexpr double bare_width_hz = 10e3;  // how far around a row without a bandwidth its emission may lie
constexpr double width_allowance = 1.5; // a modulated signal's measured width moves with its content

} // namespace

const Ignored* IgnoreList::find(double center_hz, double bandwidth_hz, double uncertainty_hz, Instant t) const
{
    const auto covers = [&](const Ignored& row) {
        if (row.until && t >= *row.until) {
            return false;
        }
        const double width = row.bandwidth_hz > 0.0 ? row.bandwidth_hz : bare_width_hz;
        const bool inside = std::abs(center_hz - row.center_hz) <= width / 2.0 + uncertainty_hz;
        return inside && (row.bandwidth_hz <= 0.0 || bandwidth_hz <= row.bandwidth_hz * width_allowance);
    };
    const auto found = std::find_if(rows.begin(), rows.end(), covers);
    return found == rows.end() ? nullptr : &*found;
}

Result<IgnoreList> parse_ignore_list(std::string_view text, const std::string& name, std::vector<Message>& row_problems)
{
    CsvReader reader(text);
    const auto found = read_heading(reader, name, {"center_hz"});
    if (!found)
        return tl::unexpected(found.error());
    const Heading& heading = *found;
    IgnoreList list{.name = name, .rows = {}};
    std::size_t rows = 0;
    while (const auto row = reader.next()) {
        if (++rows > csv_row_limit) {
            return failure("table.too_many_rows", {{"file", name}, {"n", static_cast<std::int64_t>(csv_row_limit)}},
                           Fault::usage);
        }
        RowFields fields(heading, *row, reader.separator());
        Ignored ignored{.row = row->number,
                        .center_hz = fields.required_number("center_hz", 3e3, 3e12),
                        .bandwidth_hz = fields.number("bandwidth_hz", 0.0, 3e12).value_or(0.0),
                        .reason = std::string(fields.text("reason")),
                        .until = fields.validity("", "until").until};
        if (const auto& problem = fields.problem()) {
            row_problems.push_back(Message("ignore.row", {{"row", static_cast<std::int64_t>(row->number)},
                                                          {"file", name},
                                                          {"why", std::vector<Message>{*problem}}}));
            continue;
        }
        list.rows.push_back(std::move(ignored));
    }
    return list;
}

Result<IgnoreList> load_ignore_list(const std::filesystem::path& path, std::vector<Message>& row_problems)
{
    const auto file = read_text_file(path, table_file_limit);
    if (!file) {
        return tl::unexpected(file.error());
    }
    return parse_ignore_list(file->text, path.filename().string(), row_problems);
}

} // namespace gacsong
