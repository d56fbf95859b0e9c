// SPDX-License-Identifier: GPL-3.0-or-later
// What the details of an emission show of its modulation, on signals whose symbols and frequencies are known.
#include "report/picture/modulation_view.hpp"
#include "tests/support/signals/analogue.hpp"
#include "tests/support/signals/fsk.hpp"
#include "tests/support/signals/linear.hpp"
#include "tests/support/sources.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gacsong::picture {
namespace {

using Kind = ModulationView::Kind;

constexpr double rate_hz = 240e3;
constexpr double offset_hz = 31e3;

/// What is seen of one waveform that stands at offset_hz, while the emission says `told_hz` more.
ModulationView view_of(test::WaveformPtr waveform, const std::string& name, double bandwidth_hz, double told_hz = 0.0)
{
    test::Scene scene;
    scene.sample_rate_hz = rate_hz;
    scene.duration_s = 0.5;
    scene.noise_dbfs_hz = -130.0;
    scene.signals.push_back({.waveform = waveform, .offset_hz = offset_hz, .level = test::Level::dbfs(-20.0)});
    const test::SceneHistory history(scene, SampleFormat::of(Component::f32));
    Emission emission;
    emission.offset_hz = offset_hz + told_hz;
    emission.bandwidth_hz = bandwidth_hz;
    emission.modulation.name = name;
    emission.modulation.symbol_rate_hz = waveform->description().symbol_rate_hz;
    return view_modulation(emission, history, rate_hz, 1'000, history.end() - 1'000);
}

/// Mean of the `order`th powers of the directions: of magnitude 1 where they stand at `order` angles, 0 where they are
/// spread evenly over more.
std::complex<double> gathered(const ModulationView& view, int order)
{
    std::complex<double> sum;
    for (const std::complex<float>& point : view.points)
        sum += std::polar(1.0, order * static_cast<double>(std::arg(point)));
    return sum / static_cast<double>(view.points.size());
}

struct Case {
    const char* name;
    test::Constellation constellation;
    int directions;
    double first_deg; ///< of one of the directions
};

class Symbols : public testing::TestWithParam<Case> {};

TEST_P(Symbols, TurnByTheAnglesOfTheirConstellation)
{
    const Case& one = GetParam();
    test::LinearSettings settings;
    settings.constellation = one.constellation;
    settings.symbol_rate_hz = 18e3;
    const double bandwidth_hz = test::raised_cosine_occupied_hz(settings.symbol_rate_hz, settings.roll_off);
    constexpr double told_hz = 200.0; // the carrier stands so much lower than it is said to
    for (const double told : {0.0, told_hz}) {
        const ModulationView view = view_of(test::linear(settings), one.name, bandwidth_hz, told);
        ASSERT_EQ(view.kind, Kind::symbols);
        EXPECT_TRUE(view.trace.empty());
        ASSERT_GT(view.points.size(), 1'000U);
        double mean = 0.0;
        for (const auto& point : view.points)
            mean += static_cast<double>(std::abs(point)) / static_cast<double>(view.points.size());
        EXPECT_NEAR(mean, 1.0, 1e-3);
        const std::complex<double> together = gathered(view, one.directions);
        EXPECT_GT(std::abs(together), 0.9);
        EXPECT_LT(std::abs(gathered(view, one.directions / 2)), 0.12)
            << "they must stand at all angles, not at half of them";
        // An offset turns the whole: by so much of a turn as it makes in a symbol.
        const double expected = one.directions * (one.first_deg - 360.0 * told / settings.symbol_rate_hz);
        const double off = std::remainder(std::arg(together) * 180.0 / std::numbers::pi - expected, 360.0);
        EXPECT_NEAR(off / one.directions, 0.0, 1.5) << "degrees, told " << told;
    }
}

INSTANTIATE_TEST_SUITE_P(OfEveryKind, Symbols,
                         testing::Values(Case{"BPSK", test::Constellation::bpsk, 2, 0.0},
                                         Case{"QPSK", test::Constellation::qpsk, 4, 0.0},
                                         Case{"8PSK", test::Constellation::psk8, 8, 0.0},
                                         Case{"DQPSK", test::Constellation::dqpsk_pi4, 4, 45.0}),
                         [](const testing::TestParamInfo<Case>& one) { return "Of" + std::string(one.param.name); });

TEST(SymbolsOfQam, HaveMoreThanOneStrength)
{
    test::LinearSettings settings;
    settings.constellation = test::Constellation::qam16;
    const ModulationView view = view_of(test::linear(settings), "QAM16", 20e3);
    ASSERT_EQ(view.kind, Kind::symbols);
    const auto count = [&](double from, double to) {
        return std::ranges::count_if(view.points, [&](const std::complex<float>& point) {
            const auto size = static_cast<double>(std::abs(point));
            return size >= from && size < to;
        });
    };
    // Corner to corner is nine times inner to inner; a quarter of the symbols each.
    const auto all = static_cast<double>(view.points.size());
    EXPECT_GT(count(0.0, 0.5), 0.04 * all);
    EXPECT_GT(count(1.6, 3.0), 0.04 * all);
}

TEST(FrequencyTrace, FollowsTheKeyAndLiesWhereTheCarrierIs)
{
    test::FskSettings settings;
    settings.symbol_rate_hz = 4'800.0;
    settings.deviation_hz = 2'400.0;
    settings.symbols = {1, 1, 1, 1, -1, -1, -1, -1};
    for (const double told_hz : {0.0, 400.0}) {
        const ModulationView view = view_of(test::fsk(settings), "FSK2", 9e3, told_hz);
        ASSERT_EQ(view.kind, Kind::frequency);
        EXPECT_TRUE(view.points.empty());
        EXPECT_NEAR(view.length_s, 60.0 / settings.symbol_rate_hz, 1e-3);
        std::vector<float> sorted = view.trace;
        std::ranges::sort(sorted);
        EXPECT_NEAR(sorted[sorted.size() / 4], -settings.deviation_hz - told_hz, 150.0);
        EXPECT_NEAR(sorted[3 * sorted.size() / 4], settings.deviation_hz - told_hz, 150.0);
        // Four symbols up, four down: 60 symbols hold 15 changes, or one more or less at the ends.
        int changes = 0;
        for (std::size_t i = 1; i < view.trace.size(); ++i)
            changes += (view.trace[i] + told_hz > 0.0) != (view.trace[i - 1] + told_hz > 0.0) ? 1 : 0;
        EXPECT_NEAR(changes, 15, 1);
    }
}

TEST(StrengthTrace, FollowsTheToneOfAmplitudeModulation)
{
    constexpr double depth = 0.5;
    constexpr double tone_hz = 1'000.0;
    const ModulationView view = view_of(test::am({.depth = depth, .tone_hz = tone_hz}), "AM", 6e3);
    ASSERT_EQ(view.kind, Kind::strength);
    EXPECT_NEAR(view.length_s, 0.01, 1e-3);
    double mean = 0.0;
    for (const float value : view.trace)
        mean += static_cast<double>(value) / static_cast<double>(view.trace.size());
    EXPECT_NEAR(mean, 1.0, 1e-3);
    EXPECT_NEAR(std::ranges::max(view.trace), 1.0 + depth, 0.05);
    EXPECT_NEAR(std::ranges::min(view.trace), 1.0 - depth, 0.05);
    int rises = 0;
    for (std::size_t i = 1; i < view.trace.size(); ++i)
        rises += view.trace[i] >= 1.0F && view.trace[i - 1] < 1.0F ? 1 : 0;
    EXPECT_NEAR(rises, tone_hz * view.length_s, 1.0);
}

TEST(ModulationView, IsNoneWhereThereIsNothingToSee)
{
    test::LinearSettings settings;
    const test::WaveformPtr qpsk = test::linear(settings);
    EXPECT_EQ(view_of(qpsk, "unknown", 20e3).kind, Kind::none);
    EXPECT_EQ(view_of(qpsk, "SSB", 20e3).kind, Kind::none);
    // More symbols than samples.
    Emission emission;
    emission.bandwidth_hz = 20e3;
    emission.modulation.name = "QPSK";
    emission.modulation.symbol_rate_hz = 200e3;
    test::Scene scene;
    scene.sample_rate_hz = rate_hz;
    scene.duration_s = 0.1;
    const test::SceneHistory history(scene, SampleFormat::of(Component::f32));
    EXPECT_EQ(view_modulation(emission, history, rate_hz, 0, history.end()).kind, Kind::none);
    // Beyond what is stored.
    emission.modulation.symbol_rate_hz = 18e3;
    EXPECT_EQ(view_modulation(emission, history, rate_hz, history.end() - 10, 1'000).kind, Kind::none);
}

} // namespace
} // namespace gacsong::picture
