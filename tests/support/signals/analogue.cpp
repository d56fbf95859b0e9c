// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/analogue.hpp"

#include "tests/support/fft.hpp"
#include "tests/support/signals/audio.hpp"
#include "tests/support/signals/loop.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <numbers>

namespace gacsong::test {

namespace {

constexpr double audio_top_hz = 3200.0;

/// A loop of the spectrum of the voice, as it is (double-sided) or only its positive frequencies (analytic).
ComplexLoop voice_loop(std::uint64_t seed, bool analytic, double depth)
{
    const Audio voice = make_voice(seed);
    std::vector<std::complex<double>> x(voice.samples.begin(), voice.samples.end());
    if (analytic) {
        fft(x);
        std::fill(x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2), x.end(), 0.0);
        fft(x, true);
    }
    double power = 0.0;
    for (auto& value : x) {
        if (!analytic)
            value = 1.0 + depth * value;
        power += std::norm(value) / static_cast<double>(x.size());
    }
    std::vector<std::complex<float>> table(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        table[i] = static_cast<std::complex<float>>(x[i] / std::sqrt(power));
    return {std::move(table), voice.rate_hz};
}

class LoopSignal final : public Waveform {
public:
    LoopSignal(Description description, ComplexLoop loop, bool conjugate)
        : Waveform(std::move(description)), loop_(std::move(loop)), conjugate_(conjugate)
    {
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const auto x = loop_.at(t0_s + static_cast<double>(i) * dt_s);
            out[i] = conjugate_ ? std::conj(x) : x;
        }
    }

private:
    ComplexLoop loop_;
    bool conjugate_;
};

class AmTone final : public Waveform {
public:
    AmTone(Description description, double depth, double tone_hz)
        : Waveform(std::move(description)), depth_(depth), tone_hz_(tone_hz)
    {
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        const double scale = 1.0 / std::sqrt(1.0 + 0.5 * depth_ * depth_);
        for (std::size_t i = 0; i < out.size(); ++i) {
            const double t = t0_s + static_cast<double>(i) * dt_s;
            out[i] = {scale * (1.0 + depth_ * std::sin(2.0 * std::numbers::pi * tone_hz_ * t)), 0.0};
        }
    }

private:
    double depth_;
    double tone_hz_;
};

/// Frequency modulation by a loop plus at most two sines (a test tone and the sub-audible one), in closed form.
class Nfm final : public Waveform {
public:
    Nfm(Description description, const NfmSettings& settings)
        : Waveform(std::move(description)), settings_(settings), loop_(make(settings))
    {
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const double t = t0_s + static_cast<double>(i) * dt_s;
            double cycles = 0.0;
            if (!settings_.tone_hz)
                cycles += loop_.cycles_at(t);
            else if (*settings_.tone_hz > 0.0)
                cycles += sine_cycles(settings_.deviation_hz, *settings_.tone_hz, t);
            if (settings_.ctcss_hz)
                cycles += sine_cycles(settings_.ctcss_deviation_hz, *settings_.ctcss_hz, t);
            out[i] = unit_phasor(cycles);
        }
    }

private:
    /// Integral of deviation·sin(2πft) from 0 to t, in cycles.
    static double sine_cycles(double deviation_hz, double tone_hz, double t)
    {
        return deviation_hz / (2.0 * std::numbers::pi * tone_hz) *
               (1.0 - std::cos(2.0 * std::numbers::pi * wrap(tone_hz * t, 1.0)));
    }

    static PhaseLoop make(const NfmSettings& settings)
    {
        if (settings.tone_hz)
            return PhaseLoop(std::vector<double>(8, 0.0), 8.0);
        Audio voice = make_voice(settings.seed);
        for (double& x : voice.samples)
            x *= settings.deviation_hz;
        return PhaseLoop(std::move(voice.samples), voice.rate_hz);
    }

    NfmSettings settings_;
    PhaseLoop loop_;
};

} // namespace

WaveformPtr am(const AmSettings& settings)
{
    Description d;
    d.modulation = "AM";
    d.system = settings.tone_hz ? "unknown" : "analogue voice";
    d.span_hz = 2.0 * std::max(audio_top_hz, 1.1 * settings.tone_hz.value_or(0.0));
    if (settings.tone_hz)
        return std::make_shared<AmTone>(std::move(d), settings.depth, *settings.tone_hz);
    return std::make_shared<LoopSignal>(std::move(d), voice_loop(settings.seed, false, settings.depth), false);
}

WaveformPtr ssb(const SsbSettings& settings)
{
    Description d;
    d.modulation = "SSB";
    d.system = "analogue voice";
    d.span_hz = 2.0 * audio_top_hz;
    d.asymmetric = true;
    return std::make_shared<LoopSignal>(std::move(d), voice_loop(settings.seed, true, 1.0), !settings.upper);
}

WaveformPtr nfm(const NfmSettings& settings)
{
    Description d;
    d.modulation = "NFM";
    d.system = "analogue voice";
    d.deviation_hz = settings.deviation_hz;
    const double sub_hz = settings.ctcss_hz ? settings.ctcss_deviation_hz : 0.0;
    // Carson's width and as much again on both sides: what lies outside is below −50 dB.
    d.span_hz =
        2.0 * (1.5 * (settings.deviation_hz + sub_hz) + 3.0 * std::max(audio_top_hz, settings.tone_hz.value_or(0.0)));
    if (settings.ctcss_hz) {
        char text[16];
        std::snprintf(text, sizeof text, "%.1f", *settings.ctcss_hz);
        d.identity["ctcss_hz"] = text;
    }
    return std::make_shared<Nfm>(std::move(d), settings);
}

} // namespace gacsong::test
