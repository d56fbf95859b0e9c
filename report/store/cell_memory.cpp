// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/cell_memory.hpp"

#include "report/store/connection.hpp"
#include "report/store/kept_statements.hpp"
#include "report/store/read_rows.hpp"
#include "report/store/schema.hpp"
#include "report/store/sql_values.hpp"

#include <QSqlQuery>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace gacsong {

namespace {

using NamedRow = std::map<std::string, QVariant>;

constexpr double here_km = 0.5;
constexpr double regular_km = 5.0;
constexpr double near_km = 10.0;
constexpr double km_per_degree = 111.195; ///< of latitude, on the sphere of the Earth's mean radius
constexpr std::int64_t day_ns = 86'400'000'000'000;

std::optional<std::uint64_t> number(const QVariant& value)
{
    return value.isNull() ? std::nullopt : std::optional(static_cast<std::uint64_t>(value.toLongLong()));
}

std::optional<Instant> moment(const QVariant& value)
{
    if (value.isNull())
        return std::nullopt;
    Instant at;
    from_sql(value, at);
    return at;
}

std::optional<double> real(const QVariant& value)
{
    return value.isNull() ? std::nullopt : std::optional(value.toDouble());
}

/// Latitude and longitude of two columns that follow one another.
std::optional<Place> place_at(const QSqlQuery& row, int column)
{
    const auto latitude = real(row.value(column));
    const auto longitude = real(row.value(column + 1));
    return latitude && longitude ? std::optional(Place{*latitude, *longitude}) : std::nullopt;
}

double square(double x) { return x * x; }

/// Runs that have ended, with a place within 10 km whose receiver stood: no position further from the first than 500 m.
constexpr const char* gather_statement =
    "INSERT INTO near_run SELECT run, d2 FROM (SELECT run, latitude, longitude, "
    "(latitude - ?) * (latitude - ?) * ? + (longitude - ?) * (longitude - ?) * ? AS d2 FROM run AS r "
    "WHERE writer IS NULL AND latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM "
    "position AS p "
    "WHERE p.run = r.run AND (ABS(p.latitude - r.latitude) > ? OR ABS(p.longitude - r.longitude) > ?))) AS standing "
    "WHERE d2 <= ?";

/// Identity as the rules see it: GSM's with its area.
constexpr const char* same_identity_sql =
    "plmn = ? AND cell = ? AND technology = ? AND (technology <> 'gsm' OR area IS NOT DISTINCT FROM ?)";

std::vector<QVariant> identity_values(const Cell& cell)
{
    return {to_sql(cell.plmn), to_sql(*cell.cell), to_sql(cell.technology), to_sql(cell.area)};
}

/// Of each cell and carrier that was heard near in the last day, the latest record.
constexpr const char* day_statement =
    "SELECT c.*, t.d2 AS d2 FROM (SELECT k.run AS run, k.id AS id, n.d2 AS d2, ROW_NUMBER() OVER (PARTITION BY "
    "k.technology, k.plmn, k.cell, CASE k.technology WHEN 'gsm' THEN k.area ELSE 0 END, k.channel "
    "ORDER BY k.start DESC) AS place FROM cell AS k JOIN near_run AS n ON n.run = k.run "
    "WHERE k.start >= ? AND k.start < ? AND k.plmn IS NOT NULL AND k.cell IS NOT NULL) AS t "
    "JOIN cell AS c ON c.run = t.run AND c.id = t.id WHERE t.place = 1";

/// In how many of the latest scans within 5 km, up to `enough_scans`: the last nine times that it was heard there show
/// that many where a scan heard it no more than three times.
std::uint64_t scans_of(KeptStatements& statements, const Cell& cell)
{
    auto values = identity_values(cell);
    values.emplace_back(square(regular_km));
    const auto counted = statements.read<std::uint64_t>(
        std::string("SELECT COUNT(DISTINCT run) AS scans FROM (SELECT cell.run AS run FROM cell JOIN near_run AS n ON "
                    "n.run = cell.run WHERE ") +
            same_identity_sql + " AND n.d2 <= ? ORDER BY start DESC LIMIT 9) AS latest",
        values, [](const NamedRow& row) { return number(row.at("scans")).value_or(0); });
    return counted && !counted->empty() ? std::min(counted->front(), enough_scans) : 0;
}

} // namespace

