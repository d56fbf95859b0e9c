// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/spectrum_pass.hpp"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>

namespace gacsong::dsp {
namespace {

struct Row {
    explicit Row(std::size_t n) : mean(n), maximum(n), minimum(n), kurtosis(n) {}
    [[nodiscard]] SpectrumRow view() { return {mean, maximum, minimum, kurtosis}; }
    std::vector<float> mean;
    std::vector<float> maximum;
    std::vector<float> minimum;
    std::vector<float> kurtosis;
};

std::vector<float> tone(std::size_t samples, double bin, std::size_t n, double amplitude)
{
    std::vector<float> out(2 * samples);
    for (std::size_t i = 0; i < samples; ++i) {
        const double phase = 2.0 * std::numbers::pi * bin * static_cast<double>(i) / static_cast<double>(n);
        out[2 * i] = static_cast<float>(amplitude * std::cos(phase));
        out[2 * i + 1] = static_cast<float>(amplitude * std::sin(phase));
    }
    return out;
}

double db(double ratio) { return 10.0 * std::log10(ratio); }

// monitoring.md §8, vector 3: the band power of a tone does not depend on where it falls between two bins.
TEST(SpectrumPass, BandPowerOfATone)
{
    const SpectrumShape shape{1024, 512, 4, WindowKind::blackman_harris};
    SpectrumPass pass(SampleFormat::of(Component::f32), shape);
    for (const double offset : {0.0, 0.5}) {
        Row row(shape.bins);
        const auto samples = tone(shape.row_span(), 100.0 + offset, shape.bins, 0.25);
        pass.row(std::as_bytes(std::span(samples)), 4, row.view());
        EXPECT_NEAR(db(std::accumulate(row.mean.begin(), row.mean.end(), 0.0)), -12.041, 0.001);
        const auto peak =
            static_cast<std::size_t>(std::max_element(row.mean.begin(), row.mean.end()) - row.mean.begin());
        EXPECT_NEAR(static_cast<double>(peak), 512.0 + 100.0 + offset, 0.51);
        EXPECT_NEAR(db(static_cast<double>(row.mean[peak]) * window_facts(shape.window).enbw_bins),
                    offset == 0.0 ? -12.041 : -12.867, 0.001);
        EXPECT_NEAR(static_cast<double>(row.kurtosis[peak]), 0.0, 1e-3);
    }
}

TEST(SpectrumPass, NoiseIsFlatAndItsKurtosisIsOne)
{
    const SpectrumShape shape{512, 512, 1024, WindowKind::rectangular};
    std::mt19937 engine(1);
    std::normal_distribution<float> normal(0.0F, 0.1F);
    std::vector<float> samples(2 * shape.row_span());
    for (auto& value : samples)
        value = normal(engine);
    SpectrumPass pass(SampleFormat::of(Component::f32), shape);
    Row row(shape.bins);
    pass.row(std::as_bytes(std::span(samples)), shape.frames, row.view());
    const double total = std::accumulate(row.mean.begin(), row.mean.end(), 0.0);
    EXPECT_NEAR(db(total), db(0.02), 0.02);
    for (std::size_t k = 0; k < shape.bins; ++k) {
        EXPECT_NEAR(static_cast<double>(row.mean[k]) * 512.0 / total, 1.0, 0.16); // 5 sd
        EXPECT_GT(row.kurtosis[k], 0.75F);
        EXPECT_LT(row.kurtosis[k], 1.45F);
        EXPECT_LE(row.minimum[k], row.mean[k]);
        EXPECT_GE(row.maximum[k], row.mean[k]);
    }
}

/// Raw bytes of components of full scale 1 in a format.
std::vector<std::byte> encode(const std::vector<float>& wave, SampleFormat format)
{
    std::vector<std::byte> bytes;
    const auto put = [&](auto value, std::size_t used) {
        auto raw = std::bit_cast<std::array<std::byte, sizeof(value)>>(value);
        if (format.big_endian)
            std::reverse(raw.begin(), raw.begin() + static_cast<std::ptrdiff_t>(used));
        bytes.insert(bytes.end(), raw.begin(), raw.begin() + static_cast<std::ptrdiff_t>(used));
    };
    for (const float x : wave) {
        const double scaled = static_cast<double>(x) * format.full_scale;
        const long whole = std::lround(scaled);
        switch (format.component) {
        case Component::u8:
            put(static_cast<std::uint8_t>(std::lround(scaled + 127.5)), 1);
            break;
        case Component::s8:
            put(static_cast<std::int8_t>(whole), 1);
            break;
        case Component::s16:
            put(static_cast<std::int16_t>(whole), 2);
            break;
        case Component::s24:
            put(static_cast<std::int32_t>(whole), 3);
            break;
        case Component::s32:
            put(static_cast<std::int32_t>(whole), 4);
            break;
        case Component::f32:
            put(x, 4);
            break;
        case Component::f64:
            put(static_cast<double>(x), 8);
            break;
        }
    }
    return bytes;
}

class EveryFormat : public testing::TestWithParam<const char*> {};

/// The same tone in every sample format gives the same spectrum, whatever path converts it.
TEST_P(EveryFormat, MeasuresTheSameTone)
{
    const auto format = parse_sample_format(GetParam()).value();
    const SpectrumShape shape{256, 128, 40, WindowKind::hann};
    const auto bytes = encode(tone(shape.row_span(), -37.0, shape.bins, 0.5), format);
    SpectrumPass pass(format, shape);
    Row row(shape.bins);
    pass.row(bytes, shape.frames, row.view());
    const std::size_t at = 128 - 37;
    EXPECT_NEAR(db(static_cast<double>(row.mean[at - 1] + row.mean[at] + row.mean[at + 1])), -6.02, 0.05);
}

INSTANTIATE_TEST_SUITE_P(All, EveryFormat,
                         testing::Values("cu8", "cs8", "cs16", "cs16_be", "cs24", "cs24_be", "cs32", "cs32_be", "cf32",
                                         "cf32_be", "cf64", "cf64_be"));

TEST(SpectrumPass, AShortRowUsesTheFramesThereAre)
{
    const SpectrumShape shape{256, 128, 16, WindowKind::blackman_harris};
    EXPECT_NEAR(shape.effective_averages(16), 15.955, 1e-3);
    EXPECT_EQ(shape.effective_averages(1), 1.0);
    SpectrumPass pass(SampleFormat::of(Component::f32), shape);
    Row row(shape.bins);
    const auto samples = tone(256 + 2 * 128, 10.0, 256, 1.0);
    pass.row(std::as_bytes(std::span(samples)), 3, row.view());
    EXPECT_NEAR(db(std::accumulate(row.mean.begin(), row.mean.end(), 0.0)), 0.0, 1e-3);
}

} // namespace
} // namespace gacsong::dsp
