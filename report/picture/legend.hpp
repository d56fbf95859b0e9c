// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/picture/scene.hpp"

#include <QColor>
#include <QPainter>
#include <span>
#include <vector>

namespace gacsong::picture {

/// One trace of the spectrum.
struct Trace {
    const char* key; ///< its word
    QColor colour;
    Qt::PenStyle style;
    std::span<const float> levels; ///< dBFS by bin
};

/// Says which line is which, in the painter's font: along the top or, where stations reach up there everywhere, in a
/// column between two of them; nowhere if it would lie over one. `traces` from below upwards.
void paint_legend(QPainter& painter, const Scene& scene, const Layout& layout, std::vector<Trace> traces);

} // namespace gacsong::picture
