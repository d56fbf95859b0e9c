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

void SmallPlot::show_curve(const QString& title, std::vector<float> levels, std::optional<double> line_below_peak_db,
                           const QString& line_label)
{
    title_ = title;
    levels_ = std::move(levels);
    line_ = line_below_peak_db;
    line_label_ = line_label;
    setAccessibleName(title);
    update();
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
    if (levels_.size() < 2)
        return;
    const QRect plot(4, metrics.height() + 6, width() - 8, height() - metrics.height() - 12);
    const float top = *std::ranges::max_element(levels_) + 2.0F;
    std::vector<float> sorted = levels_;
    const auto low = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 20);
    std::ranges::nth_element(sorted, low);
    const float bottom = std::min(*low - 3.0F, top - 20.0F);
    const auto y = [&](float level) {
        const auto share = static_cast<double>(std::clamp((top - level) / (top - bottom), 0.0F, 1.0F));
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
