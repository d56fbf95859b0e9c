// SPDX-License-Identifier: GPL-3.0-or-later
// The noise between transmissions that fill the whole band.
#include "detect/spectral/silences.hpp"
#include "tests/support/sources.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace gacsong::test {
namespace {

/// Noise of −60 dBFS, and 40 dB more in bursts of 900 samples with pauses of `pause` samples.
std::vector<std::complex<float>> bursts(std::size_t pause)
{
    Scene scene;
    scene.sample_rate_hz = 1e6;
    scene.duration_s = 0.1;
    scene.noise_dbfs_hz = -120.0;
    auto out = scene.build();
    scene.noise_dbfs_hz = -80.0;
    scene.seed += 1;
    const auto strong = scene.build();
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] += i % (900 + pause) < 900 ? strong[i] : std::complex<float>{};
    return out;
}

std::optional<double> silence_db(const std::vector<std::complex<float>>& samples)
{
    MemoryRecording recording;
    recording.bytes = to_bytes(samples);
    recording.format = SampleFormat::of(Component::f32);
    const MemoryHistory history(std::make_shared<const MemoryRecording>(recording));
    const auto power = detect::power_in_silences(history, 0, samples.size());
    return power ? std::optional(10.0 * std::log10(*power)) : std::nullopt;
}

} // namespace

TEST(Silences, OfAHundredSamplesShowTheNoise)
{
    const auto found = silence_db(bursts(100));
    ASSERT_TRUE(found);
    EXPECT_NEAR(*found, -60.0, 0.3);
}

TEST(Silences, AreNotMadeUpOfNoiseOrOfPausesTooShort)
{
    EXPECT_FALSE(silence_db(bursts(0)));
    EXPECT_FALSE(silence_db(bursts(30)));
}

TEST(Silences, OfDigitalZerosAreNone)
{
    auto samples = bursts(0);
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = i % 1000 < 800 ? samples[i] : std::complex<float>{};
    EXPECT_FALSE(silence_db(samples));
}

} // namespace gacsong::test
