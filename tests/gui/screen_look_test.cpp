// SPDX-License-Identifier: GPL-3.0-or-later
// What the screen shows: markers, frames, colours, order, focus, and what stands where nothing is to be shown.
#include "tests/gui/desk.hpp"
#include "tests/gui/seen_text.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/support/sources.hpp"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <fstream>

namespace gacsong::gui {
namespace {

using test::SeenText;
using test::until;

QRectF place_of(const QWidget& widget, const QWidget& in)
{
    return {widget.mapTo(&in, QPoint(0, 0)), QSizeF(widget.size())};
}

int count_of(const QImage& image, const QRectF& where, const QColor& colour)
{
    const QRect area = where.toAlignedRect().intersected(image.rect());
    int found = 0;
    for (int y = area.top(); y <= area.bottom(); ++y)
        for (int x = area.left(); x <= area.right(); ++x)
            found += (image.pixel(x, y) & 0xFFFFFFU) == (colour.rgb() & 0xFFFFFFU) ? 1 : 0;
    return found;
}

/// The picture on its own, at a ratio of device pixels.
QImage painted(const PictureView& picture, double ratio)
{
    QImage image(picture.size() * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    QPainter painter(&image);
    picture::paint_picture(painter, picture.scene(), picture.parts());
    return image;
}

class Look : public testing::TestWithParam<ThemeChoice> {
protected:
    void SetUp() override
    {
        WindowStart start = test::demo_start(Language::en);
        start.settings.theme = GetParam();
        window = std::make_unique<Window>(std::move(start));
        window->resize(1920, 1080);
        window->show();
        window->open(test::demo_recording(), {});
        ASSERT_TRUE(test::settled(*window));
        window->action(Act::next).trigger();
        ASSERT_TRUE(until([&] { return !window->session().plots().spectrum_db.empty(); }));
        test::calm();
        theme = &paint::theme(GetParam() == ThemeChoice::dark ? paint::ThemeKind::dark : paint::ThemeKind::light);
    }
    const picture::Scene& scene() const { return window->picture().scene(); }
    QRectF box_of(const picture::Mark& mark) const
    {
        return picture::mark_box(mark, scene().view, window->picture().parts());
    }
    const picture::Mark& selected() const { return scene().marks[*scene().selected]; }

    std::unique_ptr<Window> window;
    const paint::Theme* theme = nullptr;
};

TEST_P(Look, OnlyFindingsHaveAFrame)
{
    const QImage image = painted(window->picture(), 1.0);
    const QRect ground = window->picture().parts().waterfall;
    int findings = 0;
    for (const picture::Mark& mark : scene().marks) {
        const QRectF box = box_of(mark);
        const QColor colour = paint::line_colour(*theme, mark.style.gravity);
        const QRectF left(box.left() - 3.0, ground.center().y(), 4.0, 1.0);
        const int framed = count_of(image, left, colour);
        EXPECT_EQ(framed, mark.style.gravity <= paint::Gravity::serious ? 2 : 0) << mark.id;
        findings += framed > 0 ? 1 : 0;
    }
    EXPECT_EQ(findings, 2);
    // And only they have a label with their frequency.
    const auto texts = test::texts_of(window->picture().size(), [&](QPaintDevice& device) {
        QPainter painter(&device);
        picture::paint_waterfall(painter, scene(), window->picture().parts());
    });
    for (const picture::Mark& mark : scene().marks) {
        const bool labelled =
            std::ranges::any_of(texts, [&](const SeenText& text) { return text.text == mark.frequency; });
        EXPECT_EQ(labelled, mark.style.gravity <= paint::Gravity::unknown) << mark.frequency.toStdString();
    }
}

TEST_P(Look, SelectionIsAccentInRowMarkerAndFrameAtOnce)
{
    ASSERT_TRUE(scene().selected);
    const QImage image = painted(window->picture(), 1.0);
    const picture::Layout& parts = window->picture().parts();
    const QRectF box = box_of(selected());
    EXPECT_EQ(count_of(image, {box.left() - 8.0, parts.waterfall.center().y() * 1.0, 2.0, 1.0}, theme->accent), 2);
    const double x = parts.frequency_scale(scene().view).pixel(selected().center_hz);
    EXPECT_GT(count_of(image, {x - 20.0, parts.lane.top() * 1.0, 40.0, parts.lane.height() * 1.0}, theme->accent), 60);
    const QTableView& table = window->table().view();
    const QRect row = table.visualRect(table.currentIndex());
    const QPointF at = place_of(*table.viewport(), *window).topLeft() + row.topLeft();
    EXPECT_EQ(count_of(window->grab().toImage(), {at.x(), at.y() + 10.0, 3.0, 1.0}, theme->accent), 3);
}

TEST_P(Look, TheSameMarkerStandsInAllPlaces)
{
    const QString letter = selected().style.letter;
    const auto in_picture = test::texts_of(window->picture().size(), [&](QPaintDevice& device) {
        QPainter painter(&device);
        picture::paint_picture(painter, scene(), window->picture().parts());
    });
    const picture::Layout& parts = window->picture().parts();
    int lane = 0;
    int label = 0;
    for (const SeenText& text : in_picture) {
        if (text.text != letter)
            continue;
        lane += parts.lane.contains(text.box.center().toPoint()) ? 1 : 0;
        label += parts.waterfall.contains(text.box.center().toPoint()) ? 1 : 0;
    }
    EXPECT_EQ(lane, 1);
    EXPECT_EQ(label, 1);
    const QTableView& table = window->table().view();
    const auto rows = test::texts_of(*table.viewport());
    const QRectF row = table.visualRect(table.currentIndex());
    EXPECT_TRUE(std::ranges::any_of(
        rows, [&](const SeenText& text) { return text.text == letter && row.contains(text.box.center()); }));
    // In the details it is a picture: that of its verdict.
    bool same = false;
    for (const QLabel* one : window->details().findChildren<QLabel*>()) {
        const QPixmap shown = one->pixmap();
        if (shown.isNull())
            continue;
        QPixmap wanted(shown.size());
        wanted.fill(Qt::transparent);
        QPainter painter(&wanted);
        const double size = shown.width();
        paint::draw_marker(painter, {0.5 * size, 0.5 * size}, 0.92 * size, selected().style, *theme, theme->panel);
        painter.end();
        same = same || wanted.toImage() == shown.toImage();
    }
    EXPECT_TRUE(same);
}

TEST_P(Look, TheFloorIsQuietAndTheWeakestFindingIsNot)
{
    const paint::Levels levels = scene().levels;
    const auto colour = [&](double level) {
        const double share = std::clamp(levels.share(level), 0.0, 1.0);
        return QColor::fromRgb(scene().map->at(static_cast<std::size_t>(share * (paint::ColourMap::steps - 1))));
    };
    std::vector<float> floor = scene().noise.floor;
    ASSERT_FALSE(floor.empty());
    std::ranges::nth_element(floor, floor.begin() + static_cast<std::ptrdiff_t>(floor.size() / 2));
    const QColor quiet = colour(static_cast<double>(floor[floor.size() / 2]));
    EXPECT_LT(paint::contrast(quiet, theme->plot), 1.5);
    double weakest = 0.0;
    for (const picture::Mark& mark : scene().marks)
        if (mark.style.gravity <= paint::Gravity::serious)
            weakest = std::min(weakest, picture::peak_level(scene(), mark));
    EXPECT_GT(paint::contrast(colour(weakest), quiet), 2.0);
}

TEST_P(Look, TheRampBesideTheLevelsHasTheEndsOfThePicture)
{
    const QImage image = painted(window->picture(), 1.0);
    const QRect plot = window->picture().parts().spectrum;
    // 6 px wide, 4 px left of the plot; the two handles cover its ends.
    const int x = plot.left() - 8;
    const auto near = [](QRgb a, QRgb b) {
        return std::abs(qRed(a) - qRed(b)) + std::abs(qGreen(a) - qGreen(b)) + std::abs(qBlue(a) - qBlue(b)) < 24;
    };
    EXPECT_TRUE(near(image.pixel(x, plot.top() + 2), scene().map->at(paint::ColourMap::steps - 1)));
    EXPECT_TRUE(near(image.pixel(x, plot.bottom() - 2), scene().map->at(0)));
}

TEST_P(Look, ThereIsOnePrimaryButtonInARegion)
{
    for (const char* region : {"tool_bar", "emission_panel", "transport", "health", "car_buttons", "banners"}) {
        const auto* part = window->findChild<QWidget*>(region);
        ASSERT_NE(part, nullptr) << region;
        int primary = 0;
        for (const auto* button : part->findChildren<QPushButton*>())
            primary += button->isVisible() && button->property("primary").toBool() ? 1 : 0;
        EXPECT_LE(primary, 1) << region;
    }
    int primary = 0;
    for (const auto* button : window->details().findChildren<QPushButton*>())
        primary += button->isVisible() && button->property("primary").toBool() ? 1 : 0;
    EXPECT_EQ(primary, 1);
}

TEST_P(Look, DetailsBeginWithASentenceThenWhatCanBeDone)
{
    const auto* sentence = window->details().findChild<QLabel*>("sentence");
    ASSERT_NE(sentence, nullptr);
    const double below = place_of(*sentence, *window).bottom();
    double actions = 0.0;
    for (const auto* button : window->details().findChildren<QPushButton*>()) {
        EXPECT_GE(place_of(*button, *window).top(), below);
        actions = std::max(actions, place_of(*button, *window).bottom());
    }
    int figures = 0;
    for (const SeenText& text : test::texts_of(*window)) {
        if (text.text.contains("dBFS") && place_of(window->details(), *window).contains(text.box)) {
            EXPECT_GT(text.box.top(), actions);
            ++figures;
        }
    }
    EXPECT_GE(figures, 1);
}

TEST_P(Look, TheGravestComesFirstAndPillsAddUp)
{
    const QAbstractItemModel& model = *window->table().view().model();
    std::vector<paint::Gravity> order;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QString frequency = model.index(row, column_of("frequency")).data().toString();
        for (const Emission& emission : window->session().emissions())
            if (std::abs(frequency.toDouble() - *emission.center_hz / 1e6) < 6e-4)
                order.push_back(paint::gravity(emission.verdict));
    }
    ASSERT_EQ(order.size(), 5U);
    EXPECT_TRUE(std::ranges::is_sorted(order));
    int all = 0;
    int sum = 0;
    for (const auto* pill : window->table().findChildren<QPushButton*>()) {
        if (!pill->property("pill").toBool())
            continue;
        const QString text = pill->text().trimmed();
        if (text.startsWith("All"))
            all = text.section(' ', 1).toInt();
        else
            sum += text.toInt();
    }
    EXPECT_EQ(all, 5);
    EXPECT_EQ(sum, all);
}

TEST_P(Look, LinesAreCrispAtTwice)
{
    const QImage image = painted(window->picture(), 2.0);
    const double y = 2.0 * window->picture().parts().waterfall.center().y();
    for (const picture::Mark& mark : scene().marks) {
        if (mark.style.gravity > paint::Gravity::serious)
            continue;
        const QRectF box = box_of(mark);
        const QColor colour = paint::line_colour(*theme, mark.style.gravity);
        // Two pixels of the layout are four of the device, each wholly in its colour.
        EXPECT_EQ(count_of(image, {2.0 * (box.left() - 4.0), y, 12.0, 1.0}, colour), 4) << mark.id;
    }
}

/// Walks all stops of Tab; what changes there has the colour of the focus.
TEST_P(Look, EveryStopOfTheFocusCanBeSeen)
{
    window->activateWindow();
    QApplication::setActiveWindow(window.get());
    ASSERT_TRUE(until([&] { return window->isActiveWindow(); }));
    int stops = 0;
    for (QWidget* widget : window->findChildren<QWidget*>()) {
        if (!widget->isVisible() || !widget->isEnabled() || !(widget->focusPolicy() & Qt::TabFocus) ||
            qobject_cast<QScrollBar*>(widget) != nullptr || widget->objectName().startsWith("qt_") ||
            qobject_cast<QAbstractItemView*>(widget->parentWidget()) != nullptr || widget == &window->details())
            continue;
        const QRectF place = place_of(*widget, *window).adjusted(-3.0, -3.0, 3.0, 3.0);
        if (!QRectF(window->rect()).intersects(place) || widget->visibleRegion().isEmpty())
            continue;
        if (QWidget* now = QApplication::focusWidget())
            now->clearFocus();
        const QImage before = window->grab().toImage();
        widget->setFocus(Qt::TabFocusReason);
        ASSERT_TRUE(widget->hasFocus()) << widget->objectName().toStdString();
        const QImage after = window->grab().toImage();
        const bool primary = widget->property("primary").toBool();
        const QColor ring = primary ? theme->text : theme->accent;
        EXPECT_GT(count_of(after, place, ring), count_of(before, place, ring) + 20)
            << widget->metaObject()->className() << ' ' << widget->objectName().toStdString() << ' '
            << widget->accessibleName().toStdString();
        ++stops;
    }
    EXPECT_GE(stops, 25);
}

INSTANTIATE_TEST_SUITE_P(BothThemes, Look, testing::Values(ThemeChoice::dark, ThemeChoice::light));

TEST(Markers, LettersStandOutInGreyPrint)
{
    for (const auto kind : {paint::ThemeKind::dark, paint::ThemeKind::light}) {
        const paint::Theme& theme = paint::theme(kind);
        for (const paint::Gravity gravity : paint::all_gravities) {
            const int fill = qGray(paint::fill_colour(theme, gravity).rgb());
            const int ink = qGray(paint::ink_colour(theme, gravity).rgb());
            EXPECT_GT(paint::contrast(QColor(fill, fill, fill), QColor(ink, ink, ink)), 4.5);
        }
    }
}

/// A recording of nothing but noise, without a header.
std::filesystem::path noise_in(const std::filesystem::path& folder)
{
    gacsong::test::Scene scene;
    scene.sample_rate_hz = 250e3;
    scene.duration_s = 0.3;
    const auto recording = gacsong::test::record(scene, SampleFormat::of(Component::s16));
    const auto path = folder / "quiet.cs16";
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(recording.bytes.data()),
               static_cast<std::streamsize>(recording.bytes.size()));
    return path;
}

TEST(States, NameTheNextStep)
{
    Window window(test::demo_start(Language::en));
    window.resize(1280, 720);
    window.show();
    for (const char* button : {"welcome_act_open", "welcome_act_receiver", "welcome_act_sample"}) {
        const auto* found = window.findChild<QPushButton*>(button);
        ASSERT_NE(found, nullptr) << button;
        EXPECT_TRUE(found->isVisible());
    }
    const gacsong::test::TemporaryFolder folder;
    sdr::InputFlags flags;
    flags.rate_hz = 250e3;
    flags.center_hz = 446e6;
    flags.type = SampleFormat::of(Component::s16);
    window.open(noise_in(folder.path()).string(), flags);
    ASSERT_TRUE(until([&] { return window.session().phase() == Session::Phase::done; }));
    test::calm();
    const auto* state = window.findChild<QLabel*>("table_state");
    ASSERT_NE(state, nullptr);
    EXPECT_TRUE(state->isVisible());
    EXPECT_TRUE(state->text().contains("gain")) << state->text().toStdString();
    window.open("/nonexistent.wav", {});
    ASSERT_TRUE(until([&] { return window.session().phase() == Session::Phase::failed; }));
    test::calm();
    const auto* banner = window.findChild<QWidget*>("error");
    ASSERT_NE(banner, nullptr);
    EXPECT_GE(banner->findChildren<QPushButton*>().size(), 2);
}

TEST(States, WithoutACentreNoFrequencyIsAbsolute)
{
    for (const Language language : {Language::vi, Language::en}) {
        const std::filesystem::path demo = test::demo_recording();
        Window window(test::demo_start(language));
        window.resize(1920, 1080);
        window.show();
        const gacsong::test::TemporaryFolder folder;
        // The samples without their sidecar.
        const auto path = folder.path() / "nowhere.cs8";
        std::filesystem::copy_file(std::filesystem::path(demo).replace_extension(".sigmf-data"), path);
        sdr::InputFlags flags;
        flags.rate_hz = 2.048e6;
        flags.type = SampleFormat::of(Component::s8);
        window.open(path.string(), flags);
        ASSERT_TRUE(test::settled(window));
        window.table().view().setCurrentIndex(window.table().view().model()->index(0, 0));
        ASSERT_TRUE(until([&] { return !window.session().plots().spectrum_db.empty(); }));
        test::calm();
        auto seen = test::texts_of(window);
        const auto painted_texts = test::texts_of(window.picture().size(), [&](QPaintDevice& device) {
            QPainter painter(&device);
            picture::paint_picture(painter, window.picture().scene(), window.picture().parts());
        });
        seen.insert(seen.end(), painted_texts.begin(), painted_texts.end());
        int offsets = 0;
        for (const SeenText& text : seen) {
            // The span is a width, no frequency.
            if (!text.text.startsWith("2,05") && !text.text.startsWith("2.05")) {
                EXPECT_FALSE(text.text.contains("MHz")) << text.text.toStdString();
            }
            offsets += text.text.contains("kHz") ? 1 : 0;
        }
        EXPECT_GT(offsets, 2);
    }
}

TEST(Gaps, AreHatchedAndSaid)
{
    picture::Scene scene;
    Window window(test::demo_start(Language::en)); // for its words
    scene.theme = &paint::theme(paint::ThemeKind::dark);
    scene.words = &window.words().wording();
    const paint::ColourMap map(paint::MapKind::viridis, false, *scene.theme);
    paint::WaterfallImage waterfall;
    scene.map = &map;
    scene.waterfall = &waterfall;
    scene.font = QApplication::font();
    scene.sample_rate_hz = 1e6;
    scene.view = {-0.5e6, 0.5e6, 0.0, 10.0};
    scene.levels = {-100.0, -40.0};
    scene.gaps = {{4.0, 2'000'000, "overflow"}};
    const picture::Layout parts = picture::make_layout(QRect(0, 0, 800, 600), {});
    const auto texts = test::texts_of(QSize(800, 600), [&](QPaintDevice& device) {
        QPainter painter(&device);
        picture::paint_waterfall(painter, scene, parts);
    });
    EXPECT_TRUE(std::ranges::any_of(texts, [](const SeenText& text) {
        return QString(text.text).replace(QChar::Nbsp, ' ').contains("2 s") &&
               text.text.contains("overflow", Qt::CaseInsensitive);
    })) << (texts.empty() ? "no text" : texts.front().text.toStdString());
}

} // namespace
} // namespace gacsong::gui
