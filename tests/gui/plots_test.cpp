// SPDX-License-Identifier: GPL-3.0-or-later
// The small plots of the details: how an emission is modulated.
#include "gui/side/small_plot.hpp"
#include "tests/gui/desk.hpp"

#include <gtest/gtest.h>

#include <QTest>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace gacsong::gui {
namespace {

using test::until;

TEST(ThirdPlot, ShowsTheDemodulatedTraceOfABroadcast)
{
    Window window(test::demo_start(Language::en));
    window.resize(1920, 1080);
    window.show();
    window.open(test::demo_recording(), {});
    ASSERT_TRUE(test::settled(window));
    const auto& all = window.session().emissions();
    const auto at = std::ranges::find(all, std::string("WFM"), [](const Emission& e) { return e.modulation.name; });
    ASSERT_NE(at, all.end());
    Q_EMIT window.picture().picked(static_cast<int>(at - all.begin()));
    ASSERT_TRUE(until([&] { return !window.session().plots().spectrum_db.empty(); }));
    test::calm();
    const picture::ModulationView& view = window.session().plots().modulation;
    EXPECT_EQ(view.kind, picture::ModulationView::Kind::frequency);
    ASSERT_GT(view.trace.size(), 50U);
    EXPECT_GT(view.length_s, 0.0);
    // Hertz from its centre: within the deviation of a broadcast, and moving.
    const auto [least, most] = std::ranges::minmax(view.trace);
    EXPECT_GT(most - least, 1'000.0F);
    EXPECT_LT(std::max(-least, most), 200e3F);
    SmallPlot* shown = nullptr;
    for (QWidget* one : window.details().findChildren<QWidget*>())
        if (auto* plot = dynamic_cast<SmallPlot*>(one);
            plot != nullptr && plot->accessibleName().startsWith("Frequency"))
            shown = plot;
    ASSERT_NE(shown, nullptr);
    EXPECT_TRUE(shown->isVisible());
    // The curve goes from side to side and from near the top to near the bottom.
    const QImage image = shown->grab().toImage();
    const QRgb plot = paint::theme(paint::ThemeKind::dark).plot.rgb();
    int columns = 0;
    int top = image.height();
    int bottom = 0;
    const int below_title = QFontMetrics(shown->font()).height() + 5;
    for (int x = 4; x < image.width() - 4; ++x) {
        bool drawn = false;
        for (int y = below_title; y < image.height() - 3; ++y) {
            if (qGray(image.pixel(x, y)) < qGray(plot) + 60)
                continue;
            drawn = true;
            top = std::min(top, y);
            bottom = std::max(bottom, y);
        }
        columns += drawn ? 1 : 0;
    }
    EXPECT_GT(columns, (image.width() - 8) * 9 / 10);
    EXPECT_GT(bottom - top, (image.height() - below_title) / 2);
}

TEST(Constellation, StandsWhereItsPointsAre)
{
    const paint::Theme& theme = paint::theme(paint::ThemeKind::dark);
    SmallPlot plot(theme, QFont());
    plot.resize(300, 240);
    // Two of the four quarters, so that no turned or mirrored picture passes: 30° and 200°, of magnitude 1 and 1.5.
    const std::complex<float> first = std::polar(1.0F, std::numbers::pi_v<float> / 6.0F);
    const std::complex<float> second = std::polar(1.5F, std::numbers::pi_v<float> * 10.0F / 9.0F);
    std::vector<std::complex<float>> points;
    for (int i = 0; i < 50; ++i) {
        points.push_back(first);
        points.push_back(second);
    }
    plot.show_points("x", points);
    const QImage image = plot.grab().toImage();
    // The axes say where the middle is: the row and the column that are drawn from end to end.
    const int below_title = QFontMetrics(plot.font()).height() + 7;
    std::vector<int> rows(static_cast<std::size_t>(image.height()));
    std::vector<int> columns(static_cast<std::size_t>(image.width()));
    QPointF sum[2];
    int count[2] = {0, 0};
    for (int y = below_title; y < image.height() - 4; ++y)
        for (int x = 5; x < image.width() - 5; ++x) {
            const QRgb colour = image.pixel(x, y);
            if (colour == theme.line.rgb()) {
                ++rows[static_cast<std::size_t>(y)];
                ++columns[static_cast<std::size_t>(x)];
            } else if (qGray(colour) > 120) {
                const int which = x > image.width() / 2 ? 0 : 1;
                sum[which] += QPointF(x, y);
                ++count[which];
            }
        }
    const QPointF middle(static_cast<double>(std::ranges::max_element(columns) - columns.begin()),
                         static_cast<double>(std::ranges::max_element(rows) - rows.begin()));
    ASSERT_GT(count[0], 0);
    ASSERT_GT(count[1], 0);
    const QPointF one = sum[0] / count[0] - middle;
    const QPointF two = sum[1] / count[1] - middle;
    const auto degrees = [](QPointF at) { return std::atan2(-at.y(), at.x()) * 180.0 / std::numbers::pi; };
    EXPECT_NEAR(degrees(one), 30.0, 3.0);
    EXPECT_NEAR(degrees(two), -160.0, 3.0);
    EXPECT_NEAR(std::hypot(two.x(), two.y()) / std::hypot(one.x(), one.y()), 1.5, 0.1);
    EXPECT_GT(std::hypot(one.x(), one.y()), 30.0) << "it uses the room that it has";
}

TEST(Constellation, OfAnEmissionReachesItsDetails)
{
    Window window(test::demo_start(Language::en));
    window.resize(1920, 1080);
    window.show();
    window.open(test::demo_recording(), {});
    ASSERT_TRUE(test::settled(window));
    // The recording has no phase keying: one is told of, at the place of a station.
    const auto tap = window.session().tap();
    Emission keyed = window.session().emissions().front();
    keyed.id = "keyed";
    keyed.modulation.name = "QPSK";
    keyed.modulation.symbol_rate_hz = 50e3;
    ASSERT_TRUE(tap->emission(keyed));
    const auto row = [&] {
        const auto& all = window.session().emissions();
        return static_cast<int>(std::ranges::find(all, "keyed", &Emission::id) - all.begin());
    };
    ASSERT_TRUE(until([&] { return row() < static_cast<int>(window.session().emissions().size()); }));
    Q_EMIT window.picture().picked(row());
    ASSERT_TRUE(until([&] { return !window.session().plots().modulation.points.empty(); }));
    test::calm();
    EXPECT_EQ(window.session().plots().modulation.kind, picture::ModulationView::Kind::symbols);
    int clouds = 0;
    for (QWidget* one : window.details().findChildren<QWidget*>())
        if (const auto* plot = dynamic_cast<SmallPlot*>(one);
            plot != nullptr && plot->isVisible() &&
            plot->accessibleName() == window.words()("gui.details.plot_symbols"))
            ++clouds;
    EXPECT_EQ(clouds, 1);
}

} // namespace
} // namespace gacsong::gui
