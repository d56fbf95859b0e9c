// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/seen_text.hpp"

#include <QHash>
#include <QImage>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <cmath>

namespace gacsong::gui::test {
namespace {

/// Keeps texts and lets everything else go.
class TextEngine final : public QPaintEngine {
public:
    explicit TextEngine(std::vector<SeenText>& seen) : QPaintEngine(AllFeatures), seen_(seen) {}

    bool begin(QPaintDevice* /*device*/) override { return true; }
    bool end() override { return true; }
    void updateState(const QPaintEngineState& /*state*/) override {}
    void drawPixmap(const QRectF& /*to*/, const QPixmap& /*pixmap*/, const QRectF& /*from*/) override {}
    void drawImage(const QRectF& /*to*/, const QImage& /*image*/, const QRectF& /*from*/,
                   Qt::ImageConversionFlags /*flags*/) override
    {
    }
    void drawPath(const QPainterPath& /*path*/) override {}
    void drawPolygon(const QPointF* /*points*/, int /*count*/, PolygonDrawMode /*mode*/) override {}
    [[nodiscard]] Type type() const override { return User; }

    void drawTextItem(const QPointF& at, const QTextItem& item) override
    {
        if (item.text().trimmed().isEmpty())
            return;
        const QTransform to_device = painter()->deviceTransform();
        const QRectF box(at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent());
        SeenText seen;
        seen.text = item.text();
        seen.box = to_device.mapRect(box);
        seen.visible = seen.box;
        if (painter()->hasClipping())
            seen.visible &= to_device.mapRect(painter()->clipBoundingRect());
        if (!systemClip().isEmpty())
            seen.visible &= QRectF(systemClip().boundingRect());
        seen.pixels = item.font().pixelSize();
        seen.colour = painter()->pen().color();
        // A font that lacks a letter hands over to another: one text in several pieces.
        if (!seen_.empty() && std::abs(seen_.back().box.right() - seen.box.left()) < 1.0 &&
            std::abs(seen_.back().box.bottom() - seen.box.bottom()) < 4.0 && seen_.back().pixels == seen.pixels) {
            seen_.back().text += seen.text;
            seen_.back().box |= seen.box;
            seen_.back().visible |= seen.visible;
            return;
        }
        seen_.push_back(std::move(seen));
    }

private:
    std::vector<SeenText>& seen_;
};

class TextDevice final : public QPaintDevice {
public:
    TextDevice(QSize size, std::vector<SeenText>& seen) : size_(size), engine_(seen) {}

    [[nodiscard]] QPaintEngine* paintEngine() const override { return &engine_; }

protected:
    [[nodiscard]] int metric(PaintDeviceMetric metric) const override
    {
        switch (metric) {
        case PdmWidth:
            return size_.width();
        case PdmHeight:
            return size_.height();
        case PdmDepth:
            return 32;
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return 96;
        case PdmDevicePixelRatio:
            return 1;
        case PdmDevicePixelRatioScaled:
            return static_cast<int>(devicePixelRatioFScale());
        default:
            return QPaintDevice::metric(metric);
        }
    }

private:
    QSize size_;
    mutable TextEngine engine_;
};

} // namespace

std::vector<SeenText> texts_of(QSize size, const std::function<void(QPaintDevice&)>& paint)
{
    std::vector<SeenText> seen;
    TextDevice device(size, seen);
    paint(device);
    return seen;
}

std::vector<SeenText> texts_of(QWidget& widget)
{
    return texts_of(widget.size(), [&](QPaintDevice& device) { widget.render(&device); });
}

QColor ground_of(const QImage& image, const QRectF& box)
{
    QHash<QRgb, int> counts;
    const QRect area = box.toAlignedRect().intersected(image.rect());
    for (int y = area.top(); y <= area.bottom(); ++y)
        for (int x = area.left(); x <= area.right(); ++x)
            ++counts[image.pixel(x, y)];
    QRgb most = 0;
    for (auto item = counts.cbegin(); item != counts.cend(); ++item)
        if (item.value() > counts.value(most))
            most = item.key();
    return QColor::fromRgb(most);
}

} // namespace gacsong::gui::test
