// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/modulation/sidebands.hpp"
#include "detect/signatures/modulation/tests.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>

namespace gacsong::detect {

namespace {
constexpr double nearly_all = 0.9;       ///< of the power in the line
constexpr double more = 0.97;            ///< where noise may hide sidebands
constexpr double all = 0.995;            ///< where the emission is wider than a line
constexpr std::uint64_t many_bursts = 6; ///< of a carrier that is off between them: it is keyed
constexpr double keyed_duty = 0.9;
constexpr double unsure_noise = 0.15;   ///< relative error of the noise level
constexpr double doubtful = 2.5;        ///< standard deviations of noise
constexpr double sidebands_show = 20.0; ///< SNR from which on they would be seen
constexpr double narrow_hz = 1000.0;
} // namespace

std::optional<Modulation> is_carrier(const Features& f, Look& look)
{
    // Below 13 dB the noise level is not known well enough to ask for more than it can show.
    const double narrow =
        f.snr < sidebands_show ? std::max(nearly_all, more - unsure_noise / std::max(1e-3, f.snr)) : nearly_all;
    const double least = look.emission().bandwidth_hz > narrow_hz ? all : narrow;
    if (f.line_share < least || f.keying.on_share < 0.5)
        return std::nullopt;
    // A wide one at low SNR may have sidebands that an unsure noise level hides.
    if (look.emission().bandwidth_hz > narrow_hz && unsure_noise / std::max(1e-3, f.snr) > 1.0 - all)
        return Modulation{};
    // … and so may one that has a little in phase with it or across it.
    if (f.snr < sidebands_show) {
        const auto phase = sideband_phase(f, look, look.clip().rate_hz);
        if (phase && std::abs(phase->difference) > doubtful * phase->sigma)
            return Modulation{};
    }
    Modulation m;
    const Emission& e = look.emission();
    m.name = e.bursts >= many_bursts && e.duty < keyed_duty ? "OOK" : "carrier";
    m.confidence = f.line_share;
    return m;
}

std::optional<Modulation> is_steady_line(const Features& f, Look& look)
{
    constexpr std::size_t parts = 8;
    constexpr double same_level = 0.15;
    constexpr double same_phase = 0.35; // radians
    constexpr double confidence = 0.7;  // slower keying than the recording is long would not be seen
    constexpr double throughout = 0.95;
    if (f.stretches.size() != 1 || f.stretches[0].size() < parts || f.keying.on_share < throughout ||
        f.snr < sidebands_show || f.line_share < more)
        return std::nullopt;
    const auto base = dsp::shifted(f.stretches[0], f.line_hz, look.clip().rate_hz);
    const std::size_t length = base.size() / parts;
    std::array<std::complex<double>, parts> means{};
    for (std::size_t i = 0; i < parts * length; ++i)
        means.at(i / length) += std::complex<double>(base[i]) / static_cast<double>(length);
    std::complex<double> step{}; // what is left of the frequency
    double level = 0.0;
    for (std::size_t i = 0; i < parts; ++i) {
        level += std::abs(means.at(i)) / parts;
        if (i > 0)
            step += means.at(i) * std::conj(means.at(i - 1));
    }
    const auto unturned = [&](std::size_t i) {
        return means.at(i) * std::polar(1.0, -std::arg(step) * static_cast<double>(i));
    };
    std::complex<double> middle{};
    for (std::size_t i = 0; i < parts; ++i)
        middle += unturned(i);
    for (std::size_t i = 0; i < parts; ++i)
        if (std::abs(std::abs(means.at(i)) - level) > same_level * level ||
            std::abs(std::arg(unturned(i) * std::conj(middle))) > same_phase)
            return std::nullopt;
    Modulation m;
    m.name = "carrier";
    m.confidence = confidence;
    return m;
}

} // namespace gacsong::detect
