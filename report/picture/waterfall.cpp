// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/paint/fill.hpp"
#include "report/paint/ticks.hpp"
#include "report/picture/scene.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <QFontMetrics>
#include <QPainterPath>
#include <algorithm>
#include <array>
#include <cmath>

namespace gacsong::picture {
namespace {

constexpr std::size_t most_labels = 12;

using paint::frame;

/// Pieces of `on` px with gaps of `off` px along the four sides.
void dashed_frame(QPainter& painter, const QRectF& box, double width, double on, double off, const QColor& colour)
{
    for (double x = box.left(); x < box.right(); x += on + off) {
        const double length = std::min(on, box.right() - x);
        painter.fillRect(QRectF(x, box.top(), length, width), colour);
        painter.fillRect(QRectF(x, box.bottom() - width, length, width), colour);
    }
    for (double y = box.top(); y < box.bottom(); y += on + off) {
        const double length = std::min(on, box.bottom() - y);
        painter.fillRect(QRectF(box.left(), y, width, length), colour);
        painter.fillRect(QRectF(box.right() - width, y, width, length), colour);
    }
}

void brackets(QPainter& painter, const QRectF& box, double width, const QColor& colour)
{
    const double w = std::min(6.0, 0.4 * box.width());
    const double h = std::min(6.0, 0.4 * box.height());
    for (const double x : {box.left(), box.right() - w}) {
        painter.fillRect(QRectF(x, box.top(), w, width), colour);
        painter.fillRect(QRectF(x, box.bottom() - width, w, width), colour);
    }
    for (const double y : {box.top(), box.bottom() - h}) {
        painter.fillRect(QRectF(box.left(), y, width, h), colour);
        painter.fillRect(QRectF(box.right() - width, y, width, h), colour);
    }
}

/// The box of a mark in the style of its gravity; every line has a casing on both sides.
void paint_box(QPainter& painter, const Scene& scene, const QRectF& box, const Mark& mark)
{
    const paint::Theme& theme = *scene.theme;
    const QColor colour = paint::line_colour(theme, mark.style.gravity);
    switch (mark.style.gravity) {
    case paint::Gravity::danger:
    case paint::Gravity::serious: {
        const QRectF outer = box.adjusted(-3.0, -3.0, 3.0, 3.0);
        frame(painter, outer, 1.0, theme.casing);
        frame(painter, outer.adjusted(3.0, 3.0, -3.0, -3.0), 1.0, theme.casing);
        frame(painter, outer.adjusted(1.0, 1.0, -1.0, -1.0), 2.0, colour);
        return;
    }
    case paint::Gravity::unknown: {
        const QRectF outer = box.adjusted(-2.0, -2.0, 2.0, 2.0);
        frame(painter, outer, 3.0, theme.casing);
        dashed_frame(painter, outer.adjusted(1.0, 1.0, -1.0, -1.0), 1.0, 5.0, 4.0, colour);
        return;
    }
    case paint::Gravity::ignored:
        return dashed_frame(painter, box.adjusted(-1.0, -1.0, 1.0, 1.0), 1.0, 1.0, 3.0, colour);
    case paint::Gravity::allowed:
        return brackets(painter, box.adjusted(-2.0, -1.0, 2.0, 1.0), 1.0, colour);
    }
}

/// A label below its box; above it, or within it, where there is no room. False where nothing is free.
bool paint_label(QPainter& painter, const Scene& scene, const Layout& layout, const QRectF& box, const Mark& mark,
                 std::vector<QRectF>& taken)
{
    const paint::Theme& theme = *scene.theme;
    const QFontMetrics metrics(painter.font());
    const double size = scene.scaled(scene.car ? 22.0 : 15.0);
    const double width = metrics.horizontalAdvance(mark.frequency) + size + 18.0;
    const double height = std::max<double>(metrics.height() + 4, size + 6.0);
    const double left = std::clamp(box.center().x() - 0.5 * width, layout.waterfall.left() + 2.0,
                                   std::max(layout.waterfall.left() + 2.0, layout.waterfall.right() - width - 2.0));
    const QRectF ground(layout.waterfall);
    const std::array tops{box.bottom() + 7.0, box.top() - height - 7.0,
                          std::min(box.bottom(), ground.bottom()) - height - 6.0,
                          std::max(box.top(), ground.top()) + 6.0};
    for (const double top : tops) {
        const QRectF place(left, top, width, height);
        const bool free = std::ranges::none_of(taken, [&](const QRectF& other) { return other.intersects(place); });
        if (!free || !ground.contains(place))
            continue;
        taken.push_back(place);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(paint::line_colour(theme, mark.style.gravity), 1));
        painter.setBrush(theme.panel);
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 4.0, 4.0);
        painter.setRenderHint(QPainter::Antialiasing, false);
        paint::draw_marker(painter, {left + 6.0 + 0.5 * size, place.center().y()}, size, mark.style, theme,
                           theme.panel);
        painter.setPen(theme.text);
        painter.drawText(QRectF(left + size + 11.0, top, width, height), Qt::AlignLeft | Qt::AlignVCenter,
                         mark.frequency);
        return true;
    }
    return false;
}

