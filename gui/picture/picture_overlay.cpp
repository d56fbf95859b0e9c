// SPDX-License-Identifier: GPL-3.0-or-later
// What lies over the picture: pointer, box, cursors and their figures.
#include "gui/picture/picture_view.hpp"
#include "gui/session/levels.hpp"
#include "report/paint/fill.hpp"
#include "report/paint/ticks.hpp"
#include "report/wording/value_text.hpp"

#include <QFontMetrics>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace gacsong::gui {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

} // namespace

QString PictureView::frequency_text(double hz) const
{
    if (!scene_.center_hz)
        return qt(number_text(hz / 1e3, 3, words_.language())) + QString::fromUtf8("\u00A0kHz");
    return qt(quantity_text({*scene_.center_hz + hz, Unit::frequency, std::max(1.0, view_.span_hz() / 1e4)},
                            words_.language()));
}

std::optional<double> PictureView::level_at(double hz, double at_s) const
{
    const double rate = scene_.sample_rate_hz;
    const auto row = session_.tiles().find_any(grid_, static_cast<std::int64_t>(at_s * rate));
    if (!row || (row->state() != RowState::rough && row->state() != RowState::whole))
        return std::nullopt;
    const auto bins = static_cast<double>(row->tile->bins());
    const double bin = std::clamp((hz / rate + 0.5) * bins + 0.5, 0.0, bins - 1.0);
    return 0.01 * row->mean()[static_cast<std::size_t>(bin)];
}

std::optional<int> PictureView::emission_at(QPointF where) const
{
    if (!scene_.show_markers)
        return std::nullopt;
    std::optional<int> best;
    double best_size = 0.0;
    for (std::size_t i = 0; i < scene_.marks.size(); ++i) {
        QRectF box = picture::mark_box(scene_.marks[i], view_, layout_);
        if (!layout_.waterfall.contains(where.toPoint())) {
            // Above the waterfall only frequency counts.
            if (scene_.marks[i].end_s < view_.from_s || scene_.marks[i].start_s > view_.to_s)
                continue;
            box.setTop(layout_.lane.top());
            box.setBottom(layout_.spectrum.bottom());
        }
        const QRectF reach = box.adjusted(-5.0, -5.0, 5.0, 5.0);
        const double size = box.width() * box.height();
        if (reach.contains(where) && (!best || size < best_size)) {
            best = mark_rows_[i];
            best_size = size;
        }
    }
    return best;
}

QString PictureView::tip_at(QPoint where) const
{
    const double hz = hz_at(where.x());
    const auto strip = [&](const std::vector<picture::Strip>& strips) {
        for (const auto& one : strips) {
            if (hz >= one.low_hz && hz < one.high_hz)
                return one.detail;
        }
        return QString();
    };
    if (layout_.plan.contains(where))
        return strip(scene_.plan);
    if (layout_.licences.contains(where))
        return strip(scene_.licences);
    return {};
}

void PictureView::paint_readout(QPainter& painter, QPoint beside, const QStringList& lines) const
{
    const QFontMetrics metrics(scene_.font);
    int width = 0;
    for (const QString& line : lines)
        width = std::max(width, metrics.horizontalAdvance(line));
    const QSize size(width + 16, static_cast<int>(lines.size()) * metrics.lineSpacing() + 10);
    QPoint at = beside + QPoint(16, 16);
    if (at.x() + size.width() > rect().right() - 4)
        at.setX(beside.x() - 16 - size.width());
    if (at.y() + size.height() > rect().bottom() - 4)
        at.setY(beside.y() - 16 - size.height());
    const QRect box(at, size);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme_.border, 1));
    painter.setBrush(theme_.panel);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setFont(scene_.font);
    painter.setPen(theme_.text);
    for (int i = 0; i < lines.size(); ++i)
        painter.drawText(box.left() + 8, box.top() + 5 + metrics.ascent() + i * metrics.lineSpacing(), lines[i]);
}

void PictureView::paint_pointer(QPainter& painter) const
{
    if (!pointer_ || drag_ == Drag::pan || drag_ == Drag::box)
        return;
    const QRect plots = layout_.spectrum.united(layout_.waterfall);
    if (!layout_.waterfall.contains(*pointer_) && !layout_.spectrum.contains(*pointer_))
        return;
    QColor line = theme_.text;
    line.setAlphaF(0.35F);
    paint::fill(painter, QRectF(pointer_->x(), plots.top(), 1, plots.height()), line);
    paint::fill(painter, QRectF(plots.left(), pointer_->y(), plots.width(), 1), line);
    const double hz = hz_at(pointer_->x());
    QStringList lines{frequency_text(hz)};
    if (layout_.waterfall.contains(*pointer_)) {
        const double at_s = time_at(pointer_->y());
        if (const auto level = level_at(hz, at_s))
            lines.front() += "   " + qt(quantity_text(shown_level(session_, hz, *level), words_.language()));
        lines << qt(paint::clock_label(at_s, scene_.start, view_.span_s() < 2.0 ? 4 : 1, true, words_.language()));
    } else {
        const double level = layout_.level_scale(levels_).value(pointer_->y());
        lines.front() += "   " + qt(quantity_text({level, Unit::dbfs}, words_.language()));
    }
    paint_readout(painter, *pointer_, lines);
}

