// SPDX-License-Identifier: GPL-3.0-or-later
// The store behind the window: what goes into a case, what is new here, and what was alarmed.
#include "gui/window/window.hpp"
#include "report/cases/audit.hpp"
#include "report/json/message_json.hpp"

#include <QAccessible>
#include <QApplication>
#include <QFileInfo>
#include <algorithm>
#include <chrono>

namespace gacsong::gui {

void Window::connect_office()
{
    connect(&archive_, &Archive::cases_listed, this, &Window::ask_for_case);
    connect(&archive_, &Archive::added, this, &Window::say_added);
    connect(&archive_, &Archive::looked_back, this, [this] {
        if (archive_.heard())
            table_->filter().set_heard(*archive_.heard());
        else
            banners_->show_message("store", Banners::Kind::warning, (*words_)("gui.banner.not_read"),
                                   (*words_)(archive_.heard().error().message), {});
    });
    connect(&archive_, &Archive::looked_up, this, [this] {
        if (archive_.past())
            details_->show_past(*archive_.past());
    });
    connect(&session_, &Session::danger, this, [this](const QString& subject) { take_danger(subject.toStdString()); });
}

/// The findings on what is selected; what has none goes in by itself.
std::vector<ItemAddress> Window::report_items() const
{
    std::string id;
    if (cells_shown_ && cells_->selected())
        id = session_.cells()[static_cast<std::size_t>(*cells_->selected())].id;
    else if (!cells_shown_ && selected_)
        id = session_.emissions()[static_cast<std::size_t>(*selected_)].id;
    std::vector<ItemAddress> items;
    if (id.empty())
        return items;
    for (const Finding& finding : session_.findings_of(id)) {
        if (!finding.id.empty())
            items.push_back({session_.stored_run(), finding.id});
    }
    if (items.empty())
        items.push_back({session_.stored_run(), id});
    return items;
}

void Window::add_selected_to_report()
{
    to_report_ = report_items();
    if (to_report_.empty())
        return;
    if (!archive_.has_store() || !session_.stored_run()) {
        banners_->show_message("report", Banners::Kind::warning, (*words_)("gui.banner.not_reported"),
                               (*words_)(archive_.has_store() ? "gui.case.not_yet" : "gui.case.no_store"), {});
        return;
    }
    archive_.list_cases();
}

void Window::ask_for_case()
{
    const auto& cases = archive_.cases();
    if (!cases) {
        banners_->show_message("report", Banners::Kind::warning, (*words_)("gui.banner.not_reported"),
                               (*words_)(cases.error().message), {});
        return;
    }
    const auto choice = case_answer_ ? case_answer_ : ask_case(this, *words_, *cases);
    if (choice)
        archive_.add(choice->id, choice->title, to_report_);
}

void Window::say_added()
{
    const auto& result = archive_.added_to();
    if (result)
        banners_->show_message("report", Banners::Kind::notice, (*words_)("gui.banner.reported"),
                               (*words_)(Message("gui.case.added", {{"case", *result}})), {});
    else
        banners_->show_message("report", Banners::Kind::warning, (*words_)("gui.banner.not_reported"),
                               (*words_)(result.error().message), {});
}

void Window::show_new_since(std::optional<int> days)
{
    if (!days || !session_.recording()) {
        table_->filter().set_heard(std::nullopt);
        return;
    }
    const StreamInfo& stream = session_.recording()->stream;
    Instant before{
        std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count()};
    before = stream.start.value_or(before);
    constexpr std::int64_t day_ns = 86'400'000'000'000;
    before.unix_ns -= *days * day_ns;
    std::optional<Archive::Place> here;
    if (stream.latitude && stream.longitude)
        here = Archive::Place{*stream.latitude, *stream.longitude};
    archive_.look_back(before, here, session_.stored_run());
}

QString Window::danger_line(const std::string& subject) const
{
    for (const Finding& finding : session_.findings_of(subject)) {
        if (finding.severity == Severity::danger)
            return (*words_)(finding.message);
    }
    return {};
}

void Window::show_subject(const std::string& subject)
{
    const auto& emissions = session_.emissions();
    const auto emission = std::ranges::find(emissions, subject, &Emission::id);
    if (emission != emissions.end()) {
        show_cells(false);
        return select(static_cast<int>(emission - emissions.begin()), true);
    }
    const auto& cells = session_.cells();
    const auto cell = std::ranges::find(cells, subject, &Cell::id);
    if (cell == cells.end())
        return;
    show_cells(true);
    cells_->select(static_cast<int>(cell - cells.begin()));
}

/// What was open when the window was left, or when it was torn down: one press brings it back.
void Window::offer_last()
{
    const QString last = settings_.session_file;
    auto receiver = settings_.session_live ? read_receiver(settings_.session_receiver) : std::nullopt;
    auto recording = read_recording(last.toStdString(), settings_.session_recording);
    // What is stated now is newer than what was stated then.
    if (start_.ppm) {
        recording.ppm = start_.ppm;
        if (receiver)
            receiver->ppm = start_.ppm;
    }
    if (!receiver && (last.isEmpty() || !QFileInfo::exists(last)))
        return;
    QString name = last;
    if (receiver)
        name = receiver->settings.center_hz
                   ? (*words_)(Message("gui.banner.last_receiver",
                                       {{"receiver", receiver->address},
                                        {"center", Quantity{*receiver->settings.center_hz, Unit::frequency}}}))
                   : QString::fromStdString(receiver->address);
    banners_->show_message(
        "last", Banners::Kind::notice, (*words_)("gui.banner.last"), name,
        {{(*words_)("gui.banner.open_again"), [this, recording, receiver, view = settings_.session_view] {
              restored_ = view;
              if (receiver)
                  listen(*receiver);
              else
                  open(recording);
          }}});
}

/// As soon as it gives signal: a program that is torn down has no time to write.
void Window::remember_receiver()
{
    if (!receiver_)
        return;
    settings_.session_receiver = receiver_text(*receiver_);
    settings_.session_live = true;
    save_settings();
}

void Window::remember_view()
{
    if (!session_.recording())
        return;
    settings_.session_view = picture_->view_text();
    save_settings();
}

/// Said once for each; the newest stands in the banner.
void Window::take_danger(const std::string& subject)
{
    const QString line = danger_line(subject);
    std::vector<Banners::Button> buttons{{(*words_)("gui.banner.show"), [this, subject] { show_subject(subject); }}};
    if (settings_.sound)
        buttons.push_back({(*words_)("gui.banner.silence"), [this] { action(Act::alarm_tone).setChecked(false); }});
    banners_->show_message("alarm", Banners::Kind::danger, (*words_)("gui.banner.danger"), line, std::move(buttons));
    if (settings_.sound)
        QApplication::beep();
    QApplication::alert(this);
    QAccessibleEvent event(banners_, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
    for (const Finding& finding : session_.findings_of(subject)) {
        if (finding.severity == Severity::danger)
            return archive_.log("alarm", subject, message_json(finding.message));
    }
}

} // namespace gacsong::gui
