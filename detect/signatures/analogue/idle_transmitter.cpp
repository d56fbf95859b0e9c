// SPDX-License-Identifier: GPL-3.0-or-later
// A transmitter of sound whose microphone is silent: a carrier whose frequency hisses as its amplifiers do, as far as
// its sound goes (10 … 15 kHz) and no further. Oscillators hiss further, radios for speech not so far, and nothing of
// what is said is needed. Shape alone: such a carrier only resembles a wireless microphone or a link to loudspeakers.
#include "detect/signatures/signature.hpp"
#include "dsp/demod/lines.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

namespace gacsong::detect {

namespace {

constexpr double lowest_hz = 25e6;
constexpr double highest_hz = 2e9;
constexpr double widest_hz = 20e3;
constexpr double half_width_hz = 24e3;
constexpr double look_s = 1.5;
constexpr double least_s = 0.2;
constexpr double clear = 6.0;       ///< standard deviations of the receiver's noise
constexpr double weakest_hz = 60.0; ///< of the hiss, root mean square
constexpr double strongest_hz = 3000.0;
constexpr double least_sound = 0.15;  ///< density of hiss beyond speech, over that within it
constexpr double most_beyond = 0.35;  ///< … beyond sound, over that within it
constexpr double least_carrier = 0.8; ///< share of the power that stands still
constexpr double alone = 0.1;         ///< most that one cell has of the hiss: a tone is no silence
constexpr double confidence = 0.55;

/// Mean square of the frequency's movement a hertz, hertz, and the standard deviation that noise gives it.
struct Density {
    double value = 0.0;
    double sigma = 0.0;
};

/// The carrier, and what stands in phase with it and across it as spectra. White noise has as much in both.
struct Beside {
    double carrier = 0.0; ///< power
    double hann_hz = 0.0; ///< noise bandwidth of a cell
    dsp::LineSpectrum in_phase;
    dsp::LineSpectrum across;

    /// Mean of the hiss between two frequencies, from what stands across more than in phase.
    [[nodiscard]] Density between(double low_hz, double high_hz) const
    {
        double sum = 0.0;
        double noise = 0.0;
        double variance = 0.0;
        const std::size_t first = across.cell(low_hz);
        const std::size_t last = across.cell(high_hz);
        for (std::size_t k = first; k <= last; ++k)
            noise += static_cast<double>(in_phase.power[k]) / static_cast<double>(last - first + 1);
        for (std::size_t k = first; k <= last; ++k) {
            const double f = across.frequency(k);
            sum += f * f * static_cast<double>(across.power[k] - in_phase.power[k]);
            variance += 2.0 * f * f * f * f * noise * noise * hann_hz / across.step_hz;
        }
        // Both signs of the frequency; cells overlap.
        const double scale = 2.0 * across.step_hz / (hann_hz * carrier * (high_hz - low_hz));
        return {sum * scale, std::sqrt(variance) * scale};
    }

