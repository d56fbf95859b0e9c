// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/emission_boxes.hpp"

#include <fmt/format.h>

#include <cmath>

namespace gacsong {
namespace {

/// Seconds are counted from the first of January 2026: 32-bit numbers then stand 2 s apart in the first years and 16 s
/// after thirteen.
constexpr double epoch_s = 1'767'225'600.0;

double seconds(Instant moment) { return static_cast<double>(moment.unix_ns) * 1e-9 - epoch_s; }

/// Whole seconds of a text as to_sql() writes moments, and its kilohertz, of the row that a trigger sees.
std::string box_of_row(const char* row)
{
    return fmt::format("SELECT {0}.rowid, {0}.center_hz / 1000.0, {0}.center_hz / 1000.0, CAST(strftime('%s', "
                       "{0}.start) AS INTEGER) - 1767225600, CAST(strftime('%s', {0}.start) AS INTEGER) - 1767225599",
                       row);
}

std::string put_in(const char* row, const char* from)
{
    return "INSERT INTO emission_box (emission, low_khz, high_khz, from_s, until_s) " + box_of_row(row) + from +
           fmt::format(" WHERE {0}.center_hz IS NOT NULL AND strftime('%s', {0}.start) IS NOT NULL", row);
}

/// The same on PostgreSQL: only functions whose result never changes may stand in an index, so the text is cut here.
constexpr const char* point =
    "point(center_hz, (make_date(CAST(substr(start, 1, 4) AS INTEGER), CAST(substr(start, 6, 2) AS INTEGER), "
    "CAST(substr(start, 9, 2) AS INTEGER)) - make_date(2026, 1, 1)) * 86400.0 + CAST(substr(start, 12, 2) AS INTEGER) "
    "* 3600.0 + CAST(substr(start, 15, 2) AS INTEGER) * 60.0 + CAST(substr(start, 18, 2) AS INTEGER))";

/// Conditions of a box, and its values. The beginning is known to a second.
BoxQuery conditions(Dialect dialect, double low_hz, double high_hz, Instant from, Instant until)
{
    const double from_s = std::floor(seconds(from));
    const double until_s = std::ceil(seconds(until));
    if (dialect == Dialect::sqlite)
        return {"b.high_khz >= ? AND b.low_khz <= ? AND b.until_s >= ? AND b.from_s <= ?",
                {low_hz / 1000.0, high_hz / 1000.0, from_s, until_s}};
    return {fmt::format("{} <@ box(point(?, ?), point(?, ?))", point), {low_hz, from_s, high_hz, until_s}};
}

} // namespace

std::vector<std::string> create_emission_boxes(Dialect dialect)
{
    if (dialect == Dialect::postgresql)
        return {fmt::format("CREATE INDEX IF NOT EXISTS emission_box ON emission USING gist ({})", point)};
    const std::string take_out = "DELETE FROM emission_box WHERE emission = OLD.rowid; ";
    return {"CREATE VIRTUAL TABLE IF NOT EXISTS emission_box USING rtree(emission, low_khz, high_khz, from_s, until_s)",
            "DELETE FROM emission_box",
            put_in("e", " FROM emission e"),
            "CREATE TRIGGER IF NOT EXISTS emission_box_in AFTER INSERT ON emission BEGIN " + put_in("NEW", "") +
                "; END",
            "CREATE TRIGGER IF NOT EXISTS emission_box_out AFTER DELETE ON emission BEGIN " + take_out + "END",
            "CREATE TRIGGER IF NOT EXISTS emission_box_moved AFTER UPDATE OF center_hz, start ON emission BEGIN " +
                take_out + put_in("NEW", "") + "; END"};
}

BoxQuery emissions_near(Dialect dialect, double low_hz, double high_hz, Instant from, Instant until)
{
    BoxQuery query = conditions(dialect, low_hz, high_hz, from, until);
    // CROSS JOIN: SQLite looks into the tree first, whatever it thinks of the other indices.
    query.sql =
        dialect == Dialect::sqlite
            ? "(SELECT h.* FROM emission_box b CROSS JOIN emission h ON h.rowid = b.emission WHERE " + query.sql + ")"
            : "(SELECT * FROM emission WHERE " + query.sql + " OFFSET 0)";
    return query;
}

BoxQuery count_near(Dialect dialect, double low_hz, double high_hz, Instant from, Instant until, std::size_t most)
{
    BoxQuery query = conditions(dialect, low_hz, high_hz, from, until);
    query.sql = fmt::format("SELECT COUNT(*) AS n FROM (SELECT 1 FROM {} WHERE {} LIMIT {}) AS found",
                            dialect == Dialect::sqlite ? "emission_box b" : "emission", query.sql, most);
    return query;
}

} // namespace gacsong
