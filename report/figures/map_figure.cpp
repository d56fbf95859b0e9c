// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/figures/map_figure.hpp"

#include "report/figures/brush.hpp"
#include "report/paint/ticks.hpp"
#include "report/wording/value_text.hpp"

#include <QPolygonF>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace gacsong::figures {
namespace {

constexpr double km_per_degree = 111.195; ///< of a great circle, radius 6 371 km
constexpr double least_span_km = 0.4;
constexpr double margin = 1.3; ///< room around what is shown
constexpr double line_mm = 4.2;

const QColor blue(0x1F, 0x3F, 0x9F);
const QColor grey(0xB0, 0xB0, 0xB0);

class MapDrawing final : public typeset::Drawing {
public:
    MapDrawing(MapFigureInput input, const Wording& words)
        : in_(std::move(input)), language_(words.language()), north_(words.text("figure.north"))
    {
        std::vector<Place> all;
        for (const MapPoint& point : in_.points)
            all.push_back(point.place);
        for (const auto& track : in_.tracks)
            all.insert(all.end(), track.begin(), track.end());
        if (all.empty())
            return;
        const auto [south, north] = std::ranges::minmax(all, {}, &Place::latitude);
        const auto [west, east] = std::ranges::minmax(all, {}, &Place::longitude);
        middle_ = {0.5 * (south.latitude + north.latitude), 0.5 * (west.longitude + east.longitude)};
        km_per_degree_east_ = std::max(1e-3, km_per_degree * std::cos(middle_.latitude * std::numbers::pi / 180.0));
        height_km_ = std::max(least_span_km, margin * (north.latitude - south.latitude) * km_per_degree);
        width_km_ = std::max(least_span_km, margin * (east.longitude - west.longitude) * km_per_degree_east_);
    }

    void paint(QPainter& painter, const QSizeF& size, double mm) const override
    {
        const Brush b(painter, mm, 8.5);
        const QRectF plot(22.0 * mm, 2.0 * mm, size.width() - 24.0 * mm, size.height() - 9.0 * mm);
        const double per_km = std::min(plot.width() / width_km_, plot.height() / height_km_);
        const View view{plot, per_km};
        paint_grid(b, view);
        painter.save();
        painter.setClipRect(plot);
        for (const auto& track : in_.tracks)
            paint_track(b, view, track);
        for (const MapPoint& point : in_.points)
            paint_point(b, view, point);
        painter.restore();
        b.pen(Qt::black, 0.3);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(plot);
        paint_north(b, plot);
        paint_bar(b, view);
    }

private:
    struct View {
        QRectF plot;
        double per_km;
    };
    [[nodiscard]] QPointF at(const View& view, const Place& place) const
    {
        return {view.plot.center().x() + (place.longitude - middle_.longitude) * km_per_degree_east_ * view.per_km,
                view.plot.center().y() - (place.latitude - middle_.latitude) * km_per_degree * view.per_km};
    }
    [[nodiscard]] std::string degrees(double value, double step) const
    {
        return number_text(value, std::max(0, decimals_for(step)), language_) + "°";
    }

    void paint_grid(const Brush& b, const View& view) const
    {
        const double wide = view.plot.width() / view.per_km / km_per_degree_east_;
        const double high = view.plot.height() / view.per_km / km_per_degree;
        const double step = paint::nice_step(wide, view.plot.width() / b.mm, 30.0);
        for (double x = std::ceil((middle_.longitude - 0.5 * wide) / step) * step; x < middle_.longitude + 0.5 * wide;
             x += step) {
            const QPointF p = at(view, {middle_.latitude, x});
            b.pen(grey, 0.1);
            b.line(p.x(), view.plot.top(), p.x(), view.plot.bottom());
            b.text(QRectF(p.x() - 15.0 * b.mm, view.plot.bottom() + 0.5 * b.mm, 30.0 * b.mm, line_mm * b.mm),
                   Qt::AlignHCenter | Qt::AlignTop, degrees(x, step));
        }
        for (double y = std::ceil((middle_.latitude - 0.5 * high) / step) * step; y < middle_.latitude + 0.5 * high;
             y += step) {
            const QPointF p = at(view, {y, middle_.longitude});
            b.pen(grey, 0.1);
            b.line(view.plot.left(), p.y(), view.plot.right(), p.y());
            b.text(QRectF(0.0, p.y() - 3.0 * b.mm, view.plot.left() - 1.0 * b.mm, 6.0 * b.mm),
                   Qt::AlignRight | Qt::AlignVCenter, degrees(y, step));
        }
    }

