// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>
#include <QSize>
#include <span>
#include <vector>

namespace gacsong::picture {

/// The ground of a plot with curves on it, put together by hand in the pixels of the device: Qt's polylines take twenty
/// times as long, and its dashes a hundred times. Rows and columns are pixels of the image, heights count from its top.
class PlotRaster {
public:
    /// How much of a line is drawn, in pixels along the plot.
    struct Dash {
        double on = 1.0;
        double period = 1.0; ///< on = period: solid
    };

    /// \param image  is given this size where it has another
    PlotRaster(QImage& image, QSize size, const QColor& ground);

    /// To be called before paint_ground(): lines of the grid, and a band from column to column.
    void add_row(int y, const QColor& colour);
    void add_columns(int from, int to, const QColor& colour);

    /// Ground and grid, tinted below a curve; `heights` may be empty.
    void paint_ground(std::span<const float> heights, const QColor& tint);

    /// A line `width` pixels thick along one height a column. A height that is no number leaves a gap.
    void paint_curve(std::span<const float> heights, const QColor& colour, double width, const Dash& dash);

private:
    QImage& image_;
    QSize size_;
    QColor ground_;
    std::vector<QRgb> columns_;                ///< of a row without a line of the grid
    std::vector<std::pair<int, QColor>> rows_; ///< lines of the grid
};

} // namespace gacsong::picture
