// SPDX-License-Identifier: GPL-3.0-or-later
// A clip holds the channel it was asked for, and only that, wherever it is cut.
#include "detect/signatures/channel.hpp"
#include "detect/signatures/clip.hpp"
#include "dsp/demod/downconverter.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/sources.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>
#include <span>
#include <thread>
#include <vector>

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

TEST(Channel, GivesTheClipThatTheRecordingGives)
{
    const SceneHistory history(tone_at(303e3), SampleFormat::of(Component::s16));
    const detect::Replay replay{&history, 2e6, 1234, 5.0, std::nullopt, 0.0};
    const auto channel = detect::Channel::around(300e3, 10e3, replay);
    ASSERT_NE(channel, nullptr);
    EXPECT_EQ(channel->decimation(), 8U);
    Emission emission;
    emission.start_s = 5.0;
    emission.end_s = 5.04;
    emission.burst_list = {{5.001, 5.003}, {5.010, 5.012}, {5.020, 5.022}};
    detect::Cut wanted;
    wanted.offset_hz = 300e3;
    wanted.half_width_hz = 10e3;
    wanted.rate_hz = 50e3;
    const auto direct = detect::cut(emission, replay, wanted);
    ASSERT_TRUE(channel->holds(wanted));
    wanted.offset_hz = 300e3 - channel->offset_hz();
    const auto shared = detect::cut(emission, channel->replay(), wanted);
    ASSERT_EQ(shared.pieces.size(), direct.pieces.size());
    EXPECT_DOUBLE_EQ(shared.rate_hz, direct.rate_hz);
    for (std::size_t i = 0; i < shared.pieces.size(); ++i)
        EXPECT_NEAR(shared.pieces[i].start_s, direct.pieces[i].start_s, 1.0 / 250e3) << i;
    EXPECT_NEAR(power_of(shared.samples), power_of(direct.samples), 0.05);
    // The phase of the carrier tells where a sample really stands: 3 kHz turn 4.3° in a sample of the channel.
    for (std::size_t i = 0; i < shared.pieces.size(); ++i) {
        const double late_s = shared.pieces[i].start_s - direct.pieces[i].start_s;
        const auto ratio = shared.piece(i)[20] / direct.piece(i)[20];
        const auto first = shared.piece(0)[20] / direct.piece(0)[20];
        const double first_late_s = shared.pieces[0].start_s - direct.pieces[0].start_s;
        EXPECT_NEAR(std::arg(ratio / first), 2.0 * std::numbers::pi * 3e3 * (late_s - first_late_s), 0.01) << i;
    }
}

TEST(Channel, HoldsWhatItIsWideEnoughForAndNothingElse)
{
    const SceneHistory history(tone_at(303e3), SampleFormat::of(Component::s16));
    const detect::Replay replay{&history, 2e6, 0, 0.0, std::nullopt, 0.0};
    EXPECT_EQ(detect::Channel::around(300e3, 200e3, replay), nullptr) << "nearly the recording itself";
    const auto channel = detect::Channel::around(300e3, 10e3, replay);
    ASSERT_NE(channel, nullptr);
    detect::Cut wanted;
    wanted.half_width_hz = 40e3;
    wanted.rate_hz = 200e3;
    wanted.offset_hz = 320e3;
    EXPECT_TRUE(channel->holds(wanted));
    wanted.offset_hz = 330e3;
    EXPECT_FALSE(channel->holds(wanted)) << "beyond the flat part";
    wanted.offset_hz = 300e3;
    wanted.rate_hz = 300e3;
    EXPECT_FALSE(channel->holds(wanted)) << "at a higher rate";
    std::vector<std::complex<float>> out(16);
    EXPECT_TRUE(channel->read(0, out));
    EXPECT_FALSE(channel->read(channel->end() - 8, out)) << "past the end";
}

TEST(ChannelGroup, GivesEachMemberWhatItWouldGetAlone)
{
    const SceneHistory history(tone_at(303e3), SampleFormat::of(Component::s16));
    const detect::Replay replay{&history, 2e6, 0, 0.0, std::nullopt, 0.0};
    const std::vector<detect::ChannelWish> wishes{{300e3}, {-410e3, 20000, 60000}, {123456.0}};
    detect::ChannelGroup group(replay, 8, wishes);
    ASSERT_GT(group.end(), 6000U);
    for (std::size_t member = 0; member < wishes.size(); ++member) {
        EXPECT_NEAR(group.offset_hz(member), wishes[member].offset_hz, 0.5 * 2e6 / 16384.0);
        detect::ChannelGroup alone(replay, 8, std::span(wishes).subspan(member, 1));
        std::vector<std::complex<float>> shared(5000);
        std::vector<std::complex<float>> own(5000);
        // Some of it first, so that blocks that others made are mixed with its own.
        group.read(member, 4321, std::span(shared).first(100));
        group.read(member, 777, shared);
        alone.read(0, 777, own);
        EXPECT_EQ(shared, own) << member;
        group.let_go(member);
    }
}

TEST(ChannelGroup, GivesTheSameToManyThreads)
{
    const SceneHistory history(tone_at(303e3), SampleFormat::of(Component::s16));
    const detect::Replay replay{&history, 2e6, 0, 0.0, std::nullopt, 0.0};
    std::vector<detect::ChannelWish> wishes;
    for (int i = 0; i < 6; ++i)
        wishes.push_back({-500e3 + 200e3 * i});
    detect::ChannelGroup group(replay, 8, wishes);
    std::vector<std::vector<std::complex<float>>> heard(wishes.size(), std::vector<std::complex<float>>(6000));
    {
        std::vector<std::jthread> team;
        for (std::size_t member = 0; member < wishes.size(); ++member)
            team.emplace_back([&, member] {
                for (std::size_t at = 0; at < 6000; at += 500)
                    group.read(member, at, std::span(heard[member]).subspan(at, 500));
                group.let_go(member);
            });
    }
    for (std::size_t member = 0; member < wishes.size(); ++member) {
        detect::ChannelGroup alone(replay, 8, std::span(wishes).subspan(member, 1));
        std::vector<std::complex<float>> own(6000);
        alone.read(0, 0, own);
        EXPECT_EQ(heard[member], own) << member;
    }
}

} // namespace gacsong::test
