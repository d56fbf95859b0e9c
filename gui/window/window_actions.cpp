// SPDX-License-Identifier: GPL-3.0-or-later
// What the actions of the window do.
#include "gui/window/dialogs.hpp"
#include "gui/window/window.hpp"
#include "report/explain/explain.hpp"
#include "report/lists/append_row.hpp"
#include "report/text/time_text.hpp"
#include "report/text/utf8.hpp"
#include "sdr/inspection.hpp"

#include <fmt/format.h>

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <array>

namespace gacsong::gui {
namespace {

constexpr double zoom_step = 1.25;
constexpr int text_step = 10;
constexpr int most_recent = 8;

QString qt(const std::string& text) { return QString::fromStdString(text); }

} // namespace

void Window::connect_actions()
{
    const auto on = [this](Act act, auto call) { connect(&action(act), &QAction::triggered, this, call); };
    on(Act::open, [this] { choose_file(); });
    on(Act::sample, [this] { open_sample(); });
    on(Act::receiver, [this] {
        auto last = read_receiver(settings_.session_receiver);
        if (last && !last->ppm)
            last->ppm = start_.ppm;
        if (const auto choice = ask_receiver(this, *words_, last, start_.describe_calibration))
            listen(*choice);
    });
    on(Act::stop, [this] {
        session_.stop();
        set_playing(false);
    });
    on(Act::record, [this](bool now) { record(now); });
    on(Act::save_last, [this] { save_last_seconds(); });
    on(Act::save_picture, [this] { save_picture(); });
    on(Act::leave_recording, [this] { close(); });
    on(Act::quit, [] { QApplication::closeAllWindows(); });
    on(Act::settings, [this] {
        if (const auto changed = ask_settings(this, *words_, settings_))
            QMetaObject::invokeMethod(
                this, [this, settings = *changed] { change_settings(settings); }, Qt::QueuedConnection);
    });
    on(Act::shortcuts, [this] { show_shortcuts(this, *words_, settings_.single_keys); });
    on(Act::guide, [this] { show_guide(); });
    on(Act::about, [this] { show_about(); });
    on(Act::waterfall_view, [this] { show_cells(false); });
    on(Act::cells_view, [this] { show_cells(true); });
    on(Act::next_region, [this] { next_region(true); });
    on(Act::previous_region, [this] { next_region(false); });
    connect_view_actions();
    connect_finding_actions();
    connect_replay_actions();
    connect_sound();
}

void Window::switch_setting(bool Settings::*which, bool on)
{
    settings_.*which = on;
    picture_->set_switches(settings_);
    save_settings();
}

void Window::connect_view_actions()
{
    struct Switch {
        Act act;
        bool Settings::*which;
    };
    for (const Switch& one : {Switch{Act::max_hold, &Settings::max_hold}, Switch{Act::plan, &Settings::plan},
                              Switch{Act::licences, &Settings::licences}, Switch{Act::boxes, &Settings::markers},
                              Switch{Act::minimum, &Settings::minimum}, Switch{Act::show_notes, &Settings::notes},
                              Switch{Act::alarm_tone, &Settings::sound}}) {
        action(one.act).setChecked(settings_.*(one.which));
        connect(&action(one.act), &QAction::toggled, this,
                [this, which = one.which](bool now) { switch_setting(which, now); });
    }
    const auto on = [this](Act act, auto call) { connect(&action(act), &QAction::triggered, this, call); };
    const auto later = [this](auto change) {
        QMetaObject::invokeMethod(
            this,
            [this, change] {
                Settings changed = settings_;
                change(changed);
                change_settings(changed);
            },
            Qt::QueuedConnection);
    };
    on(Act::automatic_levels, [this] { picture_->automatic_levels(); });
    on(Act::reset_hold, [this] {
        session_.reset_hold();
        picture_->take_rows();
    });
    on(Act::zoom_in, [this] {
        picture_->zoom_frequency(1.0 / zoom_step, 0.5 * (picture_->view().low_hz + picture_->view().high_hz));
    });
    on(Act::zoom_out,
       [this] { picture_->zoom_frequency(zoom_step, 0.5 * (picture_->view().low_hz + picture_->view().high_hz)); });
    on(Act::show_all, [this] { picture_->show_all(); });
    on(Act::cursor, [this] { picture_->toggle_cursor(); });
    on(Act::go_to_frequency, [this] { go_to_frequency(); });
    action(Act::car).setChecked(settings_.car);
    on(Act::car, [later](bool now) { later([now](Settings& s) { s.car = now; }); });
    action(Act::full_screen).setChecked(isFullScreen());
    on(Act::full_screen, [this](bool now) { now ? showFullScreen() : showNormal(); });
    on(Act::larger,
       [later] { later([](Settings& s) { s.text_percent = std::min(200, s.text_percent + text_step); }); });
    on(Act::smaller,
       [later] { later([](Settings& s) { s.text_percent = std::max(80, s.text_percent - text_step); }); });
    on(Act::restore_layout, [later] { later([](Settings& s) { s.layouts.clear(); }); });
}

void Window::connect_finding_actions()
{
    const auto on = [this](Act act, auto call) { connect(&action(act), &QAction::triggered, this, call); };
    on(Act::next, [this] { step_finding(true); });
    on(Act::previous, [this] { step_finding(false); });
    on(Act::find, [this] {
        table_->parentWidget()->show();
        table_->find();
    });
    on(Act::why, [this] {
        if (selected_)
            show_why(*selected_);
    });
    on(Act::add_to_report, [this] { add_selected_to_report(); });
    on(Act::save_clip, [this] { save_clip(); });
    on(Act::ignore, [this] { ignore_selected(); });
    on(Act::add_to_register, [this] { add_selected_to_register(); });
    on(Act::copy, [this] { copy_selected(); });
}

void Window::connect_replay_actions()
{
    const auto on = [this](Act act, auto call) { connect(&action(act), &QAction::triggered, this, call); };
    action(Act::play).setChecked(playing_);
    on(Act::play, [this](bool now) { set_playing(now); });
    const auto row_s = [this] { return picture_->view().span_s() / std::max(1, picture_->parts().waterfall.height()); };
    on(Act::step_on, [this, row_s] { move_to(picture_->view().to_s + row_s()); });
    on(Act::step_back, [this, row_s] { move_to(picture_->view().to_s - row_s()); });
    on(Act::set_a, [this] {
        loop_from_ = picture_->view().to_s;
        show_state();
    });
    on(Act::set_b, [this] {
        loop_to_ = picture_->view().to_s;
        show_state();
    });
    on(Act::loop, [this](bool) { show_state(); });
    on(Act::go_to_time, [this] { go_to_time(); });
}

void Window::choose_file()
{
    const QString file = QFileDialog::getOpenFileName(
        this, (*words_)("gui.act.open"),
        settings_.recent.isEmpty() ? QString() : QFileInfo(settings_.recent.front()).absolutePath(),
        (*words_)("gui.open.filter"));
    if (!file.isEmpty())
        open(file.toStdString(), {});
}

void Window::open_sample()
{
    if (start_.sample.empty())
        return;
    ComparisonFiles files = session_.files();
    files.register_file = start_.sample_register;
    session_.set_files(files);
    open(start_.sample, {});
}

void Window::show_source_menu(QPoint where)
{
    QMenu menu(this);
    menu.addAction(&action(Act::open));
    menu.addAction(&action(Act::receiver));
    menu.addAction(&action(Act::sample));
    menu.addSeparator();
    for (const QString& file : settings_.recent)
        menu.addAction(QFileInfo(file).fileName(), this, [this, file] { open(file.toStdString(), {}); })
            ->setToolTip(file);
    if (session_.recording() && !session_.recording()->stream.center_hz)
        menu.addAction((*words_)("gui.banner.enter_center"), this, &Window::ask_center);
    menu.exec(where);
}

void Window::save_picture()
{
    if (!session_.recording())
        return;
    const QString file =
        QFileDialog::getSaveFileName(this, (*words_)("gui.act.save_picture"), "gacsong.png", "PNG (*.png)");
    if (file.isEmpty())
        return;
    const bool saved = picture_->image().save(file, "PNG");
    banners_->show_message("picture_saved", saved ? Banners::Kind::notice : Banners::Kind::warning,
                           (*words_)(saved ? "gui.banner.picture_saved" : "gui.banner.picture_failed"), file, {});
}

void Window::go_to_frequency()
{
    if (!session_.recording())
        return;
    const auto text =
        ask_line(this, *words_, (*words_)("gui.act.go_to_frequency"), (*words_)("gui.dialog.frequency"), {});
    const auto hz = text ? read_frequency(*text) : std::nullopt;
    if (!hz)
        return;
    const double at = *hz - session_.recording()->stream.center_hz.value_or(0.0);
    const double half = 0.5 * picture_->view().span_hz();
    picture_->set_view({at - half, at + half, picture_->view().from_s, picture_->view().to_s});
}

void Window::go_to_time()
{
    if (!session_.recording())
        return;
    const auto text = ask_line(this, *words_, (*words_)("gui.act.go_to_time"), (*words_)("gui.dialog.time"), {});
    if (!text)
        return;
    // `10:15:42` of the clock where it is known, otherwise minutes and seconds from the start.
    double seconds = 0.0;
    for (const QString& part : QString(*text).replace(',', '.').split(':'))
        seconds = 60.0 * seconds + part.toDouble();
    const auto& start = session_.recording()->stream.start;
    if (start && text->count(':') == 2) {
        const CivilTime t = civil_time(*start, vietnam_utc_offset_s);
        seconds -= 3600.0 * t.hour + 60.0 * t.minute + t.second + 1e-9 * t.nanosecond;
        if (seconds < 0.0)
            seconds += 86'400.0;
    }
    move_to(seconds);
}

void Window::show_why(int row)
{
    const Emission& emission = session_.emissions()[static_cast<std::size_t>(row)];
    StoredRun run;
    run.run = session_.run();
    const auto findings = session_.findings_of(emission.id);
    show_sections(this, *words_, (*words_)("gui.details.why"), explain(emission, findings, run, words_->wording()));
}

void Window::save_clip()
{
    if (!selected_ || !session_.recording())
        return;
    const Emission& emission = session_.emissions()[static_cast<std::size_t>(*selected_)];
    const QString name = qt(clip_name(emission));
    QString path = clip_folder_.isEmpty() ? QString() : clip_folder_ + "/" + name;
    if (path.isEmpty()) {
        path = QFileDialog::getSaveFileName(this, (*words_)("gui.act.save_clip"), name + ".sigmf-meta",
                                            "SigMF (*.sigmf-meta)");
        if (path.endsWith(".sigmf-meta"))
            path.chop(QString(".sigmf-meta").size());
    }
    if (!path.isEmpty())
        session_.save_clip(*selected_, path.toStdString(), words_->wording());
}

void Window::ignore_selected()
{
    if (!selected_)
        return;
    const Emission emission = session_.emissions()[static_cast<std::size_t>(*selected_)];
    const auto choice = ask_ignore(this, *words_, emission);
    if (!choice)
        return;
    if (settings_.ignore_file.isEmpty() && emission.center_hz) {
        settings_.ignore_file = QFileInfo(SettingsFile::usual_path()).absolutePath() + "/ignore.csv";
        save_settings();
    }
    if (emission.center_hz) {
        const Status kept = append_row(settings_.ignore_file.toStdString(),
                                       ignore_row(emission, choice->width_hz, choice->reason, choice->until),
                                       {"center_hz", "bandwidth_hz"});
        if (!kept) {
            banners_->show_message("ignore_failed", Banners::Kind::warning, (*words_)("gui.banner.not_saved"),
                                   (*words_)(kept.error().message), {});
            return;
        }
        ComparisonFiles files = session_.files();
        files.ignore_file = settings_.ignore_file.toStdString();
        session_.set_files(files);
    }
    session_.mark_ignored(*selected_, choice->reason,
                          choice->until.empty() ? std::nullopt : parse_rfc3339(choice->until));
}

void Window::add_selected_to_register()
{
    if (!selected_)
        return;
    const Emission& emission = session_.emissions()[static_cast<std::size_t>(*selected_)];
    if (!emission.center_hz)
        return;
    const auto choice = ask_register(this, *words_, emission);
    if (!choice)
        return;
    QString file = qt(session_.files().register_file);
    if (file.isEmpty())
        file = QFileDialog::getSaveFileName(this, (*words_)("gui.register.file"), "licences.csv", "CSV (*.csv)",
                                            nullptr, QFileDialog::DontConfirmOverwrite);
    if (file.isEmpty())
        return;
    const Status kept = append_row(file.toStdString(), licence_row(emission, choice->id, choice->holder, choice->note),
                                   {"id", "center_hz"});
    banners_->show_message("register", kept ? Banners::Kind::notice : Banners::Kind::warning,
                           (*words_)(kept ? "gui.banner.registered" : "gui.banner.not_saved"),
                           kept ? file : (*words_)(kept.error().message), {});
}

void Window::copy_selected()
{
    QString text = cells_shown_ ? cells_->copied() : table_->copied();
    for (std::size_t i = 0; i < picture_->cursors().size(); ++i) {
        const Cursor& cursor = picture_->cursors()[i];
        const double centre = session_.recording()->stream.center_hz.value_or(0.0);
        text += QString("M%1\t%2\t%3\t%4\n")
                    .arg(i + 1)
                    .arg(centre + cursor.hz, 0, 'f', 0)
                    .arg(cursor.at_s, 0, 'f', 6)
                    .arg(cursor.level_db, 0, 'f', 1);
    }
    QApplication::clipboard()->setText(text);
}

void Window::show_menu(QPoint where, int row)
{
    if (row >= 0)
        select(row, false);
    QMenu menu(this);
    for (const Act act : {Act::why, Act::add_to_report, Act::save_clip, Act::ignore, Act::add_to_register, Act::copy})
        menu.addAction(&action(act));
    menu.addSeparator();
    for (const Act act : {Act::remark, Act::edit_note, Act::remove_note})
        menu.addAction(&action(act));
    menu.addSeparator();
    for (const Act act : {Act::automatic_levels, Act::show_all, Act::go_to_frequency, Act::save_picture})
        menu.addAction(&action(act));
    menu.exec(where);
}

void Window::next_region(bool forward)
{
    const std::array<QWidget*, 10> regions{
        tools_,           picture_,  &table_->view(), details_, &cells_->table(), &cells_->channels(),
        &cells_->panel(), overview_, transport_,      health_};
    const QWidget* now = QApplication::focusWidget();
    std::size_t at = 0;
    for (std::size_t i = 0; i < regions.size(); ++i) {
        if (regions[i] == now || (now != nullptr && regions[i]->isAncestorOf(now)))
            at = i;
    }
    for (std::size_t step = 1; step <= regions.size(); ++step) {
        const std::size_t next = (at + (forward ? step : regions.size() - step)) % regions.size();
        QWidget* region = regions[next];
        if (!region->isVisible())
            continue;
        if (region->focusPolicy() != Qt::NoFocus) {
            region->setFocus(Qt::TabFocusReason);
            return;
        }
        for (QWidget* child : region->findChildren<QWidget*>()) {
            if (child->isVisible() && child->isEnabled() && (child->focusPolicy() & Qt::TabFocus)) {
                child->setFocus(Qt::TabFocusReason);
                return;
            }
        }
    }
}

void Window::show_guide()
{
    std::vector<Section> cards;
    for (const char* card : {"open", "marker", "select", "keep"})
        cards.push_back({words_->wording().text(fmt::format("gui.guide.{}.title", card)),
                         {words_->wording().text(fmt::format("gui.guide.{}.line", card))}});
    show_sections(this, *words_, (*words_)("gui.act.guide"), cards);
}

void Window::show_about()
{
    show_sections(this, *words_, (*words_)("gui.act.about"),
                  {{"Gác Sóng " GACSONG_VERSION,
                    {words_->wording().text("gui.about.line"), words_->wording().text("gui.about.licence")}}});
}

void Window::ask_center()
{
    const auto text =
        ask_line(this, *words_, (*words_)("gui.banner.enter_center"), (*words_)("gui.dialog.frequency"), {});
    const auto hz = text ? read_frequency(*text) : std::nullopt;
    if (!hz || !session_.recording())
        return;
    sdr::InputFlags flags = session_.recording()->flags;
    flags.center_hz = *hz;
    open({session_.recording()->path, flags, opened_ ? opened_->ppm : start_.ppm});
}

void Window::remember_file(const QString& path)
{
    settings_.recent.removeAll(path);
    settings_.recent.prepend(path);
    while (settings_.recent.size() > most_recent)
        settings_.recent.removeLast();
    settings_.session_file = path;
    settings_.session_recording = opened_ ? recording_text(*opened_) : QString();
    settings_.session_live = false;
    save_settings();
}

} // namespace gacsong::gui
