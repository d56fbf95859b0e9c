// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/past_levels.hpp"

#include "detect/plan/place.hpp"
#include "report/store/read_rows.hpp"
#include "report/store/sql_values.hpp"

#include <algorithm>
#include <vector>

namespace gacsong {
namespace {

constexpr double here_km = 0.5;
constexpr std::size_t least_receptions = 3;

struct PastLevel {
    std::optional<std::uint64_t> area;
    std::optional<std::uint64_t> channel;
    std::optional<double> dbfs;
    std::optional<double> dbm;
    std::optional<Place> place;
};

std::optional<std::uint64_t> number(const QVariant& value)
{
    return value.isNull() ? std::nullopt : std::optional(static_cast<std::uint64_t>(value.toLongLong()));
}

std::optional<double> real(const QVariant& value)
{
    return value.isNull() ? std::nullopt : std::optional(value.toDouble());
}

PastLevel read(const std::map<std::string, QVariant>& row)
{
    PastLevel out{number(row.at("area")), number(row.at("channel")), real(row.at("dbfs")), real(row.at("dbm")), {}};
    if (const auto latitude = real(row.at("latitude")), longitude = real(row.at("longitude")); latitude && longitude)
        out.place = Place{*latitude, *longitude};
    return out;
}

} // namespace

bool PastLevels::louder() const
{
    constexpr double fading_db = 6.0;
    return now_db >= loudest_db + fading_db;
}

Result<std::optional<PastLevels>> past_levels(Store& store, const StoredRun& run, const Cell& cell)
{
    const auto& stream = run.run.stream;
    const auto level_dbfs = cell.rsrp_dbfs ? cell.rsrp_dbfs : cell.level_dbfs; // as the statement below takes it
    if (!cell.cell || cell.plmn.empty() || !cell.start || !level_dbfs || !stream.latitude || !stream.longitude)
        return std::nullopt;
    auto rows = read_rows<PastLevel>(
        store.connection(),
        "SELECT c.area AS area, c.channel AS channel, COALESCE(c.rsrp_dbfs, c.level_dbfs) AS dbfs, c.level_dbm AS dbm, "
        "r.latitude AS latitude, r.longitude AS longitude FROM cell AS c JOIN run AS r ON r.run = c.run "
        "WHERE c.plmn = ? AND c.cell = ? AND c.technology = ? AND c.start < ? AND c.run <> ? "
        "ORDER BY c.start DESC LIMIT 1000",
        {to_sql(cell.plmn), to_sql(*cell.cell), to_sql(cell.technology), to_sql(*cell.start),
         QVariant::fromValue<qlonglong>(run.number)},
        read);
    if (!rows)
        return tl::unexpected(rows.error());
    const Place here{*stream.latitude, *stream.longitude};
    std::erase_if(*rows, [&](const PastLevel& one) {
        const bool other = one.channel != cell.channel || (cell.technology == "gsm" && one.area != cell.area);
        return other || !one.dbfs || !one.place || distance_km(*one.place, here) > here_km;
    });
    if (rows->size() < least_receptions)
        return std::nullopt;
    PastLevels out;
    out.receptions = rows->size();
    out.calibrated =
        cell.level_dbm && std::ranges::all_of(*rows, [](const PastLevel& one) { return one.dbm.has_value(); });
    const auto level = [&](const PastLevel& one) { return out.calibrated ? *one.dbm : *one.dbfs; };
    out.loudest_db = level(*std::ranges::max_element(*rows, {}, level));
    out.now_db = out.calibrated ? *cell.level_dbm : *level_dbfs;
    return out;
}

} // namespace gacsong
