// SPDX-License-Identifier: GPL-3.0-or-later
// Checks of screen.md §10 that need more than a look at the demo recording: 2, 8, 13, 17, 18.
#include "gui/models/notes_model.hpp"
#include "report/picture/sheet.hpp"
#include "tests/gui/desk.hpp"
#include "tests/gui/seen_text.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <QAbstractButton>
#include <QFontMetricsF>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <fstream>
#include <set>

namespace gacsong::gui {
namespace {

using test::SeenText;
using test::until;

// 2. Letters with two marks above or one below fit their lines, and their lines fit what they stand in.
TEST(Diacritics, AreWholeAtTheSmallestSize)
{
    const QString letters = QString::fromUtf8("ỆỮẶẴỒậỵĐ");
    for (const int pixels : {12, 13, 14, 19}) {
        for (const QFont::Weight weight : {QFont::Normal, QFont::DemiBold}) {
            QFont font = picture::text_font(pixels);
            font.setWeight(weight);
            const QFontMetricsF metrics(font);
            const QRectF ink = metrics.tightBoundingRect(letters);
            // Whole pixels; the marks of a capital may reach two above its line, and as many are left free below.
            EXPECT_GE(ink.top(), -metrics.ascent() - 2.0) << pixels;
            EXPECT_LE(ink.bottom(), metrics.descent() + 0.5) << pixels;
            for (const QChar letter : letters)
                EXPECT_TRUE(metrics.inFont(letter)) << QString(letter).toStdString();
        }
    }
    for (const bool car : {false, true}) {
        WindowStart start = test::demo_start(Language::vi);
        start.settings.text_percent = 80;
        start.settings.car = car;
        Window window(std::move(start));
        window.resize(1280, 720);
        window.show();
        window.open(test::demo_recording(), {});
        ASSERT_TRUE(test::settled(window));
        test::calm();
        int tried = 0;
        for (QAbstractButton* button : window.findChildren<QAbstractButton*>()) {
            if (!button->isVisible() || button->text().trimmed().isEmpty() || button->objectName().startsWith("qt_"))
                continue;
            button->setText(letters);
            ++tried;
            // Fewer letters than before may fit better; as many lines of pixels do not.
            for (const SeenText& text : test::texts_of(*button)) {
                if (text.text != letters)
                    continue;
                EXPECT_GE(text.box.top(), 2.0) << button->accessibleName().toStdString();
                EXPECT_LE(text.box.bottom(), button->height() - 1.0) << button->accessibleName().toStdString();
                EXPECT_GE(text.visible.height(), text.box.height() - 1.0) << button->accessibleName().toStdString();
            }
        }
        EXPECT_GT(tried, 8);
        window.table().search().setText(letters);
        bool seen = false;
        for (const SeenText& text : test::texts_of(window.table().search())) {
            if (text.text != letters)
                continue;
            seen = true;
            EXPECT_GE(text.box.top(), 2.0);
            EXPECT_LE(text.box.bottom(), window.table().search().height() - 1.0);
        }
        EXPECT_TRUE(seen);
    }
}

// 8. The fifth place: below the whole file, at the time of the emission.
TEST(Markers, StandBelowTheWholeFileAsEverywhere)
{
    Window window(test::demo_start(Language::vi));
    window.resize(1920, 1080);
    window.show();
    window.open(test::demo_recording(), {});
    ASSERT_TRUE(test::settled(window));
    auto* overview = window.findChild<Overview*>();
    ASSERT_NE(overview, nullptr);
    std::set<QString> letters;
    for (const Emission& emission : window.session().emissions())
        if (paint::gravity(emission.verdict) <= paint::Gravity::serious)
            letters.insert(paint::marker_style(emission.verdict, window.words().wording()).letter);
    ASSERT_FALSE(letters.empty());
    int markers = 0;
    for (const SeenText& text : test::texts_of(*overview)) {
        if (text.text.size() != 1)
            continue;
        ++markers;
        EXPECT_TRUE(letters.contains(text.text)) << text.text.toStdString();
        EXPECT_GT(text.box.center().y(), 0.5 * overview->height());
    }
    EXPECT_GE(markers, 1);
}

/// The demo recording with a hole of 60 ms in its middle.
std::filesystem::path with_a_hole(const std::filesystem::path& folder)
{
    const std::filesystem::path demo = test::demo_recording();
    std::filesystem::copy_file(std::filesystem::path(demo).replace_extension(".sigmf-data"),
                               folder / "hole.sigmf-data");
    auto meta = nlohmann::json::parse(gacsong::test::read_file(demo));
    nlohmann::json first = meta.at("captures").at(0);
    first["core:global_index"] = 0;
    nlohmann::json second = first;
    second["core:sample_start"] = 204'800;
    second["core:global_index"] = 204'800 + 122'880;
    second.erase("core:datetime");
    second["gacsong:lost_why"] = "overflow";
    meta["captures"] = {first, second};
    const auto path = folder / "hole.sigmf-meta";
    std::ofstream(path) << meta.dump();
    return path;
}

// 13. Hatched from end to end, said with its length and reason, and no row of the signal twice.
TEST(Holes, AreHatchedAndNoRowIsRepeated)
{
    const gacsong::test::TemporaryFolder folder;
    Window window(test::demo_start(Language::en));
    window.resize(1920, 1080);
    window.show();
    window.open(with_a_hole(folder.path()).string(), {});
    ASSERT_TRUE(test::settled(window));
    PictureView& picture = window.picture();
    const auto& gaps = window.session().recording()->timeline.gaps();
    ASSERT_EQ(gaps.size(), 1U);
    EXPECT_NEAR(gaps[0].at_s, 0.1, 1e-6);
    EXPECT_EQ(gaps[0].samples, 122'880U);
    window.action(Act::boxes).setChecked(false);
    const double duration = window.session().recording()->timeline.duration_s();
    picture.set_view({-0.9e6, 0.9e6, 0.0, duration});
    ASSERT_TRUE(test::settled(window));
    test::calm();
    QImage image(picture.size(), QImage::Format_RGB32);
    QPainter painter(&image);
    picture::paint_picture(painter, picture.scene(), picture.parts());
    painter.end();
    const QRect ground = picture.parts().waterfall;
    const paint::Scale y = picture.parts().time_scale(picture.view());
    const int top = static_cast<int>(std::ceil(y.pixel(0.16))) + 2;
    const int bottom = static_cast<int>(std::floor(y.pixel(0.1))) - 2;
    ASSERT_GT(bottom - top, 40);
    const paint::Theme& theme = paint::theme(paint::ThemeKind::dark);
    const std::set<QRgb> hatch{theme.raised.rgb(), theme.background.rgb()};
    // Right of the label, which says what it is.
    for (int row = top; row <= bottom; ++row)
        for (int x = ground.center().x(); x <= ground.right(); ++x)
            ASSERT_TRUE(hatch.contains(image.pixel(x, row))) << x << ", " << row;
    const auto line = [&](int row) {
        return std::vector<QRgb>(reinterpret_cast<const QRgb*>(image.constScanLine(row)) + ground.left(),
                                 reinterpret_cast<const QRgb*>(image.constScanLine(row)) + ground.right());
    };
    // Where more rows are shown than there are transforms, some belong to one; none of those around the hole comes
    // twice.
    const auto before = line(static_cast<int>(y.pixel(0.1)) + 3);
    const auto after = line(static_cast<int>(y.pixel(0.16)) - 3);
    EXPECT_NE(before, after);
    for (int row = top; row <= bottom; ++row) {
        EXPECT_NE(line(row), before);
        EXPECT_NE(line(row), after);
    }
    const auto texts = test::texts_of(picture.size(), [&](QPaintDevice& device) {
        QPainter to(&device);
        picture::paint_picture(to, picture.scene(), picture.parts());
    });
    EXPECT_TRUE(std::ranges::any_of(texts, [](const SeenText& text) {
        return QString(text.text).replace(QChar::Nbsp, ' ').contains("60 ms") &&
               text.text.contains("overflow", Qt::CaseInsensitive);
    }));
    EXPECT_TRUE(std::ranges::any_of(test::texts_of(*window.findChild<QWidget*>("health")),
                                    [](const SeenText& text) { return text.text.contains("1 gap"); }));
}

// 17. What is named as the next step can be taken.
TEST(States, LeadOn)
{
    Window window(test::demo_start(Language::vi));
    window.resize(1280, 720);
    window.show();
    window.open("/nonexistent/bản ghi.wav", {});
    ASSERT_TRUE(until([&] { return window.session().phase() == Session::Phase::failed; }));
    test::calm();
    auto* banner = window.findChild<QWidget*>("error");
    ASSERT_NE(banner, nullptr);
    EXPECT_TRUE(banner->accessibleName().contains("bản ghi.wav"));
    // The welcome page stays: the sample is one press away, and the sentence goes with it.
    auto* sample = window.findChild<QPushButton*>("welcome_act_sample");
    ASSERT_TRUE(sample != nullptr && sample->isVisible() && sample->isEnabled());
    sample->click();
    ASSERT_TRUE(test::settled(window));
    EXPECT_EQ(window.session().emissions().size(), 5U);
    EXPECT_EQ(window.findChild<QWidget*>("error"), nullptr);
}

class BannersIn : public testing::TestWithParam<std::pair<Language, ThemeChoice>> {};

// 18. What it is, what to do, and legible on each of the three grounds.
TEST_P(BannersIn, CanBeReadAndLeadOn)
{
    WindowStart start = test::demo_start(GetParam().first);
    start.settings.theme = GetParam().second;
    Window window(std::move(start));
    window.resize(1280, 720);
    window.show();
    window.open(test::demo_recording(), {});
    ASSERT_TRUE(test::settled(window));
    // Danger: a receiver that was pulled out, as the session tells of it; warning and notice as the window says them.
    const auto tap = window.session().tap();
    ASSERT_TRUE(tap->warning(
        Message("device.lost", {{"device", std::string("rtlsdr 00000001")}, {"at", Quantity{75.0, Unit::at, 0.001}}})));
    ASSERT_TRUE(until([&] { return window.findChild<QWidget*>("lost") != nullptr; }));
    window.action(Act::remark).trigger(); // with nothing selected: a notice
    test::calm();
    int banners = 0;
    for (const char* name : {"lost", "annotated"}) {
        auto* banner = window.findChild<QWidget*>(name);
        ASSERT_NE(banner, nullptr) << name;
        const QImage image = banner->grab().toImage();
        int texts = 0;
        for (const SeenText& text : test::texts_of(*banner)) {
            if (text.colour.alpha() < 255)
                continue;
            const QColor ground = test::ground_of(image, text.box);
            EXPECT_GE(paint::contrast(text.colour, ground), 4.5)
                << name << ": " << text.text.toStdString() << ' ' << text.colour.name().toStdString() << " on "
                << ground.name().toStdString();
            EXPECT_FALSE(text.cut()) << text.text.toStdString();
            ++texts;
        }
        EXPECT_GE(texts, 2) << name;
        EXPECT_GE(banner->findChildren<QPushButton*>().size(), 1) << name;
        EXPECT_FALSE(banner->accessibleName().contains('[')) << banner->accessibleName().toStdString();
        ++banners;
    }
    EXPECT_EQ(banners, 2);
    // When it was, from the start; and each sentence ends once.
    EXPECT_FALSE(window.findChild<QWidget*>("lost")->accessibleName().contains(".."));
    EXPECT_TRUE(
        window.findChild<QWidget*>("lost")->accessibleName().replace(QChar::Nbsp, ' ').contains("1 min 15 s") ||
        window.findChild<QWidget*>("lost")->accessibleName().replace(QChar::Nbsp, ' ').contains("1 phút 15 giây"))
        << window.findChild<QWidget*>("lost")->accessibleName().toStdString();
    // What to do stands in words, and there is a button for it beside the one that closes.
    EXPECT_TRUE(window.findChild<QWidget*>("lost")->accessibleName().contains(window.words()("gui.banner.lost_line")));
    EXPECT_GE(window.findChild<QWidget*>("lost")->findChildren<QPushButton*>().size(), 2);
}

INSTANTIATE_TEST_SUITE_P(AllLooks, BannersIn,
                         testing::Values(std::pair(Language::vi, ThemeChoice::dark),
                                         std::pair(Language::vi, ThemeChoice::light),
                                         std::pair(Language::en, ThemeChoice::dark),
                                         std::pair(Language::en, ThemeChoice::light)));

} // namespace
} // namespace gacsong::gui
