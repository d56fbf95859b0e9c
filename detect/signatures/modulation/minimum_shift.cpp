// SPDX-License-Identifier: GPL-3.0-or-later
// Minimum shift keying (MSK, GMSK): its square is frequency shift keying of index 1, which has a line at half the
// symbol rate on either side of twice the carrier, deep in noise still.
#include "detect/signatures/modulation/tests.hpp"
#include "dsp/demod/linear.hpp"
#include "dsp/demod/lines.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr double clear = 25.0;  ///< of both lines over the median: cells of noise have that with 3e-8
constexpr double alike = 5.0;   ///< most that one has of the other
constexpr double alone = 0.4;   ///< most that a third has of the weaker: a tone on FM makes many
constexpr double closest = 0.6; ///< distance over the bandwidth
constexpr double widest = 1.6;
constexpr double off_middle = 0.3; ///< of the bandwidth, the middle of both
constexpr std::size_t skirt = 4;   ///< cells of a line

/// The highest cell of a stretch, itself and what belongs to it then set to 0.
struct Taken {
    double hz = 0.0;
    double power = 0.0;
};

Taken take(dsp::LineSpectrum& spectrum, double low_hz, double high_hz)
{
    Taken taken;
    const auto line = dsp::strongest_line(spectrum, low_hz, high_hz);
    if (!line)
        return taken;
    taken = {line->frequency_hz, line->power};
    const std::size_t n = spectrum.power.size();
    const std::size_t top = spectrum.cell(line->frequency_hz);
    for (std::size_t i = 0; i <= 2 * skirt; ++i)
        spectrum.power[(top + n + i - skirt) % n] = 0.0F;
    return taken;
}

} // namespace

std::optional<Modulation> is_minimum_shift(const Features& f, Look& look)
{
    constexpr double constant = 0.12;
    if (f.stretches.empty() || f.kappa > 1.0 + constant + f.kappa_error || f.kappa < 0.8)
        return std::nullopt;
    const double rate_hz = look.clip().rate_hz;
    const double width = f.bandwidth_hz;
    const double edge = std::min(1.3 * width, 0.49 * rate_hz);
    auto spectrum = spectrum_of(f, rate_hz, [](const auto& x) { return dsp::raised(x, 2); });
    const auto all = dsp::strongest_line(spectrum, -edge, edge);
    if (!all)
        return std::nullopt;
    const double median = all->power / std::max(1e-9, all->ratio);
    const Taken first = take(spectrum, -edge, edge);
    const Taken second = take(spectrum, -edge, edge);
    const Taken third = take(spectrum, -edge, edge);
    const double distance = std::abs(first.hz - second.hz);
    if (second.power < clear * median || first.power > alike * second.power || third.power > alone * second.power ||
        distance < closest * width || distance > widest * width ||
        std::abs(0.5 * (first.hz + second.hz)) > 2.0 * off_middle * width)
        return std::nullopt;
    Modulation m;
    m.name = "GMSK";
    m.confidence = std::clamp(0.6 + 0.002 * second.power / median, 0.6, 0.95);
    m.symbol_rate_hz = distance;
    m.deviation_hz = 0.25 * distance;
    return m;
}

} // namespace gacsong::detect
