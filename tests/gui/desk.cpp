// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/desk.hpp"

#include "detect/plan/plan_reader.hpp"
#include "report/wording/data_paths.hpp"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QThread>

namespace gacsong::gui::test {
namespace {

const std::string captures = GACSONG_SOURCE_DIR "/captures";

} // namespace

Result<Comparison> load_files(const ComparisonFiles& files)
{
    Comparison comparison;
    auto context = std::make_shared<JudgeContext>();
    auto plan = load_plan("vn", plan_folders());
    if (!plan)
        return tl::unexpected(plan.error());
    context->plan = std::move(*plan);
    if (!files.register_file.empty()) {
        auto licences = load_register(files.register_file, comparison.problems);
        if (!licences)
            return tl::unexpected(licences.error());
        context->licences = std::move(*licences);
    }
    context->today = Instant{1'793'589'300'000'000'000};
    comparison.context = std::move(context);
    return comparison;
}

WindowStart demo_start(Language language)
{
    WindowStart start;
    start.settings.language = language;
    start.settings.theme = ThemeChoice::dark;
    start.settings.first_run = false;
    start.load = load_files;
    start.files.register_file = captures + "/fm_band/licences.csv";
    start.sample = demo_recording();
    start.sample_register = start.files.register_file;
    return start;
}

std::string demo_recording() { return captures + "/fm_band/fm_98M_2M048.sigmf-meta"; }

bool until(const std::function<bool()>& condition)
{
    // Only a program that hangs ever comes to the end of it.
    const QDeadlineTimer deadline(60'000);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(1);
    }
    return true;
}

void calm()
{
    for (int round = 0; round < 30; ++round)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
}

bool settled(Window& window)
{
    return until([&] {
        return window.session().phase() == Session::Phase::done && !window.session().rows_pending() &&
               !window.picture().unfinished() && !window.picture().scene().traces.empty();
    });
}

} // namespace gacsong::gui::test