    void paint_track(const Brush& b, const View& view, const std::vector<Place>& track) const
    {
        QPolygonF line;
        for (const Place& place : track)
            line << at(view, place);
        b.pen(blue, 0.4);
        b.painter.setBrush(Qt::NoBrush);
        b.painter.drawPolyline(line);
        if (line.size() < 2)
            return;
        // Hollow where it began, full where it ended.
        b.pen(blue, 0.3);
        b.painter.setBrush(Qt::white);
        b.painter.drawRect(QRectF(line.first() - QPointF(1.0 * b.mm, 1.0 * b.mm), QSizeF(2.0 * b.mm, 2.0 * b.mm)));
        b.painter.setBrush(blue);
        b.painter.drawRect(QRectF(line.last() - QPointF(1.0 * b.mm, 1.0 * b.mm), QSizeF(2.0 * b.mm, 2.0 * b.mm)));
    }

    void paint_point(const Brush& b, const View& view, const MapPoint& point) const
    {
        const QPointF p = at(view, point.place);
        b.pen(Qt::black, 0.3);
        b.painter.setBrush(Qt::black);
        const double r = 1.2 * b.mm;
        b.painter.drawPolygon(QPolygonF({p + QPointF(0.0, -r), p + QPointF(r, r), p + QPointF(-r, r)}));
        const double width = b.width(point.label);
        const bool left = p.x() + 2.0 * b.mm + width > view.plot.right();
        const QRectF box(left ? p.x() - 2.0 * b.mm - width : p.x() + 2.0 * b.mm, p.y() - 0.5 * line_mm * b.mm, width,
                         line_mm * b.mm);
        b.painter.fillRect(box, Qt::white);
        b.text(box, Qt::AlignLeft | Qt::AlignVCenter, point.label);
    }

    void paint_north(const Brush& b, const QRectF& plot) const
    {
        const QPointF tip(plot.right() - 6.0 * b.mm, plot.top() + 6.0 * b.mm);
        b.pen(Qt::black, 0.3);
        b.painter.setBrush(Qt::black);
        b.painter.drawPolygon(
            QPolygonF({tip, tip + QPointF(1.6 * b.mm, 6.0 * b.mm), tip + QPointF(-1.6 * b.mm, 6.0 * b.mm)}));
        b.text(QRectF(tip.x() - 8.0 * b.mm, plot.top() + 1.2 * b.mm, 16.0 * b.mm, line_mm * b.mm), Qt::AlignCenter,
               north_);
    }

    void paint_bar(const Brush& b, const View& view) const
    {
        const double span = view.plot.width() / view.per_km;
        const double km = paint::nice_step(span, view.plot.width() / b.mm, 25.0);
        const double length = km * view.per_km;
        const QPointF from(view.plot.left() + 4.0 * b.mm, view.plot.bottom() - 3.0 * b.mm);
        const std::string text = km < 1.0 ? number_text(std::round(km * 1e3), 0, language_) + "\u00A0m"
                                          : number_text_trimmed(km, 1, language_) + "\u00A0km";
        b.painter.fillRect(QRectF(from.x() - 1.0 * b.mm, from.y() - 6.0 * b.mm, length + 2.0 * b.mm, 7.5 * b.mm),
                           Qt::white);
        b.pen(Qt::black, 0.5);
        b.line(from.x(), from.y(), from.x() + length, from.y());
        for (const double x : {from.x(), from.x() + length})
            b.line(x, from.y() - 1.0 * b.mm, x, from.y() + 1.0 * b.mm);
        b.text(QRectF(from.x(), from.y() - 5.5 * b.mm, length, line_mm * b.mm), Qt::AlignCenter, text);
    }

    MapFigureInput in_;
    Language language_;
    std::string north_;
    Place middle_;
    double km_per_degree_east_ = km_per_degree;
    double width_km_ = least_span_km;
    double height_km_ = least_span_km;
};

} // namespace

std::shared_ptr<const typeset::Drawing> map_figure(MapFigureInput input, const Wording& words)
{
    return std::make_shared<MapDrawing>(std::move(input), words);
}

} // namespace gacsong::figures
