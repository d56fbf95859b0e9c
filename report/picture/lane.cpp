// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/paint/fill.hpp"
#include "report/paint/short_text.hpp"
#include "report/picture/scene.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::picture {
namespace {

/// A marker in the lane and how many emissions it stands for.
struct Placed {
    std::size_t mark = 0;
    double x = 0.0;
    int count = 1;
};

/// The graver keeps its place, others step aside a little, and what still does not fit is counted.
std::vector<Placed> place_markers(const Scene& scene, const Layout& layout)
{
    const double least_distance = scene.scaled(24.0);
    const double most_aside = scene.scaled(10.0);
    const paint::Scale x = layout.frequency_scale(scene.view);
    std::vector<Placed> placed;
    std::vector<std::size_t> order;
    if (scene.selected)
        order.push_back(*scene.selected);
    for (std::size_t i = 0; i < scene.marks.size(); ++i) {
        if (i != scene.selected)
            order.push_back(i);
    }
    for (const std::size_t i : order) {
        const Mark& mark = scene.marks[i];
        if (mark.end_s < scene.view.from_s || mark.start_s > scene.view.to_s)
            continue;
        const double at = x.pixel(mark.center_hz);
        if (at < layout.lane.left() || at > layout.lane.right())
            continue;
        const auto nearest = [&](double where) -> Placed* {
            const auto found =
                std::ranges::min_element(placed, {}, [&](const Placed& p) { return std::abs(p.x - where); });
            return found != placed.end() && std::abs(found->x - where) < least_distance ? &*found : nullptr;
        };
        Placed* near = nearest(at);
        if (near == nullptr) {
            placed.push_back({i, at});
            continue;
        }
        const double aside = near->x + (at >= near->x ? least_distance : -least_distance);
        const bool room =
            aside > layout.lane.left() + 0.5 * least_distance && aside < layout.lane.right() - 0.5 * least_distance;
        if (std::abs(aside - at) <= most_aside && room && nearest(aside) == nullptr)
            placed.push_back({i, aside});
        else
            ++near->count;
    }
    return placed;
}

QString count_text(const Placed& placed) { return placed.count > 1 ? QString("×%1").arg(placed.count) : QString(); }

/// A count needs room beside its marker: what stands in it is counted as well.
std::vector<Placed> make_room(std::vector<Placed> placed, const Scene& scene, double size)
{
    constexpr double space = 2.0;
    constexpr double widest = 0.6; // of its size a marker reaches to the side
    const auto graver = [&](const Placed& a, const Placed& b) {
        return a.mark == scene.selected || (b.mark != scene.selected && a.mark < b.mark);
    };
    std::ranges::sort(placed, {}, &Placed::x);
    for (std::size_t i = 0; i + 1 < placed.size();) {
        Placed& left = placed[i];
        const Placed& right = placed[i + 1];
        const double end = left.x + 0.5 * size + 2.0 * space + paint::short_text_width(scene.font, count_text(left));
        if (left.count == 1 || end <= right.x - widest * size) {
            ++i;
            continue;
        }
        const int count = left.count + right.count;
        if (graver(right, left))
            left = right;
        left.count = count;
        placed.erase(placed.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        // Its place or its count is another now: what stands to the left may reach it.
        i -= std::min<std::size_t>(i, 1);
    }
    return placed;
}

/// Dots from a marker down to its peak; a dotted pen takes ten times as long.
void paint_leader(paint::Filler& dots, QPointF from, QPointF to, const QColor& colour)
{
    constexpr double period = 3.0;
    for (double y = from.y(); y < to.y(); y += period) {
        const double x = std::lerp(from.x(), to.x(), (y - from.y()) / (to.y() - from.y()));
        dots.fill(QRectF(std::floor(x), std::floor(y), 1.0, 1.0), colour);
    }
}

} // namespace

void paint_lane(QPainter& painter, const Scene& scene, const Layout& layout)
{
    const QRect& lane = layout.lane;
    if (lane.isEmpty() || !scene.show_markers)
        return;
    painter.save();
    painter.setFont(scene.font);
    paint::Filler dots(painter, QRectF(lane.united(layout.spectrum)));
    const paint::Scale x = layout.frequency_scale(scene.view);
    const paint::Scale y = layout.level_scale(scene.levels);
    const double size = std::min(scene.scaled(scene.car ? 24.0 : 18.0), lane.height() - 8.0);
    const QPointF middle(0.0, lane.top() + 0.5 * lane.height());
    for (const Placed& placed : make_room(place_markers(scene, layout), scene, size)) {
        const Mark& mark = scene.marks[placed.mark];
        const QPointF at(placed.x, middle.y());
        const QColor colour = paint::line_colour(*scene.theme, mark.style.gravity);
        const double peak = std::clamp(y.pixel(peak_level(scene, mark)), static_cast<double>(layout.spectrum.top()),
                                       static_cast<double>(layout.spectrum.bottom()));
        paint_leader(dots, QPointF(placed.x, at.y() + 0.6 * size), QPointF(x.pixel(mark.center_hz), peak - 4.0),
                     colour);
        paint::draw_marker(painter, at, size, mark.style, *scene.theme, scene.theme->plot);
        if (placed.mark == scene.selected) {
            const QRectF around(at.x() - 0.5 * size - 4.0, at.y() - 0.5 * size - 4.0, size + 8.0, size + 8.0);
            dots.frame(around, 2.0, scene.theme->accent);
        }
        painter.setPen(scene.theme->text2);
        paint::draw_short_text(painter, QRectF(at.x() + 0.5 * size + 2.0, lane.top(), 1.0, lane.height()),
                               Qt::AlignLeft, count_text(placed));
    }
    painter.restore();
}

} // namespace gacsong::picture
