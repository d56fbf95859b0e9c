// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/sites.hpp"

#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/usable_store.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/json/json_text.hpp"
#include "report/table/plain_table.hpp"
#include "report/text/time_text.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace gacsong::app {
namespace {

std::string listed(const std::vector<std::uint64_t>& numbers)
{
    constexpr std::size_t most = 4;
    std::string out;
    for (std::size_t i = 0; i < std::min(most, numbers.size()); ++i)
        out += fmt::format("{}{}", out.empty() ? "" : " ", numbers[i]);
    return numbers.size() > most ? out + " …" : out;
}

std::string json_list(const std::vector<std::uint64_t>& numbers)
{
    return fmt::format("[{}]", fmt::join(numbers, ","));
}

std::string site_json(const Site& site)
{
    std::string line;
    JsonObject object(line);
    object.member("type", "site");
    object.member("technology", site.technology);
    object.member("plmn", site.plmn);
    object.member("cell", site.cell);
    object.raw("areas", json_list(site.areas));
    object.raw("channels", json_list(site.channels));
    object.member("sightings", site.sightings);
    object.member("runs", site.runs);
    if (site.first_seen)
        object.member("first_seen", rfc3339(*site.first_seen));
    if (site.last_seen)
        object.member("last_seen", rfc3339(*site.last_seen));
    if (site.score)
        object.member("score", *site.score);
    if (site.most_score)
        object.member("most_score", *site.most_score);
    if (!site.verdict.empty())
        object.member("verdict", site.verdict);
    object.member("run", static_cast<std::uint64_t>(site.last_run));
    object.member("id", site.last_id);
    object.close();
    return line;
}

std::vector<std::string> row_of(const Site& site, const Wording& words)
{
    const auto moment = [&](const std::optional<Instant>& at) {
        return at ? moment_text(*at, words.language()) : words.text("sites.no_time");
    };
    return {site.plmn,
            upper_ascii(site.technology),
            std::to_string(site.cell),
            listed(site.areas),
            listed(site.channels),
            moment(site.first_seen),
            moment(site.last_seen),
            std::to_string(site.sightings),
            site.most_score ? std::to_string(*site.most_score) : std::string{},
            site.verdict.empty() ? std::string{} : words.text(fmt::format("verdict.{}.short", site.verdict))};
}

Status write_table(const std::vector<Site>& all, Session& session)
{
    const Wording& words = session.words();
    const std::array<PlainColumn, 10> columns{{{words.text("column.plmn"), false, 0},
                                               {words.text("column.technology"), false, 2},
                                               {words.text("column.cell"), true, 0},
                                               {words.text("column.area"), true, 3},
                                               {words.text("column.channel"), true, 3},
                                               {words.text("sites.column.first_seen"), false, 2},
                                               {words.text("sites.column.last_seen"), false, 1},
                                               {words.text("sites.column.sightings"), true, 6},
                                               {words.text("sites.column.most_score"), true, 1},
                                               {words.text("column.verdict"), false, 0}}};
    std::vector<std::vector<std::string>> rows;
    for (const Site& site : all)
        rows.push_back(row_of(site, words));
    const std::string table = plain_table(columns, std::move(rows), session.style().width);
    if (Status written = session.out().text(table + "\n"); !written)
        return written;
    return session.write_sections(
        {{words.text(Message("sites.summary", {{"n", static_cast<std::int64_t>(all.size())}})),
          {words.text("sites.hint"), words.text("cell.caveat")}}});
}

Status list_sites(const Arguments& arguments, Session& session)
{
    const auto store = open_store(arguments, false);
    if (!store)
        return tl::unexpected(store.error());
    auto all = sites(**store);
    if (!all)
        return tl::unexpected(all.error());
    if (arguments.json) {
        for (const Site& site : *all)
            if (Status written = session.out().line(site_json(site)); !written)
                return written;
        return {};
    }
    // What needs a look first.
    std::ranges::stable_sort(*all, std::greater{}, [](const Site& s) { return s.most_score.value_or(0); });
    if (all->empty())
        return session.write_sections({{session.words().text("sites.none"), {}}});
    return write_table(*all, session);
}

} // namespace

int run_sites(const Arguments& arguments, Session& session)
{
    const Status listed = list_sites(arguments, session);
    return listed ? status::done : session.fail(listed.error());
}

} // namespace gacsong::app
