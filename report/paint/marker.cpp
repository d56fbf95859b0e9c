// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/paint/marker.hpp"

#include "report/records/codes.hpp"

#include <fmt/format.h>

#include <QPaintEngine>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace gacsong::paint {
namespace {

QPolygonF regular(QPointF centre, double radius, int corners, double turn)
{
    QPolygonF polygon;
    for (int i = 0; i < corners; ++i) {
        const double angle = turn + 2.0 * std::numbers::pi * i / corners;
        polygon << centre + QPointF(radius * std::cos(angle), radius * std::sin(angle));
    }
    return polygon;
}

/// Corners are rounded by the join of a pen in the same colour.
void fill_rounded(QPainter& painter, const QPolygonF& polygon, const QColor& fill, double rounding)
{
    painter.setPen(QPen(fill, rounding, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(fill);
    painter.drawPolygon(polygon);
}

void draw_shape(QPainter& painter, QPointF c, double size, Shape shape, const QColor& fill, const QColor& ground)
{
    const double half = 0.5 * size;
    const double rounding = size / 10.0;
    switch (shape) {
    case Shape::octagon:
        fill_rounded(painter, regular(c, half, 8, std::numbers::pi / 8.0), fill, rounding);
        break;
    case Shape::diamond:
        fill_rounded(painter, regular(c, 1.08 * half, 4, 0.0), fill, rounding);
        break;
    case Shape::triangle:
        fill_rounded(painter, regular(c + QPointF(0.0, 0.14 * size), 1.12 * half, 3, -std::numbers::pi / 2.0), fill,
                     rounding);
        break;
    case Shape::square:
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawRoundedRect(QRectF(c.x() - 0.42 * size, c.y() - 0.42 * size, 0.84 * size, 0.84 * size), size / 8.0,
                                size / 8.0);
        break;
    case Shape::ring: {
        QPen pen(fill, size / 12.0);
        pen.setDashPattern({2.2, 1.6});
        painter.setPen(pen);
        painter.setBrush(ground);
        painter.drawEllipse(c, 0.42 * size, 0.42 * size);
        break;
    }
    case Shape::hollow_square:
        painter.setPen(QPen(fill, size / 14.0));
        painter.setBrush(ground);
        painter.drawRoundedRect(QRectF(c.x() - 0.4 * size, c.y() - 0.4 * size, 0.8 * size, 0.8 * size), size / 10.0,
                                size / 10.0);
        break;
    }
}

} // namespace

Shape shape_of(Verdict verdict)
{
    switch (verdict) {
    case Verdict::protected_band:
        return Shape::octagon;
    case Verdict::unlicensed:
        return Shape::diamond;
    case Verdict::violation:
        return Shape::triangle;
    case Verdict::licensed:
    case Verdict::exempt:
    case Verdict::network:
        return Shape::square;
    case Verdict::ignored:
        return Shape::hollow_square;
    case Verdict::unknown:
        break;
    }
    return Shape::ring;
}

MarkerStyle marker_style(Verdict verdict, const Wording& words)
{
    const std::string letter = words.text(fmt::format("marker.{}", code(verdict)));
    return {shape_of(verdict), gravity(verdict), QString::fromStdString(letter)};
}

namespace {

/// What one marker looks like; the same ones are painted a hundred times a frame.
struct Look {
    double size = 0.0;
    double ratio = 1.0;
    Shape shape = Shape::ring;
    Gravity gravity = Gravity::unknown;
    QString letter;
    ThemeKind theme = ThemeKind::dark;
    QRgb ground = 0;
    QString family;

    bool operator==(const Look&) const = default;
};

void paint_marker(QPainter& painter, QPointF centre, double size, const MarkerStyle& style, const Theme& theme,
                  const QColor& ground)
{
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor fill = fill_colour(theme, style.gravity);
    draw_shape(painter, centre, size, style.shape, fill, ground);
    const bool hollow = style.shape == Shape::ring || style.shape == Shape::hollow_square;
    QFont font = painter.font();
    font.setBold(true);
    font.setPixelSize(std::max(6, static_cast<int>(std::lround(0.54 * size))));
    painter.setFont(font);
    painter.setPen(hollow ? fill : ink_colour(theme, style.gravity));
    const double down = style.shape == Shape::triangle ? 0.1 * size : 0.0;
    painter.drawText(QRectF(centre.x() - size, centre.y() - size + down, 2.0 * size, 2.0 * size), Qt::AlignCenter,
                     style.letter);
}

const QImage& image_of(const Look& look, const QFont& font, const MarkerStyle& style, const Theme& theme,
                       const QColor& ground)
{
    constexpr std::size_t most = 64;
    static thread_local std::vector<std::pair<Look, QImage>> kept;
    const auto found = std::ranges::find(kept, look, &std::pair<Look, QImage>::first);
    if (found != kept.end())
        return found->second;
    if (kept.size() >= most)
        kept.clear();
    const auto side = static_cast<int>(std::ceil(1.5 * look.size * look.ratio)) + 4;
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(look.ratio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setFont(font);
    const double middle = 0.5 * side / look.ratio;
    paint_marker(painter, {middle, middle}, look.size, style, theme, ground);
    painter.end();
    return kept.emplace_back(look, std::move(image)).second;
}

} // namespace

void draw_marker(QPainter& painter, QPointF centre, double size, const MarkerStyle& style, const Theme& theme,
                 const QColor& ground)
{
    const bool pixels = painter.paintEngine() != nullptr && painter.paintEngine()->type() == QPaintEngine::Raster &&
                        painter.transform().type() <= QTransform::TxTranslate;
    if (!pixels || painter.device() == nullptr) {
        painter.save();
        paint_marker(painter, centre, size, style, theme, ground);
        painter.restore();
        return;
    }
    const double ratio = painter.device()->devicePixelRatioF();
    const Look look{size,         ratio,      style.shape,   style.gravity,
                    style.letter, theme.kind, ground.rgba(), painter.font().family()};
    const QImage& image = image_of(look, painter.font(), style, theme, ground);
    // On whole pixels, so that it is as sharp as it was made.
    const double half = 0.5 * image.width() / ratio;
    const QPointF corner = centre - QPointF(half, half);
    painter.drawImage(QPointF(std::round(corner.x() * ratio) / ratio, std::round(corner.y() * ratio) / ratio), image);
}

} // namespace gacsong::paint
