// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPainter>
#include <algorithm>

namespace gacsong::paint {

/// Fills a rectangle. Qt hands a translucent one of many rows to a pool of threads, and waking them takes ten times as
/// long as a thin line; in pieces that it takes for small it does the work itself.
inline void fill(QPainter& painter, const QRectF& box, const QColor& colour)
{
    constexpr double small = 64.0; ///< rows
    if (colour.alpha() == 255 || box.height() <= small)
        return painter.fillRect(box, colour);
    for (double top = box.top(); top < box.bottom(); top += small)
        painter.fillRect(QRectF(box.left(), top, box.width(), std::min(small, box.bottom() - top)), colour);
}

/// A frame of four filled rectangles, `width` thick, just inside `box`. Pens are slower and blur on odd scales.
inline void frame(QPainter& painter, const QRectF& box, double width, const QColor& colour)
{
    fill(painter, QRectF(box.left(), box.top(), box.width(), width), colour);
    fill(painter, QRectF(box.left(), box.bottom() - width, box.width(), width), colour);
    fill(painter, QRectF(box.left(), box.top() + width, width, box.height() - 2.0 * width), colour);
    fill(painter, QRectF(box.right() - width, box.top() + width, width, box.height() - 2.0 * width), colour);
}

} // namespace gacsong::paint
