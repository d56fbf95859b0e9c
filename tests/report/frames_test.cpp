// SPDX-License-Identifier: GPL-3.0-or-later
// Frames around emissions, few and many, what fills them, and the legend between stations.
#include "report/paint/fill.hpp"
#include "report/paint/short_text.hpp"
#include "report/picture/boxes.hpp"
#include "report/picture/sheet.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>

#include <QImage>
#include <algorithm>
#include <random>

namespace gacsong::picture {
namespace {

class Frames : public testing::Test {
protected:
    Frames()
    {
        prepare_painting();
        scene.theme = &theme;
        scene.words = &test::words(Language::en);
        scene.map = &map;
        scene.font = text_font(12);
        scene.center_hz = 100e6;
        scene.sample_rate_hz = 2e6;
        scene.view = {-1e6, 1e6, 0.0, 60.0};
        scene.levels = {-100.0, -20.0};
        scene.traces.mean.assign(1024, -90.0F);
        scene.traces.maximum.assign(1024, -80.0F);
    }
    void add(Verdict verdict, double offset_hz, double width_hz, double from_s, double to_s, double power_dbfs)
    {
        Emission e;
        e.verdict = verdict;
        e.offset_hz = offset_hz;
        e.center_hz = 100e6 + offset_hz;
        e.bandwidth_hz = width_hz;
        e.start_s = from_s;
        e.end_s = to_s;
        e.power_dbfs = power_dbfs;
        scene.marks.push_back(make_mark(e, *scene.words));
        std::ranges::stable_sort(scene.marks, graver);
    }
    [[nodiscard]] QImage painted() const
    {
        QImage image(1000, 700, QImage::Format_RGB32);
        image.fill(theme.plot);
        QPainter painter(&image);
        paint_picture(painter, scene, layout);
        return image;
    }
    /// Pixels of a colour in the middle half of the left side of a box.
    [[nodiscard]] int on_left_side(const QImage& image, const Mark& mark, const QColor& colour) const
    {
        const QRectF box = mark_box(mark, scene.view, layout);
        int found = 0;
        for (int y = static_cast<int>(box.top() + 0.25 * box.height()); y < box.bottom() - 0.25 * box.height(); ++y)
            for (int x = static_cast<int>(box.left()) - 4; x < static_cast<int>(box.left()) + 3; ++x)
                found += image.pixel(x, y) == colour.rgb() ? 1 : 0;
        return found;
    }

