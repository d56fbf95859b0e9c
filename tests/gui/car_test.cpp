// SPDX-License-Identifier: GPL-3.0-or-later
// The window in a car: large targets, one card, six buttons; and what is written beside a recording.
#include "tests/gui/desk.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <fstream>
#include <sstream>

namespace gacsong::gui {
namespace {

class InACar : public testing::TestWithParam<Language> {
protected:
    void SetUp() override { open(test::demo_start(GetParam())); }

    void open(WindowStart start)
    {
        start.settings.car = true;
        window = std::make_unique<Window>(std::move(start));
        window->resize(1280, 720);
        window->show();
        window->open(test::demo_recording(), {});
        ASSERT_TRUE(test::settled(*window));
        test::calm();
    }
    std::unique_ptr<Window> window;
};

TEST_P(InACar, NoTargetIsSmallerThanAFinger)
{
    int seen = 0;
    for (QWidget* widget : window->findChildren<QWidget*>()) {
        const bool target = qobject_cast<QAbstractButton*>(widget) != nullptr ||
                            qobject_cast<QLineEdit*>(widget) != nullptr || qobject_cast<QComboBox*>(widget) != nullptr;
        // Parts that Qt puts into others: the cross in a line edit, the corner of a table.
        if (!target || !widget->isVisible() || qobject_cast<QLineEdit*>(widget->parentWidget()) != nullptr ||
            qobject_cast<QAbstractItemView*>(widget->parentWidget()) != nullptr)
            continue;
        ++seen;
        const QString text = widget->accessibleName();
        EXPECT_GE(widget->height(), 48) << widget->objectName().toStdString() << ' ' << text.toStdString();
        EXPECT_GE(widget->width(), 48) << widget->objectName().toStdString() << ' ' << text.toStdString();
    }
    EXPECT_GT(seen, 10);
    EXPECT_GE(window->table().view().rowHeight(0), 48);
}

TEST_P(InACar, TheCardShowsTheGravestAndSixButtonsStandBelow)
{
    ASSERT_TRUE(window->card().isVisible());
    ASSERT_TRUE(window->card().shown());
    const Emission& gravest = window->session().emissions()[static_cast<std::size_t>(*window->card().shown())];
    EXPECT_LE(paint::gravity(gravest.verdict), paint::Gravity::serious);
    EXPECT_FALSE(window->card().accessibleName().contains('['));
    EXPECT_TRUE(window->card().accessibleName().contains("dBFS")) << window->card().accessibleName().toStdString();
    int buttons = 0;
    for (const auto* button : window->findChild<QWidget*>("car_buttons")->findChildren<QPushButton*>()) {
        if (!button->isVisible())
            continue;
        ++buttons;
        EXPECT_GE(button->height(), 60);
        EXPECT_GE(button->width(), 120);
        EXPECT_FALSE(button->accessibleName().isEmpty());
    }
    EXPECT_EQ(buttons, 6);
    // The card follows what is selected, and the way back to the desk needs no menu.
    window->table().view().setCurrentIndex(window->table().view().model()->index(4, 0));
    EXPECT_EQ(window->card().shown(), window->table().selected());
    window->action(Act::car).trigger();
    test::calm();
    EXPECT_FALSE(window->card().isVisible());
}

TEST_P(InACar, WhatGaveWayToLargeTextIsThereWhenItIsSought)
{
    WindowStart start = test::demo_start(GetParam());
    start.settings.text_percent = 200;
    ASSERT_NO_FATAL_FAILURE(open(std::move(start)));
    EXPECT_FALSE(window->table().search().isVisible()) << "with room for it this shows nothing";
    window->action(Act::find).trigger();
    test::calm();
    EXPECT_TRUE(window->table().search().isVisible());
    EXPECT_EQ(window->focusWidget(), &window->table().search());
}

INSTANTIATE_TEST_SUITE_P(BothLanguages, InACar, testing::Values(Language::vi, Language::en));

TEST(Movement, ComparesSixSecondsWithThoseBefore)
{
    std::vector<std::optional<double>> levels(24, -70.0);
    EXPECT_EQ(movement({}).trend, Trend::unknown);
    levels.insert(levels.end(), 6, -61.0);
    EXPECT_EQ(movement(levels).trend, Trend::closer);
    EXPECT_NEAR(movement(levels).change_db, 9.0, 1e-9);
    std::ranges::fill(levels.begin() + 24, levels.end(), std::optional(-71.9));
    EXPECT_EQ(movement(levels).trend, Trend::steady);
    std::ranges::fill(levels.begin() + 24, levels.end(), std::optional(-75.0));
    EXPECT_EQ(movement(levels).trend, Trend::away);
    // Nothing was received lately: nobody knows.
    std::ranges::fill(levels.begin() + 24, levels.end(), std::optional<double>());
    EXPECT_EQ(movement(levels).trend, Trend::unknown);
}

TEST(Annotations, AreWrittenBesideTheRecordingAndKeepThoseOfOthers)
{
    const gacsong::test::TemporaryFolder folder;
    const std::filesystem::path demo = test::demo_recording();
    for (const char* suffix : {".sigmf-meta", ".sigmf-data"})
        std::filesystem::copy_file(std::filesystem::path(demo).replace_extension(suffix),
                                   folder.path() / (std::string("copy") + suffix));
    const auto meta = folder.path() / "copy.sigmf-meta";
    Window window(test::demo_start(Language::en));
    window.show();
    window.open(meta.string(), {});
    ASSERT_TRUE(test::settled(window));
    window.action(Act::annotate).trigger();
    EXPECT_NE(window.findChild<QWidget*>("annotated"), nullptr);
    std::stringstream text;
    text << std::ifstream(meta).rdbuf();
    std::size_t annotations = 0;
    for (std::size_t at = text.str().find("core:sample_count"); at != std::string::npos;
         at = text.str().find("core:sample_count", at + 1))
        ++annotations;
    EXPECT_GE(annotations, 5U);
    EXPECT_NE(text.str().find("97"), std::string::npos);
    // A remark of a person stays when what was found is written anew, and once.
    Note answer;
    answer.comment = "heard from the roof";
    window.set_note_answer(answer);
    ASSERT_TRUE(test::until([&] { return window.notes().all().size() >= 5; }));
    window.action(Act::next).trigger();
    window.action(Act::remark).trigger();
    window.action(Act::annotate).trigger();
    text.str({});
    text << std::ifstream(meta).rdbuf();
    const std::size_t remark = text.str().find("heard from the roof");
    ASSERT_NE(remark, std::string::npos);
    EXPECT_EQ(text.str().find("heard from the roof", remark + 1), std::string::npos);
}

TEST(LastSession, IsOfferedAfterAWindowThatWasTornDown)
{
    const gacsong::test::TemporaryFolder folder;
    const QString path = QString::fromStdString((folder.path() / "window.ini").string());
    WindowStart start = test::demo_start(Language::en);
    start.settings_path = path;
    {
        Window window(start);
        window.show();
        window.open(test::demo_recording(), {});
        ASSERT_TRUE(test::settled(window));
        // It is not closed: what was open stands in the file already.
        EXPECT_EQ(SettingsFile(path).load().session_file.toStdString(), test::demo_recording());
    }
    start.settings = SettingsFile(path).load();
    Window again(std::move(start));
    again.show();
    QWidget* banner = again.findChild<QWidget*>("last");
    ASSERT_NE(banner, nullptr);
    banner->findChildren<QPushButton*>().front()->click();
    EXPECT_TRUE(test::settled(again));
    EXPECT_EQ(again.session().path(), test::demo_recording());
}

} // namespace
} // namespace gacsong::gui
