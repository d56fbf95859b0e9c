// SPDX-License-Identifier: GPL-3.0-or-later
// What the window does when its session has news, and how it plays.
#include "gui/window/dialogs.hpp"
#include "gui/window/window.hpp"
#include "report/text/utf8.hpp"
#include "sdr/inspection.hpp"

#include <QApplication>
#include <algorithm>

namespace gacsong::gui {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

/// Rows kept ready on both sides of what is shown.
constexpr double prefetch_share = 0.5;
/// "As fast as possible": so many views a second, bounded by how fast rows are made.
constexpr double fastest_views = 1.0;

} // namespace

void Window::connect_session()
{
    connect(&session_, &Session::opening, this, [this] {
        listener_.stop();
        notes_.close();
        set_playing(false);
        loop_from_.reset();
        loop_to_.reset();
        banners_->clear();
        select(std::nullopt, false);
        table_->reset();
        cells_->take_cells();
        show_state();
    });
    connect(&session_, &Session::opened, this, &Window::take_opened);
    connect(&session_, &Session::failed, this, &Window::take_failed);
    connect(&session_, &Session::rows_changed, this, [this] {
        picture_->take_rows();
        overview_->take_rows();
        if (!session_.rows_pending())
            request_rows();
    });
    connect(&session_, &Session::grown, this, &Window::take_growth);
    connect(&session_, &Session::warned, this, &Window::take_warnings);
    connect(&session_, &Session::emissions_added, this, &Window::take_emissions);
    connect(&session_, &Session::cells_changed, this, [this] { cells_->take_cells(); });
    connect(&session_, &Session::emission_leaving, this, [this](int row) { table_->leaving(row); });
    connect(&session_, &Session::emission_left, this, &Window::take_withdrawn);
    connect(&session_, &Session::progressed, this, [this] { health_->refresh(playing_); });
    connect(&session_, &Session::ended, this, &Window::take_ended);
    connect(&session_, &Session::clip_saved, this, &Window::say_clip);
    connect(&session_, &Session::emission_changed, this, [this](int row) {
        table_->changed(row);
        picture_->take_emissions();
        if (selected_ == row)
            details_->show_emission(row);
    });
}

void Window::open(const RecordingChoice& choice)
{
    opened_ = choice;
    session_.set_clock(choice.ppm);
    session_.open(choice.path, choice.flags);
    setWindowTitle((*words_)("gui.name"));
}

void Window::listen(const ReceiverChoice& choice)
{
    receiver_ = choice;
    session_.set_clock(choice.ppm);
    session_.listen(choice.address, choice.settings);
    setWindowTitle((*words_)("gui.name"));
}

void Window::take_growth()
{
    picture_->take_rows();
    listener_.follow(picture_->view().to_s, playing_);
    if (playing_)
        move_to(session_.recording()->timeline.duration_s());
    if (!session_.rows_pending())
        request_rows();
}

void Window::take_warnings(int first)
{
    for (std::size_t i = static_cast<std::size_t>(first); i < session_.warnings().size(); ++i) {
        const Message& message = session_.warnings()[i];
        if (message.key.starts_with("store."))
            banners_->show_message("store", Banners::Kind::warning, (*words_)("gui.banner.not_stored"),
                                   (*words_)(message), {});
        if (message.key == "device.lost")
            banners_->show_message("lost", Banners::Kind::danger, (*words_)(message), (*words_)("gui.banner.lost_line"),
                                   {{(*words_)("gui.act.receiver"), [this] { action(Act::receiver).trigger(); }}});
        if (message.key == "device.back") {
            banners_->remove("lost");
            banners_->show_message("back", Banners::Kind::notice, (*words_)(message), {}, {});
        }
    }
    health_->refresh(playing_);
}

