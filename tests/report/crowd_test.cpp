// SPDX-License-Identifier: GPL-3.0-or-later
// A band with hundreds of emissions: what is grave stands out, and nothing is written over something else.
#include "report/picture/scene.hpp"
#include "report/picture/sheet.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>

#include <QImage>
#include <algorithm>
#include <queue>
#include <random>
#include <set>

namespace gacsong::picture {
namespace {

constexpr double rate_hz = 20e6;
constexpr double duration_s = 60.0;

class Crowd : public testing::TestWithParam<int> {
protected:
    Crowd()
    {
        prepare_painting();
        scene.theme = &theme;
        scene.words = &test::words(Language::vi);
        scene.map = &map;
        scene.font = text_font(GetParam());
        scene.center_hz = 420e6;
        scene.sample_rate_hz = rate_hz;
        scene.view = {-0.5 * rate_hz, 0.5 * rate_hz, 0.0, duration_s};
        scene.traces.mean.assign(4096, -90.0F);
        scene.traces.maximum.assign(4096, -80.0F);
        scene.levels = {-100.0, -20.0};
        std::mt19937 random(5); // NOLINT: the same crowd in every run
        for (int i = 0; i < 400; ++i) {
            Emission e;
            e.id = "e" + std::to_string(i);
            e.offset_hz = -0.48 * rate_hz + 0.96 * rate_hz * static_cast<double>(random() % 1'000) / 1'000.0;
            e.center_hz = 420e6 + e.offset_hz;
            e.bandwidth_hz = 12.5e3;
            e.start_s = static_cast<double>(random() % 50);
            e.end_s = e.start_s + 1.0 + static_cast<double>(random() % 10);
            e.power_dbfs = -60.0 + static_cast<double>(random() % 30);
            e.verdict = i % 20 == 0 ? Verdict::unlicensed : (i % 3 == 0 ? Verdict::unknown : Verdict::licensed);
            scene.marks.push_back(make_mark(e, *scene.words));
        }
        std::ranges::stable_sort(scene.marks, graver);
        layout = make_layout(QRect(0, 0, 1344, 900), {.gutter = 90, .lane = 2 * GetParam() + 6});
    }

    [[nodiscard]] QImage painted() const
    {
        QImage image(1344, 900, QImage::Format_RGB32);
        image.fill(theme.plot);
        QPainter painter(&image);
        paint_picture(painter, scene, layout);
        return image;
    }

    /// Rectangles around what is connected in one colour and larger than a letter.
    [[nodiscard]] static std::vector<QRect> patches(const QImage& image, const QRect& within, QRgb colour)
    {
        std::vector<QRect> found;
        std::set<std::pair<int, int>> seen;
        for (int y = within.top(); y <= within.bottom(); ++y)
            for (int x = within.left(); x <= within.right(); ++x) {
                if (image.pixel(x, y) != colour || !seen.insert({x, y}).second)
                    continue;
                QRect around(x, y, 1, 1);
                std::queue<QPoint> next({QPoint(x, y)});
                for (; !next.empty(); next.pop()) {
                    const QPoint at = next.front();
                    around |= QRect(at, QSize(1, 1));
                    for (const QPoint step : {QPoint(1, 0), QPoint(-1, 0), QPoint(0, 1), QPoint(0, -1)}) {
                        const QPoint to = at + step;
                        if (within.contains(to) && image.pixel(to) == colour && seen.insert({to.x(), to.y()}).second)
                            next.push(to);
                    }
                }
                if (around.width() > 30 && around.height() > 12)
                    found.push_back(around);
            }
        return found;
    }

    const paint::Theme& theme = paint::theme(paint::ThemeKind::dark);
    paint::ColourMap map{paint::MapKind::viridis, false, theme};
    Scene scene;
    Layout layout;
};

TEST_P(Crowd, HasLabelsForTheGravestAloneAndTheyStandApart)
{
    const QImage image = painted();
    const auto labels = patches(image, layout.waterfall, theme.panel.rgb());
    EXPECT_GE(labels.size(), 8U);
    EXPECT_LE(labels.size(), 12U);
    // Twenty are grave: the other labels would have to be of these alone.
    for (std::size_t i = 0; i < labels.size(); ++i)
        for (std::size_t k = i + 1; k < labels.size(); ++k)
            EXPECT_FALSE(labels[i].intersects(labels[k])) << i << " and " << k;
    const QRgb serious = paint::line_colour(theme, paint::Gravity::serious).rgb();
    for (const QRect& label : labels) {
        const QRect border = label.adjusted(-3, -3, 3, 3);
        int pixels = 0;
        for (int y = border.top(); y <= border.bottom(); ++y)
            for (int x = border.left(); x <= border.right(); ++x)
                pixels += image.valid(x, y) && image.pixel(x, y) == serious ? 1 : 0;
        EXPECT_GT(pixels, label.width()) << "a label of something that is not among the gravest";
    }
}

TEST_P(Crowd, KeepsItsMarkersApartAndCountsTheRest)
{
    // Columns of the lane in which a marker or a count begins.
    scene.marks.resize(60); // twenty grave ones and forty that were not determined
    const QImage image = painted();
    const QRect& lane = layout.lane;
    const auto inked = [&](int x) {
        for (int y = lane.top(); y <= lane.bottom(); ++y)
            if (image.pixel(x, y) != theme.plot.rgb())
                return true;
        return false;
    };
    int runs = 0;
    int widest = 0;
    int width = 0;
    for (int x = lane.left(); x <= lane.right(); ++x) {
        width = inked(x) ? width + 1 : 0;
        runs += width == 1 ? 1 : 0;
        widest = std::max(widest, width);
    }
    EXPECT_GT(runs, 15);
    EXPECT_LT(widest, 2.5 * scene.scaled(24.0)) << "markers run into each other";
}

TEST_P(Crowd, MarkersGrowWithTheText)
{
    scene.marks.resize(1);
    scene.marks.front().center_hz = 0.0;
    const QImage image = painted();
    const QRgb serious = paint::line_colour(theme, paint::Gravity::serious).rgb();
    QRect marker;
    for (int y = layout.lane.top(); y <= layout.lane.bottom(); ++y)
        for (int x = layout.lane.left(); x <= layout.lane.right(); ++x)
            if (image.pixel(x, y) == serious && y < layout.lane.top() + layout.lane.height() * 3 / 4)
                marker |= QRect(x, y, 1, 1);
    EXPECT_GT(marker.width(), 0.7 * scene.scaled(18.0));
    EXPECT_LE(marker.width(), 1.2 * scene.scaled(18.0) + 2.0);
}

INSTANTIATE_TEST_SUITE_P(Fonts, Crowd, testing::Values(12, 24), [](const testing::TestParamInfo<int>& one) {
    return "Of" + std::to_string(one.param) + "Px";
});

TEST(Legend, LeavesTheStrongestEmissionsFree)
{
    prepare_painting();
    const paint::Theme& theme = paint::theme(paint::ThemeKind::light);
    const paint::ColourMap map(paint::MapKind::paper, false, theme);
    Scene scene;
    scene.theme = &theme;
    scene.words = &test::words(Language::en);
    scene.map = &map;
    scene.font = text_font(12);
    scene.sample_rate_hz = 2e6;
    scene.view = {-1e6, 1e6, 0.0, 1.0};
    scene.levels = {-100.0, -20.0};
    scene.traces.mean.assign(1024, -90.0F);
    scene.traces.maximum.assign(1024, -80.0F);
    const Layout layout = make_layout(QRect(0, 0, 1000, 700), {});
    const auto ground_at = [&](int x) {
        QImage image(1000, 700, QImage::Format_RGB32);
        image.fill(theme.plot);
        QPainter painter(&image);
        paint_picture(painter, scene, layout);
        painter.end();
        return image.pixel(x, layout.spectrum.top() + 5) != theme.plot.rgb();
    };
    const int right = layout.spectrum.right() - 8;
    EXPECT_TRUE(ground_at(right)) << "where nothing is, it stands on the right";
    Emission e;
    e.offset_hz = 0.8e6;
    e.bandwidth_hz = 200e3;
    e.end_s = 1.0;
    e.power_dbfs = -25.0;
    scene.marks.push_back(make_mark(e, *scene.words));
    EXPECT_FALSE(ground_at(right)) << "it makes room";
    // An emission that is not in view asks for no room.
    scene.marks.front().start_s = 2.0;
    scene.marks.front().end_s = 3.0;
    EXPECT_TRUE(ground_at(right));
}

} // namespace
} // namespace gacsong::picture
