// SPDX-License-Identifier: GPL-3.0-or-later
// Phase errors of transmitters, on carriers whose phase wanders by a known amount.
#include "tests/detect/cells/gsm_scenes.hpp"
#include "tests/support/signals/gsm.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <utility>

namespace gacsong::test {
namespace {

/// A waveform whose phase swings by `rms_deg`, `swing_hz` times a second.
class Wandering final : public Waveform {
public:
    Wandering(WaveformPtr inner, double rms_deg, double swing_hz)
        : Waveform(inner->description()), inner_(std::move(inner)),
          peak_(rms_deg * std::numbers::sqrt2 * std::numbers::pi / 180.0), swing_hz_(swing_hz)
    {
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        inner_->sample(t0_s, dt_s, out);
        for (std::size_t i = 0; i < out.size(); ++i) {
            const double t = t0_s + static_cast<double>(i) * dt_s;
            out[i] *= std::polar(1.0, peak_ * std::sin(2.0 * std::numbers::pi * swing_hz_ * t));
        }
    }

private:
    WaveformPtr inner_;
    double peak_;
    double swing_hz_;
};

Cell heard(double rms_deg, double snr_db, std::optional<Echo> echo = {})
{
    Scene scene;
    scene.sample_rate_hz = 541666.0;
    scene.center_hz = 947.4e6;
    scene.duration_s = 1.0;
    scene.noise_dbfs_hz = -20.0 - snr_db - 54.33;
    Placed placed;
    placed.waveform = std::make_shared<Wandering>(gsm(plain_gsm_cell(8)), rms_deg, 17.3e3);
    placed.level = Level::dbfs(-20.0);
    placed.echo = echo;
    scene.signals = {placed};
    const auto report = search_gsm(scene);
    EXPECT_EQ(report.cells.size(), 1U);
    return report.cells.empty() ? Cell{} : report.cells.front();
}

} // namespace

TEST(GsmModulation, OfAGoodTransmitterHasNoErrorEvenThroughEchoes)
{
    for (const double snr_db : {25.0, 30.0, 40.0}) {
        const Cell cell = heard(0.0, snr_db);
        ASSERT_TRUE(cell.phase_error_deg && cell.phase_error_peak_deg) << snr_db;
        EXPECT_LT(*cell.phase_error_deg, 2.0) << snr_db;
        EXPECT_LT(*cell.phase_error_peak_deg, 12.0) << snr_db;
    }
    const Cell echo = heard(0.0, 30.0, Echo{7.0e-6, -6.0, 73.0});
    ASSERT_TRUE(echo.phase_error_deg);
    EXPECT_LT(*echo.phase_error_deg, 3.0);
    EXPECT_LT(*echo.phase_error_peak_deg, 20.0);
}

TEST(GsmModulation, ErrorIsMeasured)
{
    for (const double rms_deg : {5.0, 8.0, 12.0}) {
        const Cell cell = heard(rms_deg, 30.0);
        ASSERT_TRUE(cell.phase_error_deg) << rms_deg;
        EXPECT_NEAR(*cell.phase_error_deg, rms_deg, 0.2 * rms_deg);
        EXPECT_GT(*cell.phase_error_peak_deg, 1.2 * rms_deg);
        EXPECT_GE(cell.snr_db.value_or(0.0), 18.0) << "what wanders is no noise: the tone alone says 14.5";
    }
}

TEST(GsmModulation, IsNotStatedInNoise) { EXPECT_FALSE(heard(8.0, 12.0).phase_error_deg); }

} // namespace gacsong::test
