// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/table/cell_table.hpp"

#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>
#include <vector>

namespace gacsong {
namespace {

constexpr std::size_t between = 2;
constexpr std::size_t margin = 2; // where the table of emissions has its marks

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

std::string technology(const Cell& cell, const Wording&)
{
    std::string name = cell.technology;
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return name;
}

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

struct Shown {
    std::size_t index;
    std::string title;
    std::size_t width;
};

std::vector<Shown> choose(const std::vector<std::array<std::string, columns.size()>>& rows, const Wording& words,
                          std::size_t width)
{
    std::vector<std::size_t> by_rank(columns.size());
    std::iota(by_rank.begin(), by_rank.end(), std::size_t{0});
    std::ranges::stable_sort(by_rank, {}, [](std::size_t i) { return columns.at(i).rank; });
    std::vector<Shown> shown;
    std::size_t used = margin;
    for (const std::size_t i : by_rank) {
        std::size_t widest = 0;
        for (const auto& row : rows)
            widest = std::max(widest, display_width(row.at(i)));
        if (widest == 0)
            continue;
        std::string title = words.text(fmt::format("column.{}", columns.at(i).key));
        widest = std::max(widest, display_width(title));
        if (!shown.empty() && used + between + widest > width)
            continue;
        used += widest + (shown.empty() ? 0 : between);
        shown.push_back({i, std::move(title), widest});
    }
    std::ranges::sort(shown, {}, &Shown::index);
    return shown;
}

void add_line(std::string& out, const std::string& line)
{
    out += line.substr(0, line.find_last_not_of(' ') + 1);
    out += '\n';
}

} // namespace

std::string cell_table(std::span<const Cell> cells, const Wording& words, const Style& style)
{
    std::vector<const Cell*> sorted;
    for (const Cell& cell : cells)
        sorted.push_back(&cell);
    std::ranges::stable_sort(sorted, {}, [](const Cell* c) { return c->carrier_hz.value_or(c->baseband_hz); });
    std::vector<std::array<std::string, columns.size()>> rows(sorted.size());
    for (std::size_t r = 0; r < sorted.size(); ++r)
        for (std::size_t i = 0; i < columns.size(); ++i)
            rows[r].at(i) = printable(columns.at(i).text(*sorted[r], words));
    const auto shown = choose(rows, words, style.width);
    std::string out;
    const auto line = [&](const auto& text) {
        std::string whole(margin, ' ');
        for (const Shown& column : shown) {
            if (&column != &shown.front())
                whole.append(between, ' ');
            whole += pad_to_width(text(column), column.width, columns.at(column.index).right);
        }
        add_line(out, whole);
    };
    line([](const Shown& column) { return column.title; });
    std::size_t width = margin;
    for (const Shown& column : shown)
        width += column.width + (&column == &shown.front() ? 0 : between);
    for (std::size_t i = 0; i < width; ++i)
        out += "─";
    out += '\n';
    for (const auto& row : rows)
        line([&row](const Shown& column) { return row.at(column.index); });
    return out;
}

} // namespace gacsong
