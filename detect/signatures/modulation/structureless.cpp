// SPDX-License-Identifier: GPL-3.0-or-later
// Noise that somebody sends, or that a machine makes: Gaussian, even from moment to moment, without a line in its power
// or in its square. A signal that carries something has a clock, a frame or a prefix (asked for before), or fewer
// levels than Gaussian noise.
#include "detect/signatures/modulation/tests.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <functional>
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

double mean_of(std::span<const float> power)
{
    return std::accumulate(power.begin(), power.end(), 0.0) / static_cast<double>(power.size());
}

/// E|z|⁴ / (E|z|²)² of what is not the receiver's noise.
double kappa_of(std::span<const float> power, double noise)
{
    const double mean = mean_of(power);
    const double fourth = std::inner_product(power.begin(), power.end(), power.begin(), 0.0, std::plus<>(),
                                             [](float a, float b) { return static_cast<double>(a) * b; }) /
                          static_cast<double>(power.size());
    const double signal = mean - noise;
    return (fourth - 4.0 * signal * noise - 2.0 * noise * noise) / (signal * signal);
}

/// Variance of the power between windows, times the cells of a window: 1 of noise of that bandwidth.
double unevenness(std::span<const float> power, std::size_t window)
{
    double sum = 0.0;
    double squares = 0.0;
    double count = 0.0;
    for (std::size_t first = 0; first + window <= power.size(); first += window) {
        const double mean = mean_of(power.subspan(first, window));
        sum += mean;
        squares += mean * mean;
        count += 1.0;
    }
    const double mean = sum / count;
    return (squares / count - mean * mean) / (mean * mean) * window_cells;
}

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
        const auto mean = static_cast<float>(mean_of(of_piece));
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
    if (look.emission().duty < least_duty || clip.seconds() * f.bandwidth_hz < least_cells ||
        mean_of(power) < (1.0 + least_snr) * f.noise || std::abs(kappa_of(power, f.noise) - gaussian) > off_gaussian)
        return std::nullopt;
    const double uneven = unevenness(power, window);
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
