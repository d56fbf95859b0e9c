// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/picture/boxes.hpp"

#include "report/paint/fill.hpp"
#include "report/paint/short_text.hpp"

#include <QFontMetrics>
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace gacsong::picture {
namespace {

using paint::Filler;

/// A box whose lines are painted, and what of it is in view: a station that is on all day reaches far out of it, and
/// what cannot be seen takes as long to paint.
struct Seen {
    QRectF box;
    QRectF ground; ///< the waterfall and a little more, so that sides beyond it stay outside

    [[nodiscard]] QRectF part() const { return box.intersected(ground); }
    [[nodiscard]] Seen grown(double x, double y) const { return {box.adjusted(-x, -y, x, y), ground}; }
};

void solid_frame(Filler& lines, const Seen& seen, double width, const QColor& colour)
{
    lines.frame(seen.part(), width, colour);
}

/// Pieces of `on` px with gaps of `off` px along the four sides, counted from the left and from the bottom: they move
/// with the rows.
void dashed_frame(Filler& lines, const Seen& seen, double width, double on, double off, const QColor& colour)
{
    const QRectF& box = seen.box;
    const QRectF part = seen.part();
    const double period = on + off;
    for (double x = part.left() - std::fmod(part.left() - box.left(), period); x < part.right(); x += period) {
        const double length = std::min(on, box.right() - x);
        lines.fill(QRectF(x, part.top(), length, width), colour);
        lines.fill(QRectF(x, part.bottom() - width, length, width), colour);
    }
    for (double y = part.bottom() + std::fmod(box.bottom() - part.bottom(), period); y > part.top(); y -= period) {
        const double length = std::min(on, y - box.top());
        lines.fill(QRectF(part.left(), y - length, width, length), colour);
        lines.fill(QRectF(part.right() - width, y - length, width, length), colour);
    }
}

/// Corners of `arm` px. Where a box goes on beyond the view its sides are marked at the edge, without a corner.
void brackets(Filler& lines, const Seen& seen, const QRectF& view, double arm, double width, const QColor& colour)
{
    const QRectF& box = seen.box;
    const double w = std::min(arm, 0.4 * box.width());
    const double top = std::max(box.top(), view.top());
    const double bottom = std::min(box.bottom(), view.bottom());
    const double h = std::min(arm, 0.4 * (bottom - top));
    for (const double x : {box.left(), box.right() - w}) {
        if (box.top() >= seen.ground.top())
            lines.fill(QRectF(x, box.top(), w, width), colour);
        if (box.bottom() <= seen.ground.bottom())
            lines.fill(QRectF(x, box.bottom() - width, w, width), colour);
    }
    for (const double y : {top, bottom - h}) {
        lines.fill(QRectF(box.left(), y, width, h), colour);
        lines.fill(QRectF(box.right() - width, y, width, h), colour);
    }
}

/// The box of a mark in the style of its gravity; every line has a casing on both sides. In a crowd only the corners.
void paint_box(Filler& lines, const Scene& scene, const QRectF& view, const QRectF& box, const Mark& mark, bool corners)
{
    constexpr double arm = 9.0;
    const paint::Theme& theme = *scene.theme;
    const QColor colour = paint::line_colour(theme, mark.style.gravity);
    const Seen seen{box, view.adjusted(-16.0, -16.0, 16.0, 16.0)};
    switch (mark.style.gravity) {
    case paint::Gravity::danger:
    case paint::Gravity::serious:
        if (corners) {
            brackets(lines, seen.grown(3.0, 3.0), view, arm + 1.0, 4.0, theme.casing);
            brackets(lines, seen.grown(2.0, 2.0), view, arm, 2.0, colour);
            return;
        }
        solid_frame(lines, seen.grown(3.0, 3.0), 1.0, theme.casing);
        solid_frame(lines, seen, 1.0, theme.casing);
        solid_frame(lines, seen.grown(2.0, 2.0), 2.0, colour);
        return;
    case paint::Gravity::unknown:
        if (corners) {
            brackets(lines, seen.grown(2.0, 2.0), view, 4.0, 3.0, theme.casing);
            brackets(lines, seen.grown(1.0, 1.0), view, 3.0, 1.0, colour);
            return;
        }
        solid_frame(lines, seen.grown(2.0, 2.0), 3.0, theme.casing);
        dashed_frame(lines, seen.grown(1.0, 1.0), 1.0, 5.0, 4.0, colour);
        return;
    case paint::Gravity::ignored:
        return dashed_frame(lines, seen.grown(1.0, 1.0), 1.0, 1.0, 3.0, colour);
    case paint::Gravity::allowed:
        return brackets(lines, seen.grown(2.0, 1.0), view, 6.0, 1.0, colour);
    }
}

/// A label and where it stands.
struct Label {
    const Mark* mark = nullptr;
    QRectF place;
};

/// Below its box; above it, or within it, where there is no room. Empty where nothing is free.
QRectF label_place(const Scene& scene, const QFont& font, const QRectF& ground, const QRectF& box, const Mark& mark,
                   const std::vector<Label>& taken)
{
    const double size = scene.scaled(scene.car ? 22.0 : 15.0);
    const double width = paint::short_text_width(font, mark.frequency) + size + 18.0;
    const double height = std::max<double>(QFontMetrics(font).height() + 4, size + 6.0);
    const double left = std::clamp(box.center().x() - 0.5 * width, ground.left() + 2.0,
                                   std::max(ground.left() + 2.0, ground.right() - width - 2.0));
    const std::array tops{box.bottom() + 7.0, box.top() - height - 7.0,
                          std::min(box.bottom(), ground.bottom()) - height - 6.0,
                          std::max(box.top(), ground.top()) + 6.0};
    for (const double top : tops) {
        const QRectF place(left, top, width, height);
        const bool free =
            std::ranges::none_of(taken, [&](const Label& other) { return other.place.intersects(place); });
        if (free && ground.contains(place))
            return place;
    }
    return {};
}

void paint_label(QPainter& painter, const Scene& scene, const Label& label)
{
    const paint::Theme& theme = *scene.theme;
    const Mark& mark = *label.mark;
    const QRectF& place = label.place;
    const double size = scene.scaled(scene.car ? 22.0 : 15.0);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(paint::line_colour(theme, mark.style.gravity), 1));
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 4.0, 4.0);
    painter.setRenderHint(QPainter::Antialiasing, false);
    paint::draw_marker(painter, {place.left() + 6.0 + 0.5 * size, place.center().y()}, size, mark.style, theme,
                       theme.panel);
    painter.setPen(theme.text);
    paint::draw_short_text(painter, place.adjusted(size + 11.0, 0.0, 0.0, 0.0), Qt::AlignLeft, mark.frequency);
}

} // namespace

