// SPDX-License-Identifier: GPL-3.0-or-later
// A tone that goes in comes out, of the same height and without much beside it.
#include "dsp/demod/sound.hpp"
#include "tests/support/scene.hpp"
#include "tests/support/signals/analogue.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/sources.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

namespace gacsong::dsp {
namespace {

constexpr double tone_hz = 1'000.0;

struct Heard {
    const char* name;
    SoundKind kind;
    double sample_rate_hz;
    double offset_hz;
    double level; ///< of the tone that comes out
    double least_sinad_db;
};

void PrintTo(const Heard& heard, std::ostream* out) { *out << heard.name; }

test::WaveformPtr waveform(SoundKind kind)
{
    if (kind == SoundKind::am)
        return test::am({.depth = 0.6, .tone_hz = tone_hz});
    return test::nfm({.deviation_hz = kind == SoundKind::nfm ? 2'500.0 : 50e3, .tone_hz = tone_hz});
}

test::MemoryRecording recording_of(const Heard& heard, double level_dbfs = -20.0)
{
    test::Scene scene;
    scene.sample_rate_hz = heard.sample_rate_hz;
    scene.duration_s = 0.5;
    test::Placed placed;
    placed.waveform = waveform(heard.kind);
    placed.offset_hz = heard.offset_hz;
    placed.level = test::Level::dbfs(level_dbfs);
    scene.signals.push_back(placed);
    return test::record(scene, SampleFormat::of(Component::s16));
}

/// Amplitude of a frequency in values, by correlation over whole periods.
double amplitude(const std::vector<float>& values, double hz)
{
    std::complex<double> sum;
    for (std::size_t n = 0; n < values.size(); ++n)
        sum += static_cast<double>(values[n]) *
               std::polar(1.0, -2.0 * std::numbers::pi * hz * static_cast<double>(n) / SoundMaker::rate_hz);
    return 2.0 * std::abs(sum) / static_cast<double>(values.size());
}

double sinad_db(const std::vector<float>& values, double hz)
{
    double total = 0.0;
    for (const float value : values)
        total += static_cast<double>(value) * static_cast<double>(value) / static_cast<double>(values.size());
    const double tone = 0.5 * amplitude(values, hz) * amplitude(values, hz);
    return 10.0 * std::log10(total / std::max(total - tone, 1e-12));
}

class Sounds : public testing::TestWithParam<Heard> {};

TEST_P(Sounds, ATonePassesWithItsHeightAndAlone)
{
    const Heard& heard = GetParam();
    const auto recording = std::make_shared<const test::MemoryRecording>(recording_of(heard));
    const test::MemoryHistory history(recording);
    const SoundMaker maker(heard.sample_rate_hz, heard.offset_hz, heard.kind);
    const auto values = maker.make(history, 4'800, 9'600); // 200 ms: whole periods
    EXPECT_NEAR(amplitude(values, tone_hz), heard.level, 0.05 * heard.level);
    EXPECT_GE(sinad_db(values, tone_hz), heard.least_sinad_db);
}

TEST_P(Sounds, BlocksJoinWithoutASeam)
{
    const Heard& heard = GetParam();
    const auto recording = std::make_shared<const test::MemoryRecording>(recording_of(heard));
    const test::MemoryHistory history(recording);
    const SoundMaker maker(heard.sample_rate_hz, heard.offset_hz, heard.kind);
    const auto whole = maker.make(history, 7'000, 3'000);
    auto parts = maker.make(history, 7'000, 1'234);
    const auto rest = maker.make(history, 8'234, 1'766);
    parts.insert(parts.end(), rest.begin(), rest.end());
    for (std::size_t i = 0; i < whole.size(); ++i)
        ASSERT_NEAR(whole[i], parts[i], 2e-3) << i;
}

TEST_P(Sounds, AreSilentWhereThereIsNothing)
{
    const Heard& heard = GetParam();
    const auto recording = std::make_shared<const test::MemoryRecording>(recording_of(heard));
    const test::MemoryHistory history(recording);
    const SoundMaker maker(heard.sample_rate_hz, heard.offset_hz, heard.kind);
    for (const float value : maker.make(history, -5'000, 2'000))
        ASSERT_EQ(value, 0.0F);
    for (const float value : maker.make(history, 10 * SoundMaker::rate_hz, 2'000))
        ASSERT_EQ(value, 0.0F);
    EXPECT_TRUE(maker.make(history, 0, 0).empty());
}

// De-emphasis of 50 µs takes 0.41 dB from a tone of 1 kHz.
INSTANTIATE_TEST_SUITE_P(Kinds, Sounds,
                         testing::Values(Heard{"am", SoundKind::am, 250e3, 31'250.0, 0.6, 35.0},
                                         Heard{"nfm", SoundKind::nfm, 250e3, -40e3, 0.5, 35.0},
                                         Heard{"wfm", SoundKind::wfm, 2.048e6, 350e3, 0.953 * 50.0 / 75.0, 35.0},
                                         Heard{"wfm slow", SoundKind::wfm, 250e3, 0.0, 0.953 * 50.0 / 75.0, 30.0}));

TEST(LevelTones, RiseWithTheLevel)
{
    EXPECT_NEAR(LevelTone::pitch_hz(-120.0), 200.0, 1e-9);
    EXPECT_NEAR(LevelTone::pitch_hz(0.0), 2'000.0, 1e-9);
    EXPECT_EQ(LevelTone::pitch_hz(-500.0), LevelTone::pitch_hz(-120.0));
    EXPECT_NEAR(LevelTone::pitch_hz(-57.0) / LevelTone::pitch_hz(-60.0), std::pow(2.0, 1.0 / 12.0), 0.002);
    LevelTone tone;
    const auto first = tone.next(-60.0, 4'800);
    EXPECT_NEAR(amplitude(tone.next(-60.0, 48'000), LevelTone::pitch_hz(-60.0)), 0.4, 0.01);
    EXPECT_NEAR(first.front(), 0.0F, 0.01F) << "it fades in";
    // Without a level it fades out and stays silent; no value jumps.
    std::vector<float> fading = tone.next(std::nullopt, 4'800);
    for (std::size_t i = 1; i < fading.size(); ++i)
        ASSERT_LT(std::abs(fading[i] - fading[i - 1]), 0.06F);
    EXPECT_EQ(fading.back(), 0.0F);
}

} // namespace
} // namespace gacsong::dsp
