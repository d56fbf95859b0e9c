// SPDX-License-Identifier: GPL-3.0-or-later
// Noise that somebody sends, or that a machine makes: Gaussian, even from moment to moment, without a line in its power
// or in its square. A signal that carries something has a clock, a frame or a prefix (asked for before), or fewer
// levels than Gaussian noise.
#include "detect/signatures/modulation/tests.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>
#include <span>
#include <vector>

namespace gacsong::detect {

namespace {

constexpr double gaussian = 2.0; ///< E|z|⁴ / (E|z|²)²
constexpr double off_gaussian = 0.06;
constexpr double least_snr = 6.3;     ///< 8 dB: below, noise of the receiver hides what it carries
constexpr double least_cells = 2e4;   ///< bandwidth × time
constexpr double least_duty = 0.98;   ///< what comes and goes has a rhythm
constexpr double window_cells = 50.0; ///< of which the powers are compared
constexpr double most_uneven = 1.5;   ///< variance of the windows' powers, against that of noise
constexpr double least_uneven = 0.6;  ///< data on few carriers has less
constexpr double slowest_hz = 200.0;  ///< frames of mobile networks come a hundred times a second, slots far oftener
/// The highest of n cells, as exponentially distributed as noise makes them, against their median: more in 1e-6.
constexpr double beyond_all_cells = 14.0;
constexpr double confidence = 0.7;

bool stands_out(const dsp::LineSpectrum& spectrum, double low_hz, double high_hz)
{
    const double near_hz = 100.0 * spectrum.step_hz;
    const auto line = dsp::strongest_line(spectrum, std::min(low_hz, high_hz), std::max(low_hz, high_hz));
    const double cells = std::abs(high_hz - low_hz) / spectrum.step_hz;
    if (!line)
        return false;
    const auto here = dsp::strongest_line(spectrum, line->frequency_hz - near_hz, line->frequency_hz + near_hz);
    return here && here->ratio * std::numbers::ln2 > std::log(cells) + beyond_all_cells;
}

/// The spectrum of a product of noise with itself falls from 0 Hz to its bandwidth: looked at in tenths of that.
bool has_line(const dsp::LineSpectrum& spectrum, double bandwidth_hz, bool negative_too)
{
    constexpr int tenths = 11; ///< symbol clocks are seldom faster than the bandwidth
    for (int tenth = 0; tenth < tenths; ++tenth) {
        const double low_hz = std::max(slowest_hz, 0.1 * tenth * bandwidth_hz);
        const double high_hz = 0.1 * (tenth + 1) * bandwidth_hz;
        if (stands_out(spectrum, low_hz, high_hz) || (negative_too && stands_out(spectrum, -low_hz, -high_hz)))
            return true;
    }
    return false;
}

/// Power, from its mean, and square of each piece of the clip, as spectra.
struct Products {
    dsp::LineSpectra power;
    dsp::LineSpectra square;
};

Products products_of(const Clip& clip, std::span<const float> power)
{
    const auto longest = clip.longest().size();
    Products out{{clip.rate_hz, longest}, {clip.rate_hz, longest}};
    for (std::size_t i = 0; i < clip.pieces.size(); ++i) {
        const auto of_piece = power.subspan(clip.pieces[i].first, clip.pieces[i].count);
        const auto mean = static_cast<float>(dsp::window_means(of_piece, of_piece.size()).front());
        std::vector<float> swing(of_piece.begin(), of_piece.end());
        for (float& one : swing)
            one -= mean;
        out.power.add(swing);
        const auto piece = clip.piece(i);
        std::vector<std::complex<float>> square(piece.begin(), piece.end());
        for (auto& one : square)
            one *= one;
        out.square.add(square);
    }
    return out;
}

} // namespace

std::optional<Modulation> is_noise(const Features& f, Look& look)
{
    const Clip& clip = look.clip();
    const auto power = look.power();
    const auto window = static_cast<std::size_t>(window_cells * clip.rate_hz / f.bandwidth_hz);
    if (look.emission().duty < least_duty || clip.seconds() * f.bandwidth_hz < least_cells || window == 0)
        return std::nullopt;
    const auto means = dsp::window_means(power, window);
    const double mean = std::accumulate(means.begin(), means.end(), 0.0) / static_cast<double>(means.size());
    const On all{0, power.size()};
    if (mean < (1.0 + least_snr) * f.noise || std::abs(kappa_of(power, {&all, 1}, f.noise) - gaussian) > off_gaussian)
        return std::nullopt;
    // Of noise the windows' powers differ as 1 / window_cells does.
    const double deviation = dsp::relative_deviation(means);
    const double uneven = deviation * deviation * window_cells;
    if (uneven < least_uneven || uneven > most_uneven)
        return std::nullopt;
    const Products products = products_of(clip, power);
    if (has_line(products.power.sum(), f.bandwidth_hz, false) || has_line(products.square.sum(), f.bandwidth_hz, true))
        return std::nullopt;
    Modulation m;
    m.name = "noise";
    m.confidence = confidence;
    return m;
}

} // namespace gacsong::detect
