// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/picture/legend.hpp"

#include "report/paint/short_text.hpp"

#include <QFontMetrics>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace gacsong::picture {
namespace {

constexpr int margin = 4;
constexpr int line = 14;    ///< length of the sample of a line
constexpr int beside = 4;   ///< from it to its word
constexpr int between = 12; ///< from a word to the next line
constexpr std::size_t places = 25;

/// Where a legend of some size may stand, and how far below it the highest line there is, pixels; negative: it lies
/// over a line.
struct Place {
    QRect box;
    double free = 0.0;
};

/// How high an emission may reach, dBFS in a bin: its power is spread over its width, and the maximum of
/// a bin lies some ten decibels over its mean.
double highest_level(const Scene& scene, const Mark& mark)
{
    constexpr double over_mean_db = 14.0;
    const std::size_t bins = std::max(scene.traces.mean.size(), std::size_t{1});
    const double bin_hz = scene.sample_rate_hz / static_cast<double>(bins);
    const double spread_db = 10.0 * std::log10(std::max(1.0, (mark.high_hz - mark.low_hz) / bin_hz));
    return mark.power_dbfs - std::max(0.0, spread_db - over_mean_db);
}

/// Along the top, from the right, where what was found leaves most room. That decides, not the traces of the moment:
/// the legend must not jump about while they move.
Place best_place(const Scene& scene, const Layout& layout, QSize size)
{
    const QRect& plot = layout.spectrum;
    const paint::Scale x = layout.frequency_scale(scene.view);
    const paint::Scale y = layout.level_scale(scene.levels);
    const double most = std::max(plot.left() + margin, plot.right() - size.width() - margin);
    const double least = plot.left() + margin;
    const auto left_of = [&](std::size_t place) {
        return most - (most - least) * static_cast<double>(place) / static_cast<double>(places - 1);
    };
    std::array<double, places> highest{};
    highest.fill(plot.bottom()); // where there is nothing but noise
    if (!scene.noise.open.empty())
        highest.fill(y.pixel(static_cast<double>(*std::ranges::max_element(scene.noise.open))));
    for (const Mark& mark : scene.marks) {
        if (mark.end_s < scene.view.from_s || mark.start_s > scene.view.to_s)
            continue;
        const double from = x.pixel(mark.low_hz) - margin;
        const double to = x.pixel(mark.high_hz) + margin;
        const double top = y.pixel(highest_level(scene, mark));
        for (std::size_t place = 0; place < places; ++place)
            if (to >= left_of(place) && from <= left_of(place) + size.width())
                highest[place] = std::min(highest[place], top);
    }
    const auto best = static_cast<std::size_t>(std::ranges::max_element(highest) - highest.begin());
    const QRect box(QPoint(static_cast<int>(left_of(best)), plot.top() + margin), size);
    return {box, highest[best] - box.bottom()};
}

} // namespace

void paint_legend(QPainter& painter, const Scene& scene, const Layout& layout, std::vector<Trace> traces)
{
    // Both thresholds look alike: one word for the two.
    const auto dashed = [](const Trace& trace) { return trace.style == Qt::DashLine; };
    if (const auto first = std::ranges::find_if(traces, dashed); first != traces.end())
        traces.erase(first);
    const QFontMetrics metrics(painter.font());
    const auto word_width = [&](const Trace& trace) {
        return static_cast<int>(std::ceil(paint::short_text_width(painter.font(), scene.text(trace.key))));
    };
    int row_width = 8;
    int column_width = 0;
    for (const Trace& trace : traces) {
        row_width += line + beside + word_width(trace) + between;
        column_width = std::max(column_width, line + beside + word_width(trace) + 16);
    }
    const int height = metrics.height() + 4;
    if (row_width > layout.spectrum.width() - 16 || layout.spectrum.height() < 100)
        return;
    Place place = best_place(scene, layout, QSize(row_width, height));
    bool column = false;
    const int column_height = height * static_cast<int>(traces.size());
    if (place.free < 0.0 && column_height < layout.spectrum.height() - 2 * margin) {
        const Place other = best_place(scene, layout, QSize(column_width, column_height));
        column = other.free >= 0.0;
        if (column)
            place = other;
    }
    if (place.free < 0.0) // what was received is worth more
        return;
    QColor ground = scene.theme->raised;
    ground.setAlphaF(0.6F);
    painter.fillRect(place.box, ground);
    QPoint at = place.box.topLeft() + QPoint(8, 0);
    for (auto trace = traces.rbegin(); trace != traces.rend(); ++trace) {
        const int middle = at.y() + height / 2;
        painter.setPen(QPen(trace->colour, 1, trace->style));
        painter.drawLine(at.x(), middle, at.x() + line, middle);
        const int width = word_width(*trace);
        painter.setPen(scene.theme->text2);
        paint::draw_short_text(painter, QRect(at.x() + line + beside, at.y(), width + 2, height), Qt::AlignLeft,
                               scene.text(trace->key));
        at += column ? QPoint(0, height) : QPoint(line + beside + width + between, 0);
    }
}

} // namespace gacsong::picture
