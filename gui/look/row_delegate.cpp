// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/look/row_delegate.hpp"

#include <QPainter>

namespace gacsong::gui {

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const RowLook look = look_of(index);
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    if (selected)
        painter->fillRect(option.rect, theme_.selection);
    QRect text = option.rect.adjusted(6, 0, -6, 0);
    if (index.column() == 0) {
        if (selected)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), theme_.accent);
        const QPointF at(option.rect.left() + 8 + 0.5 * marker_, option.rect.center().y() + 0.5);
        paint::draw_marker(*painter, at, marker_, look.marker, theme_, selected ? theme_.selection : theme_.panel);
        text.setLeft(option.rect.left() + marker_ + 16);
    }
    QFont font = option.font;
    font.setWeight(selected ? QFont::DemiBold : QFont::Normal);
    painter->setFont(font);
    painter->setPen(look.dimmed ? theme_.text2 : theme_.text);
    QString words = index.data().toString();
    if (!look.unit.isEmpty() && !words.isEmpty())
        words += QChar(QChar::Nbsp) + look.unit;
    // Where there is room for the marker alone, in a car, no piece of a word stands behind it.
    if (index.column() != 0 || text.width() > 4 * option.fontMetrics.averageCharWidth())
        painter->drawText(text, index.data(Qt::TextAlignmentRole).toInt(),
                          look.whole ? words : QFontMetrics(font).elidedText(words, Qt::ElideRight, text.width()));
    painter->restore();
}

} // namespace gacsong::gui
