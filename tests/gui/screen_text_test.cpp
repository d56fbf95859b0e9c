// SPDX-License-Identifier: GPL-3.0-or-later
// What is written on the screen, at the sizes that are promised and with small and large text.
#include "report/picture/sheet.hpp"
#include "tests/gui/desk.hpp"
#include "tests/gui/seen_text.hpp"

#include <gtest/gtest.h>

#include <QPainter>
#include <QRegularExpression>
#include <QScrollBar>

namespace gacsong::gui {
namespace {

using test::SeenText;
using test::texts_of;

struct Screen {
    QSize size;
    Language language = Language::vi;
    int text_percent = 100;
    bool car = false;
};

void PrintTo(const Screen& screen, std::ostream* out)
{
    *out << screen.size.width() << 'x' << screen.size.height() << (screen.language == Language::vi ? " vi " : " en ")
         << screen.text_percent << (screen.car ? " % car" : " %");
}

std::unique_ptr<Window> window_on(const Screen& screen, ThemeChoice theme = ThemeChoice::dark)
{
    WindowStart start = test::demo_start(screen.language);
    start.settings.text_percent = screen.text_percent;
    start.settings.car = screen.car;
    start.settings.theme = theme;
    auto window = std::make_unique<Window>(std::move(start));
    window->resize(screen.size);
    window->show();
    window->open(test::demo_recording(), {});
    if (!test::settled(*window))
        return nullptr;
    window->action(Act::next).trigger();
    if (!test::until([&] { return !window->session().plots().spectrum_db.empty(); }))
        return nullptr;
    test::calm();
    return window;
}

std::vector<SeenText> picture_texts(const PictureView& picture)
{
    return texts_of(picture.size(), [&](QPaintDevice& device) {
        QPainter painter(&device);
        picture::paint_picture(painter, picture.scene(), picture.parts());
    });
}

std::string described(const SeenText& text)
{
    return '"' + text.text.toStdString() + "\" at " + std::to_string(static_cast<int>(text.box.left())) + ", " +
           std::to_string(static_cast<int>(text.box.top())) + " (" +
           std::to_string(static_cast<int>(text.box.width())) + " x " +
           std::to_string(static_cast<int>(text.box.height())) + ")";
}

/// Letters touch where their boxes share more than a pixel; line boxes may.
void expect_apart(const std::vector<SeenText>& texts)
{
    for (std::size_t i = 0; i < texts.size(); ++i) {
        for (std::size_t k = i + 1; k < texts.size(); ++k) {
            const QRectF both = texts[i].visible & texts[k].visible;
            const double line = std::min(texts[i].box.height(), texts[k].box.height());
            EXPECT_FALSE(both.width() > 1.0 && both.height() > 0.3 * line)
                << described(texts[i]) << " and " << described(texts[k]);
        }
    }
}

class Screens : public testing::TestWithParam<Screen> {
protected:
    void SetUp() override
    {
        window = window_on(GetParam());
        ASSERT_NE(window, nullptr);
        seen = texts_of(*window);
        const auto painted = picture_texts(window->picture());
        ASSERT_GT(painted.size(), 10U);
        in_picture = painted;
        const QPoint at = window->picture().mapTo(window.get(), QPoint(0, 0));
        for (SeenText text : painted) {
            text.box.translate(at);
            text.visible.translate(at);
            seen.push_back(text);
        }
        ASSERT_GT(seen.size(), 30U);
    }
    void no_text_overlaps_another();
    void no_text_is_cut();
    void only_names_are_shortened();
    void nothing_is_too_small_to_read();
    void numbers_are_written_as_the_language_writes_them();
    void levels_say_that_they_are_not_calibrated();
    void text_stands_out_from_its_ground();
    void nothing_scrolls_sideways();
    void positions_do_not_depend_on_the_theme();
    std::unique_ptr<Window> window;
    std::vector<SeenText> seen; ///< in the whole window
    std::vector<SeenText> in_picture;
};

void Screens::no_text_overlaps_another() { expect_apart(seen); }

void Screens::no_text_is_cut()
{
    const QRectF ground(window->rect());
    for (const SeenText& text : seen) {
        // The last row of a list may be half in view: it scrolls.
        if (text.visible.isEmpty())
            continue;
        const QRectF table =
            QRectF(window->table().view().mapTo(window.get(), QPoint(0, 0)), QSizeF(window->table().view().size()));
        const QRectF details =
            QRectF(window->details().mapTo(window.get(), QPoint(0, 0)), QSizeF(window->details().size()));
        const bool scrolls =
            (window->table().isVisible() && table.intersects(text.box) && text.box.bottom() > table.bottom() - 1.0) ||
            (window->details().isVisible() && details.intersects(text.box) &&
             text.box.bottom() > details.bottom() - 1.0);
        if (!scrolls) {
            EXPECT_FALSE(text.cut()) << described(text);
            EXPECT_TRUE(ground.contains(text.box)) << described(text);
        }
    }
}

/// Names may end in "…", of files in the middle; figures and words of controls never do.
void Screens::only_names_are_shortened()
{
    static const QRegularExpression figure("[0-9][^ ]*…$");
    int shortened = 0;
    for (const SeenText& text : seen) {
        if (!text.text.contains(QChar(0x2026)))
            continue;
        ++shortened;
        EXPECT_FALSE(figure.match(text.text).hasMatch()) << described(text);
    }
    EXPECT_LE(shortened, 16);
}

void Screens::nothing_is_too_small_to_read()
{
    const int least = GetParam().car ? 14 : 12;
    for (const SeenText& text : seen) {
        // A single letter is that of a marker, which its shape says as well.
        if (text.text.size() > 1) {
            EXPECT_GE(text.pixels, least) << described(text);
        }
    }
}

void Screens::numbers_are_written_as_the_language_writes_them()
{
    static const QRegularExpression hyphen_minus("(^|[\\s(±])-[0-9]");
    static const QRegularExpression point("[0-9]\\.[0-9]");
    static const QRegularExpression thousands("[0-9]\\.[0-9]{3}(?![0-9])");
    static const QRegularExpression comma("[0-9],[0-9]");
    static const QRegularExpression english_thousands("[0-9],[0-9]{3}(?![0-9])");
    for (const SeenText& text : seen) {
        // The name of the file is its own.
        if (text.text.contains("fm_98M") || text.text.contains("sigmf"))
            continue;
        EXPECT_FALSE(hyphen_minus.match(text.text).hasMatch()) << described(text);
        if (GetParam().language == Language::vi) {
            EXPECT_EQ(text.text.count(point), text.text.count(thousands)) << described(text);
        } else {
            EXPECT_EQ(text.text.count(comma), text.text.count(english_thousands)) << described(text);
        }
    }
}

void Screens::levels_say_that_they_are_not_calibrated()
{
    static const QRegularExpression decibels("(?<![A-Za-z])dB(?![A-Za-z])");
    int levels = 0;
    for (const SeenText& text : seen) {
        levels += text.text.contains("dBFS") ? 1 : 0;
        EXPECT_FALSE(text.text.contains("dBm")) << described(text);
        // A plain "dB" stands with ratios and differences only: a figure with it is never far below zero.
        if (text.text.contains(decibels)) {
            EXPECT_FALSE(text.text.contains(QRegularExpression("\u2212[3-9][0-9][0-9.,]*[\\s\u00A0]dB(?![A-Za-z])")))
                << described(text);
        }
    }
    EXPECT_GE(levels, 1);
}

void Screens::text_stands_out_from_its_ground()
{
    const QImage image = window->grab().toImage();
    int checked = 0;
    for (const SeenText& text : seen) {
        if (text.cut() || text.colour.alpha() < 255)
            continue;
        const QColor ground = test::ground_of(image, text.box);
        EXPECT_GE(paint::contrast(text.colour, ground), 4.5)
            << described(text) << ' ' << text.colour.name().toStdString() << " on " << ground.name().toStdString();
        ++checked;
    }
    EXPECT_GT(checked, 15);
}

void Screens::nothing_scrolls_sideways()
{
    const bool desk_size = GetParam().text_percent <= 100;
    for (const QScrollBar* bar : window->findChildren<QScrollBar*>()) {
        if (bar->orientation() != Qt::Horizontal || !desk_size)
            continue;
        EXPECT_FALSE(bar->isVisible()) << bar->parentWidget()->parentWidget()->objectName().toStdString();
    }
}

void Screens::positions_do_not_depend_on_the_theme()
{
    const auto light = window_on(GetParam(), ThemeChoice::light);
    ASSERT_NE(light, nullptr);
    const auto texts = picture_texts(light->picture());
    ASSERT_EQ(texts.size(), in_picture.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        EXPECT_EQ(texts[i].text, in_picture[i].text);
        EXPECT_EQ(texts[i].box, in_picture[i].box) << described(texts[i]) << ' ' << described(in_picture[i]);
    }
    EXPECT_EQ(window->size(), light->size());
    for (QWidget* widget : window->findChildren<QWidget*>()) {
        const auto others = light->findChildren<QWidget*>(widget->objectName());
        if (widget->objectName().isEmpty() || widget->objectName().startsWith("qt_") || others.size() != 1 ||
            !widget->isVisible())
            continue;
        EXPECT_EQ(widget->geometry(), others.front()->geometry()) << widget->objectName().toStdString();
    }
}

TEST_P(Screens, AreLegible)
{
    // One window for all: opening it takes longer than looking at it.
    no_text_overlaps_another();
    no_text_is_cut();
    only_names_are_shortened();
    nothing_is_too_small_to_read();
    numbers_are_written_as_the_language_writes_them();
    levels_say_that_they_are_not_calibrated();
    text_stands_out_from_its_ground();
    nothing_scrolls_sideways();
    positions_do_not_depend_on_the_theme();
}

std::vector<Screen> screens()
{
    std::vector<Screen> all;
    for (const QSize size : {QSize(1280, 720), QSize(1920, 1080), QSize(960, 1000)})
        for (const Language language : {Language::vi, Language::en})
            for (const int percent : {80, 100, 200})
                all.push_back({size, language, percent});
    for (const Language language : {Language::vi, Language::en})
        for (const int percent : {80, 100, 200})
            all.push_back({QSize(1280, 720), language, percent, true});
    return all;
}

INSTANTIATE_TEST_SUITE_P(AllSizes, Screens, testing::ValuesIn(screens()), [](const auto& tried) {
    const Screen& s = tried.param;
    return std::to_string(s.size.width()) + (s.language == Language::vi ? "vi" : "en") +
           std::to_string(s.text_percent) + (s.car ? "car" : "");
});

} // namespace
} // namespace gacsong::gui
