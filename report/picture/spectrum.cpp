// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/paint/ticks.hpp"
#include "report/picture/scene.hpp"

#include <QFontMetrics>
#include <algorithm>
#include <cmath>

namespace gacsong::picture {
namespace {

/// Points of a trace: one a column (the largest of its bins), or one a bin where bins are wider.
QPolygonF trace_points(std::span<const float> levels, const Scene& scene, const Layout& layout)
{
    QPolygonF points;
    const paint::Scale x = layout.frequency_scale(scene.view);
    const paint::Scale y = layout.level_scale(scene.levels);
    const double bin_hz = scene.sample_rate_hz / static_cast<double>(levels.size());
    const auto height = [&](float level) {
        return std::clamp(y.pixel(static_cast<double>(level)), static_cast<double>(layout.spectrum.top()),
                          layout.spectrum.bottom() + 3.0);
    };
    const auto hz_of = [&](std::size_t bin) { return static_cast<double>(bin) * bin_hz - 0.5 * scene.sample_rate_hz; };
    if (bin_hz / scene.view.span_hz() * layout.spectrum.width() > 1.0) {
        for (std::size_t k = 0; k < levels.size(); ++k) {
            if (hz_of(k) > scene.view.low_hz - bin_hz && hz_of(k) < scene.view.high_hz + bin_hz)
                points << QPointF(x.pixel(hz_of(k)), height(levels[k]));
        }
        return points;
    }
    const paint::Columns columns(scene.view, scene.sample_rate_hz, levels.size(), layout.spectrum.width());
    for (std::size_t c = 0; c < columns.width(); ++c) {
        const auto [from, to] = columns.bins_of(c);
        if (from < to)
            points << QPointF(layout.spectrum.left() + static_cast<double>(c) + 0.5,
                              height(*std::max_element(levels.begin() + static_cast<std::ptrdiff_t>(from),
                                                       levels.begin() + static_cast<std::ptrdiff_t>(to))));
    }
    return points;
}

QColor faded(QColor colour, double opacity)
{
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

/// One trace of the legend, in the order in which they are painted from below.
struct Trace {
    const char* key;
    QColor colour;
    Qt::PenStyle style;
    std::vector<float> levels;
};

std::vector<Trace> traces_of(const Scene& scene)
{
    const paint::Theme& theme = *scene.theme;
    std::vector<Trace> traces;
    const auto add = [&](const char* key, const QColor& colour, Qt::PenStyle style, std::vector<float> levels) {
        if (!levels.empty())
            traces.push_back({key, colour, style, std::move(levels)});
    };
    if (scene.show_minimum)
        add("picture.trace.minimum", theme.text3, Qt::DotLine, scene.traces.minimum);
    add("picture.trace.floor", theme.text2, Qt::DotLine, scene.noise.floor);
    add("picture.trace.threshold", theme.text2, Qt::DashLine, scene.noise.close);
    add("picture.trace.threshold", theme.text2, Qt::DashLine, scene.noise.open);
    // What was held lies above what is in view, and is lighter.
    add("picture.trace.hold", theme.text2, Qt::SolidLine, scene.hold.maximum);
    add("picture.trace.maximum", theme.text3, Qt::SolidLine, scene.traces.maximum);
    add("picture.trace.mean", theme.text, Qt::SolidLine, scene.traces.mean);
    return traces;
}

/// The ground below a trace, tinted. Written column by column: a polygon of a thousand corners takes Qt ten times as
/// long.
void fill_below(QPainter& painter, const Scene& scene, const QRect& plot, const QPolygonF& points)
{
    QImage ground(plot.size(), QImage::Format_ARGB32_Premultiplied);
    ground.fill(Qt::transparent);
    const QRgb tint = qPremultiply(faded(scene.theme->accent, 0.13).rgba());
    qsizetype next = 0;
    std::vector<int> tops(static_cast<std::size_t>(plot.width()), plot.height());
    for (int x = 0; x < plot.width(); ++x) {
        const double at = plot.left() + x + 0.5;
        while (next + 1 < points.size() && points[next + 1].x() < at)
            ++next;
        if (points[next].x() > at && next == 0)
            continue;
        double y = points[next].y();
        if (next + 1 < points.size() && points[next + 1].x() > points[next].x()) {
            const double share = (at - points[next].x()) / (points[next + 1].x() - points[next].x());
            y = std::lerp(y, points[next + 1].y(), std::clamp(share, 0.0, 1.0));
        }
        tops[static_cast<std::size_t>(x)] = std::max(0, static_cast<int>(y) - plot.top());
    }
    for (int y = 0; y < plot.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(ground.scanLine(y));
        for (int x = 0; x < plot.width(); ++x)
            line[x] = y >= tops[static_cast<std::size_t>(x)] ? tint : 0U;
    }
    painter.drawImage(plot.topLeft(), ground);
}

/// No pen is wider than one pixel: Qt strokes wider ones as outlines, a hundred times as slow. Dots and dashes are
/// pieces of our own for the same reason.
void paint_trace(QPainter& painter, const QPolygonF& points, const Trace& trace)
{
    painter.setPen(QPen(trace.colour, 1));
    if (trace.style == Qt::SolidLine) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.drawPolyline(points);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    const double period = trace.style == Qt::DotLine ? 4.0 : 9.0;
    const double on = trace.style == Qt::DotLine ? 1.0 : 5.0;
    QList<QLineF> pieces;
    for (qsizetype i = 0; i + 1 < points.size(); ++i) {
        if (std::fmod(points[i].x(), period) < on)
            pieces << QLineF(points[i], points[i + 1]);
    }
    painter.drawLines(pieces);
}

void paint_legend(QPainter& painter, const Scene& scene, const Layout& layout, std::vector<Trace> traces)
{
    // Both thresholds look alike: one word for the two.
    const auto dashed = [](const Trace& trace) { return trace.style == Qt::DashLine; };
    if (const auto first = std::ranges::find_if(traces, dashed); first != traces.end())
        traces.erase(first);
    constexpr int line = 14;
    const QFontMetrics metrics(painter.font());
    int width = 8;
    for (const Trace& trace : traces)
        width += line + 4 + metrics.horizontalAdvance(scene.text(trace.key)) + 12;
    if (width > layout.spectrum.width() - 16 || layout.spectrum.height() < 100)
        return;
    const QRect box(layout.spectrum.right() - width - 4, layout.spectrum.top() + 4, width, metrics.height() + 4);
    painter.fillRect(box, faded(scene.theme->raised, 0.85));
    int x = box.left() + 8;
    for (auto trace = traces.rbegin(); trace != traces.rend(); ++trace) {
        painter.setPen(QPen(trace->colour, 1, trace->style));
        painter.drawLine(x, box.center().y(), x + line, box.center().y());
        const QString text = scene.text(trace->key);
        const int advance = metrics.horizontalAdvance(text);
        painter.setPen(scene.theme->text2);
        painter.drawText(QRect(x + line + 4, box.top(), advance + 2, box.height()), Qt::AlignVCenter, text);
        x += line + 4 + advance + 12;
    }
}

/// The level axis is the legend of the waterfall: it carries the ramp of its colours.
void paint_level_axis(QPainter& painter, const Scene& scene, const Layout& layout)
{
    const QRect& plot = layout.spectrum;
    const QFontMetrics metrics(painter.font());
    const paint::Scale y = layout.level_scale(scene.levels);
    constexpr int ramp_width = 6;
    constexpr int handle = 10;
    const int ramp_left = plot.left() - ramp_width - 4;
    for (int row = plot.top(); row <= plot.bottom(); ++row) {
        const double share = std::clamp(scene.levels.share(y.value(row)), 0.0, 1.0);
        const auto step = static_cast<std::size_t>(share * (paint::ColourMap::steps - 1));
        painter.fillRect(ramp_left, row, ramp_width, 1, QColor::fromRgb(scene.map->at(step)));
    }
    painter.fillRect(ramp_left - 2, plot.top(), handle, 2, scene.theme->text);
    painter.fillRect(ramp_left - 2, plot.bottom() - 1, handle, 2, scene.theme->text);
    painter.setPen(scene.theme->text2);
    const auto ticks = paint::level_ticks(scene.levels.low_db, scene.levels.high_db, plot.height(),
                                          2.0 * metrics.height(), scene.language());
    const int half = metrics.height() / 2;
    for (const auto& tick : ticks.ticks) {
        const int at = static_cast<int>(std::lround(y.pixel(tick.value)));
        if (at - half < plot.top() - 2 || at + half > plot.bottom() + 4)
            continue;
        const QRect box(plot.left() - layout.gutter, at - half, layout.gutter - ramp_width - 10, metrics.height());
        painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, QString::fromStdString(tick.label));
    }
    const QRect unit(plot.left() - layout.gutter + 4, layout.lane.top(), layout.gutter - 8, layout.lane.height());
    painter.drawText(unit, Qt::AlignLeft | Qt::AlignVCenter, scene.text("picture.unit.dbfs"));
}

void paint_grid(QPainter& painter, const Scene& scene, const Layout& layout)
{
    const QRect& plot = layout.spectrum;
    const QFontMetrics metrics(painter.font());
    const QColor grid = faded(scene.theme->text, 0.09);
    const paint::Scale y = layout.level_scale(scene.levels);
    for (const auto& tick : paint::level_ticks(scene.levels.low_db, scene.levels.high_db, plot.height(),
                                               2.0 * metrics.height(), scene.language())
                                .ticks)
        painter.fillRect(plot.left(), static_cast<int>(std::lround(y.pixel(tick.value))), plot.width(), 1, grid);
    const double centre = scene.center_hz.value_or(0.0);
    const auto ticks = paint::frequency_ticks(scene.view.low_hz + centre, scene.view.high_hz + centre, plot.width(),
                                              scene.car ? 110 : 72, scene.language(), scene.relative());
    const paint::Scale x = layout.frequency_scale(scene.view);
    for (const auto& tick : ticks.ticks) {
        if (tick.major)
            painter.fillRect(static_cast<int>(std::lround(x.pixel(tick.value - centre))), plot.top(), 1, plot.height(),
                             grid);
    }
}

void paint_selection(QPainter& painter, const Scene& scene, const Layout& layout)
{
    if (!scene.selected)
        return;
    const Mark& mark = scene.marks[*scene.selected];
    const paint::Scale x = layout.frequency_scale(scene.view);
    const double left = std::max<double>(x.pixel(mark.low_hz), layout.spectrum.left());
    const double right = std::min<double>(x.pixel(mark.high_hz), layout.spectrum.right());
    const QRectF band(left, layout.spectrum.top(), std::max(4.0, right - left), layout.spectrum.height());
    if (right >= layout.spectrum.left() && left <= layout.spectrum.right())
        painter.fillRect(band, faded(scene.theme->accent, 0.35));
}

} // namespace

void paint_spectrum(QPainter& painter, const Scene& scene, const Layout& layout)
{
    const QRect& plot = layout.spectrum;
    painter.save();
    painter.setFont(scene.font);
    painter.fillRect(
        QRect(plot.left() - layout.gutter, layout.lane.top(), layout.gutter, plot.bottom() + 1 - layout.lane.top()),
        scene.theme->panel);
    painter.fillRect(layout.lane.united(plot), scene.theme->plot);
    paint_grid(painter, scene, layout);
    paint_level_axis(painter, scene, layout);
    painter.setClipRect(plot);
    paint_selection(painter, scene, layout);
    const auto traces = traces_of(scene);
    for (const Trace& trace : traces) {
        const QPolygonF points = trace_points(trace.levels, scene, layout);
        if (points.size() < 2)
            continue;
        if (std::string_view(trace.key) == "picture.trace.mean")
            fill_below(painter, scene, plot, points);
        paint_trace(painter, points, trace);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    paint_legend(painter, scene, layout, traces);
    painter.restore();
}

} // namespace gacsong::picture
