// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/find_emissions.hpp"

#include "report/store/emission_boxes.hpp"
#include "report/store/read_rows.hpp"

#include <fmt/format.h>

namespace gacsong {
namespace {

using NamedRow = std::map<std::string, QVariant>;

/// Conditions that all must hold, and their values.
struct Conditions {
    std::string text;
    std::vector<QVariant> values;

    void add(const std::string& condition, QVariant value)
    {
        text += " AND " + condition;
        values.push_back(std::move(value));
    }
};

Conditions conditions_of(const EmissionBox& box)
{
    Conditions all;
    if (box.low_hz)
        all.add("e.center_hz >= ?", *box.low_hz);
    if (box.high_hz)
        all.add("e.center_hz < ?", *box.high_hz);
    if (box.from)
        all.add("e.start >= ?", to_sql(*box.from));
    if (box.until)
        all.add("e.start < ?", to_sql(*box.until));
    return all;
}

/// Up to how many emissions of a box are fetched and put in order; more are walked through by the index of the centre,
/// which has them in order and begins where a page does.
constexpr std::size_t most_sorted = 10'000;

/// What is read as `emission e`, with the values that stand before those of the conditions.
using Source = BoxQuery;

/// The index of boxes where one is asked for that holds few emissions, else the whole table.
Result<Source> source_of(Store& store, const EmissionBox& box)
{
    const Source whole{"emission", {}};
    if (!box.low_hz || !box.high_hz || !box.from || !box.until)
        return whole;
    Connection& connection = store.connection();
    const BoxQuery count =
        count_near(connection.dialect(), *box.low_hz, *box.high_hz, *box.from, *box.until, most_sorted);
    const auto near = read_rows<std::size_t>(connection, count.sql, count.values, [](const NamedRow& row) {
        return static_cast<std::size_t>(row.at("n").toULongLong());
    });
    if (!near)
        return tl::unexpected(near.error());
    return near->empty() || near->front() >= most_sorted
               ? whole
               : emissions_near(connection.dialect(), *box.low_hz, *box.high_hz, *box.from, *box.until);
}

std::vector<QVariant> both(std::vector<QVariant> first, const std::vector<QVariant>& then)
{
    first.insert(first.end(), then.begin(), then.end());
    return first;
}

constexpr const char* place =
    "ROUND(r.latitude * 1000) / 1000 AS latitude, ROUND(r.longitude * 1000) / 1000 AS longitude";

HeardPlace heard_place(const NamedRow& row)
{
    HeardPlace heard;
    from_sql(row.at("latitude"), heard.latitude);
    from_sql(row.at("longitude"), heard.longitude);
    from_sql(row.at("verdict"), heard.verdict);
    heard.emissions = row.at("emissions").toULongLong();
    return heard;
}

} // namespace

Result<std::vector<FoundEmission>> emissions_page(Store& store, const EmissionBox& box,
                                                  const std::optional<PageEnd>& after, std::size_t most)
{
    Conditions conditions = conditions_of(box);
    if (after) {
        // The first bound alone lets both databases begin at the right place of the index.
        conditions.add("e.center_hz >= ?", after->center_hz);
        conditions.add("(e.center_hz, e.run, e.id) > (?", after->center_hz);
        conditions.text += ", ?, ?)";
        conditions.values.emplace_back(static_cast<qlonglong>(after->run));
        conditions.values.emplace_back(to_sql(after->id));
    }
    const auto source = source_of(store, box);
    if (!source)
        return tl::unexpected(source.error());
    return read_rows<FoundEmission>(
        store.connection(),
        fmt::format("SELECT e.* FROM {} e JOIN run r ON r.run = e.run WHERE e.center_hz IS NOT NULL AND r.writer "
                    "IS NULL{} ORDER BY e.center_hz, e.run, e.id LIMIT {}",
                    source->sql, conditions.text, most),
        both(source->values, conditions.values), [](const NamedRow& row) {
            return FoundEmission{static_cast<std::int64_t>(row.at("run").toLongLong()), filled<Emission>(row)};
        });
}

PageEnd end_of(const std::vector<FoundEmission>& page)
{
    const FoundEmission& last = page.back();
    return {last.emission.center_hz.value_or(0.0), last.run, last.emission.id};
}

Result<std::vector<HeardPlace>> heard_places(Store& store, const EmissionBox& box)
{
    if (box.low_hz || box.high_hz) {
        const Conditions conditions = conditions_of(box);
        const auto source = source_of(store, box);
        if (!source)
            return tl::unexpected(source.error());
        return read_rows<HeardPlace>(
            store.connection(),
            fmt::format("SELECT {}, COALESCE(e.verdict, 'unknown') AS verdict, COUNT(*) AS emissions FROM {} e "
                        "JOIN run r ON r.run = e.run WHERE r.writer IS NULL{} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
                        place, source->sql, conditions.text),
            both(source->values, conditions.values), heard_place);
    }
    Conditions conditions;
    if (box.from)
        conditions.add("COALESCE(r.start, r.stored_at) >= ?", to_sql(*box.from));
    if (box.until)
        conditions.add("COALESCE(r.start, r.stored_at) < ?", to_sql(*box.until));
    return read_rows<HeardPlace>(
        store.connection(),
        fmt::format(
            "SELECT {}, t.verdict AS verdict, SUM(t.emissions) AS emissions FROM run_total t JOIN run r ON r.run "
            "= t.run WHERE r.writer IS NULL{} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            place, conditions.text),
        conditions.values, heard_place);
}

} // namespace gacsong
