// SPDX-License-Identifier: GPL-3.0-or-later
// Summary of a period: emissions by band, base stations, devices on premises.
#include "report/figures/count_charts.hpp"
#include "report/inspections/inspection_codes.hpp"
#include "report/papers/inserts/period_text.hpp"
#include "report/records/codes.hpp"
#include "report/text/utf8.hpp"

#include <fmt/format.h>

#include <QString>
#include <algorithm>

namespace gacsong::papers {
namespace {

constexpr std::size_t most_bars = 12;
constexpr std::array verdicts{Verdict::licensed,  Verdict::exempt,         Verdict::network, Verdict::unlicensed,
                              Verdict::violation, Verdict::protected_band, Verdict::unknown, Verdict::ignored};

std::uint64_t of(const std::map<Verdict, std::uint64_t>& counts, std::initializer_list<Verdict> wanted)
{
    std::uint64_t n = 0;
    for (const Verdict verdict : wanted) {
        const auto found = counts.find(verdict);
        n += found == counts.end() ? 0 : found->second;
    }
    return n;
}

/// `87–108 MHz, phát thanh`
std::string name_of(const PeriodText& p, const summary::CountedBand& counted)
{
    const PlanRow& row = counted.band->row;
    const auto mhz = [&](double hz) { return number_text_trimmed(hz / 1e6, 4, p.b.language()); };
    return fmt::format("{}–{}\u00A0MHz, {}", mhz(row.low_hz), mhz(row.high_hz), p.b.words.term(counted.band->service));
}

void add_bands(const PeriodText& p)
{
    typeset::Table table =
        p.table("bands", {8.0, 49.0, 17.0, 16.0, 16.0, 16.0, 15.0, 15.0, 13.0},
                {"no", "band", "emissions", "licensed", "exempt", "unlicensed", "violation", "unknown", "hours"});
    std::vector<figures::Counted> bars;
    for (const summary::CountedBand& band : p.material.bands) {
        const auto& n = band.emissions;
        table.rows.push_back({{p.number(table),
                               {name_of(p, band)},
                               p.cell(band.all()),
                               p.cell(of(n, {Verdict::licensed})),
                               p.cell(of(n, {Verdict::exempt, Verdict::network})),
                               p.cell(of(n, {Verdict::unlicensed})),
                               p.cell(of(n, {Verdict::violation, Verdict::protected_band})),
                               p.cell(of(n, {Verdict::unknown, Verdict::ignored})),
                               p.hours(band.seconds)}});
        if (band.all() > 0)
            bars.push_back({name_of(p, band), band.all()});
    }
    table.note = p.b.text("papers.period.band_note") + " " + table.note;
    p.add_table(std::move(table));
    if (bars.size() < 2)
        return;
    std::ranges::stable_sort(bars, std::ranges::greater{}, &figures::Counted::count);
    bars.resize(std::min(bars.size(), most_bars));
    typeset::Figure figure;
    for (const figures::Counted& bar : bars)
        figure.alternative += fmt::format("{}: {}; ", bar.label, bar.count);
    figure.height_mm = figures::bar_chart_mm(bars.size());
    figure.drawing = figures::bar_chart(std::move(bars), p.b.language());
    figure.caption = p.b.figure_caption(p.b.text("papers.period.by_band"));
    p.b.add(std::move(figure));
}

void add_shares(const PeriodText& p, const summary::RunCounts& counts)
{
    std::vector<figures::Counted> parts;
    typeset::Figure figure;
    for (const Verdict verdict : verdicts) {
        const std::uint64_t n = of(counts.emissions, {verdict});
        if (n == 0)
            continue;
        parts.push_back({p.b.text(fmt::format("verdict.{}.short", code(verdict))), n});
        figure.alternative += fmt::format("{}: {}; ", parts.back().label, n);
    }
    if (parts.empty())
        return;
    figure.height_mm = figures::share_chart_mm(parts.size());
    figure.drawing = figures::share_chart(std::move(parts), p.b.language());
    figure.caption = p.b.figure_caption(p.b.text("papers.period.shares"));
    p.b.add(std::move(figure));
}

typeset::Row business_row(const PeriodText& p, const typeset::Table& table, const std::string& name,
                          const summary::DeviceCounts& n, bool total)
{
    return {{p.number(table, total),
             {name, typeset::Align::left, total},
             p.cell(n.premises.size(), total),
             p.cell(n.devices, total),
             p.cell(n.marked, total),
             p.cell(n.unmarked, total),
             p.cell(n.papers, total),
             p.cell(n.outside, total),
             p.cell(n.recommended, total),
             p.cell(n.sealed, total),
             p.cell(n.handed_over, total)}};
}

void add_businesses(const PeriodText& p, const summary::DevicesCounted& counted)
{
    typeset::Table table = p.table("premises", {8.0, 26.0, 13.0, 13.5, 14.5, 14.5, 15.0, 15.0, 15.5, 16.0, 14.0},
                                   {"no", "business", "premises", "devices", "marked", "unmarked", "invoice", "outside",
                                    "recommended", "sealed", "passed_on"});
    for (const auto& [kind, counts] : counted.by_business)
        table.rows.push_back(business_row(p, table,
                                          kind.empty() ? p.b.text("papers.period.not_stated")
                                                       : code_word("kind_of_business", kind, p.b.words),
                                          counts, false));
    if (!table.rows.empty())
        table.rows.push_back(business_row(p, table, p.b.text("papers.period.total"), counted.all, true));
    p.add_table(std::move(table));
}

void add_kinds(const PeriodText& p, const summary::DevicesCounted& counted)
{
    Builder& b = p.b;
    typeset::Table table = p.table("kinds", {8.0, 45.0, 22.0, 22.0, 22.0, 46.0},
                                   {"no", "device", "checked", "passed", "remarked", "reason"});
    for (const auto& [kind, counts] : counted.by_kind) {
        const auto most = std::ranges::max_element(counts.remarks, {}, [](const auto& one) { return one.second; });
        const std::string reason =
            most == counts.remarks.end()
                ? PeriodText::none()
                : fmt::format("{} ({})", b.text(fmt::format("papers.period.remark.{}", most->first)), most->second);
        table.rows.push_back(
            {{p.number(table),
              {kind.empty() ? b.text("papers.period.not_stated") : code_word("device_kind", kind, b.words)},
              p.cell(counts.devices),
              p.cell(counts.passed),
              p.cell(counts.remarked),
              {reason}}});
    }
    table.note = b.text("papers.period.kind_note") + " " + table.note;
    p.add_table(std::move(table));
}

} // namespace

void insert_period_spectrum(Builder& b, const std::string& /*told*/)
{
    if (b.input.period == nullptr)
        return;
    const PeriodText p(b);
    const summary::RunCounts counts = summary::count_runs(p.material, p.material.period);
    std::string list;
    for (const Verdict verdict : verdicts) {
        const std::uint64_t n = of(counts.emissions, {verdict});
        if (n > 0)
            list += (list.empty() ? "" : ", ") +
                    b.text(fmt::format("papers.counted.{}", code(verdict)), {{"count", p.count(n)}});
    }
    b.paragraph(b.text(list.empty() ? "papers.period.runs_line_none" : "papers.period.runs_line",
                       {{"runs", p.count(counts.runs)}, {"count", p.count(counts.all())}, {"list", list}}));
    add_shares(p, counts);
    add_bands(p);
}

void insert_period_premises(Builder& b, const std::string& /*told*/)
{
    if (b.input.period == nullptr)
        return;
    const PeriodText p(b);
    const summary::DevicesCounted counted = summary::count_devices(p.material, p.material.period);
    b.paragraph(b.text("papers.period.premises_line", {{"premises", p.count(counted.all.premises.size())},
                                                       {"count", p.count(counted.all.devices)},
                                                       {"marked", p.count(counted.all.marked)},
                                                       {"invoice", p.count(counted.all.papers)},
                                                       {"unmarked", p.count(counted.all.unmarked)}}));
    if (counted.undated > 0)
        b.paragraph(b.text("papers.period.undated", {{"count", p.count(counted.undated)}}));
    add_businesses(p, counted);
    add_kinds(p, counted);
}

void insert_period_cells(Builder& b, const std::string& /*told*/)
{
    if (b.input.period == nullptr)
        return;
    const PeriodText p(b);
    typeset::Table table =
        p.table("cells", {8.0, 41.0, 20.0, 16.0, 16.0, 16.0, 16.0, 16.0, 16.0},
                {"no", "network", "technology", "cells", "registered", "unregistered", "suspect", "fake", "confirmed"});
    const auto verdict = [&](const summary::CountedNetwork& network, const char* name) {
        const auto found = network.verdicts.find(name);
        return p.cell(found == network.verdicts.end() ? 0 : found->second);
    };
    for (const summary::CountedNetwork& network : p.material.networks) {
        const auto known = std::ranges::find(p.material.plan->networks, network.plmn, &MobileNetwork::plmn);
        const std::string name = known == p.material.plan->networks.end() ? std::string{} : known->name + ", ";
        table.rows.push_back(
            {{p.number(table),
              {printable(name + network.plmn)},
              {QString::fromStdString(network.technology).toUpper().toStdString(), typeset::Align::centre},
              p.cell(network.all()),
              verdict(network, "registered"),
              verdict(network, "unregistered"),
              verdict(network, "suspect"),
              verdict(network, "fake"),
              {dotted, typeset::Align::centre}}});
    }
    p.add_table(std::move(table));
}

} // namespace gacsong::papers
