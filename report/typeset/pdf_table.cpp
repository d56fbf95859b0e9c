// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/typeset/pdf_table.hpp"

#include <algorithm>
#include <numeric>

namespace gacsong::typeset {
namespace {

constexpr double points = 11.0;
constexpr double padding = 0.8;
constexpr double least_height = 6.0;
constexpr double border = 0.5;
constexpr double most_unbroken = 90.0; ///< height of a table that is not broken

/// A row with its texts set.
struct SetRow {
    std::vector<TextBox> texts;
    double height = least_height;
    bool section = false;
};

class TableSetter {
public:
    TableSetter(PageFlow& page, const Table& table) : page_(page), table_(table), head_(set_head()) {}

    void set()
    {
        const TextBox caption =
            page_.box({{table_.caption, true}}, {.points = 12.0, .align = Align::centre, .width = page_.text_width()});
        std::vector<SetRow> rows;
        for (const Row& row : table_.rows)
            rows.push_back(set_row(row));
        const double first = rows.empty() ? 0.0 : rows.front().height + (rows.size() > 1 ? rows[1].height : 0.0);
        double all = 0.0;
        for (const SetRow& row : rows)
            all += row.height;
        // A short table stands on one page; of a longer one at least the head and two rows.
        const double top = page_.height(caption) + 1.5 + head_.height;
        page_.need(top + (top + all < most_unbroken ? all : first));
        if (!table_.caption.empty()) {
            page_.draw(caption, 0.0, page_.y());
            page_.advance(page_.height(caption) + 1.5);
        }
        draw(head_);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            // The head of a section stays with its first row.
            const double next = rows[i].section && i + 1 < rows.size() ? rows[i + 1].height : 0.0;
            if (page_.room() < rows[i].height + next) {
                page_.new_page();
                draw(head_);
            }
            draw(rows[i]);
        }
        page_.advance(1.0);
        if (!table_.note.empty())
            page_.flow(page_.box({{table_.note, false, true}},
                                 {.points = points, .align = Align::justify, .width = page_.text_width()}),
                       0.0);
        page_.advance(sheet::paragraph_gap);
    }

private:
    [[nodiscard]] double total_width() const
    {
        return std::accumulate(table_.widths_mm.begin(), table_.widths_mm.end(), 0.0);
    }
    TextBox cell(const std::string& text, Align align, bool bold, bool italic, double width)
    {
        return page_.box({{text, bold, italic}}, {.points = points, .align = align, .width = width - 2.0 * padding});
    }
    SetRow set_head()
    {
        SetRow row;
        for (std::size_t i = 0; i < table_.head.size(); ++i)
            row.texts.push_back(cell(table_.head[i], Align::centre, true, false, table_.widths_mm[i]));
        return measured(std::move(row));
    }
    SetRow set_row(const Row& from)
    {
        SetRow row;
        row.section = from.section;
        for (std::size_t i = 0; i < from.cells.size() && i < table_.widths_mm.size(); ++i) {
            const Cell& one = from.cells[i];
            const double width = from.section ? total_width() : table_.widths_mm[i];
            row.texts.push_back(cell(one.text, one.align, one.bold, one.italic, width));
        }
        return measured(std::move(row));
    }
    SetRow measured(SetRow row) const
    {
        for (const TextBox& text : row.texts)
            row.height = std::max(row.height, page_.height(text) + 2.0 * padding);
        return row;
    }
    void draw(const SetRow& row)
    {
        const double y = page_.y();
        if (row.section)
            page_.fill(0.0, y, total_width(), row.height, QColor(0xEE, 0xEE, 0xEE));
        double x = 0.0;
        for (std::size_t i = 0; i < row.texts.size(); ++i) {
            const double width = row.section ? total_width() : table_.widths_mm[i];
            page_.frame(x, y, width, row.height, border);
            page_.draw(row.texts[i], x + padding, y + 0.5 * (row.height - page_.height(row.texts[i])));
            x += width;
        }
        page_.advance(row.height);
    }

    PageFlow& page_;
    const Table& table_;
    SetRow head_;
};

} // namespace

void set_table(PageFlow& page, const Table& table) { TableSetter(page, table).set(); }

} // namespace gacsong::typeset
