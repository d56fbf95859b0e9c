// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/paint/marker.hpp"
#include "report/paint/theme.hpp"

#include <QStyledItemDelegate>

namespace gacsong::gui {

/// Draws the rows of a table of things with a verdict: the marker before the first cell, the selected row with an
/// accent edge and in bold.
class RowDelegate : public QStyledItemDelegate {
public:
    /// `marker`: pixels.
    RowDelegate(const paint::Theme& theme, int marker, QObject* parent)
        : QStyledItemDelegate(parent), theme_(theme), marker_(marker)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    struct RowLook {
        paint::MarkerStyle marker;
        bool dimmed = false;
        bool whole = false; ///< the text is never cut: a number would be another number
        QString unit{};     ///< behind the number where no heading says it
    };
    /// How the cell at `index` of the shown model looks.
    [[nodiscard]] virtual RowLook look_of(const QModelIndex& index) const = 0;

private:
    const paint::Theme& theme_;
    int marker_;
};

} // namespace gacsong::gui
