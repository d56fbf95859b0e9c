// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/level/level_table.hpp"

#include "detect/plan/tables/heading.hpp"

#include <cmath>

namespace gacsong::app {
namespace {

constexpr double lowest_hz = 3e3;
constexpr double highest_hz = 1e12;
constexpr double most_offset_db = 200.0;
constexpr double most_cable_db = 100.0;
constexpr double most_u_db = 40.0;

} // namespace

Result<std::vector<sdr::LevelPoint>> parse_level_table(std::string_view text, const std::string& name,
                                                       double usual_u_db, Instant when, std::vector<Message>& problems)
{
    CsvReader reader(text);
    const auto found = read_heading(reader, name, {"center_hz", "offset_db"});
    if (!found)
        return tl::unexpected(found.error());
    const Heading& heading = *found;
    sdr::LevelCalibration sorted;
    while (const auto row = reader.next()) {
        if (sorted.points.size() >= sdr::most_level_points)
            return failure("table.too_many_rows",
                           {{"file", name}, {"n", static_cast<std::int64_t>(sdr::most_level_points)}}, Fault::usage);
        RowFields fields(heading, *row, reader.separator());
        sdr::LevelPoint point;
        point.when = when;
        point.frequency_hz = fields.required_number("center_hz", lowest_hz, highest_hz);
        point.offset_db = fields.required_number("offset_db", -most_offset_db, most_offset_db) +
                          fields.number("cable_db", 0.0, most_cable_db).value_or(0.0);
        point.u_db = std::hypot(fields.number("u_db", 0.0, most_u_db).value_or(usual_u_db),
                                fields.number("cable_u_db", 0.0, most_u_db).value_or(0.0));
        if (const auto& problem = fields.problem()) {
            problems.push_back(Message("level.row", {{"row", static_cast<std::int64_t>(row->number)},
                                                     {"file", name},
                                                     {"why", std::vector<Message>{*problem}}}));
            continue;
        }
        sdr::add_point(sorted, point);
    }
    if (sorted.points.empty())
        return failure("level.no_rows", {{"file", name}}, Fault::usage);
    return std::move(sorted.points);
}

} // namespace gacsong::app
