// SPDX-License-Identifier: GPL-3.0-or-later
// Cells with their indicators, and the list of everything that was compared.
#include "report/papers/builder.hpp"
#include "report/records/codes.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <QString>
#include <algorithm>

namespace gacsong::papers {
namespace {

using typeset::Align;

constexpr std::size_t most_listed = 500;

std::string whole(const std::optional<std::uint64_t>& value) { return value ? std::to_string(*value) : std::string{}; }

typeset::Table facts_of(Builder& b, const Cell& cell)
{
    typeset::Table table;
    table.caption = b.table_caption("papers.tables.cell");
    table.widths_mm = {75.0, 90.0};
    table.head = {b.text("papers.head.quantity"), b.text("papers.head.measured")};
    const auto add = [&](const char* key, const std::string& value) {
        if (!value.empty())
            table.rows.push_back({{{b.text(fmt::format("papers.cell.{}", key))}, {printable(value)}}});
    };
    const auto quantity = [&](const std::optional<double>& value, Unit unit) {
        return value ? quantity_text(Quantity{*value, unit}, b.language()) : std::string{};
    };
    add("technology", QString::fromStdString(cell.technology).toUpper().toStdString());
    add("channel", whole(cell.channel));
    add("carrier", quantity(cell.carrier_hz, Unit::frequency));
    add("plmn", cell.plmn);
    add("area", whole(cell.area));
    add("cell", whole(cell.cell));
    add("bsic", whole(cell.bsic ? cell.bsic : cell.pci));
    add("level", quantity(cell.level_dbfs ? cell.level_dbfs : cell.rsrp_dbfs, Unit::dbfs));
    add("offset", quantity(cell.offset_hz, Unit::frequency));
    std::uint64_t decodes = 0;
    for (const CellMessage& message : cell.messages)
        decodes = std::max(decodes, message.count);
    add("decodes", decodes > 0 ? std::to_string(decodes) : std::string{});
    return table;
}

typeset::Table indicators_of(Builder& b, const Cell& cell)
{
    typeset::Table table;
    table.caption = b.table_caption("papers.tables.indicators");
    table.widths_mm = {13.0, 37.0, 45.0, 20.0, 13.0, 37.0};
    for (const char* head : {"code", "indicator", "received", "weight", "points", "innocent"})
        table.head.push_back(b.text(fmt::format("papers.head.{}", head)));
    for (const CellIndicator& one : cell.indicators) {
        const std::string stem = fmt::format("indicator.{}", one.code);
        table.rows.push_back({{{one.code, Align::centre},
                               {b.text(stem + ".name")},
                               {b.words.text(one.reason)},
                               {fmt::format("{} × {}", number_text_trimmed(one.weight, 1, b.language()),
                                            number_text_trimmed(one.q, 1, b.language())),
                                Align::centre},
                               {number_text_trimmed(one.points, 1, b.language()), Align::right},
                               {b.text(stem + ".innocent")}}});
    }
    if (cell.score)
        table.note = b.text("papers.score", {{"score", static_cast<std::int64_t>(*cell.score)}});
    return table;
}

} // namespace

void add_cell(Builder& b, const Cell& cell)
{
    b.add(facts_of(b, cell));
    if (!cell.indicators.empty())
        b.add(indicators_of(b, cell));
    std::string left_out;
    for (const CellLeftOut& one : cell.left_out)
        left_out += (left_out.empty() ? "" : "; ") + one.code + ": " + b.words.text(one.reason);
    if (!left_out.empty())
        b.paragraph(b.text("papers.left_out", {{"list", left_out}}));
    b.paragraph(b.text("cell.caveat"));
}

void insert_others(Builder& b, const std::string& /*told*/)
{
    std::size_t all = 0;
    for (const auto& [number, run] : b.input.material.runs)
        all += run.emissions.size() + run.cells.size();
    const std::size_t named = b.input.material.subjects.size();
    const std::size_t others = all > named ? all - named : 0;
    b.paragraph(b.text("papers.others", {{"count", prose_count(others, b.language())}}));
}

void insert_emissions(Builder& b, const std::string& /*told*/)
{
    typeset::Table table;
    table.caption = b.table_caption("papers.tables.emissions");
    table.widths_mm = {17.0, 32.0, 25.0, 24.0, 37.0, 30.0};
    for (const char* head : {"id", "center", "bandwidth", "level", "verdict", "licence"})
        table.head.push_back(b.text(fmt::format("papers.head.{}", head)));
    std::size_t left_out = 0;
    for (const auto& [number, run] : b.input.material.runs) {
        for (const Emission& e : run.emissions) {
            if (table.rows.size() == most_listed) {
                ++left_out;
                continue;
            }
            const std::string width =
                e.bandwidth_hz > 0.0 ? quantity_text(Quantity{e.bandwidth_hz, Unit::bandwidth}, b.language()) : "–";
            table.rows.push_back(
                {{{fmt::format("{}/{}", number, e.id), Align::centre},
                  {frequency_of(e, b.words), Align::right},
                  {width, Align::right, false, e.bandwidth_estimate},
                  {quantity_text(Quantity{e.power_dbfs, Unit::dbfs}, b.language()), Align::right, false, true},
                  {b.text(fmt::format("verdict.{}.short", code(e.verdict)))},
                  {e.licence ? printable(e.licence->id) : "–"}}});
        }
    }
    if (left_out > 0)
        table.note = b.text("papers.more_rows", {{"n", static_cast<std::int64_t>(left_out)}});
    if (table.rows.empty())
        b.paragraph(b.text("papers.no_emissions"));
    else
        b.add(std::move(table));
}

} // namespace gacsong::papers