StoredCells::StoredCells(StoreAddress address) : address_(std::move(address)) {}

StoredCells::~StoredCells() = default;

bool StoredCells::ready() const
{
    if (connection_)
        return true;
    auto opened = Connection::open(address_, false);
    if (!opened || !migrate(**opened))
        return false;
    connection_ = std::move(*opened);
    statements_ = std::make_unique<KeptStatements>(*connection_);
    return true;
}

std::vector<CellSighting> StoredCells::of_identity(const std::string& technology, const std::string& plmn,
                                                   std::uint64_t cell, Instant from, Instant to) const
{
    if (!ready())
        return {};
    std::vector<CellSighting> out;
    const Status read = statements_->each(
        "SELECT area, channel, COALESCE(bsic, pci), start, COALESCE(rsrp_dbfs, level_dbfs) FROM cell "
        "WHERE plmn = ? AND cell = ? AND technology = ? AND start BETWEEN ? AND ? ORDER BY start DESC LIMIT 1000",
        {to_sql(plmn), to_sql(cell), to_sql(technology), to_sql(from), to_sql(to)}, [&](const QSqlQuery& row) {
            out.push_back({technology, plmn, number(row.value(0)), cell, number(row.value(1)), number(row.value(2)),
                           moment(row.value(3)).value_or(Instant{}), real(row.value(4))});
        });
    if (!read)
        return {};
    std::reverse(out.begin(), out.end());
    return out;
}

std::vector<LevelAt> StoredCells::levels_of(const Cell& cell, Instant from, Instant to) const
{
    constexpr double still_km = 0.1;
    if (!cell.cell || !ready())
        return {};
    // Where the receiver was when it began to hear the cell and when it ceased to; without positions it stood.
    auto values = identity_values(cell);
    values.insert(values.end(), {to_sql(cell.channel), to_sql(from), to_sql(to)});
    std::vector<LevelAt> out;
    const Status read = statements_->each(
        "SELECT c.start, COALESCE(c.rsrp_dbfs, c.level_dbfs), "
        "COALESCE((SELECT p.latitude FROM position AS p WHERE p.run = c.run AND p.at_s <= c.first_s "
        "ORDER BY p.at_s DESC LIMIT 1), r.latitude), "
        "COALESCE((SELECT p.longitude FROM position AS p WHERE p.run = c.run AND p.at_s <= c.first_s "
        "ORDER BY p.at_s DESC LIMIT 1), r.longitude), "
        "COALESCE((SELECT p.latitude FROM position AS p WHERE p.run = c.run AND p.at_s <= c.last_s "
        "ORDER BY p.at_s DESC LIMIT 1), r.latitude), "
        "COALESCE((SELECT p.longitude FROM position AS p WHERE p.run = c.run AND p.at_s <= c.last_s "
        "ORDER BY p.at_s DESC LIMIT 1), r.longitude) "
        "FROM cell AS c JOIN run AS r ON r.run = c.run WHERE c.plmn = ? AND c.cell = ? AND c.technology = ? AND "
        "(c.technology <> 'gsm' OR c.area IS NOT DISTINCT FROM ?) AND c.channel IS NOT DISTINCT FROM ? AND "
        "c.start BETWEEN ? AND ? ORDER BY c.start DESC LIMIT 1000",
        values, [&](const QSqlQuery& row) {
            const auto level = real(row.value(1));
            const auto place = place_at(row, 2);
            const auto later = place_at(row, 4);
            const auto at = moment(row.value(0));
            if (at && level && place && later && distance_km(*place, *later) <= still_km)
                out.push_back({*at, *place, *level});
        });
    if (!read)
        return {};
    std::reverse(out.begin(), out.end());
    return out;
}

