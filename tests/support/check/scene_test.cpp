// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scene.hpp"
#include "tests/support/signals/analogue.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/signals/fsk.hpp"
#include "tests/support/signals/linear.hpp"
#include "tests/support/signals/remote.hpp"
#include "tests/support/spectrum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

namespace gacsong::test {
namespace {

double db(double ratio) { return 10.0 * std::log10(ratio); }

double power_db(const std::vector<std::complex<float>>& x, double rate_hz, double low_hz, double high_hz)
{
    return db(band_power(welch(std::span<const std::complex<float>>{x}, 8192), rate_hz, low_hz, high_hz));
}

TEST(Scene, PlacesACarrierAtItsLevelAndFrequency)
{
    Scene scene;
    scene.noise_dbfs_hz.reset();
    scene.signals = {{.waveform = carrier(), .offset_hz = 123456.0, .level = Level::dbfs(-20.0)}};
    const auto x = scene.build();
    ASSERT_EQ(x.size(), 1000000U);
    for (const std::size_t i : {0U, 1U, 8191U, 8192U, 777777U}) {
        EXPECT_NEAR(std::abs(x[i]), 0.1, 1e-6);
        const auto expected = std::polar(0.1, 2.0 * M_PI * std::fmod(0.123456 * static_cast<double>(i), 1.0));
        EXPECT_LT(std::abs(std::complex<double>(x[i]) - expected), 1e-6) << i;
    }
}

// 1 s of a 24 kHz signal: the noise power in it is known to 0.03 dB, the signal's own to better than that.
TEST(Scene, MakesTheSnrAskedForInTheSignalsOwnBandwidth)
{
    for (const double snr : {0.0, 10.0, 25.0}) {
        Scene scene;
        scene.sample_rate_hz = 250e3;
        scene.duration_s = 4.0;
        LinearSettings settings;
        scene.signals = {{.waveform = linear(settings), .offset_hz = 40e3, .level = Level::snr_db(snr)}};
        const TrueEmission truth = scene.truth().emissions.at(0);
        EXPECT_NEAR(*truth.snr_db, snr, 1e-9);
        EXPECT_NEAR(truth.bandwidth_hz, raised_cosine_occupied_hz(18000.0, 0.35), 200.0);
        const auto both = scene.build();
        scene.signals.clear();
        const double noise_db = power_db(scene.build(), 250e3, truth.low_hz, truth.high_hz);
        const double sum = power_db(both, 250e3, truth.low_hz, truth.high_hz);
        const double measured = db(std::pow(10.0, sum / 10.0) - std::pow(10.0, noise_db / 10.0)) - noise_db;
        EXPECT_NEAR(measured, snr + db(0.99), 0.1);
    }
}

TEST(Scene, MakesTheCarrierToNoiseDensityAskedFor)
{
    Scene scene;
    scene.signals = {{.waveform = carrier(), .level = Level::cn0_dbhz(45.0)}};
    EXPECT_NEAR(scene.truth().emissions.at(0).power_dbfs, -65.0, 1e-9);
    EXPECT_FALSE(scene.truth().emissions.at(0).snr_db);
    const auto x = scene.build();
    double power = 0.0;
    for (const auto& value : x)
        power += static_cast<double>(std::norm(value)) / static_cast<double>(x.size());
    EXPECT_NEAR(db(power), db(std::pow(10.0, -11.0) * 1e6 + std::pow(10.0, -6.5)), 0.03);
}

TEST(Scene, DoesNotDependOnTheCut)
{
    Scene scene;
    scene.duration_s = 0.1;
    scene.receiver = {.iq_gain_db = 0.3, .iq_phase_deg = 2.0, .dc = {0.01, 0.0}};
    scene.signals = {
        {.waveform = nfm(), .offset_hz = 100e3, .level = Level::dbfs(-30.0), .start_s = 0.0123, .end_s = 0.0777},
        {.waveform = fsk({}),
         .offset_hz = -200e3,
         .level = Level::dbfs(-30.0),
         .keying = Keying::periodic(0.01, 0.004, 1e-3)}};
    const auto whole = scene.build();
    const SceneRenderer renderer(scene);
    for (const std::size_t size : {1000U, 8192U, 12345U}) {
        for (std::size_t at = 0; at + size < whole.size(); at += 3 * size) {
            std::vector<std::complex<float>> part(size);
            renderer.render(at, part);
            ASSERT_TRUE(std::equal(part.begin(), part.end(), whole.begin() + static_cast<std::ptrdiff_t>(at)));
        }
    }
}

TEST(Scene, KeysOnAndOffWhenItSays)
{
    Scene scene;
    scene.noise_dbfs_hz.reset();
    scene.signals = {{.waveform = carrier(),
                      .level = Level::dbfs(0.0),
                      .start_s = 0.1,
                      .end_s = 0.65,
                      .keying = Keying::periodic(0.2, 0.05)}};
    const auto x = scene.build();
    const TrueEmission truth = scene.truth().emissions.at(0);
    ASSERT_EQ(truth.bursts.size(), 3U);
    EXPECT_NEAR(truth.start_s, 0.1, 1e-9);
    EXPECT_NEAR(truth.end_s, 0.55, 1e-9);
    EXPECT_NEAR(truth.duty, 0.15 / 0.45, 1e-9);
    EXPECT_NEAR(*truth.period_s, 0.2, 1e-9);
    for (std::size_t i = 25; i < x.size(); i += 50) { // between the edges, which fall on multiples of 50
        const double t = static_cast<double>(i) / 1e6;
        const bool on = std::any_of(truth.bursts.begin(), truth.bursts.end(),
                                    [&](const Interval& b) { return t >= b.start_s && t < b.end_s; });
        ASSERT_NEAR(std::abs(x[i]), on ? 1.0 : 0.0, 1e-5) << t;
    }
}

// Image rejection follows (1 + 2g cosφ + g²)/(1 − 2g cosφ + g²): the three values of monitoring.md §3.5.
TEST(Receiver, RejectsTheImageAsTheFormulaSays)
{
    struct Row {
        double gain_db, phase_deg, rejection_db;
    };
    for (const Row row : {Row{0.1, 1.0, 39.6}, Row{0.5, 3.0, 28.2}, Row{1.0, 5.0, 22.8}}) {
        Scene scene;
        scene.noise_dbfs_hz.reset();
        scene.duration_s = 0.1;
        scene.receiver.iq_gain_db = row.gain_db;
        scene.receiver.iq_phase_deg = row.phase_deg;
        scene.signals = {{.waveform = carrier(), .offset_hz = 100e3, .level = Level::dbfs(-10.0)}};
        EXPECT_NEAR(db(scene.receiver.image_rejection()), row.rejection_db, 0.05);
        const auto x = scene.build();
        const double wanted = power_db(x, 1e6, 95e3, 105e3);
        const double image = power_db(x, 1e6, -105e3, -95e3);
        EXPECT_NEAR(wanted - image, row.rejection_db, 0.05);
        const Truth truth = scene.truth();
        EXPECT_NEAR(truth.emissions.at(0).power_dbfs, wanted, 0.01);
        ASSERT_EQ(truth.artefacts.size(), 1U);
        EXPECT_NEAR(truth.artefacts[0].power_dbfs, image, 0.05);
        EXPECT_NEAR(truth.artefacts[0].offset_hz, -100e3, 1e-6);
    }
}

// Two tones of −10 dBFS with an intercept at +10 dBFS: products at −10 − 2·20 = −50 dBFS (monitoring.md §8 row 25).
TEST(Receiver, MakesThirdOrderProducts)
{
    Scene scene;
    scene.noise_dbfs_hz.reset();
    scene.duration_s = 0.1;
    scene.receiver.ip3_dbfs = 10.0;
    scene.signals = {{.waveform = carrier(), .offset_hz = 100e3, .level = Level::dbfs(-10.0)},
                     {.waveform = carrier(), .offset_hz = 160e3, .level = Level::dbfs(-10.0)}};
    const auto x = scene.build();
    EXPECT_NEAR(power_db(x, 1e6, 35e3, 45e3), -50.0, 0.1);
    EXPECT_NEAR(power_db(x, 1e6, 215e3, 225e3), -50.0, 0.1);
    const Truth truth = scene.truth();
    ASSERT_EQ(truth.artefacts.size(), 2U);
    EXPECT_NEAR(truth.artefacts[0].offset_hz, 40e3, 1e-6);
    EXPECT_NEAR(truth.artefacts[1].offset_hz, 220e3, 1e-6);
    EXPECT_NEAR(truth.artefacts[0].power_dbfs, -50.0, 1e-9);
}

// A clock 20 ppm fast at 100 MHz: everything is seen 2 kHz low, and one second has 20 samples more.
TEST(Receiver, SeesEverythingMovedByItsClock)
{
    Scene scene;
    scene.center_hz = 100e6;
    scene.noise_dbfs_hz.reset();
    scene.receiver.clock_ppm = 20.0;
    scene.signals = {{.waveform = carrier(), .offset_hz = 50e3, .level = Level::dbfs(-10.0)}};
    const TrueEmission truth = scene.truth().emissions.at(0);
    EXPECT_NEAR(truth.offset_hz, (50e3 - 2000.0) / 1.00002, 1e-6);
    EXPECT_NEAR(*truth.center_hz, 100e6 + truth.offset_hz, 1e-6);
    const auto x = scene.build();
    std::complex<double> turn{};
    for (std::size_t i = 1; i < x.size(); ++i)
        turn += std::complex<double>(x[i]) * std::conj(std::complex<double>(x[i - 1]));
    EXPECT_NEAR(std::arg(turn) / (2.0 * M_PI) * 1e6, truth.offset_hz, 0.01);
}

TEST(Receiver, RunsSymbolsByItsSampleClock)
{
    FskSettings settings;
    settings.symbols = {1, -1};
    Scene scene;
    scene.sample_rate_hz = 100e3;
    scene.duration_s = 2.0;
    scene.noise_dbfs_hz.reset();
    scene.receiver.clock_ppm = 100.0;
    scene.signals = {{.waveform = fsk(settings), .level = Level::dbfs(-10.0)}};
    const auto x = scene.build();
    std::size_t changes = 0;
    double last_sign = 0.0;
    std::size_t last_change = 0;
    std::size_t first_change = 0;
    for (std::size_t i = 1; i < x.size(); ++i) {
        const double sign = std::arg(x[i] * std::conj(x[i - 1])) > 0.0F ? 1.0 : -1.0;
        if (last_sign != 0.0 && sign != last_sign) {
            first_change = changes == 0 ? i : first_change;
            last_change = i;
            ++changes;
        }
        last_sign = sign;
    }
    const double measured_hz =
        static_cast<double>(changes - 1) * 100e3 / static_cast<double>(last_change - first_change);
    EXPECT_NEAR(measured_hz, 4800.0 / 1.0001, 0.1);
}

// Two paths of equal phase reference: |1 + a·exp(j(φ − 2πfτ))|² over frequency, a notch where they cancel.
TEST(Scene, AddsTheSecondPath)
{
    Scene scene;
    scene.noise_dbfs_hz.reset();
    scene.signals = {
        {.waveform = noise_band(200e3), .level = Level::dbfs(-20.0), .echo = Echo{.delay_s = 20e-6, .gain_db = -3.0}}};
    const auto spectrum = welch(std::span<const std::complex<float>>{scene.build()}, 4096);
    const double a = std::pow(10.0, -3.0 / 20.0);
    const double top = db(band_power(spectrum, 1e6, -1000.0, 1000.0));
    const double notch = db(band_power(spectrum, 1e6, 24000.0, 26000.0)); // 1/(2τ)
    EXPECT_NEAR(top - notch, 20.0 * std::log10((1.0 + a) / (1.0 - a)), 1.0);
}

TEST(Scene, TellsWhereAnOokRemoteIs)
{
    Scene scene;
    scene.sample_rate_hz = 250e3;
    scene.center_hz = 433.92e6;
    scene.noise_dbfs_hz = -95.0;
    scene.signals = {
        {.waveform = ev1527(0xABCDE, 4), .offset_hz = 30e3, .level = Level::dbfs(-10.0), .start_s = 0.2, .end_s = 0.7}};
    const TrueEmission truth = scene.truth().emissions.at(0);
    EXPECT_EQ(truth.modulation, "OOK");
    EXPECT_NEAR(truth.start_s, 0.2, 1e-6);
    EXPECT_GT(truth.bandwidth_hz, 1e3);
    EXPECT_LT(truth.bandwidth_hz, 40e3);
    EXPECT_GT(truth.bursts.size(), 200U);
}

TEST(Scene, RefusesALevelThatMeansNothing)
{
    Scene scene;
    scene.signals = {{.waveform = carrier(), .level = Level::snr_db(10.0)}};
    EXPECT_THROW((void)scene.build(), std::invalid_argument);
}

} // namespace
} // namespace gacsong::test
