// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/paint/theme.hpp"

#include <QString>
#include <QWidget>
#include <optional>
#include <vector>

namespace gacsong::gui {

/// A small curve with a title and one dashed line.
class SmallPlot final : public QWidget {
public:
    SmallPlot(const paint::Theme& theme, const QFont& font, QWidget* parent = nullptr);

    /// `line_below_peak_db`: a dashed line so far below the highest point, with its own label.
    void show_curve(const QString& title, std::vector<float> levels, std::optional<double> line_below_peak_db,
                    const QString& line_label);

    [[nodiscard]] QSize sizeHint() const override { return {150, 84}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const paint::Theme& theme_;
    QString title_;
    QString line_label_;
    std::vector<float> levels_;
    std::optional<double> line_;
};

} // namespace gacsong::gui