    const paint::Theme& theme = paint::theme(paint::ThemeKind::dark);
    paint::ColourMap map{paint::MapKind::viridis, false, theme};
    Scene scene;
    Layout layout = make_layout(QRect(0, 0, 1000, 700), {});
};

TEST_F(Frames, AreCornersInACrowd)
{
    add(Verdict::unknown, 0.7e6, 100e3, 10.0, 50.0, -80.0); // the weakest: others have the labels
    add(Verdict::unlicensed, 0.4e6, 100e3, 10.0, 50.0, -79.0);
    const auto find = [&](Verdict verdict) { return *std::ranges::find(scene.marks, verdict, &Mark::verdict); };
    const Mark unknown = find(Verdict::unknown);
    const Mark unlicensed = find(Verdict::unlicensed);
    EXPECT_GT(on_left_side(painted(), unknown, theme.unknown), 20) << "few: its frame is whole";
    EXPECT_GT(on_left_side(painted(), unlicensed, theme.serious), 100);
    for (int i = 0; i < 60; ++i)
        add(Verdict::unlicensed, -0.9e6 + 12e3 * i, 10e3, 1.0, 9.0, -30.0);
    EXPECT_EQ(on_left_side(painted(), unknown, theme.unknown), 0);
    EXPECT_EQ(on_left_side(painted(), unlicensed, theme.serious), 0);
    // Both still have their corners.
    const QImage image = painted();
    for (const Mark& mark : {unknown, unlicensed}) {
        const QRect corner = QRect(mark_box(mark, scene.view, layout).topLeft().toPoint(), QSize(1, 1));
        const QColor colour = paint::line_colour(theme, mark.style.gravity);
        int found = 0;
        for (int y = corner.top() - 4; y <= corner.top() + 4; ++y)
            for (int x = corner.left() - 4; x <= corner.left() + 4; ++x)
                found += image.pixel(x, y) == colour.rgb() ? 1 : 0;
        EXPECT_GE(found, 4);
    }
    // What is selected has its label, and so its frame.
    scene.selected = static_cast<std::size_t>(std::ranges::find(scene.marks, Verdict::unknown, &Mark::verdict) -
                                              scene.marks.begin());
    EXPECT_GT(on_left_side(painted(), unknown, theme.unknown), 20);
}

TEST_F(Frames, OfWhatGoesOnBeyondTheViewAreSeenAtItsEdges)
{
    add(Verdict::licensed, 0.0, 200e3, -5'000.0, 5'000.0, -40.0);
    const QImage image = painted();
    const QRectF box = mark_box(scene.marks.front(), scene.view, layout);
    for (const int y : {layout.waterfall.top() + 1, layout.waterfall.bottom() - 2}) {
        int found = 0;
        for (int x = static_cast<int>(box.left()) - 4; x < static_cast<int>(box.left()) + 2; ++x)
            found += image.pixel(x, y) == theme.allowed.rgb() ? 1 : 0;
        EXPECT_EQ(found, 1) << y;
    }
    // No line across where it does not end.
    EXPECT_NE(image.pixel(static_cast<int>(box.left()) + 2, layout.waterfall.top()), theme.allowed.rgb());
}

TEST_F(Frames, LegendStandsBetweenWideStations)
{
    const QColor ground = [&] {
        QColor tint = theme.raised;
        tint.setAlphaF(0.6F);
        QImage one(1, 1, QImage::Format_RGB32);
        one.fill(theme.plot);
        QPainter painter(&one);
        painter.fillRect(QRect(0, 0, 1, 1), tint);
        painter.end();
        return QColor(one.pixel(0, 0));
    }();
    // Columns of the plot on which the legend lies, at its upper edge.
    const auto covered = [&] {
        const QImage image = painted();
        std::vector<int> columns;
        for (int x = layout.spectrum.left(); x <= layout.spectrum.right(); ++x)
            for (int y = layout.spectrum.top() + 4; y < layout.spectrum.top() + 8; ++y)
                if (image.pixel(x, y) == ground.rgb()) {
                    columns.push_back(x);
                    break;
                }
        return columns;
    };
    const auto before = covered();
    ASSERT_GT(before.size(), 60U);
    for (int i = 0; i < 5; ++i)
        add(Verdict::licensed, -0.8e6 + 400e3 * i, 150e3, 0.0, 60.0, -12.0);
    const auto after = covered();
    EXPECT_GT(after.size(), 40U) << "it is still there";
    EXPECT_LT(after.size(), before.size());
    const paint::Scale x = layout.frequency_scale(scene.view);
    for (const int column : after)
        for (const Mark& mark : scene.marks)
            EXPECT_FALSE(column > x.pixel(mark.low_hz) && column < x.pixel(mark.high_hz)) << column;
}

TEST(Fillers, PaintAsQtDoes)
{
    prepare_painting();
    std::mt19937 random(7); // NOLINT: the same boxes in every run
    const auto some = [&](int most) { return 0.25 * static_cast<double>(random() % static_cast<unsigned>(4 * most)); };
    for (const double ratio : {1.0, 2.0}) {
        QImage by_qt(200, 160, QImage::Format_RGB32);
        by_qt.setDevicePixelRatio(ratio);
        by_qt.fill(QColor(10, 90, 200));
        QImage by_hand = by_qt.copy();
        const QRectF clip(10.0, 8.0, 70.0, 60.0);
        QPainter qt(&by_qt);
        qt.setClipRect(clip);
        QPainter hand(&by_hand);
        paint::Filler filler(hand, clip);
        for (int i = 0; i < 60; ++i) {
            const QRectF box(some(90), some(70), some(30), some(30));
            const QColor colour(static_cast<int>(random() % 256), static_cast<int>(random() % 256),
                                static_cast<int>(random() % 256), i % 2 == 0 ? 255 : static_cast<int>(random() % 256));
            qt.fillRect(box, colour);
            filler.fill(box, colour);
        }
        qt.end();
        hand.end();
        int worst = 0;
        int changed = 0;
        for (int y = 0; y < by_qt.height(); ++y)
            for (int x = 0; x < by_qt.width(); ++x) {
                const QColor a(by_qt.pixel(x, y));
                const QColor b(by_hand.pixel(x, y));
                worst = std::max({worst, std::abs(a.red() - b.red()), std::abs(a.green() - b.green()),
                                  std::abs(a.blue() - b.blue())});
                changed += b != QColor(10, 90, 200) ? 1 : 0;
            }
        EXPECT_GT(changed, 1'000);
        EXPECT_LE(worst, 8) << "no more than what many layers of rounding give";
    }
}

TEST(ShortTexts, StandWhereOthersDo)
{
    prepare_painting();
    const QFont font = text_font(12);
    const auto ink = [&](auto paint) {
        QImage image(200, 40, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setFont(font);
        painter.setPen(Qt::black);
        paint(painter);
        painter.end();
        QRect around;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (qGray(image.pixel(x, y)) < 128)
                    around |= QRect(x, y, 1, 1);
        return around;
    };
    const QRect box(20, 5, 150, 30);
    const QString text = QString::fromUtf8("−87,5 Đỉnh");
    for (const Qt::Alignment side : {Qt::AlignLeft, Qt::AlignRight, Qt::AlignHCenter}) {
        const QRect usual = ink([&](QPainter& p) { p.drawText(box, static_cast<int>(side | Qt::AlignVCenter), text); });
        const QRect kept = ink([&](QPainter& p) { paint::draw_short_text(p, box, side, text); });
        ASSERT_FALSE(kept.isEmpty());
        EXPECT_LE(std::abs(usual.left() - kept.left()), 1);
        EXPECT_LE(std::abs(usual.right() - kept.right()), 1);
        EXPECT_LE(std::abs(usual.top() - kept.top()), 1);
    }
    EXPECT_EQ(paint::short_text_width(font, {}), 0.0);
}

} // namespace
} // namespace gacsong::picture
