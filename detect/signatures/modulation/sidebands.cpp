// SPDX-License-Identifier: GPL-3.0-or-later
// A carrier with sidebands (AM), and speech without one (SSB).
#include "detect/signatures/modulation/tests.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr double least_line = 0.3; ///< share of the carrier: full modulation by a tone leaves two thirds
constexpr double most_line = 0.995;
constexpr double in_phase = 4.0; ///< power of the sidebands in phase with the carrier over that across it
constexpr double carrier_half_hz = 60.0;
constexpr double deepest = 1.2; ///< depth of modulation

/// Powers of what stands beside the carrier, in phase with it and across it, in units of the carrier's.
struct Beside {
    double in_phase = 0.0;
    double across = 0.0;
    double carrier = 0.0;
    double count = 0.0;
};

void add(Beside& out, const std::vector<std::complex<float>>& stretch, double line_hz, double rate_hz)
{
    const auto base = dsp::shifted(stretch, line_hz, rate_hz);
    // The carrier is what is left of a mean over 1/60 s, so that it is followed where it drifts.
    const auto half = static_cast<std::size_t>(0.5 * rate_hz / carrier_half_hz);
    if (base.size() < 4 * half)
        return;
    std::complex<double> sum{};
    for (std::size_t i = 0; i < 2 * half; ++i)
        sum += std::complex<double>(base[i]);
    for (std::size_t i = half; i + half < base.size(); ++i) {
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

} // namespace

std::optional<Modulation> is_amplitude_modulated(const Features& f, Look& look)
{
    if (f.stretches.empty() || f.line_share < least_line || f.line_share > most_line || f.keying.on_share < 0.6)
        return std::nullopt;
    Beside beside;
    for (const auto& stretch : f.stretches)
        add(beside, stretch, f.line_hz, look.clip().rate_hz);
    if (beside.count == 0.0)
        return std::nullopt;
    const double noise = 0.5 * f.noise / f.scale * beside.count;
    const double across = std::max(0.0, beside.across - noise);
    const double with = beside.in_phase - noise;
    const double doubt = 0.2 * noise;
    if (with < in_phase * (across + doubt))
        return std::nullopt;
    const double depth = std::sqrt(2.0 * with / beside.carrier);
    if (depth > 2.0 * deepest)
        return std::nullopt;
    Modulation m;
    m.name = "AM";
    m.confidence = std::clamp(0.6 + 0.03 * with / (across + doubt), 0.6, 0.97);
    return m;
}

} // namespace gacsong::detect
