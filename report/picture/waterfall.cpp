// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/paint/short_text.hpp"
#include "report/paint/ticks.hpp"
#include "report/picture/boxes.hpp"
#include "report/picture/scene.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <QFontMetrics>
#include <algorithm>
#include <cmath>

namespace gacsong::picture {
namespace {

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
        paint::draw_short_text(painter, QRect(gutter.left(), at - half, gutter.width() - 9, metrics.height()),
                               Qt::AlignRight, QString::fromStdString(tick.label));
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
