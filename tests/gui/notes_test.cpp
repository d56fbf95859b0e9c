// SPDX-License-Identifier: GPL-3.0-or-later
// Annotations in the window: shown, made, moved, changed and taken away, by mouse and by keyboard, and written.
#include "gui/models/notes_model.hpp"
#include "tests/gui/desk.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTimer>
#include <cmath>
#include <fstream>

namespace gacsong::gui {
namespace {

using nlohmann::json;
using test::until;

class AnnotatedWindow : public testing::Test {
protected:
    void SetUp() override
    {
        const std::filesystem::path demo = test::demo_recording();
        std::filesystem::copy_file(std::filesystem::path(demo).replace_extension(".sigmf-data"),
                                   folder.path() / "copy.sigmf-data");
        json meta = json::parse(gacsong::test::read_file(demo));
        meta["global"]["lab:shelf"] = "B 7";
        meta["annotations"] = json::array({{{"core:sample_start", 40'960},
                                            {"core:sample_count", 102'400},
                                            {"core:freq_lower_edge", 98.1e6},
                                            {"core:freq_upper_edge", 98.25e6},
                                            {"core:label", "Ệ nhãn"},
                                            {"core:comment", "đo lần đầu"},
                                            {"lab:colour", "#abc"}}});
        std::ofstream(file()) << meta.dump();
        open();
    }
    void open()
    {
        WindowStart start = test::demo_start(Language::vi);
        start.settings_path = QString::fromStdString((folder.path() / "window.ini").string());
        start.settings = SettingsFile(start.settings_path).load();
        start.settings.language = Language::vi;
        window = std::make_unique<Window>(std::move(start));
        window->resize(1920, 1080);
        window->show();
        window->open(file().string(), {});
        ASSERT_TRUE(test::settled(*window));
        ASSERT_TRUE(until([&] { return !window->notes().all().empty(); }));
    }
    [[nodiscard]] std::filesystem::path file() const { return folder.path() / "copy.sigmf-meta"; }
    [[nodiscard]] json annotations(const std::filesystem::path& where) const
    {
        return json::parse(gacsong::test::read_file(where)).at("annotations");
    }
    [[nodiscard]] QPoint at(double hz, double s) const
    {
        const PictureView& picture = window->picture();
        return QPointF(picture.parts().frequency_scale(picture.view()).pixel(hz),
                       picture.parts().time_scale(picture.view()).pixel(s))
            .toPoint();
    }
    [[nodiscard]] const Note& note(std::size_t i) const { return window->notes().all()[i]; }
    /// Fills the next dialog by its fields and accepts it.
    void answer_dialog(const std::vector<std::pair<QString, QString>>& fields)
    {
        QTimer::singleShot(0, window.get(), [fields] {
            auto* dialog = QApplication::activeModalWidget();
            ASSERT_NE(dialog, nullptr);
            for (const auto& [name, text] : fields) {
                if (auto* line = dialog->findChild<QLineEdit*>(name))
                    line->setText(text);
                else if (auto* box = dialog->findChild<QPlainTextEdit*>(name))
                    box->setPlainText(text);
                else
                    ADD_FAILURE() << name.toStdString();
            }
            for (auto* button : dialog->findChildren<QPushButton*>())
                if (button->isDefault())
                    return button->click();
        });
    }

    const gacsong::test::TemporaryFolder folder;
    std::unique_ptr<Window> window;
};

TEST_F(AnnotatedWindow, ShowsThoseOfTheRecording)
{
    ASSERT_EQ(window->notes().all().size(), 1U);
    EXPECT_EQ(note(0).label, "Ệ nhãn");
    const double centre = *window->session().recording()->stream.center_hz;
    ASSERT_TRUE(note(0).edges_hz);
    EXPECT_NEAR(note(0).edges_hz->first, 98.1e6 - centre, 0.5);
    EXPECT_NEAR(note(0).from_s, 40'960 / 2.048e6, 1e-6);
    // Its frame stands in the picture where it says, and goes with the switch.
    PictureView& picture = window->picture();
    const QPoint edge = at(note(0).edges_hz->first, 0.5 * (note(0).from_s + note(0).to_s));
    const auto around = [&] {
        test::calm();
        return picture.grab().toImage().copy(edge.x() - 4, edge.y() - 4, 9, 9);
    };
    const QImage with = around();
    window->action(Act::show_notes).setChecked(false);
    EXPECT_NE(with, around());
    window->action(Act::show_notes).setChecked(true);
    EXPECT_EQ(with, around());
    EXPECT_TRUE(window->settings().notes);
}

TEST_F(AnnotatedWindow, IsMovedByMouseAndKeepsItsOtherFields)
{
    PictureView& picture = window->picture();
    const double middle_s = 0.5 * (note(0).from_s + note(0).to_s);
    const QPoint frame = at(note(0).edges_hz->first, middle_s);
    QTest::mouseClick(&picture, Qt::LeftButton, {}, frame);
    ASSERT_EQ(picture.selected_note(), note(0).id);
    const double width = note(0).edges_hz->second - note(0).edges_hz->first;
    const double low = note(0).edges_hz->first;
    const double from = note(0).from_s;
    // Within it: as a whole.
    const QPoint inside = at(0.5 * (note(0).edges_hz->first + note(0).edges_hz->second), middle_s);
    QTest::mousePress(&picture, Qt::LeftButton, {}, inside);
    QTest::mouseMove(&picture, inside + QPoint(20, 0));
    QTest::mouseMove(&picture, inside + QPoint(40, 0));
    QTest::mouseRelease(&picture, Qt::LeftButton, {}, inside + QPoint(40, 0));
    const double per_pixel = picture.view().span_hz() / picture.parts().waterfall.width();
    EXPECT_NEAR(note(0).edges_hz->first, low + 40.0 * per_pixel, 1.0);
    EXPECT_NEAR(note(0).edges_hz->second - note(0).edges_hz->first, width, 1.0);
    EXPECT_NEAR(note(0).from_s, from, 1e-9);
    // At its left edge: that one only.
    const QPoint left = at(note(0).edges_hz->first, middle_s);
    QTest::mousePress(&picture, Qt::LeftButton, {}, left);
    QTest::mouseMove(&picture, left - QPoint(15, 0));
    QTest::mouseMove(&picture, left - QPoint(30, 0));
    QTest::mouseRelease(&picture, Qt::LeftButton, {}, left - QPoint(30, 0));
    EXPECT_NEAR(note(0).edges_hz->second - note(0).edges_hz->first, width + 30.0 * per_pixel, 1.0);
    window->notes().finish();
    const json all = annotations(file());
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].at("lab:colour"), "#abc");
    EXPECT_NEAR(all[0].at("core:freq_lower_edge").get<double>(), 98.1e6 + 10.0 * per_pixel, 2.0);
    EXPECT_NE(gacsong::test::read_file(file()).find("B 7"), std::string::npos);
}

TEST_F(AnnotatedWindow, MakesChangesAndDeletesByKeysAlone)
{
    PictureView& picture = window->picture();
    picture.setFocus();
    QTest::keyClick(&picture, Qt::Key_Right, Qt::ShiftModifier); // a box in the middle
    ASSERT_TRUE(picture.box());
    const paint::View first = *picture.box();
    QTest::keyClick(&picture, Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_LT(picture.box()->low_hz, first.low_hz);
    EXPECT_NEAR(picture.box()->span_hz(), first.span_hz(), 1.0);
    QTest::keyClick(&picture, Qt::Key_Right, Qt::ShiftModifier | Qt::ControlModifier);
    EXPECT_GT(picture.box()->span_hz(), first.span_hz() + 1.0);
    const paint::View box = *picture.box();
    answer_dialog({{"label", "bộ đàm"}, {"comment", "nghe hai lần"}});
    window->action(Act::remark).trigger();
    ASSERT_EQ(window->notes().all().size(), 2U);
    EXPECT_FALSE(picture.box());
    const std::uint64_t made = picture.selected_note();
    ASSERT_NE(window->notes().find(made), nullptr);
    EXPECT_EQ(window->notes().find(made)->label, "bộ đàm");
    EXPECT_NEAR(window->notes().find(made)->edges_hz->first, box.low_hz, 1e-6);
    // Enter opens it; its box is typed.
    answer_dialog({{"low", "98,2"}, {"high", "98,3"}, {"from", "0,05"}, {"to", "0,1"}});
    QTest::keyClick(&picture, Qt::Key_Return);
    const double centre = *window->session().recording()->stream.center_hz;
    EXPECT_NEAR(window->notes().find(made)->edges_hz->second, 98.3e6 - centre, 1e-3);
    EXPECT_NEAR(window->notes().find(made)->to_s, 0.1, 1e-9);
    window->notes().finish();
    json all = annotations(file());
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1].at("core:label"), "bộ đàm");
    EXPECT_EQ(all[1].at("core:sample_start"), 102'400);
    EXPECT_TRUE(all[1].at("core:generator").get<std::string>().starts_with("person: "));
    // From mark to mark, and away with it.
    window->action(Act::next_mark).trigger();
    EXPECT_EQ(picture.selected_note(), note(0).id);
    window->action(Act::previous_mark).trigger();
    EXPECT_EQ(picture.selected_note(), made);
    window->action(Act::remove_note).trigger();
    EXPECT_EQ(window->notes().find(made), nullptr);
    EXPECT_EQ(picture.selected_note(), 0U);
    window->notes().finish();
    EXPECT_EQ(annotations(file()).size(), 1U);
    auto* banner = window->findChild<QWidget*>("note_removed");
    ASSERT_NE(banner, nullptr);
    banner->findChildren<QPushButton*>().front()->click();
    ASSERT_TRUE(until([&] { return window->notes().find(made) != nullptr; }));
    window->notes().finish();
    EXPECT_EQ(annotations(file()).size(), 2U);
}

TEST_F(AnnotatedWindow, IsRefusedWithoutWordsOrWithOddEdges)
{
    for (const auto& fields : std::vector<std::vector<std::pair<QString, QString>>>{
             {{"label", ""}, {"comment", " "}}, {{"low", "99"}, {"high", "98"}}, {{"from", "-1"}}, {{"to", "x"}}}) {
        answer_dialog(fields);
        QTimer::singleShot(50, window.get(), [] {
            auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
            ASSERT_NE(dialog, nullptr) << "it must not have closed";
            dialog->reject();
        });
        Q_EMIT window->picture().note_wanted(note(0).id);
        EXPECT_EQ(note(0).label, "Ệ nhãn");
    }
}

TEST_F(AnnotatedWindow, GoesElsewhereFromAReadOnlyPlaceAndIsFoundThereAgain)
{
    // As on a stick that cannot be written: no file can be made beside it.
    const std::filesystem::path other = folder.path() / "other";
    std::filesystem::create_directory(other);
    Note changed = note(0);
    changed.comment = "đo lần hai";
    std::filesystem::rename(folder.path(), folder.path().string() + ".away");
    window->notes().put(changed);
    ASSERT_TRUE(until([&] { return window->findChild<QWidget*>("annotated") != nullptr; }));
    QWidget* banner = window->findChild<QWidget*>("annotated");
    std::filesystem::rename(folder.path().string() + ".away", folder.path());
    EXPECT_TRUE(window->notes().unsaved());
    EXPECT_TRUE(banner->accessibleName().contains("copy.sigmf-meta")) << banner->accessibleName().toStdString();
    window->set_clip_folder(QString::fromStdString(other.string()));
    banner->findChildren<QPushButton*>().front()->click();
    ASSERT_TRUE(until([&] { return !window->notes().unsaved(); }));
    EXPECT_EQ(annotations(file())[0].at("core:comment"), "đo lần đầu");
    EXPECT_EQ(annotations(other / "copy.sigmf-meta")[0].at("core:comment"), "đo lần hai");
    window.reset();
    open();
    EXPECT_EQ(note(0).comment, "đo lần hai");
}

TEST_F(AnnotatedWindow, IsReadToThoseWhoDoNotSee)
{
    QAccessibleInterface* picture = QAccessible::queryAccessibleInterface(&window->picture());
    ASSERT_NE(picture, nullptr);
    const int emissions = static_cast<int>(window->session().emissions().size());
    ASSERT_EQ(picture->childCount(), emissions + 1);
    const QString said = picture->child(emissions)->text(QAccessible::Name);
    EXPECT_TRUE(said.contains("Ệ nhãn") && said.contains("mê-ga-héc")) << said.toStdString();
    window->action(Act::notes).trigger();
    auto* list = window->findChild<QDialog*>("note_list");
    ASSERT_NE(list, nullptr);
    auto* table = list->findChild<QTableView*>("notes");
    ASSERT_EQ(table->model()->rowCount(), 1);
    EXPECT_FALSE(table->accessibleName().isEmpty());
    table->setCurrentIndex(table->model()->index(0, 0));
    EXPECT_EQ(window->picture().selected_note(), note(0).id);
    QTest::keyClick(table, Qt::Key_Delete);
    EXPECT_TRUE(window->notes().all().empty());
    EXPECT_EQ(table->model()->rowCount(), 0);
}

TEST(NotesModel, PassesTheTesterOfModels)
{
    auto words = load_words(Language::vi);
    ASSERT_TRUE(words);
    NotesModel model(*words);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Note a;
    a.id = 7;
    a.from_s = 2.0;
    a.label = "a\nb";
    Note b = a;
    b.id = 9;
    b.from_s = 1.0;
    b.edges_hz = std::pair(-500.0, 500.0);
    model.set_notes({a, b}, 100e6);
    EXPECT_EQ(model.row_of(9), 0);
    EXPECT_EQ(model.index(0, NotesModel::frequency).data().toString(), "100,0000");
    EXPECT_EQ(model.index(1, NotesModel::frequency).data().toString(), "cả dải");
    EXPECT_FALSE(model.index(1, NotesModel::label).data().toString().contains('\n'));
    model.set_notes({}, std::nullopt);
    EXPECT_EQ(model.rowCount(), 0);
}

} // namespace
} // namespace gacsong::gui
