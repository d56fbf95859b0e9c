// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>
#include <QResizeEvent>
#include <QScrollBar>
#include <QTableView>
#include <utility>
#include <vector>

namespace gacsong::gui {

/// A table whose rows have one height and that shows whole ones: where more of them follow, what is left at its bottom
/// stays free instead of half a row.
class RowTable final : public QTableView {
public:
    using QTableView::QTableView;

    /// Columns that are left out where not all fit, the first one first; `rest`, which takes what is left, keeps at
    /// least `least` pixels. Widths are those of now.
    void give_way(std::vector<int> columns, int rest, int least)
    {
        giving_ = std::move(columns);
        rest_ = rest;
        least_ = least;
        widths_.clear();
        for (int i = 0; i < model()->columnCount(); ++i)
            widths_.push_back(columnWidth(i));
    }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        int needed = least_;
        for (std::size_t i = 0; i < widths_.size(); ++i)
            needed += static_cast<int>(i) == rest_ ? 0 : widths_[i];
        for (const int column : giving_) {
            const bool left_out = needed > event->size().width();
            if (isColumnHidden(column) != left_out)
                setColumnHidden(column, left_out);
            needed -= left_out ? widths_[static_cast<std::size_t>(column)] : 0;
        }
        QTableView::resizeEvent(event);
    }

    void updateGeometries() override
    {
        // Margins change the size of the viewport, which asks again.
        if (fitting_)
            return;
        fitting_ = true;
        QTableView::updateGeometries();
        const int row = verticalHeader()->defaultSectionSize();
        const int shown = viewport()->height();
        if (model() != nullptr && row > 0 && shown > row && model()->rowCount() * row > shown) {
            QMargins margins = viewportMargins();
            margins.setBottom(margins.bottom() + shown % row);
            setViewportMargins(margins);
            align();
        }
        fitting_ = false;
    }

    void scrollContentsBy(int dx, int dy) override
    {
        QTableView::scrollContentsBy(dx, dy);
        align();
    }

private:
    /// The header counts with the height before: at the end the last row would be cut.
    void align()
    {
        const QScrollBar& bar = *verticalScrollBar();
        const int last = verticalHeader()->length() - viewport()->height();
        if (bar.maximum() == 0 || bar.value() < bar.maximum() || last < 0 || verticalHeader()->offset() == last)
            return;
        verticalHeader()->setOffset(last);
        viewport()->update();
    }

    bool fitting_ = false;
    std::vector<int> giving_;
    std::vector<int> widths_;
    int rest_ = -1;
    int least_ = 0;
};

} // namespace gacsong::gui