void PictureView::paint_box(QPainter& painter) const
{
    if (!box_)
        return;
    const paint::Scale x = layout_.frequency_scale(view_);
    const paint::Scale y = layout_.time_scale(view_);
    const QRectF box = QRectF(QPointF(x.pixel(box_->low_hz), y.pixel(box_->to_s)),
                              QPointF(x.pixel(box_->high_hz), y.pixel(box_->from_s)))
                           .intersected(QRectF(layout_.waterfall));
    QColor fill = theme_.accent;
    fill.setAlphaF(0.15F);
    painter.fillRect(box, fill);
    for (const QRectF side :
         {QRectF(box.left(), box.top(), box.width(), 1), QRectF(box.left(), box.bottom() - 1, box.width(), 1),
          QRectF(box.left(), box.top(), 1, box.height()), QRectF(box.right() - 1, box.top(), 1, box.height())})
        painter.fillRect(side, theme_.accent);
    const auto quantity = [&](double value, Unit unit) { return qt(quantity_text({value, unit}, words_.language())); };
    QStringList lines{frequency_text(0.5 * (box_->low_hz + box_->high_hz)),
                      QString::fromUtf8("Δt  ") + quantity(box_->span_s(), Unit::seconds),
                      QString::fromUtf8("Δf  ") + quantity(box_->span_hz(), Unit::bandwidth)};
    if (box_measure_) {
        lines << words_("gui.box.power") + "  " +
                     qt(quantity_text(
                         shown_level(session_, 0.5 * (box_->low_hz + box_->high_hz), box_measure_->power_dbfs),
                         words_.language()));
        if (box_measure_->occupied_99_hz)
            lines << QString::fromUtf8("99 %  ") + quantity(*box_measure_->occupied_99_hz, Unit::bandwidth);
    }
    paint_readout(painter, box.bottomRight().toPoint() - QPoint(8, 8), lines);
}

void PictureView::paint_cursors(QPainter& painter) const
{
    const paint::Scale x = layout_.frequency_scale(view_);
    const paint::Scale y = layout_.time_scale(view_);
    painter.setFont(scene_.font);
    for (std::size_t i = 0; i < cursors_.size(); ++i) {
        const QPointF at(x.pixel(cursors_[i].hz), y.pixel(cursors_[i].at_s));
        if (!layout_.waterfall.contains(at.toPoint()))
            continue;
        painter.fillRect(QRectF(at.x() - 9.0, at.y() - 1.0, 18.0, 3.0), theme_.casing);
        painter.fillRect(QRectF(at.x() - 1.0, at.y() - 9.0, 3.0, 18.0), theme_.casing);
        painter.fillRect(QRectF(at.x() - 8.0, at.y(), 17.0, 1.0), theme_.text);
        painter.fillRect(QRectF(at.x(), at.y() - 8.0, 1.0, 17.0), theme_.text);
        const QRectF label(at.x() + 6.0, at.y() + 4.0, 14.0, 16.0);
        const bool active = active_cursor_ == i;
        painter.fillRect(label, active ? theme_.accent : theme_.panel);
        painter.setPen(active ? theme_.accent_ink : theme_.text);
        painter.drawText(label, Qt::AlignCenter, QString::number(i + 1));
    }
    if (const QStringList lines = cursor_lines(); !lines.isEmpty())
        paint_readout(painter, layout_.waterfall.topLeft() - QPoint(8, 8), lines);
}

/// How far the marks lie from the first: time, frequency, level.
QStringList PictureView::cursor_lines() const
{
    QStringList lines;
    const auto signed_text = [&](double value, Unit unit) {
        const QString sign = value < 0.0 ? QString::fromUtf8("\u2212") : QString("+");
        return sign + qt(quantity_text({std::abs(value), unit}, words_.language()));
    };
    for (std::size_t i = 1; i < cursors_.size(); ++i) {
        const Cursor& from = cursors_.front();
        const Cursor& to = cursors_[i];
        lines << QString::fromUtf8("%1\u22121   Δt %2   Δf %3   %4")
                     .arg(i + 1)
                     .arg(signed_text(to.at_s - from.at_s, Unit::seconds),
                          signed_text(to.hz - from.hz, Unit::bandwidth),
                          signed_text(to.level_db - from.level_db, Unit::db));
    }
    return lines;
}

void PictureView::toggle_cursor()
{
    if (!session_.recording())
        return;
    const QPoint at = pointer_ && layout_.waterfall.contains(*pointer_) ? *pointer_ : layout_.waterfall.center();
    const paint::Scale x = layout_.frequency_scale(view_);
    const paint::Scale y = layout_.time_scale(view_);
    const auto near = std::ranges::find_if(cursors_, [&](const Cursor& cursor) {
        return std::abs(x.pixel(cursor.hz) - at.x()) < 8.0 && std::abs(y.pixel(cursor.at_s) - at.y()) < 8.0;
    });
    if (near != cursors_.end()) {
        cursors_.erase(near);
        active_cursor_.reset();
    } else if (cursors_.size() < most_cursors) {
        const double hz = hz_at(at.x());
        const double at_s = time_at(at.y());
        cursors_.push_back({hz, at_s, level_at(hz, at_s).value_or(-200.0)});
    }
    update();
}

void PictureView::clear_box()
{
    box_.reset();
    box_measure_.reset();
    update();
}

} // namespace gacsong::gui
