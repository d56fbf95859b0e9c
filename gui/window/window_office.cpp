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
    if (!archive_.file() || !session_.stored_run()) {
        banners_->show_message("report", Banners::Kind::warning, (*words_)("gui.banner.not_reported"),
                               (*words_)(archive_.file() ? "gui.case.not_yet" : "gui.case.no_store"), {});
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

/// As `gacsong scan --annotate`: annotations of others stay, the samples are never touched.
void Window::save_annotations(std::optional<Remark> remark)
{
    if (!session_.recording() || session_.recording()->live())
        return;
    AnnotationsSink sink(words_->wording());
    if (remark)
        sink.add(std::move(*remark));
    Status done = sink.begin(session_.run());
    for (const Emission& emission : session_.emissions()) {
        if (done)
            done = sink.emission(emission);
        for (const Finding& finding : session_.findings_of(emission.id))
            if (done)
                done = sink.finding(finding);
    }
    for (const Gap& gap : session_.gaps())
        if (done)
            done = sink.gap(gap);
    if (done)
        done = sink.end(session_.end().value_or(End{}));
    banners_->show_message("annotated", done ? Banners::Kind::notice : Banners::Kind::warning,
                           (*words_)(done ? "gui.banner.annotated" : "gui.banner.not_saved"),
                           done ? QString::fromStdString(session_.recording()->path) : (*words_)(done.error().message),
                           {});
}

/// A person's words on the box that was drawn, or on the selected emission.
void Window::add_remark()
{
    Remark remark;
    if (const auto& box = picture_->box()) {
        remark = {box->low_hz, box->high_hz, box->from_s, box->to_s, {}, {}};
    } else if (selected_) {
        const Emission& e = session_.emissions()[static_cast<std::size_t>(*selected_)];
        const double half = 0.5 * e.bandwidth_hz;
        remark = {e.offset_hz - half, e.offset_hz + half, e.start_s, e.end_s, {}, {}};
    } else {
        banners_->show_message("annotated", Banners::Kind::notice, (*words_)("gui.remark.needs_place"), {}, {});
        return;
    }
    const auto text = remark_answer_
                          ? remark_answer_
                          : ask_line(this, *words_, (*words_)("gui.act.remark"), (*words_)("gui.remark.text"), {});
    if (!text || text->trimmed().isEmpty())
        return;
    remark.text = text->trimmed().toStdString();
    remark.who = present_hand().who;
    save_annotations(std::move(remark));
}

/// What was open when the window was left, or when it was torn down: one press brings it back.
void Window::offer_last()
{
    const QString last = settings_.session_file;
    if (last.isEmpty() || !QFileInfo::exists(last))
        return;
    banners_->show_message("last", Banners::Kind::notice, (*words_)("gui.banner.last"), last,
                           {{(*words_)("gui.banner.open_again"), [this, last] { open(last.toStdString(), {}); }}});
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
