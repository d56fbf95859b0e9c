// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/look/search_field.hpp"

#include <QResizeEvent>
#include <QStyle>
#include <QStyleOptionFrame>

namespace gacsong::gui {

SearchField::SearchField(const QString& hint, const QString& short_hint, const Density& density, QWidget* parent)
    : QLineEdit(parent), hint_(hint), short_hint_(short_hint)
{
    setPlaceholderText(short_hint_);
    setAccessibleName(hint_);
    setToolTip(hint_);
    setClearButtonEnabled(true);
    setMinimumHeight(density.scaled(density.car ? 48 : 30));
}

void SearchField::resizeEvent(QResizeEvent* event)
{
    QLineEdit::resizeEvent(event);
    QStyleOptionFrame option;
    initStyleOption(&option);
    constexpr int margin = 4; // of the text within the contents, on both sides together
    const int room = style()->subElementRect(QStyle::SE_LineEditContents, &option, this).width() - margin;
    setPlaceholderText(fontMetrics().horizontalAdvance(hint_) <= room ? hint_ : short_hint_);
}

} // namespace gacsong::gui