void Window::take_opened()
{
    const OpenRecording& recording = *session_.recording();
    picture_->reset();
    overview_->reset();
    tools_->take_recording();
    overview_->setVisible(room_for_overview());
    if (recording.live())
        remember_receiver();
    else
        remember_file(qt(recording.path));
    if (restored_)
        picture_->restore_view(*std::exchange(restored_, std::nullopt));
    const std::string& input = recording.stream.input;
    setWindowTitle(
        QString("%1 — %2").arg(qt(printable(input.substr(input.find_last_of('/') + 1))), (*words_)("gui.name")));
    if (!recording.stream.center_hz)
        banners_->show_message("no_center", Banners::Kind::notice, (*words_)("gui.banner.no_center"),
                               (*words_)("gui.banner.no_center_line"),
                               {{(*words_)("gui.banner.enter_center"), [this] { ask_center(); }}});
    open_notes();
    show_state();
    request_rows();
    if (recording.live())
        set_playing(true);
    if (!table_->view().hasFocus() && !table_->search().hasFocus())
        picture_->setFocus();
}

void Window::take_failed()
{
    restored_.reset();
    const Error error = *session_.error();
    show_state();
    const bool facts_missing = error.message.key == "file.unknown_format" || error.message.key == "file.needs_rate";
    if (facts_missing && !session_.recording()) {
        if (const auto inspection = sdr::inspect_recording(session_.path(), {})) {
            if (const auto flags = ask_missing_facts(this, *words_, *inspection, {}))
                return open({session_.path(), *flags, opened_ ? opened_->ppm : start_.ppm});
        }
    }
    banners_->show_message("error", Banners::Kind::danger, (*words_)("gui.banner.error"), (*words_)(error.message),
                           {{(*words_)("gui.act.open"), [this] { choose_file(); }}});
}

void Window::take_emissions(int /*first*/, int /*count*/)
{
    picture_->take_emissions();
    table_->take_emissions();
    overview_->update();
    if (settings_.car)
        card_->refresh(selected_, picture_->view().to_s);
    health_->refresh(playing_);
}

void Window::take_withdrawn(int row)
{
    table_->left();
    picture_->take_emissions();
    overview_->update();
    // What was selected stays selected, wherever it stands now.
    if (selected_ && *selected_ >= row)
        select(*selected_ == row ? std::nullopt : std::optional(*selected_ - 1), false);
}

void Window::take_ended()
{
    table_->changed(std::max(0, selected_.value_or(0)));
    show_state();
    const End& end = *session_.end();
    if (!end.complete && !end.interrupted)
        banners_->show_message("incomplete", Banners::Kind::warning, (*words_)("gui.banner.incomplete"),
                               end.why ? (*words_)(*end.why) : QString(), {});
}

void Window::say_clip()
{
    const auto& result = session_.clip();
    if (result)
        banners_->show_message("clip", Banners::Kind::notice, (*words_)("gui.banner.clip_saved"), qt(result->string()),
                               {});
    else
        banners_->show_message("clip", Banners::Kind::warning, (*words_)("gui.banner.not_saved"),
                               (*words_)(result.error().message), {});
}

void Window::show_page()
{
    const bool open = session_.recording().has_value();
    pages_->setCurrentIndex(!open ? 0 : (cells_shown_ ? 2 : 1));
    transport_->setVisible(open && !cells_shown_ && !settings_.car);
    car_->setVisible(open && settings_.car);
    car_->take_source(open && session_.recording()->live());
    action(Act::waterfall_view).setChecked(!cells_shown_);
    action(Act::cells_view).setChecked(cells_shown_);
}

void Window::show_cells(bool shown)
{
    cells_shown_ = shown;
    show_page();
    if (shown)
        cells_->table().setFocus();
    else
        picture_->setFocus();
}

void Window::select(std::optional<int> row, bool bring_into_view)
{
    if (row && *row >= static_cast<int>(session_.emissions().size()))
        row.reset();
    selected_ = row;
    picture_->set_selected(row);
    table_->set_selected(row);
    if (settings_.car)
        card_->refresh(row, picture_->view().to_s);
    details_->show_emission(row);
    if (row)
        if (const Emission& e = session_.emissions()[static_cast<std::size_t>(*row)]; e.center_hz)
            archive_.look_up(*e.center_hz, e.bandwidth_hz, session_.stored_run());
    for (const Act act : {Act::save_clip, Act::ignore, Act::add_to_register, Act::why})
        action(act).setEnabled(row.has_value());
    action(Act::add_to_report).setEnabled(!report_items().empty() || !start_.store);
    show_sound();
    if (row && bring_into_view)
        picture_->bring_into_view(session_.emissions()[static_cast<std::size_t>(*row)]);
}

