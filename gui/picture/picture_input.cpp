// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse and keys in the picture (peers.md §3).
#include "gui/picture/picture_view.hpp"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>

namespace gacsong::gui {
namespace {

constexpr double zoom_step = 1.25; ///< of one notch of a wheel
constexpr int click_reach = 4;     ///< px that a click may move

} // namespace

void PictureView::wheelEvent(QWheelEvent* event)
{
    if (!session_.recording())
        return;
    // With Shift some systems turn the wheel sideways.
    const QPoint turn = event->angleDelta();
    const double notches = (turn.y() != 0 ? turn.y() : turn.x()) / 120.0;
    const double factor = std::pow(zoom_step, -notches);
    const QPointF at = event->position();
    const bool gutter = at.x() < layout_.waterfall.left();
    if (gutter && at.y() <= layout_.spectrum.bottom()) {
        const double middle = layout_.level_scale(levels_).value(at.y());
        set_levels({middle + (levels_.low_db - middle) * factor, middle + (levels_.high_db - middle) * factor});
    } else if (gutter || (event->modifiers() & Qt::ShiftModifier)) {
        zoom_time(factor, time_at(std::clamp<double>(at.y(), layout_.waterfall.top(), layout_.waterfall.bottom())));
    } else {
        zoom_frequency(factor, hz_at(at.x()));
    }
    event->accept();
}

void PictureView::mousePressEvent(QMouseEvent* event)
{
    if (!session_.recording())
        return;
    const QPoint at = event->position().toPoint();
    drag_from_ = at;
    drag_view_ = view_;
    moved_ = false;
    if (event->button() == Qt::MiddleButton) {
        pan((hz_at(at.x()) - 0.5 * (view_.low_hz + view_.high_hz)) / view_.span_hz(), 0.0);
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    const bool gutter = at.x() < layout_.spectrum.left();
    if (gutter && at.y() <= layout_.spectrum.bottom())
        drag_ = at.y() < layout_.spectrum.center().y() ? Drag::level_high : Drag::level_low;
    else if ((event->modifiers() & Qt::ShiftModifier) && layout_.waterfall.contains(at))
        drag_ = Drag::box;
    else if (grip_ = grip_at(at); grip_.any()) {
        drag_ = Drag::note;
        note_before_ = *chosen_note();
    } else
        drag_ = Drag::pan;
}

void PictureView::mouseMoveEvent(QMouseEvent* event)
{
    if (!session_.recording())
        return;
    const QPoint at = event->position().toPoint();
    pointer_ = at;
    const QPoint by = at - drag_from_;
    moved_ = moved_ || by.manhattanLength() > click_reach;
    if (drag_ == Drag::pan && moved_) {
        const double hz = -by.x() * drag_view_.span_hz() / std::max(1, layout_.waterfall.width());
        const double s = drag_from_.y() >= layout_.waterfall.top()
                             ? by.y() * drag_view_.span_s() / std::max(1, layout_.waterfall.height())
                             : 0.0;
        set_view({drag_view_.low_hz + hz, drag_view_.high_hz + hz, drag_view_.from_s + s, drag_view_.to_s + s});
    } else if (drag_ == Drag::box && moved_) {
        const auto [low, high] = std::minmax(hz_at(drag_from_.x()), hz_at(at.x()));
        const auto [from, to] = std::minmax(time_at(drag_from_.y()), time_at(at.y()));
        set_box({low, high, from, to});
    } else if (drag_ == Drag::note && moved_) {
        if (Note* note = chosen_note()) {
            *note = *note_before_;
            shift_note(*note, grip_, hz_at(at.x()) - hz_at(drag_from_.x()), time_at(at.y()) - time_at(drag_from_.y()));
            dirty_ = true;
        }
    } else if (drag_ == Drag::level_low || drag_ == Drag::level_high) {
        const double level =
            layout_.level_scale(levels_).value(at.y()) - layout_.level_scale(levels_).value(drag_from_.y());
        paint::Levels next = levels_;
        (drag_ == Drag::level_low ? next.low_db : next.high_db) -= level;
        drag_from_ = at;
        set_levels(next);
    } else if (drag_ == Drag::none) {
        show_grip(at);
    }
    update();
}

void PictureView::mouseReleaseEvent(QMouseEvent* event)
{
    const Drag was = drag_;
    drag_ = Drag::none;
    if (was == Drag::note && moved_) {
        if (const Note* note = chosen_note())
            Q_EMIT note_changed(*note);
    } else if (event->button() == Qt::LeftButton && !moved_ && (was == Drag::pan || was == Drag::note)) {
        if (const std::uint64_t note = note_at(event->position()); note != 0)
            return Q_EMIT note_picked(note);
        const auto row = emission_at(event->position());
        if (!row)
            clear_box();
        Q_EMIT note_picked(0);
        Q_EMIT picked(row.value_or(-1));
    }
    update();
}

void PictureView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (!session_.recording() || event->button() != Qt::LeftButton)
        return;
    if (const std::uint64_t note = note_at(event->position()); note != 0)
        Q_EMIT note_wanted(note);
    else if (const auto row = emission_at(event->position()))
        Q_EMIT details_wanted(*row);
    else
        show_all();
}

void PictureView::contextMenuEvent(QContextMenuEvent* event)
{
    if (!session_.recording())
        return;
    if (const std::uint64_t note = note_at(event->pos()); note != 0)
        Q_EMIT note_picked(note);
    Q_EMIT menu_wanted(event->globalPos(), emission_at(event->pos()).value_or(-1));
}

void PictureView::leaveEvent(QEvent* event)
{
    pointer_.reset();
    update();
    QWidget::leaveEvent(event);
}

void PictureView::keyPressEvent(QKeyEvent* event)
{
    constexpr double step_share = 0.1;
    const double middle_hz = 0.5 * (view_.low_hz + view_.high_hz);
    if (take_arrow(*event))
        return;
    switch (event->key()) {
    case Qt::Key_Left:
        return pan(-step_share, 0.0);
    case Qt::Key_Right:
        return pan(step_share, 0.0);
    case Qt::Key_Up:
        return pan(0.0, step_share);
    case Qt::Key_Down:
        return pan(0.0, -step_share);
    case Qt::Key_PageUp:
        return pan(0.0, 0.9);
    case Qt::Key_PageDown:
        return pan(0.0, -0.9);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom_frequency(1.0 / zoom_step, middle_hz);
    case Qt::Key_Minus:
        return zoom_frequency(zoom_step, middle_hz);
    case Qt::Key_Home:
        return show_all();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (selected_note_ != 0)
            Q_EMIT note_wanted(selected_note_);
        else if (selected_)
            Q_EMIT details_wanted(*selected_);
        return;
    case Qt::Key_Escape:
        clear_box();
        Q_EMIT note_picked(0);
        Q_EMIT picked(-1);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

bool PictureView::focusNextPrevChild(bool next)
{
    if (hasFocus() && step && step(next))
        return true;
    return QWidget::focusNextPrevChild(next);
}

void PictureView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void PictureView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace gacsong::gui
