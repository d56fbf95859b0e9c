// SPDX-License-Identifier: GPL-3.0-or-later
// Annotations in the picture: how they look, how hands and keys move them, and how one goes from mark to mark.
#include "gui/picture/picture_view.hpp"
#include "report/paint/fill.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <QAccessible>
#include <QFontMetrics>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

namespace gacsong::gui {
namespace {

constexpr double reach = 5.0; ///< px from an edge that still take it
constexpr std::size_t most_labels = 40;
constexpr int most_label_width = 220; ///< px

QString qt(const std::string& text) { return QString::fromStdString(text); }

/// What stands on its label: one line.
QString label_of(const Note& note)
{
    return qt(printable(note.label.empty() ? note.comment : note.label)).simplified();
}

} // namespace

void PictureView::take_notes(const std::vector<Note>& notes)
{
    notes_ = notes;
    if (std::ranges::find(notes_, selected_note_, &Note::id) == notes_.end())
        selected_note_ = 0;
    dirty_ = true;
    update();
}

void PictureView::set_selected_note(std::uint64_t id)
{
    selected_note_ = id;
    dirty_ = true;
    update();
}

Note* PictureView::chosen_note()
{
    const auto found = std::ranges::find(notes_, selected_note_, &Note::id);
    return selected_note_ == 0 || found == notes_.end() ? nullptr : &*found;
}

bool PictureView::shown(const Note& note) const
{
    const bool told_by_boxes = note.ours && !session_.emissions().empty();
    return settings_.notes && note.to_s >= view_.from_s && note.from_s <= view_.to_s &&
           (note.id == selected_note_ || !told_by_boxes);
}

QRectF PictureView::note_box(const Note& note) const
{
    const paint::Scale x = layout_.frequency_scale(view_);
    const paint::Scale y = layout_.time_scale(view_);
    const auto [low, high] = note.edges_hz.value_or(std::pair(view_.low_hz, view_.high_hz));
    QRectF box(QPointF(x.pixel(low), y.pixel(note.to_s)), QPointF(x.pixel(high), y.pixel(note.from_s)));
    constexpr double least = 6.0;
    if (box.width() < least)
        box.adjust(0.5 * (box.width() - least), 0.0, 0.5 * (least - box.width()), 0.0);
    if (box.height() < least)
        box.setTop(box.bottom() - least);
    return box;
}

void PictureView::paint_notes(QPainter& painter)
{
    note_labels_.clear();
    if (!settings_.notes || notes_.empty())
        return;
    painter.save();
    painter.setClipRect(layout_.waterfall);
    painter.setFont(scene_.font);
    const QRectF ground = QRectF(layout_.waterfall).adjusted(-8.0, -8.0, 8.0, 8.0);
    paint::Filler lines(painter, QRectF(layout_.waterfall));
    for (const Note& note : notes_) {
        const QRectF box = note_box(note);
        if (!shown(note) || !box.intersects(ground))
            continue;
        // No sharper than the picture: what reaches beyond it is cut, so that its sides are few pixels long.
        const QRectF cut = box.intersected(ground);
        const bool chosen = note.id == selected_note_;
        lines.frame(cut.adjusted(-2.0, -2.0, 2.0, 2.0), 3.0, theme_.casing);
        lines.frame(cut.adjusted(-1.0, -1.0, 1.0, 1.0), 1.0, chosen ? theme_.accent : theme_.text);
        if (chosen) {
            lines.frame(cut.adjusted(-6.0, -6.0, 6.0, 6.0), 2.0, theme_.accent);
            for (const QPointF corner : {box.topLeft(), box.topRight(), box.bottomLeft(), box.bottomRight()})
                lines.fill(QRectF(corner.x() - 4.0, corner.y() - 4.0, 8.0, 8.0), theme_.accent);
        }
        if (note_labels_.size() < most_labels || chosen)
            paint_note_label(painter, note, cut);
    }
    painter.restore();
}

void PictureView::paint_note_label(QPainter& painter, const Note& note, const QRectF& box)
{
    const QFontMetrics metrics(scene_.font);
    const QString text = metrics.elidedText(label_of(note), Qt::ElideRight, most_label_width);
    if (text.isEmpty())
        return;
    const double width = metrics.horizontalAdvance(text) + 12.0;
    const double height = metrics.height() + 2.0;
    const QRectF ground(layout_.waterfall);
    const double left =
        std::clamp(box.left() - 1.0, ground.left() + 2.0, std::max(ground.left() + 2.0, ground.right() - width - 2.0));
    for (const double top : {box.top() - height - 7.0, std::max(box.top(), ground.top()) + 2.0, box.bottom() + 7.0}) {
        const QRectF place(left, top, width, height);
        const bool taken =
            std::ranges::any_of(note_labels_, [&](const auto& one) { return one.first.intersects(place); });
        if (taken || !ground.contains(place))
            continue;
        const bool chosen = note.id == selected_note_;
        painter.fillRect(place, chosen ? theme_.accent : theme_.text2);
        painter.fillRect(place.adjusted(1.0, 1.0, -1.0, -1.0), chosen ? theme_.accent : theme_.panel);
        painter.setPen(chosen ? theme_.accent_ink : theme_.text);
        painter.drawText(place, Qt::AlignCenter, text);
        note_labels_.emplace_back(place, note.id);
        return;
    }
}

std::uint64_t PictureView::note_at(QPointF where) const
{
    if (!layout_.waterfall.contains(where.toPoint()))
        return 0;
    for (const auto& [place, id] : note_labels_)
        if (place.contains(where))
            return id;
    std::uint64_t inside = 0;
    double least = 0.0;
    for (const Note& note : notes_) {
        const QRectF box = note_box(note);
        if (!shown(note) || !box.adjusted(-reach, -reach, reach, reach).contains(where))
            continue;
        const QRectF within = box.adjusted(reach, reach, -reach, -reach);
        if (!within.isValid() || !within.contains(where))
            return note.id;
        if (const double size = box.width() * box.height(); inside == 0 || size < least) {
            inside = note.id;
            least = size;
        }
    }
    return emission_at(where) ? 0 : inside;
}

PictureView::Grip PictureView::grip_at(QPointF where) const
{
    const auto note = std::ranges::find(notes_, selected_note_, &Note::id);
    if (selected_note_ == 0 || note == notes_.end() || !shown(*note) || !layout_.waterfall.contains(where.toPoint()))
        return {};
    const QRectF box = note_box(*note);
    if (!box.adjusted(-reach, -reach, reach, reach).contains(where))
        return {};
    Grip grip;
    grip.left = note->edges_hz && std::abs(where.x() - box.left()) <= reach;
    grip.right = note->edges_hz && !grip.left && std::abs(where.x() - box.right()) <= reach;
    grip.top = std::abs(where.y() - box.top()) <= reach;
    grip.bottom = !grip.top && std::abs(where.y() - box.bottom()) <= reach;
    return grip.any() ? grip : Grip{true, true, true, true};
}

void PictureView::show_grip(QPointF where)
{
    const Grip grip = grip_at(where);
    const bool across = grip.left || grip.right;
    const bool along = grip.top || grip.bottom;
    if (!grip.any())
        unsetCursor();
    else if (grip.left && grip.right)
        setCursor(Qt::SizeAllCursor);
    else if (across && along)
        setCursor(grip.left == grip.top ? Qt::SizeFDiagCursor : Qt::SizeBDiagCursor);
    else
        setCursor(across ? Qt::SizeHorCursor : Qt::SizeVerCursor);
}

void PictureView::shift_note(Note& note, const Grip& grip, double hz, double s) const
{
    const double half = 0.5 * scene_.sample_rate_hz;
    const double duration = session_.recording()->timeline.duration_s();
    if (note.edges_hz) {
        auto& [low, high] = *note.edges_hz;
        const bool whole = grip.left && grip.right;
        const double by = whole ? std::clamp(hz, std::min(0.0, -half - low), std::max(0.0, half - high)) : hz;
        low += grip.left ? by : 0.0;
        high += grip.right ? by : 0.0;
        if (!whole && low > high)
            std::swap(low, high);
        low = std::max(low, std::min(-half, high - 1.0));
        high = std::min(high, std::max(half, low + 1.0));
    }
    const bool whole = grip.top && grip.bottom;
    const double by = whole ? std::clamp(s, std::min(0.0, -note.from_s), std::max(0.0, duration - note.to_s)) : s;
    note.to_s += grip.top ? by : 0.0;
    note.from_s += grip.bottom ? by : 0.0;
    if (note.from_s > note.to_s)
        std::swap(note.from_s, note.to_s);
    note.from_s = std::max(0.0, note.from_s);
    note.to_s = std::min(std::max(note.to_s, note.from_s), std::max(duration, note.from_s));
}

void PictureView::set_box(const paint::View& box)
{
    box_ = box;
    paint::TraceMaker maker;
    const auto traces = maker.make(session_.tiles(), grid_, session_.recording()->timeline, box.from_s, box.to_s);
    box_measure_ = paint::measure_box(traces, *box_, scene_.sample_rate_hz);
    update();
}

void PictureView::nudge(QPoint by, bool resize)
{
    if (!session_.recording())
        return;
    const double hz = by.x() * view_.span_hz() / std::max(1, layout_.waterfall.width());
    const double s = -by.y() * view_.span_s() / std::max(1, layout_.waterfall.height());
    if (Note* note = chosen_note()) {
        shift_note(*note, resize ? Grip{false, true, true, false} : Grip{true, true, true, true}, hz, s);
        Q_EMIT note_changed(*note);
        return;
    }
    if (!box_) {
        // A third of the picture, in its middle.
        const double third_hz = view_.span_hz() / 3.0;
        const double third_s = view_.span_s() / 3.0;
        return set_box({view_.low_hz + third_hz, view_.high_hz - third_hz, std::max(0.0, view_.from_s + third_s),
                        view_.to_s - third_s});
    }
    Note as_note;
    as_note.edges_hz = std::pair(box_->low_hz, box_->high_hz);
    as_note.from_s = box_->from_s;
    as_note.to_s = box_->to_s;
    shift_note(as_note, resize ? Grip{false, true, true, false} : Grip{true, true, true, true}, hz, s);
    set_box({as_note.edges_hz->first, as_note.edges_hz->second, as_note.from_s, as_note.to_s});
}

/// With Shift the arrows move what is selected, with Ctrl and Shift its upper right corner.
bool PictureView::take_arrow(const QKeyEvent& event)
{
    if (!(event.modifiers() & Qt::ShiftModifier))
        return false;
    constexpr int pixels = 8; ///< of one press
    constexpr std::array arrows{std::pair{Qt::Key_Left, QPoint(-pixels, 0)},
                                std::pair{Qt::Key_Right, QPoint(pixels, 0)}, std::pair{Qt::Key_Up, QPoint(0, -pixels)},
                                std::pair{Qt::Key_Down, QPoint(0, pixels)}};
    for (const auto& [key, by] : arrows) {
        if (event.key() == key) {
            nudge(by, (event.modifiers() & Qt::ControlModifier) != 0);
            return true;
        }
    }
    return false;
}

void PictureView::bring_into_view(const Note& note)
{
    const auto [low, high] = note.edges_hz.value_or(std::pair(view_.low_hz, view_.high_hz));
    bring(low, high, note.from_s, note.to_s);
}

void PictureView::activate_cursor(std::size_t index)
{
    active_cursor_ = index;
    const Cursor& cursor = cursors_[index];
    bring(cursor.hz, cursor.hz, cursor.at_s, cursor.at_s);
    // Its figures stand beside it, as if the pointer were there; the key that sets a marker removes it here.
    pointer_ = QPointF(layout_.frequency_scale(view_).pixel(cursor.hz), layout_.time_scale(view_).pixel(cursor.at_s))
                   .toPoint();
    setAccessibleDescription(words_(Message("gui.cursor.spoken", {{"n", static_cast<std::int64_t>(index + 1)},
                                                                  {"where", frequency_text(cursor.hz).toStdString()},
                                                                  {"level", Quantity{cursor.level_db, Unit::dbfs}}})));
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
    update();
}

std::optional<int> PictureView::pointed() const
{
    return pointer_ && session_.recording() ? emission_at(*pointer_) : std::nullopt;
}

QString PictureView::view_text() const
{
    QJsonArray markers;
    for (const Cursor& cursor : cursors_)
        markers.append(QJsonArray{cursor.hz, cursor.at_s, cursor.level_db});
    const QJsonObject all{{"view", QJsonArray{view_.low_hz, view_.high_hz, view_.from_s, view_.to_s}},
                          {"levels", QJsonArray{levels_.low_db, levels_.high_db}},
                          {"markers", markers}};
    return QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Compact));
}

