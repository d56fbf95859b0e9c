// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/table/cell_table.hpp"

#include "report/table/plain_table.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace gacsong {
namespace {

struct CellColumn {
    std::string_view key; ///< its heading is `column.<key>`
    bool right;
    int rank; ///< 0 is shown first where there is little room
    std::string (*text)(const Cell&, const Wording&);
};

template <class T> std::string number(const std::optional<T>& value)
{
    return value ? std::to_string(*value) : std::string{};
}

std::string decibels(const std::optional<double>& value, const Wording& words)
{
    return value ? number_text(*value, 1, words.language()) : std::string{};
}

std::string technology(const Cell& cell, const Wording&) { return upper_ascii(cell.technology); }

std::string frequency(const Cell& cell, const Wording& words)
{
    return cell.carrier_hz ? number_text(*cell.carrier_hz / 1e6, 1, words.language()) : std::string{};
}

std::string offset(const Cell& cell, const Wording& words)
{
    return cell.carrier_hz ? std::string{} : number_text(cell.baseband_hz / 1e3, 2, words.language());
}

std::string messages(const Cell& cell, const Wording&)
{
    std::string list;
    for (const std::string& name : cell.decoded)
        list += (list.empty() ? "" : " ") + name;
    return list;
}

std::string score(const Cell& cell, const Wording&) { return number(cell.score); }

/// The verdict with the codes of its signs.
std::string verdict(const Cell& cell, const Wording& words)
{
    if (cell.verdict.empty())
        return {};
    const bool unchecked = cell.reason && cell.reason->key.ends_with(".no_list");
    std::string text = words.text(fmt::format("verdict.{}.{}", cell.verdict, unchecked ? "no_list_short" : "short"));
    for (const auto& one : cell.indicators)
        text += (&one == &cell.indicators.front() ? " (" : " ") + one.code;
    return cell.indicators.empty() ? text : text + ")";
}

constexpr std::array<CellColumn, 14> columns{{
    {"id", false, 0, [](const Cell& c, const Wording&) { return c.id; }},
    {"technology", false, 4, technology},
    {"center", true, 1, frequency},
    {"offset", true, 1, offset},
    {"channel", true, 5, [](const Cell& c, const Wording&) { return number(c.channel); }},
    {"plmn", false, 2, [](const Cell& c, const Wording&) { return c.plmn; }},
    {"area", true, 2, [](const Cell& c, const Wording&) { return number(c.area); }},
    {"cell", true, 2, [](const Cell& c, const Wording&) { return number(c.cell); }},
    {"bsic_pci", true, 3, [](const Cell& c, const Wording&) { return number(c.bsic ? c.bsic : c.pci); }},
    {"level", true, 6, [](const Cell& c, const Wording& w) { return decibels(c.level_dbfs, w); }},
    {"snr", true, 7, [](const Cell& c, const Wording& w) { return decibels(c.snr_db, w); }},
    {"score", true, 3, score},
    {"verdict", false, 1, verdict},
    {"messages", false, 8, messages},
}};

} // namespace

std::string cell_table(std::span<const Cell> cells, const Wording& words, const Style& style)
{
    std::vector<const Cell*> sorted;
    for (const Cell& cell : cells)
        sorted.push_back(&cell);
    std::ranges::stable_sort(sorted, {}, [](const Cell* c) { return c->carrier_hz.value_or(c->baseband_hz); });
    std::vector<PlainColumn> heads;
    for (const CellColumn& column : columns)
        heads.push_back({words.text(fmt::format("column.{}", column.key)), column.right, column.rank});
    std::vector<std::vector<std::string>> rows;
    for (const Cell* cell : sorted) {
        auto& row = rows.emplace_back();
        for (const CellColumn& column : columns)
            row.push_back(column.text(*cell, words));
    }
    return plain_table(heads, std::move(rows), style.width);
}

std::string cell_line(const Cell& cell, const Wording& words)
{
    const Quantity center{cell.carrier_hz.value_or(cell.baseband_hz), Unit::frequency, 1e3};
    Message line(cell.cell ? "table.cell" : "table.cell_unnamed",
                 {{"id", cell.id}, {"technology", technology(cell, words)}, {"center", center}});
    line.arguments.push_back({"plmn", cell.plmn});
    line.arguments.push_back({"area", number(cell.area)});
    line.arguments.push_back({"cell", number(cell.cell)});
    std::string text = words.text(line);
    if (const std::string judged = verdict(cell, words); !judged.empty())
        text += ". " + judged;
    return text;
}

} // namespace gacsong
