// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/paint/short_text.hpp"
#include "report/paint/ticks.hpp"
#include "report/picture/legend.hpp"
#include "report/picture/plot_raster.hpp"
#include "report/picture/scene.hpp"

#include <QFontMetrics>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace gacsong::picture {
namespace {

/// Height of a trace in each column of a plot, pixels of the device from its top: the largest of the bins of a column,
/// or on the line from bin to bin where bins are wider.
std::vector<float> trace_heights(std::span<const float> levels, const Scene& scene, const paint::Columns& columns,
                                 double height)
{
    std::vector<float> heights(columns.width(), std::numeric_limits<float>::quiet_NaN());
    const double bin_hz = scene.sample_rate_hz / static_cast<double>(levels.size());
    const auto scale = static_cast<float>(height / scene.levels.span());
    const auto high = static_cast<float>(scene.levels.high_db);
    const auto lowest = static_cast<float>(height + 2.0);
    const auto pixel = [&](float level) { return std::clamp((high - level) * scale, 0.0F, lowest); };
    const double column_hz = scene.view.span_hz() / static_cast<double>(columns.width());
    const auto last = static_cast<double>(levels.size() - 1);
    for (std::size_t c = 0; c < heights.size(); ++c) {
        if (bin_hz > column_hz) {
            const double hz = scene.view.low_hz + (static_cast<double>(c) + 0.5) * column_hz;
            const double at = std::clamp((hz + 0.5 * scene.sample_rate_hz) / bin_hz, 0.0, last);
            const auto bin = static_cast<std::size_t>(at);
            const float next = levels[std::min(bin + 1, levels.size() - 1)];
            heights[c] = pixel(std::lerp(levels[bin], next, static_cast<float>(at - std::floor(at))));
            continue;
        }
        const auto [from, to] = columns.bins_of(c);
        if (from < to)
            heights[c] = pixel(*std::max_element(levels.begin() + static_cast<std::ptrdiff_t>(from),
                                                 levels.begin() + static_cast<std::ptrdiff_t>(to)));
    }
    return heights;
}

QColor faded(QColor colour, double opacity)
{
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

std::vector<Trace> traces_of(const Scene& scene)
{
    const paint::Theme& theme = *scene.theme;
    std::vector<Trace> traces;
    const auto add = [&](const char* key, const QColor& colour, Qt::PenStyle style, std::span<const float> levels) {
        if (!levels.empty())
            traces.push_back({key, colour, style, levels});
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

/// Dots and dashes, pixels of the device.
PlotRaster::Dash dash_of(Qt::PenStyle style, double ratio)
{
    if (style == Qt::SolidLine)
        return {};
    return style == Qt::DotLine ? PlotRaster::Dash{1.0 * ratio, 4.0 * ratio}
                                : PlotRaster::Dash{5.0 * ratio, 9.0 * ratio};
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
        paint::draw_short_text(painter, box, Qt::AlignRight, QString::fromStdString(tick.label));
    }
    const QRect unit(plot.left() - layout.gutter + 4, layout.lane.top(), layout.gutter - 8, layout.lane.height());
    painter.drawText(unit, Qt::AlignLeft | Qt::AlignVCenter, scene.text("picture.unit.dbfs"));
}

void add_grid(PlotRaster& raster, const Scene& scene, const Layout& layout, double ratio)
{
    const QRect& plot = layout.spectrum;
    const QFontMetrics metrics(scene.font);
    const QColor grid = faded(scene.theme->text, 0.09);
    const int thick = std::max(1, static_cast<int>(std::lround(ratio)));
    const paint::Scale y = layout.level_scale(scene.levels);
    for (const auto& tick : paint::level_ticks(scene.levels.low_db, scene.levels.high_db, plot.height(),
                                               2.0 * metrics.height(), scene.language())
                                .ticks) {
        const auto row = static_cast<int>(std::lround((std::round(y.pixel(tick.value)) - plot.top()) * ratio));
        for (int i = 0; i < thick; ++i)
            raster.add_row(row + i, grid);
    }
    const double centre = scene.center_hz.value_or(0.0);
    const auto ticks = paint::frequency_ticks(scene.view.low_hz + centre, scene.view.high_hz + centre, plot.width(),
                                              scene.car ? 110 : 72, scene.language(), scene.relative());
    const paint::Scale x = layout.frequency_scale(scene.view);
    for (const auto& tick : ticks.ticks) {
        const auto column =
            static_cast<int>(std::lround((std::round(x.pixel(tick.value - centre)) - plot.left()) * ratio));
        if (tick.major)
            raster.add_columns(column, column + thick, grid);
    }
}

void add_selection(PlotRaster& raster, const Scene& scene, const Layout& layout, double ratio)
{
    if (!scene.selected)
        return;
    const Mark& mark = scene.marks[*scene.selected];
    const paint::Scale x = layout.frequency_scale(scene.view);
    const double left = std::max<double>(x.pixel(mark.low_hz), layout.spectrum.left());
    const double right = std::min<double>(x.pixel(mark.high_hz), layout.spectrum.right());
    if (right < layout.spectrum.left() || left > layout.spectrum.right())
        return;
    const double from = left - layout.spectrum.left();
    const double to = std::max(from + 4.0, right - layout.spectrum.left());
    raster.add_columns(static_cast<int>(std::lround(from * ratio)), static_cast<int>(std::lround(to * ratio)),
                       faded(scene.theme->accent, 0.35));
}

/// Ground, grid and traces as one image.
void paint_plot(QPainter& painter, const Scene& scene, const Layout& layout, const std::vector<Trace>& traces)
{
    const QRect& plot = layout.spectrum;
    if (plot.isEmpty())
        return;
    const double ratio = painter.device() == nullptr ? 1.0 : painter.device()->devicePixelRatioF();
    const QSize size(std::max(1, static_cast<int>(std::lround(plot.width() * ratio))),
                     std::max(1, static_cast<int>(std::lround(plot.height() * ratio))));
    // Made once: a new image every frame costs as much as what is painted into it.
    static thread_local QImage image;
    PlotRaster raster(image, size, scene.theme->plot);
    add_grid(raster, scene, layout, ratio);
    add_selection(raster, scene, layout, ratio);
    std::map<std::size_t, paint::Columns> columns; ///< by the number of bins
    std::vector<std::vector<float>> heights;
    for (const Trace& trace : traces) {
        auto& of_bins = columns[trace.levels.size()];
        if (of_bins.width() == 0)
            of_bins = paint::Columns(scene.view, scene.sample_rate_hz, trace.levels.size(), size.width());
        heights.push_back(trace_heights(trace.levels, scene, of_bins, size.height()));
    }
    // The mean comes last and lies on top.
    const bool mean = !traces.empty() && std::string_view(traces.back().key) == "picture.trace.mean";
    raster.paint_ground(mean ? std::span<const float>(heights.back()) : std::span<const float>(),
                        faded(scene.theme->accent, 0.13));
    for (std::size_t i = 0; i < traces.size(); ++i)
        raster.paint_curve(heights[i], traces[i].colour, ratio, dash_of(traces[i].style, ratio));
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    painter.drawImage(plot, image, QRect(QPoint(0, 0), size));
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
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
    painter.fillRect(layout.lane, scene.theme->plot);
    paint_level_axis(painter, scene, layout);
    const auto traces = traces_of(scene);
    paint_plot(painter, scene, layout, traces);
    paint_legend(painter, scene, layout, traces);
    painter.restore();
}

} // namespace gacsong::picture
