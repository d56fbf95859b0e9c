// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/picture/scene.hpp"

#include <QPainter>

namespace gacsong::picture {

/// Labels that stand beside their boxes, of the gravest that are in view.
inline constexpr std::size_t most_labels = 12;
/// With more findings than this in view, those without a label keep the corners of their frames only.
inline constexpr std::size_t most_frames = 48;

/// Boxes around the emissions in the waterfall, and the labels of the gravest; a box that goes on beyond the view is
/// painted as far as it is seen. The painter clips to the waterfall.
void paint_boxes(QPainter& painter, const Scene& scene, const Layout& layout);

} // namespace gacsong::picture
