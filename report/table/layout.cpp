// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/table/layout.hpp"

#include "report/text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace gacsong {
namespace {

constexpr std::size_t between = 2;    // spaces between columns
constexpr std::size_t mark_width = 2; // severity_mark()

std::size_t widest_cell(const std::vector<Row>& rows, std::size_t column)
{
    std::size_t width = 0;
    for (const Row& row : rows)
        width = std::max(width, display_width(row.cells[column]));
    return width;
}

std::string_view colour_of(Verdict verdict)
{
    switch (verdict) {
    case Verdict::protected_band:
        return "\033[1;31m";
    case Verdict::unlicensed:
    case Verdict::violation:
        return "\033[1;33m";
    case Verdict::licensed:
    case Verdict::exempt:
        return "\033[32m";
    case Verdict::network:
        return "\033[36m";
    case Verdict::ignored:
        return "\033[2m";
    case Verdict::unknown:
        break;
    }
    return {};
}

} // namespace

std::string severity_mark(std::optional<Severity> severity)
{
    if (!severity)
        return "  ";
    switch (*severity) {
    case Severity::danger:
        return "!!";
    case Severity::serious:
        return "! ";
    case Severity::notice:
        break;
    }
    return "· ";
}

std::string coloured(std::string_view text, Verdict verdict, const Style& style)
{
    const std::string_view colour = colour_of(verdict);
    if (!style.colour || colour.empty())
        return std::string(text);
    return fmt::format("{}{}\033[0m", colour, text);
}

void align_marks(std::vector<Row>& rows, char mark)
{
    for (std::size_t column = 0; column < emission_columns().size(); ++column) {
        if (emission_columns()[column].side != Side::mark)
            continue;
        const auto behind = [&](const Row& row) {
            const std::string& cell = row.cells[column];
            const std::size_t at = cell.rfind(mark);
            return at == std::string::npos ? 0 : display_width(cell) - display_width(cell.substr(0, at));
        };
        std::size_t most = 0;
        for (const Row& row : rows)
            most = std::max(most, behind(row));
        for (Row& row : rows)
            if (!row.cells[column].empty())
                row.cells[column].append(most - behind(row), ' ');
    }
}

Layout::Layout(const std::vector<Row>& rows, const Wording& words, const Style& style,
               const std::vector<std::string_view>& without)
    : style_(style)
{
    const auto columns = emission_columns();
    std::vector<std::size_t> by_rank(columns.size());
    std::iota(by_rank.begin(), by_rank.end(), std::size_t{0});
    std::ranges::stable_sort(by_rank, {}, [&](std::size_t i) { return columns[i].rank; });
    std::size_t used = mark_width;
    for (const std::size_t i : by_rank) {
        const std::size_t content = rows.empty() ? columns[i].width : widest_cell(rows, i);
        if (content == 0 || std::ranges::find(without, columns[i].key) != without.end())
            continue;
        const std::string title = words.text(fmt::format("column.{}", columns[i].key));
        const std::size_t width = std::max(display_width(title), std::min(content, columns[i].width));
        const bool first = shown_.empty();
        if (!first && used + between + width > style.width)
            continue;
        used += width + (first ? 0 : between);
        shown_.push_back({i, width, title});
    }
    std::ranges::sort(shown_, {}, &Shown::index);
}

std::string Layout::heading() const
{
    std::string out(mark_width, ' ');
    for (const Shown& column : shown_) {
        if (&column != &shown_.front())
            out.append(between, ' ');
        out += pad_to_width(column.title, column.width, emission_columns()[column.index].side != Side::left);
    }
    return out.substr(0, out.find_last_not_of(' ') + 1);
}

std::string Layout::rule() const
{
    std::size_t width = mark_width;
    for (const Shown& column : shown_)
        width += column.width + (&column == &shown_.front() ? 0 : between);
    std::string out;
    for (std::size_t i = 0; i < width; ++i)
        out += "─";
    return out;
}

std::string Layout::line(const Row& row) const
{
    std::string out = row.severity ? coloured(severity_mark(row.severity), row.verdict, style_) : severity_mark({});
    std::size_t spaces = 0; // held back, so that a line does not end with them
    for (const Shown& column : shown_) {
        const Column& spec = emission_columns()[column.index];
        const std::string cell = cut_to_width(row.cells[column.index], column.width);
        const std::size_t fill = column.width - display_width(cell);
        if (cell.empty()) {
            spaces += fill + between;
            continue;
        }
        const bool right = spec.side != Side::left;
        out.append(spaces + (right ? fill : 0), ' ');
        out += spec.key == "verdict" ? coloured(cell, row.verdict, style_) : cell;
        spaces = between + (right ? 0 : fill);
    }
    out.resize(out.find_last_not_of(' ') + 1);
    return out;
}

} // namespace gacsong
