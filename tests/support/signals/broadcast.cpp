// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/broadcast.hpp"

#include "tests/support/signals/audio.hpp"
#include "tests/support/signals/loop.hpp"

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <numbers>

namespace gacsong::test {

namespace {

constexpr std::size_t samples_per_bit = 256;
constexpr double multiplex_rate_hz = rds_bit_rate_hz * static_cast<double>(samples_per_bit); // 304 kHz
constexpr std::size_t bits_without_rds = 832;                                                // 0.70 s of programme

/// Deviation in hertz over one loop. The pilot makes 16 and the RDS carrier 48 cycles a bit, so all repeats.
std::vector<double> multiplex(const WfmSettings& settings)
{
    const auto bits = settings.rds ? rds_bits(*settings.rds) : std::vector<std::uint8_t>(bits_without_rds);
    const std::size_t size = bits.size() * samples_per_bit;
    const auto left = make_music(settings.seed, size, multiplex_rate_hz, settings.stereo ? -1.0 : 0.0).samples;
    const auto right = settings.stereo ? make_music(settings.seed, size, multiplex_rate_hz, 1.0).samples : left;
    const auto turns = [](std::size_t i, double cycles_per_bit) {
        const auto step = static_cast<std::size_t>(cycles_per_bit) * i % samples_per_bit;
        return 2.0 * std::numbers::pi * static_cast<double>(step) / static_cast<double>(samples_per_bit);
    };
    std::vector<double> out(size);
    for (std::size_t i = 0; i < size; ++i) {
        out[i] = 0.5 * (left[i] + right[i]);
        if (settings.stereo)
            out[i] += 0.5 * (left[i] - right[i]) * std::sin(turns(i, 32.0));
    }
    normalise_peak(out);
    const double pilot_hz = settings.stereo ? settings.pilot_deviation_hz : 0.0;
    const double rds_hz = settings.rds ? settings.rds_deviation_hz : 0.0;
    const auto rds = settings.rds ? rds_baseband(bits, samples_per_bit) : std::vector<double>(size, 0.0);
    for (std::size_t i = 0; i < size; ++i) {
        out[i] = (settings.deviation_hz - pilot_hz - rds_hz) * out[i] + pilot_hz * std::sin(turns(i, 16.0)) +
                 rds_hz * rds[i] * std::sin(turns(i, 48.0));
    }
    return out;
}

class Wfm final : public Waveform {
public:
    Wfm(Description description, const WfmSettings& settings)
        : Waveform(std::move(description)), loop_(multiplex(settings), multiplex_rate_hz)
    {
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = unit_phasor(loop_.cycles_at(t0_s + static_cast<double>(i) * dt_s));
    }

private:
    PhaseLoop loop_;
};

std::string hex4(unsigned value)
{
    char text[8];
    std::snprintf(text, sizeof text, "%04X", value);
    return text;
}

} // namespace

WaveformPtr wfm(const WfmSettings& settings)
{
    Description d;
    d.modulation = "WFM";
    d.system = "FM broadcast";
    d.deviation_hz = settings.deviation_hz;
    d.span_hz = 2.0 * (1.3 * settings.deviation_hz + 60000.0);
    if (settings.stereo)
        d.identity["pilot_hz"] = "19000";
    if (settings.rds) {
        d.identity["rds_pi"] = hex4(settings.rds->pi);
        d.identity["rds_ps"] = settings.rds->ps;
        if (!settings.rds->text.empty())
            d.identity["rds_text"] = settings.rds->text;
    }
    return std::make_shared<Wfm>(std::move(d), settings);
}

} // namespace gacsong::test
