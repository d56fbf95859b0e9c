// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/table/plain_table.hpp"

#include "report/text/utf8.hpp"

#include <algorithm>
#include <numeric>

namespace gacsong {
namespace {

constexpr std::size_t between = 2;
constexpr std::size_t margin = 2; // where the table of emissions has its marks

struct Shown {
    std::size_t index;
    std::size_t width;
};

std::vector<Shown> choose(std::span<const PlainColumn> columns, const std::vector<std::vector<std::string>>& rows,
                          std::size_t width)
{
    std::vector<std::size_t> by_rank(columns.size());
    std::iota(by_rank.begin(), by_rank.end(), std::size_t{0});
    std::ranges::stable_sort(by_rank, {}, [&](std::size_t i) { return columns[i].rank; });
    std::vector<Shown> shown;
    std::size_t used = margin;
    for (const std::size_t i : by_rank) {
        std::size_t widest = 0;
        for (const auto& row : rows)
            widest = std::max(widest, display_width(row.at(i)));
        if (widest == 0)
            continue;
        widest = std::max(widest, display_width(columns[i].title));
        if (!shown.empty() && used + between + widest > width)
            continue;
        used += widest + (shown.empty() ? 0 : between);
        shown.push_back({i, widest});
    }
    std::ranges::sort(shown, {}, &Shown::index);
    return shown;
}

} // namespace

std::string plain_table(std::span<const PlainColumn> columns, std::vector<std::vector<std::string>> rows,
                        std::size_t width)
{
    for (auto& row : rows)
        for (std::string& text : row)
            text = printable(text);
    const auto shown = choose(columns, rows, width);
    std::string out;
    const auto line = [&](const auto& text) {
        std::string whole(margin, ' ');
        for (const Shown& column : shown) {
            if (&column != &shown.front())
                whole.append(between, ' ');
            whole += pad_to_width(text(column.index), column.width, columns[column.index].right);
        }
        out += whole.substr(0, whole.find_last_not_of(' ') + 1) + '\n';
    };
    line([&](std::size_t i) { return columns[i].title; });
    std::size_t used = margin;
    for (const Shown& column : shown)
        used += column.width + (&column == &shown.front() ? 0 : between);
    for (std::size_t i = 0; i < used; ++i)
        out += "─";
    out += '\n';
    for (const auto& row : rows)
        line([&row](std::size_t i) { return row.at(i); });
    return out;
}

} // namespace gacsong
