// SPDX-License-Identifier: GPL-3.0-or-later
// The real window, as an inspector uses it.
#include "tests/gui/desk.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMenuBar>
#include <QTest>
#include <cmath>

namespace gacsong::gui {
namespace {

using test::settled;
using test::until;

class OpenWindow : public testing::Test {
protected:
    void open(Language language = Language::vi, QSize size = {1920, 1080})
    {
        window = std::make_unique<Window>(test::demo_start(language));
        window->resize(size);
        window->show();
        window->open(test::demo_recording(), {});
        ASSERT_TRUE(settled(*window));
    }
    const Emission& emission(int row) const { return window->session().emissions()[static_cast<std::size_t>(row)]; }
    void press(QWidget& where, Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier)
    {
        where.setFocus();
        QTest::keyClick(&where, key, with);
    }

    std::unique_ptr<Window> window;
};

TEST_F(OpenWindow, FindsThePirateByKeyboardAndKeepsIt)
{
    open();
    window->activateWindow();
    press(window->picture(), Qt::Key_N);
    if (!window->picture().selected())
        window->action(Act::next).trigger(); // a platform without focus gives no shortcuts
    ASSERT_TRUE(window->picture().selected());
    bool found = false;
    for (int tries = 0; tries < 5 && !found; ++tries) {
        found = emission(*window->picture().selected()).verdict == Verdict::unlicensed;
        if (!found)
            window->action(Act::next).trigger();
    }
    ASSERT_TRUE(found);
    const Emission& pirate = emission(*window->picture().selected());
    EXPECT_NEAR(*pirate.center_hz, 97.7e6, 2e3);
    // Linked both ways, and the details begin with a sentence.
    EXPECT_EQ(window->table().selected(), window->picture().selected());
    const auto* sentence = window->details().findChild<QLabel*>("sentence");
    ASSERT_NE(sentence, nullptr);
    EXPECT_TRUE(sentence->text().contains("Không thấy giấy phép")) << sentence->text().toStdString();

    const gacsong::test::TemporaryFolder folder;
    window->set_clip_folder(QString::fromStdString(folder.path().string()));
    window->action(Act::save_clip).trigger();
    const auto meta = folder.path() / (clip_name(pirate) + ".sigmf-meta");
    ASSERT_TRUE(until([&] { return std::filesystem::exists(meta); }));
    const auto clip = sdr::open_recording(meta.string(), {});
    ASSERT_TRUE(clip);
    EXPECT_EQ(clip->source->info().center_hz, 98.05e6);

    window->action(Act::copy).trigger();
    EXPECT_TRUE(QApplication::clipboard()->text().contains("97.7")) << QApplication::clipboard()->text().toStdString();
}

TEST_F(OpenWindow, SelectingInTheTableSelectsInThePicture)
{
    open();
    QTableView& table = window->table().view();
    table.setCurrentIndex(table.model()->index(2, 0));
    ASSERT_TRUE(window->picture().selected());
    EXPECT_EQ(window->picture().selected(), window->table().selected());
    ASSERT_TRUE(window->picture().scene().selected);
    const auto& mark = window->picture().scene().marks[*window->picture().scene().selected];
    EXPECT_EQ(mark.id, emission(*window->table().selected()).id);
    press(window->picture(), Qt::Key_Escape);
    EXPECT_FALSE(window->picture().selected());
    EXPECT_FALSE(window->table().selected());
}

TEST_F(OpenWindow, TabWalksTheEmissionsInTheOrderOfTheTable)
{
    open();
    QStringList walked;
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(window->picture().step(true));
        walked << QString::fromStdString(emission(*window->picture().selected()).id);
    }
    EXPECT_FALSE(window->picture().step(true)) << "the focus must be able to leave";
    EXPECT_EQ(QSet<QString>(walked.begin(), walked.end()).size(), 5);
}

TEST_F(OpenWindow, ChangesItsLanguageAndKeepsWhatIsOpen)
{
    open();
    window->table().view().setCurrentIndex(window->table().view().model()->index(0, 0));
    const auto selected = window->picture().selected();
    const paint::View view = window->picture().view();
    EXPECT_TRUE(window->menuBar()->actions().front()->text().contains("Tệp"));
    Settings settings = window->settings();
    settings.language = Language::en;
    window->change_settings(settings);
    EXPECT_TRUE(window->menuBar()->actions().front()->text().contains("File"));
    EXPECT_EQ(window->table().view().model()->headerData(0, Qt::Horizontal).toString(), "Comparison");
    EXPECT_EQ(window->picture().selected(), selected);
    EXPECT_NEAR(window->picture().view().to_s, view.to_s, 1e-9);
    EXPECT_EQ(window->session().emissions().size(), 5U);
}

TEST_F(OpenWindow, ZoomsAtThePointerAndPans)
{
    open();
    PictureView& picture = window->picture();
    const QPointF at(picture.parts().waterfall.left() + 0.25 * picture.parts().waterfall.width(),
                     picture.parts().waterfall.center().y());
    const double before = picture.parts().frequency_scale(picture.view()).value(at.x());
    QWheelEvent wheel(at, picture.mapToGlobal(at), {}, QPoint(0, 480), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                      false);
    QApplication::sendEvent(&picture, &wheel);
    EXPECT_NEAR(picture.view().span_hz(), 2.048e6 / std::pow(1.25, 4), 1.0);
    EXPECT_NEAR(picture.parts().frequency_scale(picture.view()).value(at.x()), before, 200.0);
    const double low = picture.view().low_hz;
    picture.pan(0.1, 0.0);
    EXPECT_GT(picture.view().low_hz, low);
    picture.show_all();
    EXPECT_NEAR(picture.view().span_hz(), 2.048e6, 1.0);
    // Never beyond the band or the recording.
    picture.pan(5.0, 5.0);
    EXPECT_LE(picture.view().high_hz, 1.024e6 + 1.0);
    EXPECT_LE(picture.view().to_s, 0.2151);
}

TEST_F(OpenWindow, FollowsItsSize)
{
    open(Language::en, {1920, 1080});
    EXPECT_TRUE(window->details().isVisible());
    EXPECT_TRUE(window->table().isVisible());
    window->resize(960, 1000);
    test::calm();
    EXPECT_TRUE(window->table().isVisible());
    EXPECT_FALSE(window->details().isVisible());
    EXPECT_GT(window->table().mapTo(window.get(), QPoint(0, 0)).y(),
              window->picture().mapTo(window.get(), QPoint(0, 0)).y());
    EXPECT_GE(window->picture().parts().waterfall.height(), 200);
    window->resize(1280, 720);
    test::calm();
    EXPECT_GE(window->picture().parts().waterfall.height(), 200);
}

TEST_F(OpenWindow, PlaysStepsAndStops)
{
    open();
    PictureView& picture = window->picture();
    picture.set_view({picture.view().low_hz, picture.view().high_hz, 0.0, 0.05});
    const double begin = picture.view().to_s;
    window->action(Act::step_on).trigger();
    EXPECT_GT(picture.view().to_s, begin);
    window->action(Act::play).trigger();
    EXPECT_TRUE(until([&] { return picture.view().to_s > 0.15 || !window->action(Act::play).isChecked(); }));
    EXPECT_TRUE(until([&] { return !window->action(Act::play).isChecked(); })) << "it stops at the end";
    EXPECT_NEAR(picture.view().to_s, window->session().recording()->timeline.duration_s(), 1e-6);
}

TEST_F(OpenWindow, ShowsAnErrorAndStaysUsable)
{
    open();
    window->open("/nonexistent/file.wav", {});
    ASSERT_TRUE(until([&] { return window->session().phase() == Session::Phase::failed; }));
    QCoreApplication::processEvents();
    const auto* banner = window->findChild<QWidget*>("error");
    ASSERT_NE(banner, nullptr);
    EXPECT_TRUE(banner->accessibleName().contains("file.wav")) << banner->accessibleName().toStdString();
    window->open(test::demo_recording(), {});
    EXPECT_TRUE(settled(*window));
}

TEST_F(OpenWindow, LetsGoOfWhatWasWithdrawn)
{
    open();
    const auto tap = window->session().tap();
    Emission begun = emission(0);
    begun.id = "e90";
    begun.verdict = Verdict::protected_band;
    Finding finding;
    finding.subject = begun.id;
    ASSERT_TRUE(tap->started(begun, std::span(&finding, 1)));
    ASSERT_TRUE(until([&] { return window->session().emissions().size() == 6; }));
    // One told of and taken back before the window looked never shows.
    begun.id = "e91";
    ASSERT_TRUE(tap->started(begun, {}));
    ASSERT_TRUE(tap->withdrawn("e91", Message("warn.withdrawn")));
    // The first row goes: what is selected behind it stays selected.
    window->table().view().setCurrentIndex(window->table().view().model()->index(1, 0));
    ASSERT_TRUE(window->picture().selected());
    const std::string kept = emission(*window->picture().selected()).id;
    const std::string gone = kept == emission(0).id ? emission(1).id : emission(0).id;
    ASSERT_TRUE(tap->withdrawn(gone, Message("warn.withdrawn")));
    ASSERT_TRUE(tap->withdrawn("e90", Message("warn.withdrawn")));
    ASSERT_TRUE(until([&] { return window->session().emissions().size() == 4; }));
    EXPECT_TRUE(window->session().findings_of("e90").empty());
    EXPECT_EQ(window->table().view().model()->rowCount(), 4);
    EXPECT_EQ(window->picture().scene().marks.size(), 4U);
    ASSERT_TRUE(window->picture().selected());
    EXPECT_EQ(emission(*window->picture().selected()).id, kept);
    EXPECT_EQ(window->table().selected(), window->picture().selected());
}

TEST_F(OpenWindow, ShowsFloorAndThresholdsAtTheLevelOfItsBins)
{
    open();
    const auto& scene = window->picture().scene();
    ASSERT_EQ(scene.noise.floor.size(), scene.traces.mean.size());
    // Between the stations the mean trace lies on the floor.
    std::vector<float> above;
    for (std::size_t k = 0; k < scene.noise.floor.size(); ++k) {
        above.push_back(scene.traces.mean[k] - scene.noise.floor[k]);
        EXPECT_GT(scene.noise.open[k], scene.noise.close[k]);
        EXPECT_GT(scene.noise.close[k], scene.noise.floor[k]);
    }
    std::ranges::nth_element(above, above.begin() + static_cast<std::ptrdiff_t>(above.size() / 4));
    EXPECT_NEAR(above[above.size() / 4], 0.0F, 1.5F);
}

TEST_F(OpenWindow, IgnoringCountsAtOnce)
{
    open();
    const auto row =
        static_cast<int>(std::ranges::find(window->session().emissions(), Verdict::unlicensed, &Emission::verdict) -
                         window->session().emissions().begin());
    window->session().mark_ignored(row, "thử", std::nullopt);
    EXPECT_EQ(emission(row).verdict, Verdict::ignored);
    EXPECT_TRUE(window->session().findings_of(emission(row).id).empty());
    const auto& marks = window->picture().scene().marks;
    EXPECT_TRUE(std::ranges::none_of(marks, [](const auto& mark) { return mark.verdict == Verdict::unlicensed; }));
}

TEST_F(OpenWindow, KeepsPlacesInBothThemes)
{
    open();
    test::calm();
    const QRect dark = window->picture().parts().waterfall;
    Settings settings = window->settings();
    settings.theme = ThemeChoice::light;
    window->change_settings(settings);
    test::calm();
    EXPECT_EQ(window->picture().parts().waterfall, dark);
}

TEST_F(OpenWindow, ClosesWhileItWorks)
{
    for (int i = 0; i < 6; ++i) {
        Window busy(test::demo_start(Language::en));
        busy.show();
        busy.open(test::demo_recording(), {});
        for (int k = 0; k < 2 * i; ++k)
            QCoreApplication::processEvents();
        busy.close();
    }
}

TEST(SettingsFile, KeepsEverythingAndSetsABrokenFileAside)
{
    const gacsong::test::TemporaryFolder folder;
    const QString path = QString::fromStdString((folder.path() / "window.ini").string());
    const SettingsFile file(path);
    Settings settings;
    settings.language = Language::en;
    settings.theme = ThemeChoice::light;
    settings.text_percent = 150;
    settings.map = paint::MapKind::cividis;
    settings.car = true;
    settings.recent = {"/a b/ế.wav", "c"};
    settings.layouts["1"] = QByteArray("\0\1\2", 3);
    file.save(settings);
    const Settings read = file.load();
    EXPECT_EQ(read.language, Language::en);
    EXPECT_EQ(read.theme, ThemeChoice::light);
    EXPECT_EQ(read.text_percent, 150);
    EXPECT_EQ(read.map, paint::MapKind::cividis);
    EXPECT_TRUE(read.car);
    EXPECT_EQ(read.recent, settings.recent);
    EXPECT_EQ(read.layouts["1"], settings.layouts["1"]);
}

} // namespace
} // namespace gacsong::gui
