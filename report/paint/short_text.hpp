// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QString>

namespace gacsong::paint {

/// Labels that come again in every frame: ticks, counts, frequencies. Their letters are laid out once, which takes ten
/// times as long as painting them; some thousand are kept for each font and thread.

/// Width of a label, pixels.
[[nodiscard]] double short_text_width(const QFont& font, const QString& text);

/// Paints a label of one line in the painter's font and colour: at a side of `box` or in its middle, as `alignment`
/// says, always in the middle of its height.
void draw_short_text(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const QString& text);

} // namespace gacsong::paint
