// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/modulation/tests.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr double flat_top = 0.2;    ///< kurtosis by which the level while on may differ from a constant one
constexpr double rare_pauses = 0.9; ///< on for so much of the time …
constexpr double level_top = 0.05;  ///< … its level must be this constant: speech on AM has 0.13, keys have 0.00
constexpr double least_pause = 1.5; ///< in 1/bandwidth: shorter dips are those of a phase modulation
constexpr double least_pause_in_noise = 3.0; ///< … below dips_show: noise makes dips as well
constexpr double deepest_rest = 0.12;        ///< of the power while on that may be left in the pauses
constexpr double keyed_to_zero = 0.015;      ///< up to this it is on–off keying
constexpr double least_steady = 0.85;        ///< of the coherence that a carrier in this noise has over 1/bandwidth
constexpr double least_clipped =
    0.5; ///< … and of one that drives the receiver into its limit, with harmonics beside it
constexpr double pulse_share = 0.1;  ///< of the time on, below which short equal bursts are pulses
constexpr double pulse_cells = 30.0; ///< longest pulse in 1/bandwidth
constexpr std::size_t least_pulses = 6;
constexpr double dips_show = 10.0; ///< SNR below which a pause and a dip look alike

/// Whether the carrier keeps its phase while it is on: what is keyed has no other modulation.
bool steady(const Features& f, const Clip& clip, double least)
{
    const auto lag = static_cast<std::size_t>(std::max(1.0, std::round(clip.rate_hz / f.bandwidth_hz)));
    double product = 0.0;
    double power = 0.0;
    for (const On& run : f.keying.on) {
        // One stretch after the other: a drift between them does not matter.
        const auto z = std::span(clip.samples).subspan(run.first, run.count);
        std::complex<double> sum{};
        for (std::size_t n = lag; n < z.size(); ++n) {
            sum += std::complex<double>(z[n]) * std::conj(std::complex<double>(z[n - lag]));
            power += static_cast<double>(std::norm(z[n]));
        }
        product += std::abs(sum);
    }
    const double snr = f.keying.on_power / std::max(1e-30, f.noise);
    return product > least * power * snr / (1.0 + snr);
}

/// Share of the time in which the emission is on, pauses between its bursts counted.
double time_share(const Features& f, Look& look)
{
    const Emission& e = look.emission();
    return f.keying.on_share * std::clamp(e.duty, 0.0, 1.0);
}

} // namespace

std::optional<Modulation> is_keyed(const Features& f, Look& look)
{
    const Keying& k = f.keying;
    const double pause = f.snr < dips_show ? least_pause_in_noise : least_pause;
    if (k.pulses < least_pulses || k.median_off_s * f.bandwidth_hz < pause || k.off_level > deepest_rest)
        return std::nullopt;
    const bool resolved = !k.on.empty();
    if (resolved && (f.kappa_on > 1.0 + flat_top + std::min(0.15, f.kappa_error) ||
                     !steady(f, look.clip(), look.emission().clipped ? least_clipped : least_steady)))
        return std::nullopt;
    // The troughs of a deep amplitude modulation are rare, and what is between them is not level.
    if (resolved && k.on_share > rare_pauses && f.kappa_on > 1.0 + level_top + f.kappa_error)
        return std::nullopt;
    if (!resolved && k.median_on_s * f.bandwidth_hz > 6.0)
        return std::nullopt;
    // Where a sweep turns back at the edge of the band its envelope dips as well.
    if (f.snr < dips_show)
        if (auto chirp = is_chirp(f, look))
            return chirp;
    Modulation m;
    const bool brief = k.median_on_s * f.bandwidth_hz < pulse_cells && time_share(f, look) < pulse_share;
    m.name = brief || !resolved ? "pulse" : k.off_level > keyed_to_zero ? "ASK" : "OOK";
    m.confidence = std::clamp(0.6 + 0.02 * std::min(20.0, 10.0 * std::log10(std::max(1.0, f.snr))), 0.6, 0.98);
    return m;
}

} // namespace gacsong::detect
