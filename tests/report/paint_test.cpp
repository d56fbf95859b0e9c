// SPDX-License-Identifier: GPL-3.0-or-later
// Axes whose labels can be told apart, colours that can be, and whole sheets.
#include "report/paint/colour_map.hpp"
#include "report/paint/ticks.hpp"
#include "report/picture/sheet.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>

namespace gacsong::paint {
namespace {

using test::words;

TEST(NoiseHistory, FollowsTheWidthOfABinAndStaysSmall)
{
    picture::NoiseHistory noise;
    EXPECT_TRUE(noise.lines(0.0, 1.0, 64, 1e6).empty());
    for (int i = 0; i < 20'000; ++i)
        noise.add({0.25 * i, 0.25, {-100.0F, i < 10'000 ? -90.0F : -80.0F}, 5.0, 2.0});
    EXPECT_LE(noise.size(), picture::NoiseHistory::most);
    const auto early = noise.lines(0.0, 100.0, 1'000, 1e6); // 30 dB: a bin of a kilohertz
    ASSERT_EQ(early.floor.size(), 1'000U);
    EXPECT_NEAR(early.floor.front(), -70.0, 0.01);
    EXPECT_NEAR(early.floor.back(), -60.0, 0.01);
    EXPECT_NEAR(early.open.front(), -65.0, 0.01);
    EXPECT_NEAR(early.close.front(), -68.0, 0.01);
    EXPECT_NEAR(noise.lines(4'900.0, 4'950.0, 1'000, 1e6).floor.back(), -50.0, 0.01);
    // Beyond its end the latest holds.
    EXPECT_NEAR(noise.lines(9e9, 1e10, 1'000, 1e6).floor.back(), -50.0, 0.01);
    EXPECT_NEAR(noise.lines(0.0, 100.0, 500, 1e6).floor.front(), -66.99, 0.01);
}

TEST(FrequencyTicks, NeighboursDifferAtEveryZoom)
{
    for (const double centre : {98e6, 433.92e6, 957.4e6, 1.698e9, 5.8e9, 12.2e9}) {
        for (double span = 100.0; span < 60e6; span *= 1.37) {
            for (const double width : {560.0, 1280.0, 3400.0}) {
                const Ticks ticks =
                    frequency_ticks(centre - 0.31 * span, centre + 0.69 * span, width, 72.0, Language::en, false);
                std::string last;
                double last_px = -1e9;
                int labels = 0;
                for (const Tick& tick : ticks.ticks) {
                    if (!tick.major)
                        continue;
                    EXPECT_NE(tick.label, last) << centre << " span " << span;
                    const double px = (tick.value - (centre - 0.31 * span)) / span * width;
                    EXPECT_GE(px - last_px, 71.9);
                    last = tick.label;
                    last_px = px;
                    ++labels;
                }
                EXPECT_GE(labels, 2) << centre << " span " << span << " width " << width;
            }
        }
    }
}

TEST(FrequencyTicks, TakeOutTheCommonPartWhereLabelsGrowLong)
{
    const Ticks wide = frequency_ticks(95e6, 105e6, 1276, 72, Language::vi, false);
    EXPECT_EQ(wide.unit, "MHz");
    EXPECT_TRUE(wide.common.empty());
    const Ticks narrow = frequency_ticks(957.4e6, 957.4001e6, 1276, 72, Language::vi, false);
    EXPECT_EQ(narrow.common, "957\u00A0MHz\u00A0+");
    const auto first = std::ranges::find(narrow.ticks, true, &Tick::major);
    EXPECT_EQ(first->label, "400,00");
}

TEST(FrequencyTicks, OfAnUnknownCentreAreOffsets)
{
    const Ticks ticks = frequency_ticks(-50e3, 50e3, 1000, 72, Language::en, true);
    EXPECT_EQ(ticks.unit, "kHz");
    EXPECT_TRUE(std::ranges::any_of(ticks.ticks, [](const Tick& t) { return t.label == "\u221240"; }));
}

TEST(TimeTicks, StandAtRoundMomentsOfTheClock)
{
    const Instant start = test::morning;
    const Ticks ticks = time_ticks(0.0, 30.0, 554, 64, Language::vi, start);
    ASSERT_FALSE(ticks.ticks.empty());
    EXPECT_EQ(ticks.major_step, 5.0);
    const auto major = std::ranges::find(ticks.ticks, true, &Tick::major);
    EXPECT_EQ(major->label, "15:00");
    EXPECT_EQ(clock_label(42.0, start, 1, true, Language::vi), "10:15:42,0");
    EXPECT_EQ(clock_label(42.04, std::nullopt, 1, true, Language::en), "00:42.0");
    EXPECT_EQ(clock_label(59.96, std::nullopt, 1, false, Language::en), "01:00.0");
}

TEST(Ticks, NeverAskForEndlessMarks)
{
    EXPECT_LT(frequency_ticks(0.0, 6e9, 1e9, 1e-3, Language::en, false).ticks.size(), 2'001U);
    EXPECT_TRUE(std::isfinite(nice_step(0.0, 100.0, 72.0)));
}

// --- colours ---------------------------------------------------------------------------------------------------------

class Themes : public testing::TestWithParam<ThemeKind> {};

TEST_P(Themes, AreReadable)
{
    const Theme& t = theme(GetParam());
    for (const QColor& ground : {t.background, t.panel, t.raised, t.plot, t.selection}) {
        for (const QColor& ink : {t.text, t.text2, t.accent, t.danger, t.serious, t.unknown, t.allowed, t.ignored})
            EXPECT_GE(contrast(ink, ground), 4.5) << ink.name().toStdString() << " on " << ground.name().toStdString();
        EXPECT_GE(contrast(t.border, ground), 3.0) << ground.name().toStdString();
        if (ground != t.selection) {
            EXPECT_GE(contrast(t.text3, ground), 4.5) << ground.name().toStdString();
        }
    }
    EXPECT_GE(contrast(t.accent_ink, t.accent), 4.5);
    for (const Gravity g : all_gravities)
        EXPECT_GE(contrast(ink_colour(t, g), fill_colour(t, g)), 6.0) << static_cast<int>(g);
}

using Vector = std::array<double, 3>;

double linear(double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); }

Vector times(const std::array<Vector, 3>& m, const Vector& v)
{
    Vector out{};
    for (std::size_t i = 0; i < 3; ++i)
        out[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
    return out;
}

/// CIE 1976 L*a*b* of linear sRGB, white D65.
Vector lab(const Vector& rgb)
{
    const Vector xyz = times(
        {{{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}},
        rgb);
    const Vector white{0.95047, 1.0, 1.08883};
    Vector f{};
    for (std::size_t i = 0; i < 3; ++i) {
        const double t = xyz[i] / white[i];
        f[i] = t > 216.0 / 24389.0 ? std::cbrt(t) : (24389.0 / 27.0 * t + 16.0) / 116.0;
    }
    return {116.0 * f[1] - 16.0, 500.0 * (f[0] - f[1]), 200.0 * (f[1] - f[2])};
}

// Machado, Oliveira, Fernandes 2009, full severity.
constexpr std::array<Vector, 3> deuteranopia{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr std::array<Vector, 3> protanopia{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};

double distance(const QColor& a, const QColor& b, const std::array<Vector, 3>& eye)
{
    const auto seen = [&](const QColor& c) {
        Vector rgb = times(eye, {linear(c.redF()), linear(c.greenF()), linear(c.blueF())});
        for (double& channel : rgb)
            channel = std::clamp(channel, 0.0, 1.0);
        return lab(rgb);
    };
    const Vector p = seen(a);
    const Vector q = seen(b);
    return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

TEST_P(Themes, KeepVerdictsApartForColourBlindEyes)
{
    const Theme& t = theme(GetParam());
    const double least_deutan = t.dark() ? 27.0 : 24.0;
    const double least_protan = t.dark() ? 24.0 : 14.0;
    for (const Gravity a : all_gravities) {
        for (const Gravity b : all_gravities) {
            if (a >= b)
                continue;
            const std::string pair = std::to_string(static_cast<int>(a)) + std::to_string(static_cast<int>(b));
            EXPECT_GE(distance(fill_colour(t, a), fill_colour(t, b), deuteranopia), least_deutan) << pair;
            EXPECT_GE(distance(fill_colour(t, a), fill_colour(t, b), protanopia), least_protan) << pair;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Both, Themes, testing::Values(ThemeKind::dark, ThemeKind::light));

TEST(Markers, TellVerdictsWithoutColour)
{
    for (const Language language : {Language::vi, Language::en}) {
        std::set<std::pair<Shape, std::string>> seen;
        for (const Verdict verdict :
             {Verdict::licensed, Verdict::exempt, Verdict::network, Verdict::unlicensed, Verdict::violation,
              Verdict::protected_band, Verdict::unknown, Verdict::ignored}) {
            const MarkerStyle style = marker_style(verdict, words(language));
            EXPECT_TRUE(seen.emplace(style.shape, style.letter.toStdString()).second) << static_cast<int>(verdict);
            EXPECT_EQ(style.letter.size(), 1);
        }
    }
}

TEST(ColourMaps, GrowSteadilyLighterOrDarker)
{
    for (const MapKind kind : {MapKind::viridis, MapKind::cividis, MapKind::grey, MapKind::paper}) {
        const ColourMap map(kind, false,
                            theme(default_map(ThemeKind::dark) == kind ? ThemeKind::dark : ThemeKind::light));
        const double direction = kind == MapKind::paper ? -1.0 : 1.0;
        double last = direction < 0 ? 101.0 : -1.0;
        for (std::size_t i = 0; i < ColourMap::steps; i += 64) {
            const QColor c = QColor::fromRgb(map.at(i));
            const double lightness = lab({linear(c.redF()), linear(c.greenF()), linear(c.blueF())})[0];
            EXPECT_GT(direction * (lightness - last), 0.0) << code(kind) << " at " << i;
            last = lightness;
        }
    }
}

TEST(ColourMaps, ReverseExactly)
{
    for (const MapKind kind : all_maps) {
        const Theme& light = theme(ThemeKind::light);
        const ColourMap forward(kind, false, light);
        const ColourMap backward(kind, true, light);
        for (std::size_t i = 0; i < ColourMap::steps; ++i)
            EXPECT_EQ(forward.at(i), backward.at(ColourMap::steps - 1 - i));
    }
}

// --- layout and sheet ------------------------------------------------------------------------------------------------

TEST(Layout, GivesWayInOrder)
{
    using picture::LayoutSizes;
    using picture::make_layout;
    const auto large = make_layout(QRect(0, 0, 1344, 900), LayoutSizes{});
    EXPECT_EQ(large.spectrum.height(), 190);
    EXPECT_FALSE(large.licences.isEmpty());
    const auto small = make_layout(QRect(0, 0, 800, 420), LayoutSizes{});
    EXPECT_TRUE(small.licences.isEmpty());
    EXPECT_TRUE(small.plan.isEmpty());
    EXPECT_GE(small.waterfall.height(), 200);
    EXPECT_LT(small.spectrum.height(), 190);
    EXPECT_GE(small.spectrum.height(), 80);
}

TEST(AutomaticLevels, PutTheFloorAtTheBottom)
{
    BinTraces traces;
    traces.mean.assign(1000, -100.0F);
    traces.maximum.assign(1000, -90.0F);
    std::fill_n(traces.mean.begin() + 400, 100, -40.0F);
    std::fill_n(traces.maximum.begin() + 400, 100, -37.5F);
    EXPECT_EQ(picture::automatic_levels(traces), (Levels{-103.0, -34.0}));
    std::fill(traces.mean.begin(), traces.mean.end(), -100.0F);
    std::fill(traces.maximum.begin(), traces.maximum.end(), -98.0F);
    EXPECT_EQ(picture::automatic_levels(traces).span(), 40.0);
}

TEST(BoxMeasures, FindPowerAndWidth)
{
    BinTraces traces;
    traces.mean.assign(1000, -100.0F);
    std::fill_n(traces.mean.begin() + 600, 100, -40.0F);
    // 1 kHz bins: 100 bins of -40 dB are -20 dB, 99 % of them are 99 bins.
    const auto box = measure_box(traces, {50e3, 250e3, 0.0, 1.0}, 1e6);
    ASSERT_TRUE(box);
    EXPECT_NEAR(box->power_dbfs, -20.0, 0.05);
    ASSERT_TRUE(box->occupied_99_hz);
    EXPECT_NEAR(*box->occupied_99_hz, 100e3, 2e3);
    EXPECT_FALSE(measure_box({}, {}, 1e6));
}

TEST(Sheet, ShowsWhatWasReceived)
{
    test::Scene scene;
    scene.sample_rate_hz = 250e3;
    scene.center_hz = 446e6;
    scene.start = test::morning;
    scene.duration_s = 0.2;
    test::Placed placed;
    placed.waveform = test::carrier();
    placed.offset_hz = 50e3;
    placed.level = test::Level::dbfs(-20.0);
    scene.signals.push_back(placed);
    const auto format = SampleFormat::of(Component::s16);
    const auto recording = std::make_shared<const test::MemoryRecording>(test::record(scene, format));
    const test::MemoryHistory history(recording);
    picture::SheetInput input;
    input.run.program = "gacsong test";
    input.run.stream = test::MemorySource(recording).info();
    input.run.plan = "vn 2026-11";
    input.timeline = Timeline({}, history.end(), scene.sample_rate_hz);
    Emission emission;
    emission.offset_hz = 50e3;
    emission.center_hz = 446.05e6;
    emission.bandwidth_hz = 2e3;
    emission.end_s = 0.2;
    emission.verdict = Verdict::unlicensed;
    input.emissions.push_back(emission);
    picture::SheetStyle style;
    style.width = 900;
    style.height = 600;
    const auto png = picture::render_sheet(input, history, words(Language::vi), style);
    ASSERT_TRUE(png);
    const auto image = QImage::fromData(reinterpret_cast<const uchar*>(png->data()), static_cast<int>(png->size()));
    ASSERT_EQ(image.size(), QSize(900, 600));
    EXPECT_EQ(image.text("Software"), "gacsong test");
    // A line at +50 kHz of ±125 kHz stands at 70 % of the width; in the paper map it is dark on white.
    const int left = 64;
    const int width = 900 - 12 - left;
    const int x = left + static_cast<int>(0.7 * width);
    int darkest = 255;
    for (int dx = -3; dx <= 3; ++dx)
        darkest = std::min(darkest, qGray(image.pixel(x + dx, 450)));
    EXPECT_LT(darkest, 120);
    EXPECT_GT(qGray(image.pixel(left + width / 4, 450)), 200);
}

} // namespace
} // namespace gacsong::paint
