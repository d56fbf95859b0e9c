// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPainter>
#include <QRectF>

namespace gacsong::paint {

/// Fills many small rectangles. Into an image it writes the pixels itself, where one of Qt's fills of a few pixels
/// takes ten times as long, and one that is translucent and has many rows wakes a pool of threads; anywhere else Qt
/// fills.
class Filler {
public:
    /// Nothing is painted outside of `clip`, given as the painter counts. The painter must outlive it, and must not be
    /// moved, scaled or clipped meanwhile.
    Filler(QPainter& painter, const QRectF& clip);

    void fill(const QRectF& box, const QColor& colour);
    /// A frame of four filled rectangles, `width` thick, just inside `box`. Pens are slower and blur on odd scales.
    void frame(const QRectF& box, double width, const QColor& colour);

private:
    QPainter& painter_;
    QRectF clip_;
    QRgb* pixels_ = nullptr; ///< of the image; null: Qt fills
    qsizetype stride_ = 0;   ///< of its lines, in pixels
    QRect image_clip_;       ///< pixels of the image
    double scale_ = 1.0;     ///< pixels of the image for one of the painter
    QPointF origin_;
};

/// One rectangle, as Filler does it where no image is at hand.
void fill(QPainter& painter, const QRectF& box, const QColor& colour);

} // namespace gacsong::paint