    /// Share of the strongest cell in the hiss between two frequencies.
    [[nodiscard]] double strongest_share(double low_hz, double high_hz) const
    {
        double sum = 0.0;
        double most = 0.0;
        for (std::size_t k = across.cell(low_hz); k <= across.cell(high_hz); ++k) {
            const double f = across.frequency(k);
            const double one = f * f * static_cast<double>(across.power[k]);
            sum += one;
            most = std::max(most, one);
        }
        return most / std::max(1e-30, sum);
    }
};

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    const std::string& m = e.modulation.name;
    return (m == "carrier" || m == "NFM" || m == "unknown") && e.bandwidth_hz <= widest_hz && e.duty > 0.9 &&
           e.end_s - e.start_s >= least_s && (!look.center_hz() || look.within(lowest_hz, highest_hz));
}

/// The samples turned so that the carrier is real: its phase is followed over 5 ms, slower than any sound.
std::vector<std::complex<float>> turned(std::span<const std::complex<float>> x, double rate_hz, double carrier_hz)
{
    const auto length = static_cast<std::size_t>(0.005 * rate_hz);
    std::vector<std::complex<float>> out(x.size());
    std::vector<std::complex<double>> sums(x.size() + 1);
    const auto base = dsp::shifted(x, carrier_hz, rate_hz);
    for (std::size_t n = 0; n < x.size(); ++n)
        sums[n + 1] = sums[n] + std::complex<double>(base[n]);
    for (std::size_t n = 0; n < x.size(); ++n) {
        const std::size_t first = n > length / 2 ? n - length / 2 : 0;
        const std::size_t last = std::min(x.size(), n + length / 2 + 1);
        const auto mean = sums[last] - sums[first];
        out[n] = base[n] * std::complex<float>(std::conj(mean) / std::max(1e-30, std::abs(mean)));
    }
    return out;
}

std::optional<Beside> beside(const Clip& clip)
{
    const auto x = clip.longest();
    dsp::LineSpectra plain(clip.rate_hz, x.size());
    plain.add(x);
    const auto line = dsp::strongest_line(plain.sum(), -0.5 * clip.half_width_hz, 0.5 * clip.half_width_hz);
    if (!line)
        return std::nullopt;
    const auto z = turned(x, clip.rate_hz, line->frequency_hz);
    std::vector<float> in_phase(z.size());
    std::vector<float> across(z.size());
    double level = 0.0;
    double power = 0.0;
    for (const auto& one : z) {
        level += static_cast<double>(one.real()) / static_cast<double>(z.size());
        power += static_cast<double>(std::norm(one)) / static_cast<double>(z.size());
    }
    if (level * level < least_carrier * power)
        return std::nullopt;
    for (std::size_t n = 0; n < z.size(); ++n) {
        in_phase[n] = z[n].real() - static_cast<float>(level);
        across[n] = z[n].imag();
    }
    dsp::LineSpectra i(clip.rate_hz, z.size());
    dsp::LineSpectra q(clip.rate_hz, z.size());
    i.add(in_phase);
    q.add(across);
    return Beside{level * level, 1.5 * clip.rate_hz / static_cast<double>(z.size()), i.sum(), q.sum()};
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = half_width_hz;
    wanted.rate_hz = 2.5 * half_width_hz;
    wanted.most_s = look_s;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    if (clip.rate_hz < 2.1 * half_width_hz || static_cast<double>(clip.longest().size()) < least_s * clip.rate_hz)
        return std::nullopt;
    const auto seen = beside(clip);
    if (!seen)
        return std::nullopt;
    const Density speech = seen->between(1e3, 5e3);
    const Density sound = seen->between(5e3, 10e3);
    const Density beyond = seen->between(19e3, 23e3);
    const double hiss_hz = std::sqrt(std::max(0.0, seen->between(300.0, 12e3).value) * 11.7e3);
    if (speech.value < clear * speech.sigma || sound.value < clear * sound.sigma ||
        sound.value < least_sound * speech.value || hiss_hz < weakest_hz || hiss_hz > strongest_hz ||
        beyond.value + 2.0 * beyond.sigma > most_beyond * sound.value || seen->strongest_share(300.0, 10e3) > alone)
        return std::nullopt;
    Sighting s;
    s.system = "wireless microphone";
    s.confidence = confidence;
    s.seen.emplace_back("signature.seen.hiss",
                        std::vector<Argument>{{"deviation", Quantity{hiss_hz, Unit::bandwidth}}});
    return s;
}

} // namespace

extern const Signature signature_idle_transmitter;
const Signature signature_idle_transmitter{.info = {.id = "idle-transmitter",
                                                    .system = "wireless microphone",
                                                    .proof = Proof::pattern,
                                                    .mistaken_for = "FM broadcast, FM links"},
                                           .admits = admits,
                                           .look = look_at};

} // namespace gacsong::detect