void PictureView::restore_view(const QString& text)
{
    const QJsonObject all = QJsonDocument::fromJson(text.toUtf8()).object();
    const QJsonArray view = all["view"].toArray();
    const QJsonArray levels = all["levels"].toArray();
    if (!session_.recording() || view.size() != 4 || levels.size() != 2)
        return;
    if (!session_.recording()->live())
        set_view({view[0].toDouble(), view[1].toDouble(), view[2].toDouble(), view[3].toDouble()});
    levels_pending_ = false;
    set_levels({levels[0].toDouble(), levels[1].toDouble()});
    cursors_.clear();
    for (const QJsonValue& marker : all["markers"].toArray()) {
        const QJsonArray figures = marker.toArray();
        if (figures.size() == 3 && cursors_.size() < most_cursors)
            cursors_.push_back({figures[0].toDouble(), figures[1].toDouble(), figures[2].toDouble()});
    }
    update();
}

bool PictureView::step_mark(bool forward)
{
    std::vector<Stop> stops;
    for (const Note& note : notes_)
        stops.push_back({note.from_s, note.edges_hz ? note.edges_hz->first : 0.0, note.id, 0});
    for (std::size_t i = 0; i < cursors_.size(); ++i)
        stops.push_back({cursors_[i].at_s, cursors_[i].hz, 0, i});
    if (stops.empty())
        return false;
    std::ranges::stable_sort(
        stops, [](const Stop& a, const Stop& b) { return a.at_s != b.at_s ? a.at_s < b.at_s : a.hz < b.hz; });
    const auto here = std::ranges::find_if(stops, [&](const Stop& stop) {
        return stop.note != 0 ? stop.note == selected_note_ : selected_note_ == 0 && active_cursor_ == stop.cursor;
    });
    const std::size_t count = stops.size();
    std::size_t next = forward ? 0 : count - 1;
    if (here != stops.end())
        next = (static_cast<std::size_t>(here - stops.begin()) + (forward ? 1 : count - 1)) % count;
    const Stop& stop = stops[next];
    active_cursor_.reset();
    if (stop.note == 0)
        activate_cursor(stop.cursor);
    Q_EMIT note_picked(stop.note);
    if (const Note* note = chosen_note())
        bring_into_view(*note);
    return true;
}

} // namespace gacsong::gui
