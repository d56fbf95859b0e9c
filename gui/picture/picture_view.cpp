// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/picture/picture_view.hpp"

#include "report/picture/sheet.hpp"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace gacsong::gui {
namespace {

constexpr double usual_span_s = 30.0;
constexpr double least_samples = 64.0; ///< of a view in time
constexpr double db_per_octave = 3.0103;

} // namespace

PictureView::PictureView(Session& session, const Words& words, const paint::Theme& theme, const Settings& settings,
                         QWidget* parent)
    : QWidget(parent), session_(session), words_(words), theme_(theme), settings_(settings),
      map_(settings.map.value_or(paint::default_map(theme.kind)), settings.map_reversed, theme)
{
    setObjectName("picture");
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(words("gui.picture.name"));
    setAccessibleDescription(words("gui.picture.description"));
    setMinimumSize(320, 180);
    scene_.theme = &theme_;
    scene_.words = &words_.wording();
    scene_.map = &map_;
    scene_.waterfall = &waterfall_;
    scene_.font = picture::text_font(settings.density().label());
    scene_.car = settings.car;
    set_switches(settings);
    if (session_.recording())
        reset();
}

void PictureView::reset()
{
    const OpenRecording& recording = *session_.recording();
    scene_.center_hz = recording.stream.center_hz;
    scene_.start = recording.stream.start;
    scene_.sample_rate_hz = recording.stream.sample_rate_hz;
    scene_.gaps = recording.timeline.gaps();
    scene_.plan.clear();
    scene_.licences.clear();
    if (scene_.center_hz) {
        const double half = 0.5 * scene_.sample_rate_hz;
        const double centre = *scene_.center_hz;
        const Instant when = scene_.start.value_or(recording.context->today);
        scene_.plan =
            picture::plan_strips(recording.context->plan, centre, centre - half, centre + half, when, words_.wording());
        if (recording.context->licences)
            scene_.licences = picture::licence_strips(*recording.context->licences, centre, centre - half,
                                                      centre + half, words_.wording());
    }
    levels_pending_ = true;
    selected_.reset();
    box_.reset();
    cursors_.clear();
    active_cursor_.reset();
    selected_note_ = 0;
    take_emissions();
    show_all();
}

void PictureView::show_all()
{
    if (!session_.recording())
        return;
    const double half = 0.5 * scene_.sample_rate_hz;
    const double duration = session_.recording()->timeline.duration_s();
    const double span = session_.recording()->live() ? usual_span_s : std::min(usual_span_s, duration);
    const double end = view_.span_s() > 0.0 && view_.to_s > span ? view_.to_s : span;
    set_view({-half, half, end - span, end});
}

