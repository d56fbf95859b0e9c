// SPDX-License-Identifier: GPL-3.0-or-later
// Summary of a period: kinds and places beside the period before and the year before.
#include "report/figures/count_charts.hpp"
#include "report/inspections/inspection_codes.hpp"
#include "report/papers/inserts/period_text.hpp"
#include "report/text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace gacsong::papers {
namespace {

using summary::Period;
using summary::Tally;

constexpr std::size_t most_bars = 10;
constexpr std::size_t compared_periods = 4;

/// What is compared row by row under one heading.
struct Compared {
    const char* heading; ///< of the wording, under papers.period.compared
    std::function<Tally(const Period&)> count;
    std::function<std::string(const std::string&)> name; ///< of a code
};

/// What one row counts in each period; nothing where the store knew nothing yet.
using Counts = std::array<std::optional<std::uint64_t>, compared_periods>;

std::map<std::string, Counts> counted(const PeriodText& p, const Compared& what)
{
    const auto periods = p.compared();
    std::array<std::optional<Tally>, compared_periods> tallies;
    std::map<std::string, Counts> rows;
    for (std::size_t i = 0; i < periods.size(); ++i) {
        if (!p.known(periods.at(i)))
            continue;
        tallies.at(i) = what.count(periods.at(i));
        for (const auto& [code, n] : *tallies.at(i)) {
            if (n > 0)
                rows[code];
        }
    }
    for (auto& [code, counts] : rows) {
        for (std::size_t i = 0; i < tallies.size(); ++i) {
            if (const auto& tally = tallies.at(i))
                counts.at(i) = tally->contains(code) ? tally->at(code) : 0;
        }
    }
    return rows;
}

/// Now and before side by side, the greatest first.
void add_chart(const PeriodText& p, const Compared& what, const std::map<std::string, Counts>& rows)
{
    std::vector<figures::CountedPair> bars;
    for (const auto& [code, n] : rows) {
        if (n[0].value_or(0) + n[1].value_or(0) > 0)
            bars.push_back({what.name(code), n[0].value_or(0), n[1]});
    }
    if (bars.size() < 2)
        return;
    std::ranges::stable_sort(bars, std::ranges::greater{},
                             [](const figures::CountedPair& bar) { return std::max(bar.now, bar.before.value_or(0)); });
    bars.resize(std::min(bars.size(), most_bars));
    typeset::Figure figure;
    for (const figures::CountedPair& bar : bars)
        figure.alternative +=
            fmt::format("{}: {}, {}; ", bar.label, bar.now, bar.before ? std::to_string(*bar.before) : p.none());
    figure.height_mm = figures::pair_chart_mm(bars.size());
    figure.drawing = figures::pair_chart(std::move(bars), p.b.text("papers.period.head.now"),
                                         p.b.text("papers.period.head.before"), p.b.language());
    figure.caption = p.b.figure_caption(p.b.text(fmt::format("papers.period.compared.{}", what.heading)));
    p.b.add(std::move(figure));
}

/// One table with a heading for each thing that is compared, and a chart for each.
void add_comparison(const PeriodText& p, const char* table_name, const char* note, const std::vector<Compared>& all)
{
    Builder& b = p.b;
    typeset::Table table = p.table(table_name, {8.0, 55.0, 17.0, 17.0, 21.0, 28.0, 19.0},
                                   {"no", "content", "now", "before", "year_before", "change", "year"});
    table.note = b.text(fmt::format("papers.period.{}", note)) + " " + table.note;
    std::vector<std::map<std::string, Counts>> charts;
    for (const Compared& what : all) {
        charts.push_back(counted(p, what));
        if (charts.back().empty())
            continue;
        table.rows.push_back({{{b.text(fmt::format("papers.period.compared.{}", what.heading)), {}, true}}, true});
        typeset::Table part; // rows are numbered within their heading
        Counts sums;
        for (const auto& [code, n] : charts.back()) {
            part.rows.push_back(p.compared_row(part, what.name(code), n, false));
            for (std::size_t i = 0; i < n.size(); ++i) {
                if (n.at(i))
                    sums.at(i) = sums.at(i).value_or(0) + *n.at(i);
            }
        }
        part.rows.push_back(p.compared_row(part, b.text("papers.period.total"), sums, true));
        std::ranges::move(part.rows, std::back_inserter(table.rows));
    }
    p.add_table(std::move(table));
    for (std::size_t i = 0; i < all.size(); ++i)
        add_chart(p, all[i], charts[i]);
}

} // namespace

void insert_period_kinds(Builder& b, const std::string& /*told*/)
{
    if (b.input.period == nullptr)
        return;
    const PeriodText p(b);
    const auto stated = [&](const std::string& code, const std::string& word) {
        return code.empty() ? b.text("papers.period.not_stated") : word;
    };
    add_comparison(p, "compared_kinds", "compared_kinds_note",
                   {{"devices",
                     [&](const Period& period) {
                         Tally tally;
                         for (const auto& [kind, counts] : summary::count_devices(p.material, period).by_kind)
                             tally[kind] = counts.devices;
                         return tally;
                     },
                     [&](const std::string& code) { return stated(code, code_word("device_kind", code, b.words)); }},
                    {"systems", [&](const Period& period) { return summary::count_systems(p.material, period); },
                     [&](const std::string& code) {
                         return code == "unknown" ? b.text("papers.kind_unknown") : b.words.term(code);
                     }},
                    {"rules", [&](const Period& period) { return summary::count_rules(p.material, period); },
                     [&](const std::string& code) { return b.text(fmt::format("rule.{}.name", code)); }}});
}

void insert_period_place_comparison(Builder& b, const std::string& /*told*/)
{
    if (b.input.period == nullptr)
        return;
    const PeriodText p(b);
    const auto by_place = [&](std::uint64_t (*get)(const summary::PlaceCounts&)) {
        return [&p, get](const Period& period) {
            Tally tally;
            for (const auto& [place, counts] : summary::count_places(p.material, period))
                tally[place] = get(counts);
            return tally;
        };
    };
    const auto name = [&](const std::string& place) {
        return place.empty() ? b.text("papers.period.not_stated") : printable(place);
    };
    const auto name_of_run = [&](const std::string& place) {
        return place.empty() ? b.text("papers.period.other_places") : printable(place);
    };
    add_comparison(
        p, "compared_places", "compared_places_note",
        {{"findings", by_place([](const summary::PlaceCounts& counts) { return counts.findings; }), name},
         {"premises",
          by_place([](const summary::PlaceCounts& counts) { return std::uint64_t{counts.premises.size()}; }), name},
         {"place_devices", by_place([](const summary::PlaceCounts& counts) { return counts.devices; }), name},
         {"runs", by_place([](const summary::PlaceCounts& counts) { return counts.runs; }), name_of_run}});
}

} // namespace gacsong::papers