void paint_boxes(QPainter& painter, const Scene& scene, const Layout& layout)
{
    QFont font = scene.font;
    font.setWeight(QFont::DemiBold);
    const QRectF ground(layout.waterfall);
    struct Placed {
        const Mark* mark = nullptr;
        QRectF box;
        bool labelled = false;
    };
    std::vector<Placed> placed;
    std::vector<Label> labels;
    const auto add_label = [&](Placed& one) {
        const QRectF place = label_place(scene, font, ground, one.box, *one.mark, labels);
        one.labelled = !place.isEmpty();
        if (one.labelled)
            labels.push_back({one.mark, place});
    };
    std::size_t findings = 0;
    const Mark* selected = scene.selected ? &scene.marks[*scene.selected] : nullptr;
    for (const Mark& mark : scene.marks) {
        const QRectF box = mark_box(mark, scene.view, layout);
        if (!box.intersects(ground))
            continue;
        placed.push_back({&mark, box});
        const bool finding = mark.style.gravity <= paint::Gravity::unknown;
        findings += finding ? 1 : 0;
        // What was selected says its frequency, however many are graver.
        if (finding && &mark == selected)
            add_label(placed.back());
    }
    for (Placed& one : placed) {
        if (labels.size() == most_labels || one.mark->style.gravity > paint::Gravity::unknown)
            break;
        if (one.mark != selected)
            add_label(one);
    }
    // The gravest are painted last, so that they lie on top.
    const bool crowd = findings > most_frames;
    Filler lines(painter, ground);
    for (auto one = placed.rbegin(); one != placed.rend(); ++one)
        paint_box(lines, scene, ground, one->box, *one->mark, crowd && !one->labelled);
    if (scene.selected) {
        const QRectF box = mark_box(scene.marks[*scene.selected], scene.view, layout).adjusted(-8.0, -8.0, 8.0, 8.0);
        if (box.intersects(ground)) {
            lines.frame(box.adjusted(-1.0, -1.0, 1.0, 1.0), 1.0, scene.theme->casing);
            lines.frame(box, 2.0, scene.theme->accent);
        }
    }
    painter.setFont(font);
    for (const Label& label : labels)
        paint_label(painter, scene, label);
}

} // namespace gacsong::picture