bool StoredCells::gather_runs(const Place& place) const
{
    if (!ready())
        return false;
    std::int64_t last = 0;
    const Status asked = statements_->each("SELECT MAX(run) FROM run", {},
                                           [&](const QSqlQuery& row) { last = row.value(0).toLongLong(); });
    if (!asked)
        return false;
    if (gathered_ == place && gathered_to_ == last)
        return true;
    gathered_.reset();
    first_there_.clear();
    for (const char* statement :
         {"CREATE TEMP TABLE IF NOT EXISTS near_run (run INTEGER PRIMARY KEY, d2 REAL)", "DELETE FROM near_run"}) {
        if (!connection_->exec(QString::fromStdString(definition(connection_->dialect(), statement))))
            return false;
    }
    const double narrowing = std::max(0.01, std::cos(place.latitude * std::numbers::pi / 180.0));
    const double north = near_km / km_per_degree;
    const double east = north / narrowing;
    const double moved = here_km / km_per_degree;
    const auto done =
        run_statement(*connection_, gather_statement,
                      {place.latitude, place.latitude, square(km_per_degree), place.longitude, place.longitude,
                       square(km_per_degree * narrowing), place.latitude - north, place.latitude + north,
                       place.longitude - east, place.longitude + east, moved, moved / narrowing, square(near_km)});
    if (!done)
        return false;
    gathered_ = place;
    gathered_to_ = last;
    return true;
}

PlaceMemory StoredCells::at(const Place& place, Instant when) const
{
    PlaceMemory out;
    if (!gather_runs(place))
        return out;
    // A run that goes on for days counts as a scan a day.
    const auto known = read_rows<PlaceMemory>(
        *connection_,
        "SELECT MIN(r.start) AS since, SUM(1 + FLOOR(COALESCE(r.duration_s, 0) / 86400)) AS scans, "
        "COUNT(DISTINCT substr(r.start, 1, 10)) + SUM(FLOOR(COALESCE(r.duration_s, 0) / 86400)) AS days "
        "FROM run AS r JOIN near_run AS n ON n.run = r.run WHERE n.d2 <= ? AND r.start < ? AND "
        "EXISTS (SELECT 1 FROM cell AS c WHERE c.run = r.run)",
        {square(here_km), to_sql(when)}, [](const NamedRow& row) {
            PlaceMemory one;
            one.since = moment(row.at("since"));
            one.scans = number(row.at("scans")).value_or(0);
            one.days = number(row.at("days")).value_or(0);
            return one;
        });
    if (known && !known->empty())
        out = known->front();
    auto day = read_rows<RememberedCell>(
        *connection_, day_statement, {to_sql(Instant{when.unix_ns - day_ns}), to_sql(when)}, [](const NamedRow& row) {
            RememberedCell one;
            one.cell = filled<Cell>(row);
            one.distance_km = std::sqrt(row.at("d2").toDouble());
            return one;
        });
    if (day)
        out.day = std::move(*day);
    for (auto& one : out.day)
        one.scans = scans_of(*statements_, one.cell);
    return out;
}

std::optional<Instant> StoredCells::first_heard(const Cell& cell, const Place& place, Instant when) const
{
    if (!cell.cell || !gather_runs(place))
        return std::nullopt;
    const Identity identity{cell.technology, cell.plmn, *cell.cell,
                            cell.technology == "gsm" ? cell.area : std::nullopt};
    auto known = first_there_.find(identity);
    if (known == first_there_.end()) {
        auto values = identity_values(cell);
        values.emplace_back(square(here_km));
        const auto first = statements_->read<std::optional<Instant>>(
            std::string("SELECT start FROM cell JOIN near_run AS n ON n.run = cell.run WHERE ") + same_identity_sql +
                " AND n.d2 <= ? ORDER BY start LIMIT 1",
            values, [](const NamedRow& row) { return moment(row.at("start")); });
        if (!first)
            return std::nullopt;
        known = first_there_.emplace(identity, first->empty() ? std::nullopt : first->front()).first;
    }
    const auto& first = known->second;
    return first && first->unix_ns < when.unix_ns ? first : std::nullopt;
}

std::optional<Cell> StoredCells::last_known(const Cell& cell, Instant when) const
{
    if (!cell.cell || !ready())
        return std::nullopt;
    auto values = identity_values(cell);
    values.emplace_back(to_sql(when));
    auto last = statements_->read<Cell>(std::string("SELECT * FROM cell WHERE ") + same_identity_sql +
                                            " AND start < ? ORDER BY start DESC LIMIT 1",
                                        values, filled<Cell>);
    return last && !last->empty() ? std::optional(std::move(last->front())) : std::nullopt;
}

} // namespace gacsong
