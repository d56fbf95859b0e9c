// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/picture/overview.hpp"

#include "report/paint/marker.hpp"
#include "report/paint/ticks.hpp"
#include "report/paint/waterfall_image.hpp"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace gacsong::gui {
namespace {

/// Markers grow with the text and stay within its line.
double marker_size(const QFont& font) { return 11.0 * std::max(1.0, font.pixelSize() / 12.0); }

} // namespace

Overview::Overview(Session& session, const Words& words, const paint::Theme& theme, const QFont& font, int gutter,
                   QWidget* parent)
    : QWidget(parent), session_(session), words_(words), theme_(theme), gutter_(gutter)
{
    setObjectName("overview");
    setFont(font);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(words("gui.overview.name"));
    setAccessibleDescription(words("gui.overview.description"));
}

QRect Overview::strip() const
{
    const int below = fontMetrics().height() + 2;
    return {gutter_, 2, std::max(1, width() - gutter_), std::max(8, height() - below - 4)};
}

paint::Scale Overview::scale() const
{
    const double duration = session_.recording() ? session_.recording()->timeline.duration_s() : 1.0;
    return {0.0, duration, static_cast<double>(strip().left()), static_cast<double>(strip().width())};
}

TileGrid Overview::grid() const
{
    const Timeline& timeline = session_.recording()->timeline;
    return choose_grid(timeline, timeline.duration_s(), strip().width(), timeline.sample_rate_hz(),
                       2 * strip().height());
}

std::optional<Session::Range> Overview::wanted() const
{
    if (!session_.recording() || !isVisible())
        return std::nullopt;
    return Session::Range{grid(), 0.0, session_.recording()->timeline.duration_s()};
}

void Overview::reset()
{
    image_ = {};
    generation_ = 0;
    update();
}

void Overview::take_rows() { update(); }

void Overview::take_view(const paint::View& view)
{
    view_ = view;
    update();
}

void Overview::set_loop(std::optional<std::pair<double, double>> loop)
{
    loop_ = loop;
    update();
}

void Overview::paint_rows()
{
    const QRect area = strip();
    if (image_.size() == area.size() && generation_ == session_.tiles().generation())
        return;
    generation_ = session_.tiles().generation();
    image_ = QImage(area.size(), QImage::Format_RGB32);
    image_.fill(theme_.plot);
    const double rate = session_.recording()->timeline.sample_rate_hz();
    const TileGrid wanted = grid();
    const auto height = static_cast<std::size_t>(area.height());
    // Columns of the strip one after the other, each from the lowest frequency up.
    std::vector<std::int16_t> levels(static_cast<std::size_t>(area.width()) * height, Tile::nothing);
    std::optional<paint::Columns> columns;
    std::size_t bins = 0;
    for (int x = 0; x < area.width(); ++x) {
        const double at_s = scale().value(area.left() + x + 0.5);
        const auto row = session_.tiles().find(wanted, static_cast<std::int64_t>(at_s * rate));
        if (!row)
            continue;
        if (row->state() == RowState::lost) {
            for (int y = 0; y < area.height(); ++y)
                reinterpret_cast<QRgb*>(image_.scanLine(y))[x] =
                    (x + y) % 10 < 5 ? theme_.raised.rgb() : theme_.background.rgb();
        }
        if (row->state() != RowState::rough && row->state() != RowState::whole)
            continue;
        if (bins != row->tile->bins()) {
            bins = row->tile->bins();
            columns.emplace(paint::View{-0.5 * rate, 0.5 * rate, 0.0, 1.0}, rate, bins, area.height());
        }
        columns->reduce(row->mean(), std::span(levels).subspan(static_cast<std::size_t>(x) * height, height));
    }
    colour_rows(levels);
}

