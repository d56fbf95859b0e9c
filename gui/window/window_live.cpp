// SPDX-License-Identifier: GPL-3.0-or-later
// Recording what a receiver gives, beside looking at it.
#include "gui/window/window.hpp"

#include <QFileDialog>
#include <chrono>

namespace gacsong::gui {
namespace {

constexpr double last_seconds = 10.0;

Instant now()
{
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(since).count()};
}

} // namespace

void Window::connect_live()
{
    connect(&recorder_, &LiveRecorder::started, this, [this] { show_state(); });
    connect(&recorder_, &LiveRecorder::finished, this, &Window::say_recorded);
}

QString Window::recording_path(Act act)
{
    const QString name = QString::fromStdString(usual_recording_name(session_.recording()->stream, now()));
    if (!clip_folder_.isEmpty())
        return clip_folder_ + "/" + name;
    QString path = QFileDialog::getSaveFileName(this, action(act).text(), name + ".sigmf-meta", "SigMF (*.sigmf-meta)");
    if (path.endsWith(".sigmf-meta"))
        path.chop(QString(".sigmf-meta").size());
    return path;
}

void Window::record(bool on)
{
    if (!on) {
        recorder_.stop();
        return show_state();
    }
    if (session_.recording() && session_.recording()->live())
        if (const QString path = recording_path(Act::record); !path.isEmpty())
            recorder_.start(session_.recording()->link, path.toStdString());
    show_state();
}

void Window::save_last_seconds()
{
    if (!session_.recording() || !session_.recording()->live())
        return;
    // What is in memory now is meant, not what will be when the dialog closes: ten seconds and the time to answer.
    const auto asked = std::chrono::steady_clock::now();
    const QString path = recording_path(Act::save_last);
    const std::chrono::duration<double> answered = std::chrono::steady_clock::now() - asked;
    if (!path.isEmpty())
        recorder_.save_last(session_.recording()->link, path.toStdString(), last_seconds + answered.count());
}

void Window::say_recorded()
{
    const auto& result = recorder_.result();
    if (result)
        banners_->show_message("recorded", Banners::Kind::notice, (*words_)("gui.banner.recorded"),
                               (*words_)(Message("record.done", {{"file", result->meta_path},
                                                                 {"n", static_cast<std::int64_t>(result->samples)},
                                                                 {"gaps", static_cast<std::int64_t>(result->gaps)}})),
                               {});
    else
        banners_->show_message("recorded", Banners::Kind::warning, (*words_)("gui.banner.not_saved"),
                               (*words_)(result.error().message), {});
    show_state();
}

} // namespace gacsong::gui
