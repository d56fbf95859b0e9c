// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/signatures/built.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/carrier.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace gacsong::test {

namespace {

/// FM with synchronising pulses (4.7 µs, ITU-R BT.1700) at a line rate and content that is noise within each line.
WaveformPtr camera(double line_hz, bool pulses = true)
{
    constexpr double rate_hz = 8e6;
    const auto count = static_cast<std::size_t>(rate_hz * 625.0 / line_hz);
    Random random(21);
    std::vector<std::complex<float>> samples;
    double phase = 0.0;
    double level = 0.5;
    for (std::size_t i = 0; i < count; ++i) {
        const double at = std::fmod(static_cast<double>(i) * line_hz / rate_hz, 1.0) / line_hz;
        if (i % 12 == 0)
            level = std::clamp(level + 0.15 * random.normal(), 0.0, 1.0);
        const double value = pulses && at < 4.7e-6 ? -0.43 : pulses && at < 12e-6 ? 0.0 : level;
        phase += 2.0 * std::numbers::pi * 1.5e6 * (value - 0.3) / rate_hz;
        samples.push_back(std::complex<float>(std::polar(1.0, phase)));
    }
    return repeated(std::move(samples), rate_hz, 5e6);
}

} // namespace

TEST(AnalogueVideo, IsNamedWithItsStandard)
{
    const Emission pal = named({camera(15625.0), 10e6, 0.02, 15.0});
    EXPECT_EQ(pal.system.name, "analogue video");
    ASSERT_EQ(pal.system.identity.count("standard"), 1U);
    EXPECT_EQ(pal.system.identity.at("standard"), "PAL");
    const Emission ntsc = named({camera(15734.266), 10e6, 0.02, 15.0});
    ASSERT_EQ(ntsc.system.identity.count("standard"), 1U);
    EXPECT_EQ(ntsc.system.identity.at("standard"), "NTSC");
}

TEST(AnalogueVideo, IsNotNamedWithoutPulsesNorAtAnotherRate)
{
    EXPECT_NE(named({camera(15625.0, false), 10e6, 0.02, 20.0}).system.name, "analogue video");
    EXPECT_NE(named({camera(16000.0), 10e6, 0.02, 20.0}).system.name, "analogue video");
    EXPECT_NE(named({noise_band(4e6, 3), 10e6, 0.02, 20.0}).system.name, "analogue video");
}

} // namespace gacsong::test
