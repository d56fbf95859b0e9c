// SPDX-License-Identifier: GPL-3.0-or-later
// A sound transmitter whose microphone is silent, and carriers that hiss otherwise: an oscillator, a radio for speech,
// a tone, one whose level hisses.
#include "tests/detect/signatures/built.hpp"
#include "tests/support/fft.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/loop.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <memory>
#include <vector>

namespace gacsong::test {

namespace {

/// Noise between two frequencies, a second and a third of it, root mean square 1.
std::vector<double> hiss(double low_hz, double high_hz, double rate_hz, std::uint64_t seed)
{
    constexpr std::size_t size = 1U << 18U;
    Random random(seed);
    std::vector<std::complex<double>> x(size);
    const auto cell = [&](double hz) { return static_cast<std::size_t>(hz / rate_hz * static_cast<double>(size)); };
    for (std::size_t k = cell(low_hz); k <= cell(high_hz); ++k) {
        x[k] = {random.normal(), random.normal()};
        x[size - k] = std::conj(x[k]);
    }
    fft(x, true);
    double power = 0.0;
    for (const auto& z : x)
        power += z.real() * z.real() / static_cast<double>(size);
    std::vector<double> out;
    for (const auto& z : x)
        out.push_back(z.real() / std::sqrt(power));
    return out;
}

class Hissing final : public Waveform {
public:
    Hissing(std::vector<double> frequency_hz, double rate_hz, double depth = 0.0)
        : Waveform(describe()), level_(frequency_hz), rate_hz_(rate_hz), depth_(depth),
          loop_(depth > 0.0 ? std::vector<double>(8, 0.0) : std::move(frequency_hz), depth > 0.0 ? 8.0 : rate_hz)
    {
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const double t = t0_s + static_cast<double>(i) * dt_s;
            const auto at = static_cast<std::size_t>(wrap(t * rate_hz_, static_cast<double>(level_.size())));
            out[i] = unit_phasor(loop_.cycles_at(t)) * (1.0 + depth_ * level_[at % level_.size()]);
        }
    }

private:
    static Description describe()
    {
        Description d;
        d.span_hz = 40e3;
        return d;
    }

    std::vector<double> level_;
    double rate_hz_;
    double depth_;
    PhaseLoop loop_;
};

constexpr double table_hz = 200e3;

WaveformPtr moved(double low_hz, double high_hz, double rms_hz, std::uint64_t seed = 3)
{
    auto frequency = hiss(low_hz, high_hz, table_hz, seed);
    for (double& one : frequency)
        one *= rms_hz;
    return std::make_shared<Hissing>(std::move(frequency), table_hz);
}

Emission seen(WaveformPtr waveform, double snr_db = 62.0)
{
    return named({std::move(waveform), 250e3, 1.6, snr_db, 742e6, 4});
}

} // namespace

TEST(IdleTransmitter, ResemblesAMicrophoneByItsHiss)
{
    for (const double top_hz : {11e3, 15e3})
        for (const double rms_hz : {100.0, 300.0}) {
            const Emission e = seen(moved(50.0, top_hz, rms_hz));
            EXPECT_EQ(e.system.name, "wireless microphone") << top_hz << ' ' << rms_hz << ' ' << e.modulation.name;
            EXPECT_LT(e.system.confidence, 0.8);
        }
}

TEST(IdleTransmitter, IsNoOscillatorNorARadioForSpeechNorATone)
{
    EXPECT_EQ(seen(moved(50.0, 12e3, 0.5)).system.name, "unknown");
    EXPECT_EQ(seen(moved(20.0, 40e3, 150.0)).system.name, "unknown") << "an oscillator hisses further";
    EXPECT_EQ(seen(moved(300.0, 3000.0, 150.0)).system.name, "unknown") << "a radio for speech not so far";
    EXPECT_EQ(seen(moved(2000.0, 2001.0, 150.0)).system.name, "unknown") << "a tone";
    EXPECT_EQ(seen(std::make_shared<Hissing>(hiss(50.0, 12e3, table_hz, 5), table_hz, 0.02)).system.name, "unknown")
        << "its level hisses, not its frequency";
}

TEST(IdleTransmitter, IsNotMadeUpOfNoise)
{
    for (const double snr_db : {15.0, 30.0, 40.0})
        EXPECT_EQ(seen(moved(50.0, 12e3, 1.0), snr_db).system.name, "unknown") << snr_db;
}

} // namespace gacsong::test
