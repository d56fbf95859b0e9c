// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/paint/theme.hpp"

#include <QString>
#include <QWidget>
#include <complex>
#include <optional>
#include <vector>

namespace gacsong::gui {

/// A small curve with a title and one dashed line, or a cloud of points.
class SmallPlot final : public QWidget {
public:
    SmallPlot(const paint::Theme& theme, const QFont& font, QWidget* parent = nullptr);

    /// `line_below_peak_db`: a dashed line so far below the highest point, with its own label.
    void show_curve(const QString& title, std::vector<float> levels, std::optional<double> line_below_peak_db,
                    const QString& line_label);
    /// Values that are no levels: the plot goes from the lowest to the highest.
    void show_trace(const QString& title, std::vector<float> values);

    /// The same for points around a middle, of mean magnitude 1.
    void show_points(const QString& title, std::vector<std::complex<float>> points);

    [[nodiscard]] QSize sizeHint() const override { return {150, 84}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void show_title(const QString& title);
    void paint_curve(QPainter& painter, const QRect& plot) const;
    void paint_points(QPainter& painter, const QRect& plot) const;

    const paint::Theme& theme_;
    QString title_;
    QString line_label_;
    std::vector<float> levels_;
    std::vector<std::complex<float>> points_;
    bool linear_ = false; ///< from the lowest to the highest, not above the floor
    std::optional<double> line_;
};

} // namespace gacsong::gui
