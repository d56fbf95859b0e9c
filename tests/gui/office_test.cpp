// SPDX-License-Identifier: GPL-3.0-or-later
// The store behind the window: runs are kept, findings go into cases, what was heard before can be left out, alarms
// are logged, and what a receiver gives can be recorded.
#include "report/cases/audit.hpp"
#include "sdr/recording.hpp"
#include "tests/gui/desk.hpp"
#include "tests/gui/replayed.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAction>
#include <QCoreApplication>

namespace gacsong::gui {
namespace {

using test::until;

class WithAStore : public testing::Test {
protected:
    void SetUp() override
    {
        file = folder.path() / "store.sqlite";
        WindowStart start = test::demo_start(Language::vi);
        start.store = file;
        window = std::make_unique<Window>(std::move(start));
        window->resize(1280, 720);
        window->show();
    }
    void open()
    {
        window->open(test::demo_recording(), {});
        ASSERT_TRUE(test::settled(*window));
        ASSERT_TRUE(window->session().stored_run());
    }
    int row_of(Verdict verdict) const
    {
        const auto& all = window->session().emissions();
        return static_cast<int>(std::ranges::find(all, verdict, &Emission::verdict) - all.begin());
    }
    QWidget* banner(const char* name) const { return window->findChild<QWidget*>(name); }

