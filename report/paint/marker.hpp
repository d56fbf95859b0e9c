// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/paint/theme.hpp"
#include "report/wording/wording.hpp"

#include <QPainter>
#include <QString>
#include <cstdint>

namespace gacsong::paint {

/// The shape that says the same as the colour.
enum class Shape : std::uint8_t { octagon, diamond, triangle, ring, square, hollow_square };

/// A verdict as it is marked everywhere: shape, letter, colour.
struct MarkerStyle {
    Shape shape = Shape::ring;
    Gravity gravity = Gravity::unknown;
    QString letter;
};

[[nodiscard]] Shape shape_of(Verdict verdict);
[[nodiscard]] MarkerStyle marker_style(Verdict verdict, const Wording& words);

/// Draws a marker of `size` pixels around `centre`. Hollow ones are filled with `ground`.
void draw_marker(QPainter& painter, QPointF centre, double size, const MarkerStyle& style, const Theme& theme,
                 const QColor& ground);

} // namespace gacsong::paint
