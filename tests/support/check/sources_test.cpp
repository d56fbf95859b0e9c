// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/carrier.hpp"
#include "tests/support/sources.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <cstdint>
#include <vector>

namespace gacsong::test {
namespace {

Scene small_scene()
{
    Scene scene;
    scene.sample_rate_hz = 100e3;
    scene.center_hz = 100e6;
    scene.start = Instant{1'000'000'000};
    scene.duration_s = 0.5;
    scene.signals = {{.waveform = carrier(), .offset_hz = 10e3, .level = Level::dbfs(-20.0)}};
    return scene;
}

struct ReadBack {
    std::vector<std::byte> bytes;
    std::vector<Segment> segments;
    std::vector<std::size_t> sizes;
};

ReadBack read_all(SampleSource& source, std::size_t most)
{
    ReadBack out;
    const std::size_t width = source.info().format.bytes_per_sample();
    std::uint64_t expected = 0;
    while (true) {
        auto block = source.next(most);
        EXPECT_TRUE(block);
        if (!block || !*block)
            return out;
        EXPECT_EQ((*block)->first_sample, expected);
        if ((*block)->begins)
            out.segments.push_back(*(*block)->begins);
        out.sizes.push_back((*block)->bytes.size() / width);
        expected += out.sizes.back();
        out.bytes.insert(out.bytes.end(), (*block)->bytes.begin(), (*block)->bytes.end());
    }
}

TEST(SceneSource, GivesTheSameBytesWhateverTheBlocks)
{
    const Scene scene = small_scene();
    const SampleFormat format = SampleFormat::of(Component::u8);
    const auto whole = scene.build(format);
    for (const std::size_t most : {999U, 8192U, 100000U}) {
        SceneSource source(scene, format, 20000);
        const ReadBack back = read_all(source, most);
        EXPECT_EQ(back.bytes, whole);
        ASSERT_EQ(back.segments.size(), 1U);
        EXPECT_EQ(back.segments[0].center_hz, 100e6);
        EXPECT_EQ(*source.info().length, 50000U);
    }
}

// A minute of 2.4 MS/s passes through a buffer that stays as large as one block.
TEST(SceneSourceLong, StreamsAMinuteInConstantMemory)
{
    Scene scene;
    scene.sample_rate_hz = 2.4e6;
    scene.duration_s = 60.0;
    scene.noise_dbfs_hz = -90.0;
    SceneSource source(scene, SampleFormat::of(Component::u8));
    std::uint64_t samples = 0;
    double power = 0.0;
    while (true) {
        const auto block = source.next(1U << 20U);
        ASSERT_TRUE(block);
        if (!*block)
            break;
        ASSERT_LE((*block)->bytes.size(), 2U * 65536U);
        std::vector<std::complex<float>> x((*block)->bytes.size() / 2);
        convert(source.info().format, (*block)->bytes, x);
        for (std::size_t i = 0; i < x.size(); i += 16)
            power += static_cast<double>(std::norm(x[i]));
        samples += x.size();
    }
    EXPECT_EQ(samples, 144'000'000U);
    const double expected = std::pow(10.0, -9.0) * 2.4e6 + 2.0 / 12.0 / 16384.0;
    EXPECT_NEAR(power / 9e6, expected, 0.002 * expected);
}

TEST(SceneHistory, ReadsWhatTheSourceGave)
{
    const Scene scene = small_scene();
    const SampleFormat format = SampleFormat::of(Component::s8);
    const auto recording = std::make_shared<const MemoryRecording>(record(scene, format));
    const MemoryHistory memory(recording);
    const SceneHistory again(scene, format);
    EXPECT_EQ(again.end(), memory.end());
    std::vector<std::complex<float>> a(12345);
    std::vector<std::complex<float>> b(12345);
    ASSERT_TRUE(memory.read(7777, a));
    ASSERT_TRUE(again.read(7777, b));
    EXPECT_EQ(a, b);
    EXPECT_FALSE(memory.read(40000, a));
    EXPECT_FALSE(again.read(40000, b));
}

TEST(MemorySource, CutsAtSegmentsAndBlockSizes)
{
    MemoryRecording recording = record(small_scene(), SampleFormat::of(Component::s16));
    recording.segments = {{0, 100e6, std::nullopt, 0, {}}, {12345, 101e6, std::nullopt, 500, "overflow"}};
    recording.block_sizes = {1000, 1, 4096};
    recording.shortfall = Message{"file.short"};
    MemorySource source(recording);
    const ReadBack back = read_all(source, 3000);
    EXPECT_EQ(back.bytes, recording.bytes);
    EXPECT_EQ(back.segments, recording.segments);
    EXPECT_EQ(back.sizes[1], 1U);
    EXPECT_EQ(back.sizes[2], 3000U);
    EXPECT_EQ(source.shortfall(), Message{"file.short"});
}

TEST(MemorySource, FailsAtTheEndWhereToldTo)
{
    MemoryRecording recording;
    recording.bytes.resize(80);
    recording.error = Error{Message{"device.lost"}, Fault::input};
    MemorySource source(recording);
    ASSERT_TRUE(source.next(100));
    EXPECT_FALSE(source.next(100));
}

TEST(PacedSource, WaitsForTheSamplesTime)
{
    SceneSource inner(small_scene(), SampleFormat::of(Component::u8), 10000);
    ManualClock clock;
    PacedSource source(inner, clock);
    ASSERT_TRUE(source.next(10000));
    EXPECT_NEAR(clock.now_s(), 0.1, 1e-9);
    ASSERT_TRUE(source.next(5000));
    EXPECT_NEAR(clock.now_s(), 0.15, 1e-9);
}

TEST(PacedSource, LosesWhatASlowReaderLeavesAndSaysSo)
{
    SceneSource inner(small_scene(), SampleFormat::of(Component::u8), 10000);
    ManualClock clock;
    PacedSource source(inner, clock, 0.05);
    ASSERT_TRUE(source.next(10000));
    clock.advance(0.22); // now 0.32: blocks due at 0.2 is lost, 0.3 still in the ring
    const auto block = source.next(10000);
    ASSERT_TRUE(block && *block);
    ASSERT_TRUE((*block)->begins);
    EXPECT_EQ((*block)->begins->lost_before, 10000U);
    EXPECT_EQ((*block)->begins->lost_why, "overflow");
    EXPECT_EQ((*block)->begins->first_sample, 10000U);
    EXPECT_EQ((*block)->begins->start->unix_ns, 1'000'000'000 + 200'000'000);
}

} // namespace
} // namespace gacsong::test
