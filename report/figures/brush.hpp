// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/typeset/fonts.hpp"
#include "report/typeset/text_box.hpp"

#include <QPainter>
#include <string>

namespace gacsong::figures {

/// What a figure on paper is painted with. Lengths given in millimetres are so on every kind of page.
struct Brush {
    QPainter& painter;
    double mm; ///< units of the painter in a millimetre
    QFont font;

    Brush(QPainter& on, double unit, double points = 9.0)
        : painter(on), mm(unit), font(typeset::font(typeset::Face::sans, points))
    {
        painter.setFont(font);
    }
    void pen(const QColor& colour, double width_mm, Qt::PenStyle style = Qt::SolidLine) const
    {
        painter.setPen(QPen(colour, width_mm * mm, style, Qt::FlatCap));
    }
    void line(double x1, double y1, double x2, double y2) const { painter.drawLine(QPointF(x1, y1), QPointF(x2, y2)); }
    void text(const QRectF& box, int align, const std::string& text) const
    {
        painter.setPen(Qt::black);
        painter.drawText(box, align | Qt::TextDontClip, typeset::nfc(text));
    }
    [[nodiscard]] double width(const std::string& text) const
    {
        return QFontMetricsF(font, painter.device()).horizontalAdvance(typeset::nfc(text));
    }
};

} // namespace gacsong::figures
