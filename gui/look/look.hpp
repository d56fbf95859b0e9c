// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/paint/theme.hpp"

#include <QIcon>
#include <QPalette>
#include <QString>
#include <QTableView>
#include <cmath>

namespace gacsong::gui {

/// How large things are: for a desk with mouse and keys, or for fingers in a car.
struct Density {
    bool car = false;
    double text_scale = 1.0; ///< 0.8 … 2.0

    /// Nothing that is read is smaller than 12 px, in a car 14.
    [[nodiscard]] int text() const { return std::max(car ? 14 : 12, scaled(car ? 17 : 13)); }
    [[nodiscard]] int label() const { return std::max(car ? 14 : 12, scaled(car ? 14 : 12)); }
    [[nodiscard]] int title() const { return scaled(car ? 17 : 15); }
    [[nodiscard]] int details() const { return scaled(car ? 21 : 19); }
    [[nodiscard]] int centre() const { return scaled(car ? 26 : 19); }
    [[nodiscard]] int row() const { return scaled(car ? 48 : 28); }
    /// In a car large text may take two lines of a button rather than as much more of the little height.
    [[nodiscard]] int button() const { return car ? std::min(scaled(60), std::max(60, 3 * text())) : scaled(32); }
    /// A length given for 13 px text.
    [[nodiscard]] int scaled(int pixels) const { return static_cast<int>(std::lround(pixels * text_scale)); }
};

/// Width of a table's column in which its heading stands whole, sort mark included: at least `wanted`.
[[nodiscard]] int column_width(const QTableView& table, int column, int wanted);

[[nodiscard]] QPalette palette(const paint::Theme& theme);
[[nodiscard]] QString style_sheet(const paint::Theme& theme, const Density& density);

/// An own icon by name, in the theme's colours (disabled: dimmed). Names: look/icons.cpp.
[[nodiscard]] QIcon icon(const QString& name, const paint::Theme& theme);
/// The same in one colour.
[[nodiscard]] QIcon icon(const QString& name, const QColor& colour, const QColor& disabled);
/// All names, for a test that none is missing.
[[nodiscard]] QStringList icon_names();

} // namespace gacsong::gui
