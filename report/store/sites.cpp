// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/sites.hpp"

#include "report/store/read_rows.hpp"
#include "report/store/sql_values.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

namespace gacsong {
namespace {

using NamedRow = std::map<std::string, QVariant>;

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

/// `12,7` as numbers, ascending.
std::vector<std::uint64_t> numbers(const QVariant& value)
{
    std::vector<std::uint64_t> out;
    const std::string text = value.toString().toStdString();
    for (const char* at = text.data(); at < text.data() + text.size();) {
        std::uint64_t one = 0;
        const auto read = std::from_chars(at, text.data() + text.size(), one);
        if (read.ec == std::errc{})
            out.push_back(one);
        at = std::max(read.ptr, at) + 1;
    }
    std::ranges::sort(out);
    return out;
}

Site totals(const NamedRow& row)
{
    Site site;
    site.technology = row.at("technology").toString().toStdString();
    site.plmn = row.at("plmn").toString().toStdString();
    site.cell = number(row.at("cell")).value_or(0);
    site.areas = numbers(row.at("areas"));
    site.channels = numbers(row.at("channels"));
    site.sightings = number(row.at("sightings")).value_or(0);
    site.runs = number(row.at("runs")).value_or(0);
    site.first_seen = moment(row.at("first_seen"));
    site.last_seen = moment(row.at("last_seen"));
    site.most_score = number(row.at("most_score"));
    return site;
}

auto key(const Site& site) { return std::tie(site.plmn, site.technology, site.cell); }

} // namespace

Result<std::vector<Site>> sites(Store& store)
{
    const char* named = "plmn IS NOT NULL AND plmn <> '' AND cell IS NOT NULL";
    const Dialect dialect = store.connection().dialect();
    auto all = read_rows<Site>(store.connection(),
                               std::string("SELECT technology, plmn, cell, " + listed(dialect, "area") + " AS areas, " +
                                           listed(dialect, "channel") +
                                           " AS channels, COUNT(*) AS sightings, "
                                           "COUNT(DISTINCT run) AS runs, MIN(start) AS first_seen, "
                                           "MAX(start) AS last_seen, MAX(score) AS most_score FROM cell WHERE ") +
                                   named + " GROUP BY plmn, technology, cell ORDER BY plmn, technology, cell",
                               {}, totals);
    if (!all)
        return all;
    // The latest of each: by its time where it has one, else by its run. Where a run heard the identity more than once,
    // as on two carriers, the gravest.
    const auto last = read_rows<Site>(
        store.connection(),
        std::string("SELECT technology, plmn, cell, run, id, score, verdict FROM (SELECT technology, plmn, cell, run, "
                    "id, score, verdict, ROW_NUMBER() OVER (PARTITION BY plmn, technology, cell ORDER BY "
                    "latest DESC, run DESC, COALESCE(score, -1) DESC, id) AS down FROM (SELECT technology, plmn, cell, "
                    "run, id, score, verdict, MAX(COALESCE(start, '')) OVER (PARTITION BY plmn, technology, cell, run) "
                    "AS latest FROM cell WHERE ") +
            named + ") AS timed) AS numbered WHERE down = 1 ORDER BY plmn, technology, cell",
        {}, [](const NamedRow& row) {
            Site site;
            site.technology = row.at("technology").toString().toStdString();
            site.plmn = row.at("plmn").toString().toStdString();
            site.cell = number(row.at("cell")).value_or(0);
            site.last_run = row.at("run").toLongLong();
            site.last_id = row.at("id").toString().toStdString();
            site.score = number(row.at("score"));
            site.verdict = row.at("verdict").toString().toStdString();
            return site;
        });
    if (!last)
        return tl::unexpected(last.error());
    auto at = last->begin();
    for (Site& site : *all) {
        while (at != last->end() && key(*at) < key(site))
            ++at;
        if (at == last->end() || key(*at) != key(site))
            continue;
        site.last_run = at->last_run;
        site.last_id = at->last_id;
        site.score = at->score;
        site.verdict = at->verdict;
    }
    return all;
}

} // namespace gacsong
