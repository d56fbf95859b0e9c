// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>
#include <QScrollBar>
#include <QTableView>

namespace gacsong::gui {

/// A table whose rows have one height and that shows whole ones: where more of them follow, what is left at its bottom
/// stays free instead of half a row.
class RowTable final : public QTableView {
public:
    using QTableView::QTableView;

protected:
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
};

} // namespace gacsong::gui