    const gacsong::test::TemporaryFolder folder;
    std::filesystem::path file;
    std::unique_ptr<Window> window;
};

TEST_F(WithAStore, ARunIsKeptAsAScanKeepsIt)
{
    open();
    const auto store = Store::open(file, false);
    ASSERT_TRUE(store);
    const auto run = (*store)->run(window->session().stored_run());
    ASSERT_TRUE(run && *run);
    EXPECT_TRUE((*run)->end.complete);
    EXPECT_EQ((*store)->emissions((*run)->number)->size(), 5U);
}

TEST_F(WithAStore, AddToReportEndsInACase)
{
    open();
    const auto& table = window->table().view();
    const_cast<QTableView&>(table).setCurrentIndex(table.model()->index(0, 0));
    ASSERT_TRUE(window->picture().selected());
    window->set_case_answer({"", "Can nhiễu 97,7 MHz"});
    window->action(Act::add_to_report).trigger();
    ASSERT_TRUE(until([&] { return banner("report") != nullptr; }));
    ASSERT_TRUE(window->archive().added_to());
    const std::string id = *window->archive().added_to();
    EXPECT_TRUE(banner("report")->accessibleName().contains(QString::fromStdString(id)));
    // A second one goes into the same case.
    window->set_case_answer({id, ""});
    window->findChild<QTableView*>("emissions")->setCurrentIndex(table.model()->index(1, 0));
    int told = 0;
    QObject::connect(&window->archive(), &Archive::added, window.get(), [&told] { ++told; });
    window->action(Act::add_to_report).trigger();
    ASSERT_TRUE(until([&] { return told == 1; }));
    const auto store = Store::open(file, false);
    ASSERT_TRUE(store);
    Cases cases(**store, present_hand());
    const auto contents = cases.contents(id);
    ASSERT_TRUE(contents);
    EXPECT_EQ(contents->file.title, "Can nhiễu 97,7 MHz");
    EXPECT_GE(contents->items.size(), 2U);
    EXPECT_TRUE(examine_audit((*store)->connection())->problems.empty());
}

TEST_F(WithAStore, WhatWasHeardBeforeCanBeLeftOut)
{
    // An earlier run heard all but the pirate.
    {
        const auto store = Store::open(file);
        ASSERT_TRUE(store);
        gacsong::Run run;
        run.program = "test";
        ASSERT_TRUE((*store)->begin(run));
        int n = 0;
        for (const double mhz : {97.4, 98.0, 98.3205, 98.6}) {
            Emission e;
            e.id = "e" + std::to_string(++n);
            e.center_hz = mhz * 1e6;
            e.bandwidth_hz = 140e3;
            e.start = Instant{1'700'000'000'000'000'000};
            ASSERT_TRUE((*store)->add(e));
        }
        ASSERT_TRUE((*store)->commit({}));
    }
    open();
    QAbstractItemModel& rows = *window->table().view().model();
    EXPECT_EQ(rows.rowCount(), 5);
    window->table().since().setCurrentIndex(1);
    ASSERT_TRUE(until([&] { return rows.rowCount() == 1; })) << rows.rowCount();
    EXPECT_TRUE(rows.index(0, column_of("frequency")).data().toString().contains("97,7"));
    window->table().since().setCurrentIndex(0);
    EXPECT_EQ(rows.rowCount(), 5);
}

TEST_F(WithAStore, ADangerIsSaidOnceAndLogged)
{
    open();
    const auto tap = window->session().tap();
    Finding finding;
    finding.id = "f90";
    finding.subject = "c9";
    finding.severity = Severity::danger;
    finding.message = Message("verdict.fake.short");
    int said = 0;
    QObject::connect(&window->session(), &Session::danger, window.get(), [&said](const QString&) { ++said; });
    ASSERT_TRUE(tap->finding(finding));
    finding.id = "f91";
    ASSERT_TRUE(tap->finding(finding));
    ASSERT_TRUE(until([&] { return banner("alarm") != nullptr; }));
    test::calm();
    EXPECT_EQ(said, 1);
    window->archive().finish();
    const auto store = Store::open(file, false);
    ASSERT_TRUE(store);
    const auto entries = audit_entries((*store)->connection());
    ASSERT_TRUE(entries);
    EXPECT_EQ(std::ranges::count(*entries, "alarm", &AuditEntry::action), 1);
    EXPECT_TRUE(examine_audit((*store)->connection())->problems.empty());
    // Its tone is switched off in one place.
    window->action(Act::alarm_tone).setChecked(true);
    EXPECT_TRUE(window->settings().sound);
    window->action(Act::alarm_tone).setChecked(false);
    EXPECT_FALSE(window->settings().sound);
}

TEST_F(WithAStore, WithoutARunInTheStoreNothingIsAddedAndThatIsSaid)
{
    WindowStart start = test::demo_start(Language::en);
    Window other(std::move(start));
    other.show();
    other.open(test::demo_recording(), {});
    ASSERT_TRUE(test::settled(other));
    other.table().view().setCurrentIndex(other.table().view().model()->index(0, 0));
    other.action(Act::add_to_report).trigger();
    QCoreApplication::processEvents();
    const auto* said = other.findChild<QWidget*>("report");
    ASSERT_NE(said, nullptr);
    EXPECT_TRUE(said->accessibleName().contains("--no-store")) << said->accessibleName().toStdString();
}

TEST_F(WithAStore, ReceivedSignalIsRecordedAndTheLastSecondsAreSaved)
{
    qputenv("SOAPY_SDR_PLUGIN_PATH", GACSONG_SOAPY_MODULES);
    EXPECT_FALSE(window->action(Act::record).isEnabled());
    window->listen(test::replayed());
    ASSERT_TRUE(until([&] { return window->action(Act::save_last).isEnabled(); }));
    window->set_clip_folder(QString::fromStdString(folder.path().string()));
    ASSERT_TRUE(until([&] { return window->session().recording()->timeline.duration_s() > 0.1; }));
    int ended = 0;
    QObject::connect(&window->recorder(), &LiveRecorder::finished, window.get(), [&ended] { ++ended; });
    window->action(Act::save_last).trigger();
    ASSERT_TRUE(until([&] { return ended == 1; }));
    ASSERT_TRUE(window->recorder().result());
    EXPECT_GE(window->recorder().result()->samples, 100'000U);
    EXPECT_TRUE(sdr::open_recording(window->recorder().result()->meta_path, {}));
    EXPECT_NE(banner("recorded"), nullptr);
    window->action(Act::record).setChecked(false);
    window->action(Act::record).trigger();
    EXPECT_TRUE(window->recorder().running());
    EXPECT_TRUE(window->action(Act::record).isChecked());
    const double now = window->session().recording()->timeline.duration_s();
    ASSERT_TRUE(until([&] { return window->session().recording()->timeline.duration_s() > now + 0.2; }));
    window->action(Act::record).trigger();
    ASSERT_TRUE(until([&] { return ended == 2; }));
    EXPECT_FALSE(window->recorder().running());
    ASSERT_TRUE(window->recorder().result());
    EXPECT_GT(window->recorder().result()->samples, 0U);
    EXPECT_TRUE(sdr::open_recording(window->recorder().result()->meta_path, {}));
    window->session().stop();
}

} // namespace
} // namespace gacsong::gui
