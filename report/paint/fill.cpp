// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/paint/fill.hpp"

#include <QImage>
#include <QTransform>
#include <algorithm>

namespace gacsong::paint {
namespace {

/// `colour`, whose parts are multiplied by its opacity, over an opaque pixel.
inline QRgb over(QRgb ground, QRgb colour, unsigned rest)
{
    const QRgb red_blue = (((ground & 0xFF00FFU) * rest) >> 8U) & 0xFF00FFU;
    const QRgb green = (((ground & 0x00FF00U) * rest) >> 8U) & 0x00FF00U;
    return 0xFF000000U | (colour + (red_blue | green));
}

/// The image that a painter paints into, if it is one whose pixels can be written as they are.
QImage* image_of(const QPainter& painter)
{
    auto* device = painter.device();
    if (device == nullptr || device->devType() != QInternal::Image || painter.opacity() < 1.0)
        return nullptr;
    auto* image = static_cast<QImage*>(device);
    const bool known =
        image->format() == QImage::Format_RGB32 || image->format() == QImage::Format_ARGB32_Premultiplied;
    return known ? image : nullptr;
}

} // namespace

Filler::Filler(QPainter& painter, const QRectF& clip) : painter_(painter), clip_(clip)
{
    QImage* image = image_of(painter);
    const QTransform to_device = painter.deviceTransform();
    if (image == nullptr || to_device.type() > QTransform::TxScale || to_device.m11() != to_device.m22())
        return;
    scale_ = to_device.m11();
    origin_ = QPointF(to_device.dx(), to_device.dy());
    image_clip_ = QRect(qRound(clip.left() * scale_ + origin_.x()), qRound(clip.top() * scale_ + origin_.y()),
                        qRound(clip.width() * scale_), qRound(clip.height() * scale_))
                      .intersected(image->rect());
    // The only one who holds it, so nothing is copied.
    pixels_ = reinterpret_cast<QRgb*>(image->bits());
    stride_ = image->bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
}

void Filler::fill(const QRectF& box, const QColor& colour)
{
    if (pixels_ == nullptr) {
        const QRectF part = box.intersected(clip_);
        if (!part.isEmpty())
            paint::fill(painter_, part, colour);
        return;
    }
    const int left = std::max(qRound(box.left() * scale_ + origin_.x()), image_clip_.left());
    const int right = std::min(qRound(box.right() * scale_ + origin_.x()), image_clip_.right() + 1);
    const int top = std::max(qRound(box.top() * scale_ + origin_.y()), image_clip_.top());
    const int bottom = std::min(qRound(box.bottom() * scale_ + origin_.y()), image_clip_.bottom() + 1);
    if (left >= right || top >= bottom)
        return;
    const QRgb rgba = colour.rgba();
    const auto alpha = static_cast<unsigned>(qAlpha(rgba));
    const QRgb premultiplied = qPremultiply(rgba) & 0xFFFFFFU;
    const unsigned rest = 255U - alpha + (alpha < 128U ? 1U : 0U);
    for (int y = top; y < bottom; ++y) {
        QRgb* line = pixels_ + static_cast<qsizetype>(y) * stride_;
        if (alpha == 255U)
            std::fill(line + left, line + right, rgba);
        else
            std::transform(line + left, line + right, line + left,
                           [&](QRgb ground) { return over(ground, premultiplied, rest); });
    }
}

void Filler::frame(const QRectF& box, double width, const QColor& colour)
{
    fill(QRectF(box.left(), box.top(), box.width(), width), colour);
    fill(QRectF(box.left(), box.bottom() - width, box.width(), width), colour);
    fill(QRectF(box.left(), box.top() + width, width, box.height() - 2.0 * width), colour);
    fill(QRectF(box.right() - width, box.top() + width, width, box.height() - 2.0 * width), colour);
}

void fill(QPainter& painter, const QRectF& box, const QColor& colour)
{
    constexpr double small = 64.0; ///< rows; of so few Qt fills by itself
    if (colour.alpha() == 255 || box.height() <= small)
        return painter.fillRect(box, colour);
    for (double top = box.top(); top < box.bottom(); top += small)
        painter.fillRect(QRectF(box.left(), top, box.width(), std::min(small, box.bottom() - top)), colour);
}

} // namespace gacsong::paint
