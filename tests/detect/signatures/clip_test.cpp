// SPDX-License-Identifier: GPL-3.0-or-later
// A clip holds the channel it was asked for, and only that, wherever it is cut.
#include "detect/signatures/clip.hpp"
#include "dsp/demod/downconverter.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/sources.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace gacsong::test {

namespace {

double power_of(std::span<const std::complex<float>> x)
{
    double sum = 0.0;
    for (const auto& z : x)
        sum += static_cast<double>(std::norm(z));
    return 10.0 * std::log10(sum / static_cast<double>(x.size()));
}

/// A carrier of −20 dBFS in a recording of 2 MS/s.
Scene tone_at(double offset_hz)
{
    Scene scene;
    scene.sample_rate_hz = 2e6;
    scene.duration_s = 0.05;
    scene.noise_dbfs_hz = std::nullopt;
    Placed placed;
    placed.waveform = carrier();
    placed.offset_hz = offset_hz;
    placed.level = Level::dbfs(-20.0);
    scene.signals = {placed};
    return scene;
}

} // namespace

TEST(Downconverter, KeepsItsChannelAndStopsTheRest)
{
    const dsp::Downconverter converter(2e6, 300e3, 10e3, 50);
    EXPECT_DOUBLE_EQ(converter.rate_hz(), 40e3);
    const auto level = [&](double offset_hz) {
        const SceneHistory history(tone_at(offset_hz), SampleFormat::of(Component::f32));
        const auto samples = converter.convert(history, 1000, 1500);
        return power_of(std::span(samples).subspan(100));
    };
    for (const double inside : {291e3, 300e3, 309e3})
        EXPECT_NEAR(level(inside), -20.0, 0.1) << inside;
    for (const double outside : {285e3, 315e3, 340e3, 260e3, 100e3, -300e3})
        EXPECT_LT(level(outside), -80.0) << outside;
}

TEST(Downconverter, GivesTheSameWhereverItBegins)
{
    const SceneHistory history(tone_at(303e3), SampleFormat::of(Component::s16));
    const dsp::Downconverter converter(2e6, 300e3, 10e3, 50);
    const auto whole = converter.convert(history, 0, 1600);
    const auto part = converter.convert(history, 400 * 50, 600);
    for (std::size_t i = 0; i < part.size(); ++i)
        ASSERT_LT(std::abs(part[i] - whole[400 + i]), 1e-5F) << i;
}

TEST(Clip, TakesBurstsInOrderWithinItsLimits)
{
    const SceneHistory history(tone_at(300e3), SampleFormat::of(Component::s16));
    const detect::Replay replay{&history, 2e6, 0, 0.0, std::nullopt, 0.0};
    Emission emission;
    emission.offset_hz = 300e3;
    emission.end_s = 0.05;
    emission.burst_list = {{0.001, 0.003}, {0.010, 0.012}, {0.020, 0.022}};
    detect::Cut wanted;
    wanted.offset_hz = 300e3;
    wanted.half_width_hz = 10e3;
    wanted.rate_hz = 40e3;
    const auto clip = detect::cut(emission, replay, wanted);
    ASSERT_EQ(clip.pieces.size(), 3U);
    EXPECT_NEAR(clip.pieces[1].start_s, 0.010, 1e-6);
    EXPECT_NEAR(static_cast<double>(clip.pieces[1].count), 80.0, 1.0);
    wanted.most_s = 0.003;
    EXPECT_NEAR(detect::cut(emission, replay, wanted).seconds(), 0.003, 1e-4);
    wanted.most_s = 0.4;
    wanted.join_s = 0.01;
    EXPECT_EQ(detect::cut(emission, replay, wanted).pieces.size(), 1U);
}

} // namespace gacsong::test
