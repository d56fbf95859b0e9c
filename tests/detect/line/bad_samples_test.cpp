// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/line/scan.hpp"
#include "tests/support/signals/linear.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace gacsong::test {
namespace {

MemoryRecording floats(std::size_t samples, float value)
{
    MemoryRecording out;
    out.format = SampleFormat::of(Component::f32);
    out.sample_rate_hz = 1e6;
    const std::vector<std::complex<float>> data(samples, {value, -value});
    out.bytes = to_bytes(data);
    return out;
}

TEST(BadSamples, NothingAtAll)
{
    const auto found = scan(floats(0, 0.0F));
    EXPECT_EQ(found.end.samples, 0U);
    EXPECT_TRUE(found.emissions.empty());
}

TEST(BadSamples, OneSampleAndFewerThanAFrame)
{
    for (const std::size_t count : {1U, 63U, 64U, 65U, 1000U}) {
        const auto found = scan(floats(count, 0.1F));
        EXPECT_EQ(found.end.samples, count);
        EXPECT_TRUE(found.solid().empty()) << count;
        EXPECT_TRUE(found.warned("warn.short")) << count;
    }
}

TEST(BadSamples, NotANumberIsSkippedCountedAndTold)
{
    Scene scene;
    scene.sample_rate_hz = 1e6;
    scene.duration_s = 0.5;
    Placed signal;
    signal.waveform = linear({.symbol_rate_hz = 40e3});
    signal.offset_hz = 100e3;
    signal.level = Level::dbfs(-30.0);
    scene.signals.push_back(signal);
    auto recording = record(scene, SampleFormat::of(Component::f32));
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float infinity = std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i < 100; ++i)
        std::memcpy(recording.bytes.data() + 8 * (200000 + i), i % 2 == 0 ? &nan : &infinity, sizeof(float));
    const auto found = scan(recording);
    EXPECT_EQ(found.end.skipped_samples, 100U);
    ASSERT_EQ(found.gaps.size(), 1U);
    EXPECT_EQ(found.gaps[0].why, "not-finite");
    ASSERT_EQ(found.solid().size(), 1U);
    EXPECT_TRUE(std::isfinite(found.solid()[0].snr_db));
}

TEST(BadSamples, OnlyNotANumber)
{
    const auto found = scan(floats(100000, std::numeric_limits<float>::quiet_NaN()));
    EXPECT_EQ(found.end.skipped_samples, 100000U);
    EXPECT_TRUE(found.emissions.empty());
}

TEST(BadSamples, HugeValuesStayFinite)
{
    for (const float value : {1e9F, 1e15F, 3e38F, 1e-38F}) {
        for (const auto& e : scan(floats(100000, value)).emissions) {
            EXPECT_TRUE(std::isfinite(e.power_dbfs));
            EXPECT_TRUE(std::isfinite(e.snr_db));
            EXPECT_TRUE(std::isfinite(e.bandwidth_hz));
        }
    }
}

TEST(BadSamples, SilenceOfZeros) { EXPECT_TRUE(scan(floats(500000, 0.0F)).emissions.empty()); }

TEST(BadSamples, AnInputThatBreaksOffKeepsWhatItGave)
{
    auto recording = floats(300000, 0.0F);
    recording.error = Error{Message("file.denied", {{"file", "x"}}), Fault::input};
    const auto found = scan(recording);
    EXPECT_FALSE(found.end.complete);
    ASSERT_TRUE(found.end.why);
    EXPECT_EQ(found.end.samples, 300000U);
}

TEST(BadSamples, ARetuneAndAGapEndTheSegments)
{
    Scene scene;
    scene.sample_rate_hz = 1e6;
    scene.duration_s = 1.0;
    Placed signal;
    signal.waveform = linear({.symbol_rate_hz = 40e3});
    signal.offset_hz = 100e3;
    signal.level = Level::dbfs(-30.0);
    scene.signals.push_back(signal);
    auto recording = record(scene, SampleFormat::of(Component::s8));
    recording.center_hz = 100e6;
    Segment first;
    first.center_hz = 100e6;
    Segment second;
    second.first_sample = 600000;
    second.center_hz = 101e6;
    second.lost_before = 500000;
    second.lost_why = "overflow";
    recording.segments = {first, second};
    const auto found = scan(recording);
    ASSERT_EQ(found.gaps.size(), 1U);
    EXPECT_EQ(found.gaps[0].samples, 500000U);
    const auto solid = found.solid();
    ASSERT_EQ(solid.size(), 2U);
    EXPECT_NEAR(solid[0].center_hz.value(), 100.1e6, 2000.0);
    EXPECT_NEAR(solid[1].center_hz.value(), 101.1e6, 2000.0);
    EXPECT_NEAR(solid[1].start_s, 1.1, 0.01) << "lost time counts";
}

} // namespace
} // namespace gacsong::test
