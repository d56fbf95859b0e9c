// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/check/demodulate.hpp"
#include "tests/support/signals/analogue.hpp"
#include "tests/support/signals/audio.hpp"
#include "tests/support/signals/broadcast.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/spectrum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

namespace gacsong::test {
namespace {

Occupied width_of(const Waveform& waveform, double rate_hz, std::size_t count)
{
    const auto x = read(waveform, rate_hz, count);
    return occupied(welch(std::span<const std::complex<double>>{x}, 8192), rate_hz);
}

double peak(const std::vector<double>& x)
{
    double out = 0.0;
    for (const double value : x)
        out = std::max(out, std::abs(value));
    return out;
}

TEST(Voice, HasPausesAndStaysInItsBand)
{
    const Audio voice = make_voice(1);
    EXPECT_DOUBLE_EQ(peak(voice.samples), 1.0);
    const std::vector<std::complex<double>> x(voice.samples.begin(), voice.samples.end());
    const auto spectrum = welch(std::span<const std::complex<double>>{x}, 4096);
    const double total = band_power(spectrum, voice.rate_hz, -8000.0, 8000.0);
    EXPECT_LT(band_power(spectrum, voice.rate_hz, -90.0, 90.0) / total, 1e-4);
    EXPECT_LT(band_power(spectrum, voice.rate_hz, 3250.0, 8000.0) / total, 1e-4);
    const auto quiet =
        std::count_if(voice.samples.begin(), voice.samples.end(), [](double s) { return std::abs(s) < 0.01; });
    EXPECT_GT(quiet, static_cast<std::ptrdiff_t>(voice.samples.size() / 8));
    EXPECT_LT(quiet, static_cast<std::ptrdiff_t>(voice.samples.size() / 2));
    EXPECT_NE(make_voice(2).samples, voice.samples);
}

TEST(Am, HasItsDepthAndTwoSidebands)
{
    const auto x = read(*am({.depth = 0.5, .tone_hz = 1000.0}), 48000.0, 48000);
    double low = 1e9;
    double high = 0.0;
    for (const auto& value : x) {
        low = std::min(low, std::abs(value));
        high = std::max(high, std::abs(value));
    }
    EXPECT_NEAR((high - low) / (high + low), 0.5, 1e-3);
    EXPECT_NEAR(mean_power(x), 1.0, 1e-3);
    const auto voice = am({.depth = 0.8});
    EXPECT_NEAR(mean_power(read(*voice, 16000.0, 65536)), 1.0, 1e-3);
    EXPECT_LT(width_of(*voice, 32000.0, 131072).bandwidth_hz(), 6400.0);
}

TEST(Ssb, IsOnOneSide)
{
    const Occupied upper = width_of(*ssb({.upper = true}), 16000.0, 65536);
    EXPECT_GT(upper.low_hz, 90.0);
    EXPECT_LT(upper.high_hz, 3200.0);
    const Occupied lower = width_of(*ssb({.upper = false}), 16000.0, 65536);
    EXPECT_NEAR(lower.low_hz, -upper.high_hz, 5.0);
    EXPECT_NEAR(mean_power(read(*ssb(), 16000.0, 65536)), 1.0, 1e-3);
}

TEST(Nfm, ReachesItsDeviationAndNoMore)
{
    for (const double deviation_hz : {1500.0, 2500.0, 5000.0}) {
        const auto x = read(*nfm({.deviation_hz = deviation_hz}), 96000.0, 96000 * 4);
        EXPECT_NEAR(peak(discriminate(x, 96000.0)), deviation_hz, 0.01 * deviation_hz);
        EXPECT_NEAR(mean_power(x), 1.0, 1e-9);
    }
}

// Bessel: with a tone of index β the carrier line has J0(β)² of the power; β = 2.4048 is its first zero.
TEST(Nfm, LosesItsCarrierAtTheFirstBesselZero)
{
    const auto x = read(*nfm({.deviation_hz = 2404.8, .tone_hz = 1000.0}), 64000.0, 64000);
    const auto spectrum = welch(std::span<const std::complex<double>>{x}, 16384);
    EXPECT_LT(10.0 * std::log10(band_power(spectrum, 64000.0, -50.0, 50.0)), -50.0);
    EXPECT_NEAR(band_power(spectrum, 64000.0, 950.0, 1050.0), 0.51915 * 0.51915, 1e-3); // J1(2.4048)²
}

TEST(Nfm, CarriesItsSubaudibleTone)
{
    const auto f = discriminate(read(*nfm({.ctcss_hz = 88.5, .tone_hz = 0.0}), 8000.0, 80001), 8000.0);
    double in_phase = 0.0;
    for (std::size_t i = 0; i < f.size(); ++i)
        in_phase += f[i] * std::sin(2.0 * std::numbers::pi * 88.5 * (static_cast<double>(i) + 0.5) / 8000.0);
    EXPECT_NEAR(2.0 * in_phase / static_cast<double>(f.size()), 350.0, 1.0);
}

TEST(Wfm, SharesItsDeviationAmongPilotAndProgramme)
{
    const auto f =
        discriminate(read(*wfm({.rds = RdsSettings{.pi = 0x1234, .ps = "MAU A"}}), 1216000.0, 851201), 1216000.0);
    EXPECT_GT(peak(f), 65000.0);
    EXPECT_LT(peak(f), 75000.0 * 1.02);
    double pilot = 0.0;
    for (std::size_t i = 0; i < f.size(); ++i)
        pilot += f[i] * std::sin(2.0 * std::numbers::pi * 19000.0 * (static_cast<double>(i) + 0.5) / 1216000.0);
    EXPECT_NEAR(2.0 * pilot / static_cast<double>(f.size()), 6750.0, 40.0);
}

TEST(Wfm, IsAsWideAsBroadcastingAndWiderWithMoreDeviation)
{
    const double normal = width_of(*wfm(), 608000.0, 425600).bandwidth_hz();
    EXPECT_GT(normal, 90e3);
    EXPECT_LT(normal, 256e3); // 2·(75 + 53) kHz, Carson
    EXPECT_GT(width_of(*wfm({.deviation_hz = 130000.0}), 608000.0, 425600).bandwidth_hz(), 1.4 * normal);
}

TEST(NoiseBand, IsFlatAndSharp)
{
    const Occupied band = width_of(*noise_band(100e3), 400e3, 131072);
    EXPECT_NEAR(band.bandwidth_hz(), 99e3, 700.0);
    EXPECT_NEAR(mean_power(read(*noise_band(100e3), 400e3, 131072)), 1.0, 1e-3);
}

} // namespace
} // namespace gacsong::test
