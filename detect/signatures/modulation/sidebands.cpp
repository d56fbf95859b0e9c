// SPDX-License-Identifier: GPL-3.0-or-later
// A carrier with sidebands (AM).
#include "detect/signatures/modulation/sidebands.hpp"

#include "detect/signatures/modulation/tests.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr double least_line = 0.3; ///< share of the carrier: full modulation by a tone leaves two thirds
constexpr double most_line = 0.995;
constexpr double clear = 4.0; ///< standard deviations of noise: 3e-5
constexpr double doubtful = 3.0;
constexpr double mostly_amplitude = 0.5; ///< of all that stands beside the carrier
constexpr double unsure_noise = 0.15;    ///< relative error of the noise level
constexpr double least_independent = 100.0;
constexpr double shallowest = 0.05; ///< less is hum of a transmitter
constexpr double carrier_half_hz = 60.0;
constexpr double moment_s = 0.02;
constexpr double deepest = 2.4; ///< depth of modulation, speech with its peaks clipped

/// Powers of what stands beside the carrier, in phase with it and across it, in units of the carrier's: sums.
struct Beside {
    double in_phase = 0.0;
    double across = 0.0;
    double carrier = 0.0;
    double count = 0.0;
    void add(const Beside& other)
    {
        in_phase += other.in_phase;
        across += other.across;
        carrier += other.carrier;
        count += other.count;
    }
};

/// Moment after moment, each as long as a part of a syllable.
void add(std::vector<Beside>& moments, const std::vector<std::complex<float>>& stretch, double line_hz, double rate_hz)
{
    const auto base = dsp::shifted(stretch, line_hz, rate_hz);
    // The carrier is what is left of a mean over 1/60 s, so that it is followed where it drifts.
    const auto half = static_cast<std::size_t>(0.5 * rate_hz / carrier_half_hz);
    if (base.size() < 4 * half)
        return;
    std::complex<double> sum{};
    for (std::size_t i = 0; i < 2 * half; ++i)
        sum += std::complex<double>(base[i]);
    const double length = moment_s * rate_hz;
    moments.emplace_back();
    for (std::size_t i = half; i + half < base.size(); ++i) {
        if (moments.back().count >= length)
            moments.emplace_back();
        Beside& out = moments.back();
        const std::complex<double> mean = sum / static_cast<double>(2 * half);
        const double size = std::abs(mean);
        const std::complex<double> turned = std::complex<double>(base[i]) * std::conj(mean) / std::max(1e-12, size);
        out.in_phase += (turned.real() - size) * (turned.real() - size);
        out.across += turned.imag() * turned.imag();
        out.carrier += size * size;
        out.count += 1.0;
        sum += std::complex<double>(base[i + half]) - std::complex<double>(base[i - half]);
    }
}

/// The difference in standard deviations, each moment weighted by what stands beside the carrier in it. In noise that
/// says nothing of which of both is the stronger, and speech stands in few moments.
double weighted_sigmas(const std::vector<Beside>& moments, double noise, double cells_a_sample)
{
    double sum = 0.0;
    double variance = 0.0;
    for (const Beside& moment : moments) {
        if (moment.count == 0.0)
            continue;
        const double in_phase = moment.in_phase / moment.count;
        const double across = moment.across / moment.count;
        const double weight = std::max(0.0, in_phase + across - 2.0 * noise) * moment.count;
        sum += weight * (in_phase - across);
        variance += weight * weight * 4.0 * noise * noise / (moment.count * cells_a_sample);
    }
    return variance > 0.0 ? sum / std::sqrt(variance) : 0.0;
}

} // namespace

std::optional<SidebandPhase> sideband_phase(const Features& f, const Look& look, double rate_hz)
{
    if (f.stretches.empty() || f.line_share < least_line)
        return std::nullopt;
    std::vector<Beside> moments;
    for (const auto& stretch : f.stretches)
        add(moments, stretch, f.line_hz, rate_hz);
    Beside beside;
    for (const Beside& moment : moments)
        beside.add(moment);
    const double independent = beside.count * look.emission().bandwidth_hz / rate_hz;
    if (independent < least_independent)
        return std::nullopt;
    const double expected = 0.5 * f.noise / f.scale;
    const double in_phase = beside.in_phase / beside.count;
    const double across = beside.across / beside.count;
    SidebandPhase out;
    out.difference = in_phase - across;
    out.excess = std::max(0.0, in_phase + across - 2.0 * expected);
    out.doubt = 2.0 * unsure_noise * expected;
    out.carrier = beside.carrier / beside.count;
    // Of Gaussian noise with that power in each: the squares differ by twice it, one independent value a cell.
    const double noise = std::max(expected, std::min(in_phase, across));
    out.sigma = 2.0 * noise / std::sqrt(independent);
    out.sigmas = weighted_sigmas(moments, noise, look.emission().bandwidth_hz / rate_hz);
    return out;
}

std::optional<Modulation> is_amplitude_modulated(const Features& f, Look& look)
{
    if (f.line_share > most_line || f.keying.on_share < 0.6)
        return std::nullopt;
    const auto phase = sideband_phase(f, look, look.clip().rate_hz);
    const double sigmas = phase ? std::max(phase->difference / phase->sigma, phase->sigmas) : 0.0;
    if (!phase || phase->difference <= 0.0 || sigmas < doubtful)
        return std::nullopt;
    const double depth = std::sqrt(2.0 * phase->difference / phase->carrier);
    const bool amplitude_alone = phase->difference > mostly_amplitude * (phase->excess - phase->doubt);
    if (depth > deepest || !amplitude_alone)
        return std::nullopt;
    Modulation m;
    if (sigmas < clear || depth < shallowest)
        return m; // may be AM, too weak to say
    m.name = "AM";
    m.confidence = std::clamp(0.6 + 0.02 * sigmas, 0.6, 0.97);
    return m;
}

} // namespace gacsong::detect