void Window::show_details(int row)
{
    select(row, false);
    if (class_ != SizeClass::large) {
        card_->hide();
        table_->hide();
        table_->parentWidget()->hide();
        details_->show();
    }
    details_->setFocus();
}

void Window::step_finding(bool forward)
{
    if (const auto row = table_->step(forward, true)) {
        select(row, true);
        if (!details_->isVisible() && !table_->isVisible())
            details_->show();
    }
}

void Window::request_rows()
{
    if (!session_.recording() || building_)
        return;
    const Session::Range shown = picture_->wanted();
    std::vector<Session::Range> ranges{shown};
    if (const auto all = overview_->wanted())
        ranges.push_back(*all);
    const double more = prefetch_share * (shown.to_s - shown.from_s);
    ranges.push_back({shown.grid, shown.to_s, shown.to_s + more});
    ranges.push_back({shown.grid, shown.from_s - more, shown.from_s});
    session_.want(ranges);
}

void Window::show_state()
{
    tools_->take_recording();
    const bool open = session_.recording().has_value();
    show_page();
    for (const Act act : {Act::save_picture, Act::automatic_levels, Act::go_to_frequency, Act::go_to_time, Act::play,
                          Act::step_back, Act::step_on, Act::cursor, Act::show_all, Act::zoom_in, Act::zoom_out})
        action(act).setEnabled(open);
    action(Act::stop).setEnabled(session_.phase() == Session::Phase::scanning);
    const bool receiving = open && session_.recording()->live() && session_.phase() == Session::Phase::scanning;
    action(Act::record).setEnabled(receiving || recorder_.running());
    action(Act::record).setChecked(recorder_.running());
    action(Act::save_last).setEnabled(receiving && !recorder_.running());
    const bool replay = open && !session_.recording()->live();
    action(Act::annotate).setEnabled(replay && session_.phase() == Session::Phase::done);
    for (const Act act : {Act::remark, Act::notes})
        action(act).setEnabled(replay);
    for (const Act act : {Act::next_mark, Act::previous_mark})
        action(act).setEnabled(open);
    action(Act::sample).setEnabled(!start_.sample.empty());
    if (open) {
        tools_->take_view(picture_->view().span_hz(), picture_->resolution_hz());
        overview_->take_view(picture_->view());
        overview_->set_loop(loop_from_ && loop_to_ && *loop_from_ < *loop_to_
                                ? std::optional(std::pair(*loop_from_, *loop_to_))
                                : std::nullopt);
    }
    transport_->take_position(picture_->view().to_s, playing_);
    if (settings_.car)
        card_->refresh(selected_, picture_->view().to_s);
    show_sound();
    health_->refresh(playing_);
}

void Window::set_playing(bool playing)
{
    playing_ = playing && session_.recording();
    action(Act::play).setChecked(playing_);
    if (playing_) {
        const double duration = session_.recording()->timeline.duration_s();
        if (session_.recording()->live())
            return show_state(); // the newest stays on top as it comes
        if (picture_->view().to_s >= duration - 1e-9)
            move_to(loop_from_.value_or(0.0));
        since_.restart();
        clock_.start();
    } else {
        clock_.stop();
    }
    show_state();
}

void Window::advance()
{
    if (!session_.recording())
        return set_playing(false);
    const double elapsed_s = 1e-3 * static_cast<double>(since_.restart());
    const double speed = transport_->speed();
    const double step = speed > 0.0 ? speed * elapsed_s : fastest_views * picture_->view().span_s() * elapsed_s;
    double next = picture_->view().to_s + step;
    const double duration = session_.recording()->timeline.duration_s();
    if (action(Act::loop).isChecked()) {
        const double from = loop_from_.value_or(0.0);
        const double to = loop_to_ && *loop_to_ > from ? *loop_to_ : duration;
        if (next >= to)
            next = from;
    } else if (next >= duration) {
        move_to(duration);
        return set_playing(false);
    }
    move_to(next);
}

void Window::move_to(double end_s)
{
    const paint::View view = picture_->view();
    picture_->set_view({view.low_hz, view.high_hz, end_s - view.span_s(), end_s});
}

} // namespace gacsong::gui
