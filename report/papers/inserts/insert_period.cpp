// SPDX-License-Identifier: GPL-3.0-or-later
// Summary of a period: cases, runs, what is typed by hand.
#include "report/figures/count_charts.hpp"
#include "report/papers/inserts/period_text.hpp"
#include "report/records/codes.hpp"
#include "report/text/utf8.hpp"

#include <fmt/format.h>

#include <QString>
#include <algorithm>

namespace gacsong::papers {
namespace {

using summary::Period;

constexpr int quarters_shown = 8;
constexpr double columns_mm = 52.0;

/// Cases now, in the period before and a year before, and since January.
class CaseTable {
public:
    explicit CaseTable(const PeriodText& p) : p_(p)
    {
        for (const Period& period : p.compared())
            counts_.push_back(p.known(period) ? std::optional(summary::count_cases(p.material, period)) : std::nullopt);
    }

    typeset::Table make()
    {
        Builder& b = p_.b;
        typeset::Table table = p_.table("cases", {8.0, 55.0, 17.0, 17.0, 21.0, 28.0, 19.0},
                                        {"no", "content", "now", "before", "year_before", "change", "year"});
        for (const summary::CaseKind kind : summary::case_kinds)
            add(table, b.text(fmt::format("papers.period.case.{}", summary::code(kind))), false,
                [kind](const summary::CaseCounts& counts) {
                    const auto found = counts.settled.find(kind);
                    return found == counts.settled.end() ? std::uint64_t{0} : found->second;
                });
        add(table, b.text("papers.period.case.open"), false, [](const auto& counts) { return counts.open; });
        add(table, b.text("papers.period.total"), true, [](const auto& counts) { return counts.all(); });
        table.note = b.text("papers.period.case_note") + " " + table.note;
        return table;
    }

private:
    template <class Get> void add(typeset::Table& table, const std::string& name, bool bold, const Get& get)
    {
        std::array<std::optional<std::uint64_t>, 4> n;
        for (std::size_t i = 0; i < n.size(); ++i) {
            if (const auto& counts = counts_.at(i))
                n.at(i) = get(*counts);
        }
        table.rows.push_back(p_.compared_row(table, name, n, bold));
    }

    const PeriodText& p_;
    std::vector<std::optional<summary::CaseCounts>> counts_;
};

/// Three rows of columns, the last eight quarters.
typeset::Figure quarters(const PeriodText& p)
{
    Builder& b = p.b;
    const summary::Quarter last = summary::quarter_of({p.material.period.until.unix_ns - 1});
    std::vector<figures::ColumnPanel> panels;
    for (const char* name : {"cases", "devices", "told"})
        panels.push_back({b.text(fmt::format("papers.period.panel.{}", name)), {}});
    std::string numbers;
    for (int ago = quarters_shown - 1; ago >= 0; --ago) {
        const summary::Quarter quarter = summary::quarters_before(last, ago);
        const Period days = summary::days_of(quarter);
        const std::string label = fmt::format("{}/{:02}", quarter.number, quarter.year % 100);
        const std::array<std::uint64_t, 3> counts{summary::count_cases(p.material, days).all(),
                                                  summary::count_devices(p.material, days).all.devices,
                                                  summary::count_runs(p.material, days).told()};
        for (std::size_t i = 0; i < counts.size(); ++i)
            panels[i].columns.push_back({label, counts.at(i)});
        numbers += fmt::format(" {}: {}, {}, {};", label, counts[0], counts[1], counts[2]);
    }
    typeset::Figure figure;
    figure.alternative = b.text("papers.period.quarters") + numbers;
    figure.drawing = figures::column_chart(std::move(panels), b.language());
    figure.height_mm = columns_mm;
    figure.caption = b.figure_caption(b.text("papers.period.quarters"));
    return figure;
}

/// A table whose cells are left to a hand.
typeset::Table by_hand(const PeriodText& p, const char* name, const std::vector<const char*>& rows,
                       std::vector<double> widths, const std::vector<const char*>& heads)
{
    typeset::Table table = p.table(name, std::move(widths), heads);
    for (const char* row : rows) {
        std::vector<typeset::Cell> cells{p.number(table), {p.b.text(fmt::format("papers.period.{}.{}", name, row))}};
        while (cells.size() < table.head.size())
            cells.push_back({dotted, typeset::Align::centre});
        table.rows.push_back({std::move(cells)});
    }
    return table;
}

} // namespace

void insert_period_cases(Builder& b, const std::string& /*told*/)
{
    if (b.input.period == nullptr)
        return;
    const PeriodText p(b);
    const summary::CaseCounts counts = summary::count_cases(p.material, p.material.period);
    b.paragraph(b.text("papers.period.cases_line", {{"count", p.count(counts.all())},
                                                    {"settled", p.count(counts.all() - counts.open)},
                                                    {"open", p.count(counts.open)}}));
    b.add(CaseTable(p).make());
    b.add(quarters(p));
}

void insert_period_places(Builder& b, const std::string& /*told*/)
{
    if (b.input.period == nullptr)
        return;
    const PeriodText p(b);
    typeset::Table table = p.table("places", {8.0, 45.0, 14.0, 18.0, 17.0, 18.0, 45.0},
                                   {"no", "place", "runs", "hours", "findings", "premises", "outcome"});
    for (const auto& [name, counts] : summary::count_places(p.material, p.material.period)) {
        std::string outcomes;
        for (const std::string& one : counts.outcomes)
            outcomes += (outcomes.empty() ? "" : "; ") + printable(one);
        table.rows.push_back({{p.number(table),
                               {name.empty() ? b.text("papers.period.other_places") : printable(name)},
                               p.cell(counts.runs),
                               p.hours(counts.seconds),
                               p.cell(counts.findings),
                               p.cell(counts.premises.size()),
                               {outcomes.empty() ? dotted : outcomes}}});
    }
    p.add_table(std::move(table));
}

void insert_period_coordination(Builder& b, const std::string& /*told*/)
{
    if (b.input.period == nullptr)
        return;
    const PeriodText p(b);
    std::uint64_t handed_over = 0;
    std::uint64_t answers = 0;
    for (const summary::CountedCase& one : p.material.cases) {
        if (!one.opened_at || !p.material.period.holds(*one.opened_at))
            continue;
        handed_over += one.state == "handed-over" ? 1 : 0;
        answers += one.answers;
    }
    b.paragraph(b.text(
        "papers.period.coordination_line",
        {{"packages", p.count(p.material.packages)}, {"cases", p.count(handed_over)}, {"answers", p.count(answers)}}));
    b.add(by_hand(p, "with", {"police", "centre", "operators", "market", "other"}, {8.0, 65.0, 23.0, 23.0, 23.0, 23.0},
                  {"no", "partner", "sent", "received", "answered", "handed_over"}));
}

void insert_period_outcomes(Builder& b, const std::string& /*told*/)
{
    if (b.input.period == nullptr)
        return;
    const PeriodText p(b);
    for (const summary::CountedCase& one : p.material.cases) {
        for (const auto& [at, text] : one.outcomes) {
            if (p.material.period.holds(at))
                b.dash(b.text("papers.period.outcome_line", {{"case", one.case_id},
                                                             {"title", printable(one.title)},
                                                             {"date", date_text(at, b.language())},
                                                             {"text", printable(text)}}));
        }
    }
    b.add(by_hand(p, "outcome", {"warning", "fine", "confiscation", "police"}, {8.0, 57.0, 22.0, 24.0, 22.0, 32.0},
                  {"no", "form", "cases", "bodies", "persons", "amount"}));
}

} // namespace gacsong::papers
