// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/sites.hpp"

#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/json/json_text.hpp"
#include "report/store/store_url.hpp"
#include "report/text/time_text.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

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

using Row = std::array<std::string, 10>;

Row row_of(const Site& site, const Wording& words)
{
    std::string technology = site.technology;
    std::ranges::transform(technology, technology.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    const auto number = [](const std::optional<std::uint64_t>& value) {
        return value ? std::to_string(*value) : std::string{};
    };
    const auto moment = [&](const std::optional<Instant>& at) {
        return at ? moment_text(*at, words.language()) : words.text("sites.no_time");
    };
    return {site.plmn,
            technology,
            std::to_string(site.cell),
            listed(site.areas),
            listed(site.channels),
            moment(site.first_seen),
            moment(site.last_seen),
            std::to_string(site.sightings),
            number(site.most_score),
            site.verdict.empty() ? std::string{} : words.text(fmt::format("verdict.{}.short", site.verdict))};
}

Status write_table(const std::vector<Site>& all, Session& session)
{
    const Wording& words = session.words();
    constexpr std::array<const char*, 10> heads{"plmn",       "technology", "cell",      "area",       "channel",
                                                "first_seen", "last_seen",  "sightings", "most_score", "verdict"};
    std::vector<Row> rows(1);
    for (std::size_t i = 0; i < heads.size(); ++i) {
        const std::string own = fmt::format("sites.column.{}", heads.at(i));
        rows[0].at(i) = words.text(words.find(own) ? own : fmt::format("column.{}", heads.at(i)));
    }
    for (const Site& site : all)
        rows.push_back(row_of(site, words));
    std::array<std::size_t, 10> width{};
    for (Row& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            row.at(i) = printable(row.at(i));
            width.at(i) = std::max(width.at(i), display_width(row.at(i)));
        }
    }
    std::string text;
    for (const Row& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += pad_to_width(row.at(i), width.at(i) + 2);
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    if (Status written = session.out().text(text + "\n"); !written)
        return written;
    return session.write_sections(
        {{words.text(Message("sites.summary", {{"n", static_cast<std::int64_t>(all.size())}})),
          {words.text("sites.hint"), words.text("cell.caveat")}}});
}

Status list_sites(const Arguments& arguments, Session& session)
{
    const auto file = store_file(arguments.settings.store.value_or(""));
    if (!file)
        return tl::unexpected(file.error());
    const auto store = Store::open(*file, false);
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
