// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/paint/short_text.hpp"
#include "report/paint/ticks.hpp"
#include "report/picture/scene.hpp"

#include <QFontMetrics>
#include <algorithm>
#include <cmath>

namespace gacsong::picture {
namespace {

constexpr int major_tick = 6;
constexpr int minor_tick = 3;

void paint_strip(QPainter& painter, const Scene& scene, const Layout& layout, const QRect& row, std::string_view title,
                 std::string_view empty, const std::vector<Strip>& strips, bool names_beside)
{
    if (row.isEmpty())
        return;
    const paint::Theme& theme = *scene.theme;
    const QFontMetrics metrics(painter.font());
    painter.fillRect(row.adjusted(-layout.gutter, 0, 0, 0), theme.panel);
    const QRect name(row.left() - layout.gutter + 4, row.top(), layout.gutter - 8, row.height());
    painter.setPen(theme.text2);
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(scene.text(title), Qt::ElideRight, name.width()));
    const paint::Scale x = layout.frequency_scale(scene.view);
    painter.setClipRect(row);
    if (scene.relative()) {
        painter.setPen(theme.text3);
        painter.drawText(row.adjusted(8, 0, 0, 0), Qt::AlignVCenter, scene.text(empty));
    }
    for (std::size_t i = 0; i < strips.size(); ++i) {
        const double left = std::max<double>(x.pixel(strips[i].low_hz), row.left());
        const double right = std::min<double>(x.pixel(strips[i].high_hz), row.right() + 1.0);
        if (right < row.left() || left > row.right())
            continue;
        const QRectF box(left, row.top() + 3, std::max(2.0, right - left), row.height() - 6);
        double text_left = left + 6.0;
        double room = right - left - 10.0;
        if (names_beside) {
            QColor fill = theme.allowed;
            fill.setAlphaF(0.85F);
            painter.fillRect(box, fill);
            const double next = i + 1 < strips.size() ? x.pixel(strips[i + 1].low_hz) : row.right() + 1.0;
            text_left = box.right() + 4.0;
            room = next - text_left - 6.0;
            painter.setPen(theme.text2);
        } else {
            painter.fillRect(QRectF(left, row.top() + 1, std::max(1.0, right - left - 1.0), row.height() - 2),
                             theme.selection);
            painter.setPen(theme.text);
        }
        if (room > 6.0 * metrics.averageCharWidth())
            painter.drawText(QRectF(text_left, row.top(), room, row.height()), Qt::AlignLeft | Qt::AlignVCenter,
                             metrics.elidedText(strips[i].text, Qt::ElideRight, static_cast<int>(room)));
    }
    painter.setClipping(false);
}

} // namespace

void paint_frequency_axis(QPainter& painter, const Scene& scene, const Layout& layout)
{
    const QRect& row = layout.axis;
    if (row.isEmpty())
        return;
    painter.save();
    painter.setFont(scene.font);
    const QFontMetrics metrics(scene.font);
    painter.fillRect(row.adjusted(-layout.gutter, 0, 0, 0), scene.theme->panel);
    painter.fillRect(row.left() - layout.gutter, row.top(), row.width() + layout.gutter, 1, scene.theme->line);
    const double centre = scene.center_hz.value_or(0.0);
    const auto ticks = paint::frequency_ticks(scene.view.low_hz + centre, scene.view.high_hz + centre, row.width(),
                                              scene.car ? 110 : 72, scene.language(), scene.relative());
    QString unit = QString::fromStdString(ticks.common.empty() ? ticks.unit : ticks.common);
    if (scene.relative())
        unit += " " + scene.text("picture.relative");
    const QRect name(row.left() - layout.gutter + 4, row.top(), layout.gutter - 6, row.height());
    painter.setPen(scene.theme->text2);
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter, unit);
    const paint::Scale x = layout.frequency_scale(scene.view);
    int free_from = row.left() - layout.gutter + 4 + metrics.horizontalAdvance(unit) + 4;
    for (const auto& tick : ticks.ticks) {
        const int at = static_cast<int>(std::lround(x.pixel(tick.value - centre)));
        if (at < row.left() || at > row.right())
            continue;
        painter.fillRect(at, row.top(), 1, tick.major ? major_tick : minor_tick, scene.theme->text3);
        if (!tick.major)
            continue;
        const QString label = QString::fromStdString(tick.label);
        const int width = static_cast<int>(std::ceil(paint::short_text_width(scene.font, label)));
        const int left = at - width / 2;
        if (left < free_from || left + width > row.right() + 1)
            continue;
        painter.setPen(scene.theme->text);
        paint::draw_short_text(painter, QRect(left, row.top() + 4, width + 2, row.height() - 4), Qt::AlignLeft, label);
        free_from = left + width + 6;
    }
    painter.restore();
}

void paint_strips(QPainter& painter, const Scene& scene, const Layout& layout)
{
    painter.save();
    painter.setFont(scene.font);
    paint_strip(painter, scene, layout, layout.plan, "picture.plan", "picture.needs_center", scene.plan, false);
    paint_strip(painter, scene, layout, layout.licences, "picture.licences", "picture.needs_center", scene.licences,
                true);
    painter.restore();
}

} // namespace gacsong::picture