/// Its bins are wider than those of the picture, so it has levels of its own: from the quiet quarter to the strongest.
void Overview::colour_rows(const std::vector<std::int16_t>& levels)
{
    std::vector<std::int16_t> known;
    std::ranges::copy_if(levels, std::back_inserter(known), [](std::int16_t level) { return level != Tile::nothing; });
    if (known.empty())
        return;
    const auto quarter = known.begin() + static_cast<std::ptrdiff_t>(known.size() / 4);
    std::ranges::nth_element(known, quarter);
    const double low = *quarter - 300.0;
    const double high = std::max(low + 3'000.0, *std::ranges::max_element(known) + 300.0);
    const paint::ColourMap map(paint::default_map(theme_.kind), false, theme_);
    constexpr double last = paint::ColourMap::steps - 1;
    const int height = image_.height();
    for (int y = 0; y < height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(image_.scanLine(y));
        for (int x = 0; x < image_.width(); ++x) {
            const auto at = static_cast<std::size_t>(x) * static_cast<std::size_t>(height) +
                            static_cast<std::size_t>(height - 1 - y);
            if (levels[at] != Tile::nothing)
                line[x] =
                    map.at(static_cast<std::size_t>(std::clamp((levels[at] - low) / (high - low) * last, 0.0, last)));
        }
    }
}

std::vector<std::pair<double, Verdict>> Overview::placed_findings() const
{
    const QRect area = strip();
    const paint::Scale x = scale();
    const double marker_px = marker_size(font());
    const double half = 0.55 * marker_px;
    std::vector<std::pair<double, Verdict>> placed;
    for (const Emission& emission : session_.emissions()) {
        if (paint::gravity(emission.verdict) > paint::Gravity::serious)
            continue;
        const double at = std::clamp(x.pixel(0.5 * (emission.start_s + emission.end_s)), area.left() + half,
                                     std::max(area.left() + half, area.right() - half));
        const auto near =
            std::ranges::find_if(placed, [&](const auto& other) { return std::abs(other.first - at) < marker_px; });
        if (near == placed.end())
            placed.emplace_back(at, emission.verdict);
        else if (paint::gravity(emission.verdict) < paint::gravity(near->second))
            near->second = emission.verdict;
    }
    return placed;
}

void Overview::paint_times(QPainter& painter, const std::vector<std::pair<double, Verdict>>& findings) const
{
    const QRect area = strip();
    const paint::Scale x = scale();
    const auto ticks = paint::time_ticks(0.0, session_.recording()->timeline.duration_s(), area.width(), 110.0,
                                         words_.language(), session_.recording()->stream.start);
    const QFontMetrics metrics(font());
    const double marker_px = marker_size(font());
    const int base = area.bottom() + 3 + metrics.ascent();
    int free_from = 0;
    painter.setPen(theme_.text2);
    for (const auto& tick : ticks.ticks) {
        if (!tick.major)
            continue;
        const QString label = QString::fromStdString(tick.label);
        const int half = metrics.horizontalAdvance(label) / 2 + 1;
        const int at = std::clamp(static_cast<int>(x.pixel(tick.value)), area.left() + half,
                                  std::max(area.left() + half, area.right() - half));
        const bool covered = std::ranges::any_of(
            findings, [&](const auto& finding) { return std::abs(finding.first - at) < half + 0.7 * marker_px; });
        if (at - half < free_from || covered)
            continue;
        free_from = at + half + 12;
        painter.drawText(at - half, base, label);
    }
}

void Overview::paint_frame(QPainter& painter) const
{
    const QRect area = strip();
    const paint::Scale x = scale();
    const double left = x.pixel(std::max(0.0, view_.from_s));
    const double right = std::max(left + 3.0, x.pixel(view_.to_s));
    for (const QRectF side :
         {QRectF(left, area.top() - 1, right - left, 2), QRectF(left, area.bottom(), right - left, 2),
          QRectF(left, area.top() - 1, 2, area.height() + 3)})
        painter.fillRect(side, theme_.accent);
    painter.fillRect(QRectF(right - 2.0, area.top() - 2, 2, area.height() + 5), theme_.text);
}

void Overview::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme_.panel);
    painter.fillRect(0, 0, width(), 1, theme_.line);
    if (!session_.recording())
        return;
    const QRect area = strip();
    paint_rows();
    painter.drawImage(area.topLeft(), image_);
    painter.setPen(theme_.text2);
    painter.drawText(QRect(4, area.top(), gutter_ - 8, area.height()), Qt::AlignVCenter | Qt::TextWordWrap,
                     words_("gui.overview.label"));
    const paint::Scale x = scale();
    if (loop_) {
        QColor shade = theme_.accent;
        shade.setAlphaF(0.25F);
        painter.fillRect(
            QRectF(x.pixel(loop_->first), area.top(), x.pixel(loop_->second) - x.pixel(loop_->first), area.height()),
            shade);
    }
    const auto findings = placed_findings();
    const double marker_px = marker_size(font());
    paint_times(painter, findings);
    for (const auto& [at, verdict] : findings)
        paint::draw_marker(painter, {at, area.bottom() + 1.0 + 0.64 * marker_px}, marker_px,
                           paint::marker_style(verdict, words_.wording()), theme_, theme_.panel);
    paint_frame(painter);
    if (hasFocus()) {
        painter.setPen(QPen(theme_.accent, 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void Overview::mousePressEvent(QMouseEvent* event)
{
    if (!session_.recording() || event->button() != Qt::LeftButton)
        return;
    const double at_s = scale().value(event->position().x());
    const double middle = 0.5 * (view_.from_s + view_.to_s);
    const bool inside = at_s >= view_.from_s && at_s <= view_.to_s;
    grab_s_ = inside ? at_s - middle : 0.0;
    if (!inside)
        Q_EMIT jump(at_s);
}

void Overview::mouseMoveEvent(QMouseEvent* event)
{
    if (session_.recording() && (event->buttons() & Qt::LeftButton))
        Q_EMIT jump(scale().value(event->position().x()) - grab_s_);
}

void Overview::wheelEvent(QWheelEvent* event)
{
    if (session_.recording())
        Q_EMIT zoom(std::pow(1.25, -event->angleDelta().y() / 120.0), 0.5 * (view_.from_s + view_.to_s));
    event->accept();
}

void Overview::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    update();
}

void Overview::keyPressEvent(QKeyEvent* event)
{
    const double middle = 0.5 * (view_.from_s + view_.to_s);
    const double step = 0.25 * view_.span_s();
    if (event->key() == Qt::Key_Left)
        Q_EMIT jump(middle - step);
    else if (event->key() == Qt::Key_Right)
        Q_EMIT jump(middle + step);
    else
        QWidget::keyPressEvent(event);
}

} // namespace gacsong::gui
