// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/side/small_plot.hpp"

#include <QFontMetrics>
#include <QPainter>
#include <algorithm>

namespace gacsong::gui {

SmallPlot::SmallPlot(const paint::Theme& theme, const QFont& font, QWidget* parent) : QWidget(parent), theme_(theme)
{
    setFont(font);
    setMinimumSize(120, 72);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void SmallPlot::show_title(const QString& title)
{
    title_ = title;
    setAccessibleName(title);
    setMinimumWidth(std::max(120, fontMetrics().horizontalAdvance(title) + 14));
    update();
}

void SmallPlot::show_curve(const QString& title, std::vector<float> levels, std::optional<double> line_below_peak_db,
                           const QString& line_label)
{
    levels_ = std::move(levels);
    points_.clear();
    linear_ = false;
    line_ = line_below_peak_db;
    line_label_ = line_label;
    show_title(title);
}

void SmallPlot::show_trace(const QString& title, std::vector<float> values)
{
    show_curve(title, std::move(values), std::nullopt, {});
    linear_ = true;
}

void SmallPlot::show_points(const QString& title, std::vector<std::complex<float>> points)
{
    show_curve(title, {}, std::nullopt, {});
    points_ = std::move(points);
}

void SmallPlot::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme_.plot);
    painter.setPen(theme_.line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    const QFontMetrics metrics(font());
    painter.setPen(theme_.text2);
    painter.drawText(QRect(6, 2, width() - 12, metrics.height()), Qt::AlignVCenter,
                     metrics.elidedText(title_, Qt::ElideRight, width() - 12));
    const QRect plot(4, metrics.height() + 6, width() - 8, height() - metrics.height() - 12);
    if (levels_.size() > 1)
        paint_curve(painter, plot);
    else if (!points_.empty())
        paint_points(painter, plot);
}

void SmallPlot::paint_points(QPainter& painter, const QRect& plot) const
{
    const double radius = 0.5 * std::min(plot.width(), plot.height()) / 2.0; // of magnitude 1
    const QPointF middle = QRectF(plot).center();
    painter.setClipRect(plot);
    painter.fillRect(QRectF(plot.left(), middle.y(), plot.width(), 1.0), theme_.line);
    painter.fillRect(QRectF(middle.x(), plot.top(), 1.0, plot.height()), theme_.line);
    for (const std::complex<float>& point : points_)
        painter.fillRect(QRectF(middle.x() + radius * static_cast<double>(point.real()) - 0.5,
                                middle.y() - radius * static_cast<double>(point.imag()) - 0.5, 1.5, 1.5),
                         theme_.text);
}

void SmallPlot::paint_curve(QPainter& painter, const QRect& plot) const
{
    const QFontMetrics metrics(font());
    float top = *std::ranges::max_element(levels_);
    float bottom = *std::ranges::min_element(levels_);
    if (!linear_) {
        top += 2.0F;
        std::vector<float> sorted = levels_;
        const auto low = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 20);
        std::ranges::nth_element(sorted, low);
        bottom = std::min(*low - 3.0F, top - 20.0F);
    }
    const float span = std::max(top - bottom, 1e-6F);
    const auto y = [&](float level) {
        const auto share = static_cast<double>(std::clamp((top - level) / span, 0.0F, 1.0F));
        return plot.top() + share * plot.height();
    };
    QPolygonF curve;
    for (std::size_t i = 0; i < levels_.size(); ++i)
        curve << QPointF(plot.left() + static_cast<double>(i) * plot.width() / static_cast<double>(levels_.size() - 1),
                         y(levels_[i]));
    if (line_) {
        const int at = static_cast<int>(y(top - 2.0F - static_cast<float>(*line_)));
        painter.setPen(QPen(theme_.text3, 1, Qt::DashLine));
        painter.drawLine(plot.left(), at, plot.right(), at);
        painter.setPen(theme_.text2);
        painter.drawText(QRect(plot.left(), at - metrics.height(), plot.width() - 2, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, line_label_);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme_.text, 1));
    painter.drawPolyline(curve);
}

} // namespace gacsong::gui