void paint_boxes(QPainter& painter, const Scene& scene, const Layout& layout)
{
    std::vector<QRectF> taken;
    std::size_t labels = 0;
    const QRectF ground(layout.waterfall);
    const auto visible = [&](const QRectF& box) { return box.intersects(ground); };
    // The gravest are painted last, so that they lie on top.
    for (auto mark = scene.marks.rbegin(); mark != scene.marks.rend(); ++mark) {
        const QRectF box = mark_box(*mark, scene.view, layout);
        if (visible(box))
            paint_box(painter, scene, box, *mark);
    }
    if (scene.selected) {
        const QRectF box = mark_box(scene.marks[*scene.selected], scene.view, layout).adjusted(-8.0, -8.0, 8.0, 8.0);
        if (visible(box)) {
            frame(painter, box.adjusted(-1.0, -1.0, 1.0, 1.0), 1.0, scene.theme->casing);
            frame(painter, box, 2.0, scene.theme->accent);
        }
    }
    QFont font = scene.font;
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    for (const Mark& mark : scene.marks) {
        if (labels == most_labels || mark.style.gravity > paint::Gravity::unknown)
            break;
        const QRectF box = mark_box(mark, scene.view, layout);
        if (visible(box) && paint_label(painter, scene, layout, box, mark, taken))
            ++labels;
    }
}

void paint_gap_labels(QPainter& painter, const Scene& scene, const Layout& layout)
{
    painter.setFont(scene.font);
    const QFontMetrics metrics(scene.font);
    const paint::Scale y = layout.time_scale(scene.view);
    for (const Gap& gap : scene.gaps) {
        const double length_s = static_cast<double>(gap.samples) / scene.sample_rate_hz;
        const double top = y.pixel(gap.at_s + length_s);
        const double bottom = y.pixel(gap.at_s);
        if (bottom < layout.waterfall.top() || top > layout.waterfall.bottom())
            continue;
        const std::string key = fmt::format("picture.gap.{}", gap.why);
        const std::string why = scene.words->text(scene.words->find(key) ? key : "picture.gap.unknown");
        const QString text = QString::fromStdString(scene.words->text(
            Message("picture.gap_label", {{"duration", Quantity{length_s, Unit::seconds}}, {"why", why}})));
        const QRectF box(layout.waterfall.left() + 10.0, 0.5 * (top + bottom) - 0.5 * metrics.height() - 1.0,
                         metrics.horizontalAdvance(text) + 12.0, metrics.height() + 2.0);
        painter.fillRect(box, scene.theme->panel);
        painter.setPen(scene.theme->text);
        painter.drawText(box, Qt::AlignCenter, text);
    }
}

void paint_time_axis(QPainter& painter, const Scene& scene, const Layout& layout)
{
    const QRect& ground = layout.waterfall;
    const QRect gutter(ground.left() - layout.gutter, ground.top(), layout.gutter, ground.height());
    painter.fillRect(gutter, scene.theme->panel);
    painter.setFont(scene.font);
    const QFontMetrics metrics(scene.font);
    const paint::Scale y = layout.time_scale(scene.view);
    const auto ticks = paint::time_ticks(scene.view.from_s, scene.view.to_s, ground.height(), 4.0 * metrics.height(),
                                         scene.language(), scene.start);
    const int half = metrics.height() / 2;
    const int decimals =
        ticks.major_step < 2.0 ? std::clamp(static_cast<int>(-std::floor(std::log10(ticks.major_step))), 1, 4) : 0;
    QFont bold = scene.font;
    bold.setWeight(QFont::DemiBold);
    const QFontMetrics bold_metrics(bold);
    const auto clock = [&](bool hours) {
        return QString::fromStdString(
            paint::clock_label(scene.view.to_s, scene.start, std::min(decimals, 3), hours, scene.language()));
    };
    const QString with_hours = clock(true);
    const bool fits = bold_metrics.horizontalAdvance(with_hours) <= gutter.width() - 8;
    const QString newest = fits ? with_hours : clock(false);
    painter.setFont(bold);
    painter.setPen(scene.theme->text);
    painter.drawText(QRect(gutter.left(), gutter.top(), gutter.width() - 8, bold_metrics.height()),
                     Qt::AlignRight | Qt::AlignVCenter, newest);
    painter.setFont(scene.font);
    for (const auto& tick : ticks.ticks) {
        const int at = static_cast<int>(std::lround(y.pixel(tick.value)));
        if (at < ground.top() || at > ground.bottom())
            continue;
        const int length = tick.major ? 6 : 3;
        painter.fillRect(gutter.right() + 1 - length, at, length, 1, scene.theme->text3);
        if (!tick.major || at - half < ground.top() + bold_metrics.height() || at + half > ground.bottom() + 2)
            continue;
        painter.setPen(scene.theme->text2);
        painter.drawText(QRect(gutter.left(), at - half, gutter.width() - 9, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, QString::fromStdString(tick.label));
    }
}

/// Rows in which the receiver was at its limit: red edge beside the gutter.
void paint_clipped(QPainter& painter, const Scene& scene, const Layout& layout)
{
    const double ratio = painter.device() == nullptr ? 1.0 : painter.device()->devicePixelRatioF();
    for (const int row : scene.waterfall->clipped_rows()) {
        const double y = layout.waterfall.top() + row / ratio;
        if (static_cast<int>(y / 2.0) % 2 == 0)
            painter.fillRect(QRectF(layout.waterfall.left(), y, 4.0, 1.0 / ratio), scene.theme->danger);
    }
}

} // namespace

void paint_waterfall(QPainter& painter, const Scene& scene, const Layout& layout)
{
    painter.save();
    if (scene.waterfall != nullptr) {
        scene.waterfall->paint(painter, layout.waterfall);
        paint_clipped(painter, scene, layout);
    }
    painter.setClipRect(layout.waterfall);
    if (scene.show_markers)
        paint_boxes(painter, scene, layout);
    paint_gap_labels(painter, scene, layout);
    painter.setClipping(false);
    paint_time_axis(painter, scene, layout);
    painter.restore();
}

} // namespace gacsong::picture