void PictureView::set_view(paint::View view)
{
    if (!session_.recording())
        return;
    const double rate = scene_.sample_rate_hz;
    const double duration = session_.recording()->timeline.duration_s();
    const double longest = session_.recording()->live() ? std::max(duration, usual_span_s) : duration;
    const double width = std::clamp(view.span_hz(), std::min(rate, std::max(100.0, rate / 16'384.0)), rate);
    const double height = std::clamp(view.span_s(), std::min(least_samples / rate, duration), std::max(longest, 1e-6));
    const double middle = std::clamp(0.5 * (view.low_hz + view.high_hz), -0.5 * (rate - width), 0.5 * (rate - width));
    const double end = std::clamp(view.to_s, std::min(height, duration) * 1e-3, std::max(duration, 1e-6));
    const paint::View next{middle - 0.5 * width, middle + 0.5 * width, end - height, end};
    if (next == view_ && !painted_.isNull())
        return;
    view_ = next;
    refresh();
    Q_EMIT view_changed();
}

void PictureView::zoom_frequency(double factor, double at_hz)
{
    paint::View next = view_;
    next.low_hz = at_hz + (view_.low_hz - at_hz) * factor;
    next.high_hz = at_hz + (view_.high_hz - at_hz) * factor;
    set_view(next);
}

void PictureView::zoom_time(double factor, double at_s)
{
    paint::View next = view_;
    next.from_s = at_s + (view_.from_s - at_s) * factor;
    next.to_s = at_s + (view_.to_s - at_s) * factor;
    set_view(next);
}

void PictureView::pan(double part_of_width, double part_of_height)
{
    paint::View next = view_;
    next.low_hz += part_of_width * view_.span_hz();
    next.high_hz += part_of_width * view_.span_hz();
    next.from_s += part_of_height * view_.span_s();
    next.to_s += part_of_height * view_.span_s();
    set_view(next);
}

void PictureView::set_levels(const paint::Levels& levels)
{
    constexpr double least_span = 10.0;
    levels_ = levels;
    levels_.low_db = std::clamp(levels_.low_db, -200.0, 20.0);
    levels_.high_db = std::clamp(levels_.high_db, levels_.low_db + least_span, 40.0);
    levels_bins_ = grid_.log2_bins;
    refresh();
}

void PictureView::automatic_levels()
{
    levels_pending_ = false;
    if (!scene_.traces.empty())
        set_levels(picture::automatic_levels(scene_.traces));
}

void PictureView::set_sizes(const picture::LayoutSizes& sizes)
{
    sizes_ = sizes;
    refresh();
}

void PictureView::set_switches(const Settings& settings)
{
    settings_ = settings;
    scene_.show_markers = settings.markers;
    scene_.show_minimum = settings.minimum;
    refresh();
}

void PictureView::set_selected(std::optional<int> row)
{
    selected_ = row;
    const auto found = row ? std::ranges::find(mark_rows_, *row) : mark_rows_.end();
    scene_.selected.reset();
    if (found != mark_rows_.end())
        scene_.selected = static_cast<std::size_t>(found - mark_rows_.begin());
    dirty_ = true;
    update();
}

void PictureView::bring_into_view(const Emission& emission)
{
    const picture::Mark mark = picture::make_mark(emission, words_.wording());
    bring(mark.low_hz, mark.high_hz, mark.start_s, mark.end_s);
}

void PictureView::bring(double low_hz, double high_hz, double from_s, double to_s)
{
    paint::View next = view_;
    if (high_hz < view_.low_hz || low_hz > view_.high_hz) {
        const double middle = 0.5 * (low_hz + high_hz);
        next.low_hz = middle - 0.5 * view_.span_hz();
        next.high_hz = middle + 0.5 * view_.span_hz();
    }
    if (to_s < view_.from_s || from_s > view_.to_s) {
        next.to_s = std::min(from_s + 0.8 * view_.span_s(), session_.recording()->timeline.duration_s());
        next.from_s = next.to_s - view_.span_s();
    }
    set_view(next);
}

void PictureView::take_emissions()
{
    const auto& emissions = session_.emissions();
    scene_.marks.clear();
    mark_rows_.resize(emissions.size());
    std::iota(mark_rows_.begin(), mark_rows_.end(), 0);
    std::vector<picture::Mark> marks;
    marks.reserve(emissions.size());
    for (const Emission& emission : emissions)
        marks.push_back(picture::make_mark(emission, words_.wording()));
    std::ranges::stable_sort(mark_rows_, [&](int a, int b) {
        return picture::graver(marks[static_cast<std::size_t>(a)], marks[static_cast<std::size_t>(b)]);
    });
    for (const int row : mark_rows_)
        scene_.marks.push_back(std::move(marks[static_cast<std::size_t>(row)]));
    set_selected(selected_);
}

void PictureView::take_rows()
{
    if (session_.recording())
        scene_.gaps = session_.recording()->timeline.gaps();
    refresh();
}

Session::Range PictureView::wanted() const { return {grid_, view_.from_s, view_.to_s}; }

double PictureView::resolution_hz() const { return scene_.sample_rate_hz / std::ldexp(1.0, grid_.log2_bins); }

void PictureView::refresh()
{
    if (session_.recording()) {
        sizes_.plan = settings_.plan && !settings_.car;
        sizes_.licences = settings_.licences && !settings_.car;
        layout_ = picture::make_layout(rect(), sizes_);
        update_grid();
    }
    dirty_ = true;
    update();
}

void PictureView::update_grid()
{
    const double ratio = devicePixelRatioF();
    const TileGrid before = grid_;
    grid_ = choose_grid(session_.recording()->timeline, view_.span_s(),
                        static_cast<int>(layout_.waterfall.height() * ratio), view_.span_hz(),
                        static_cast<int>(layout_.waterfall.width() * ratio));
    if (levels_bins_ != 0 && levels_bins_ != grid_.log2_bins) {
        // The noise in a bin follows its width: levels follow, so that the floor keeps its colour.
        const double shift = db_per_octave * (levels_bins_ - grid_.log2_bins);
        levels_ = {levels_.low_db + shift, levels_.high_db + shift};
        levels_bins_ = grid_.log2_bins;
    }
    if (!(grid_ == before))
        Q_EMIT grid_changed();
}

void PictureView::update_scene()
{
    const bool moved = !(traces_view_ == view_) || traces_generation_ != session_.tiles().generation();
    if (moved) {
        scene_.traces = traces_.make(session_.tiles(), grid_, session_.recording()->timeline, view_.from_s, view_.to_s);
        traces_view_ = view_;
        traces_generation_ = session_.tiles().generation();
    }
    scene_.noise = session_.noise().lines(view_.from_s, view_.to_s, scene_.traces.mean.size(), scene_.sample_rate_hz);
    scene_.hold = {};
    if (settings_.max_hold) {
        for (const std::int16_t level : session_.hold(grid_.log2_bins))
            scene_.hold.maximum.push_back(0.01F * static_cast<float>(level));
    }
    if (levels_pending_ && !scene_.traces.empty()) {
        levels_ = picture::automatic_levels(scene_.traces);
        levels_bins_ = grid_.log2_bins;
        // Rough rows have not seen every peak: once more when they are whole.
        levels_pending_ = session_.rows_pending();
    }
    scene_.view = view_;
    scene_.levels = levels_;
    const double ratio = devicePixelRatioF();
    paint::WaterfallImage::Wanted wanted;
    wanted.view = view_;
    wanted.size = QSize(static_cast<int>(std::lround(layout_.waterfall.width() * ratio)),
                        static_cast<int>(std::lround(layout_.waterfall.height() * ratio)));
    wanted.grid = grid_;
    wanted.levels = levels_;
    wanted.map_version = 1;
    wanted.sample_rate_hz = scene_.sample_rate_hz;
    wanted.plot = theme_.plot.rgb();
    wanted.outside = theme_.background.rgb();
    wanted.hatch = theme_.raised.rgb();
    wanted.hatch_ground = theme_.background.rgb();
    static_cast<void>(waterfall_.update(wanted, map_, session_.tiles()));
}

void PictureView::paint_scene()
{
    const double ratio = devicePixelRatioF();
    const QSize wanted(static_cast<int>(std::lround(width() * ratio)), static_cast<int>(std::lround(height() * ratio)));
    if (painted_.size() != wanted)
        painted_ = QImage(wanted, QImage::Format_RGB32);
    painted_.setDevicePixelRatio(ratio);
    update_scene();
    QPainter painter(&painted_);
    painter.fillRect(rect(), theme_.panel);
    picture::paint_picture(painter, scene_, layout_);
    paint_notes(painter);
    dirty_ = false;
}

void PictureView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    if (!session_.recording()) {
        painter.fillRect(rect(), theme_.plot);
        return;
    }
    if (dirty_)
        paint_scene();
    painter.drawImage(0, 0, painted_);
    paint_box(painter);
    paint_cursors(painter);
    paint_pointer(painter);
    if (hasFocus()) {
        const QRect around = rect();
        for (const QRect side : {QRect(0, 0, around.width(), 2), QRect(0, around.height() - 2, around.width(), 2),
                                 QRect(0, 0, 2, around.height()), QRect(around.width() - 2, 0, 2, around.height())})
            painter.fillRect(side, theme_.accent);
    }
}

void PictureView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    refresh();
    if (session_.recording())
        Q_EMIT view_changed();
}

QImage PictureView::image() const { return painted_; }

bool PictureView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString tip = session_.recording() ? tip_at(help->pos()) : QString();
        if (tip.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), tip, this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace gacsong::gui
