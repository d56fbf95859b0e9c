// SPDX-License-Identifier: GPL-3.0-or-later
// How the parts of the window share its room (screen.md §1).
#include "gui/window/window.hpp"
#include "report/picture/sheet.hpp"

#include <QFontMetrics>
#include <algorithm>

namespace gacsong::gui {

SizeClass Window::size_class() const
{
    if (settings_.car)
        return SizeClass::car;
    // Larger text needs as much more room.
    const double scale = std::max(1.0, settings_.text_percent / 100.0);
    if (width() < 1100 * scale)
        return SizeClass::half;
    return width() >= 1600 * scale && height() >= 880 * scale ? SizeClass::large : SizeClass::small;
}

/// Heights hold for 13 px text and follow its size, but no row is lower than its letters and no gutter narrower than
/// its longest label.
picture::LayoutSizes Window::picture_sizes() const
{
    const Density density = settings_.density();
    picture::LayoutSizes sizes;
    switch (class_) {
    case SizeClass::large:
        break;
    case SizeClass::small:
        sizes = {.gutter = 64, .lane = 26, .spectrum = 110, .axis = 24, .strip = 16};
        break;
    case SizeClass::half:
        sizes = {.gutter = 64, .lane = 26, .spectrum = 130, .axis = 24, .strip = 16};
        break;
    case SizeClass::car:
        sizes = {.gutter = 76, .lane = 34, .spectrum = 116, .axis = 30, .strip = 0, .plan = false, .licences = false};
        break;
    }
    for (int* size : {&sizes.gutter, &sizes.lane, &sizes.axis, &sizes.strip})
        *size = density.scaled(*size);
    const QFont font = picture::text_font(density.label());
    const QFontMetrics metrics(font);
    sizes.lane = std::max(sizes.lane, metrics.height() + 4);
    sizes.axis = std::max(sizes.axis, metrics.height() + 6);
    if (class_ != SizeClass::car)
        sizes.strip = std::max(sizes.strip, metrics.height() + 2);
    for (const QString& label : {(*words_)("picture.plan"), (*words_)("picture.licences"), QString("00:00.00")})
        sizes.gutter = std::max(sizes.gutter, metrics.horizontalAdvance(label) + 14);
    sizes.least_waterfall = std::min(sizes.least_waterfall, height() / 4);
    return sizes;
}

/// The overview gives way before the waterfall becomes a strip itself.
bool Window::room_for_overview() const
{
    const bool live = session_.recording() && session_.recording()->live();
    const int needed = settings_.density().scaled(class_ == SizeClass::half ? 640 : 480);
    return !settings_.car && !live && height() >= needed;
}

void Window::apply_size_class()
{
    across_->setStretchFactor(0, 1);
    across_->setStretchFactor(1, 0);
    const bool both = class_ == SizeClass::large;
    const int side = class_ == SizeClass::large ? 576 : (class_ == SizeClass::car ? 448 : 420);
    if (class_ == SizeClass::half) {
        // Larger text needs more of the height for the same few rows.
        const double scale = settings_.density().text_scale;
        const int side_height =
            std::min(settings_.density().scaled(300), static_cast<int>(height() * std::clamp(0.3 * scale, 0.3, 0.38)));
        side_->setMinimumHeight(std::min(260, height() / 4));
        across_->setSizes({std::max(300, height() - side_height - 180), side_height});
    } else {
        const int wide = std::max(side, std::min(settings_.density().scaled(side), width() / 2));
        side_->setMinimumWidth(360);
        across_->setSizes({std::max(400, width() - wide), wide});
    }
    side_->setSizes({std::max(200, height() / 2 - 40), height() / 2});
    details_->set_back_visible(!both);
    details_->setVisible(both);
    table_->setVisible(true);
    const QByteArray kept = settings_.layouts.value(QString::number(static_cast<int>(class_)));
    if (!kept.isEmpty())
        across_->restoreState(kept);
    centre_->setMinimumWidth(0);
}

} // namespace gacsong::gui
