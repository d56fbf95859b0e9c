// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>
#include <QString>
#include <QWidget>
#include <functional>
#include <vector>

namespace gacsong::gui::test {

/// A piece of text as it was painted.
struct SeenText {
    QString text;
    QRectF box;     ///< from its ascent to its descent, in pixels of what was painted
    QRectF visible; ///< what of it the clip leaves
    int pixels = 0; ///< size of its font
    QColor colour;

    /// Whether its clip takes something away. A pixel at the sides is rounding.
    [[nodiscard]] bool cut() const
    {
        return visible.height() < box.height() - 1.0 || visible.width() < box.width() - 1.5;
    }
};

/// Every text that `paint` paints on a ground of `size`, in the order of painting.
[[nodiscard]] std::vector<SeenText> texts_of(QSize size, const std::function<void(QPaintDevice&)>& paint);

/// Every text of a widget and its children. The picture paints itself ahead: its texts are not among them.
[[nodiscard]] std::vector<SeenText> texts_of(QWidget& widget);

/// The most frequent colour within a box of an image: the ground of a text.
[[nodiscard]] QColor ground_of(const QImage& image, const QRectF& box);

} // namespace gacsong::gui::test
