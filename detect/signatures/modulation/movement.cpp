// SPDX-License-Identifier: GPL-3.0-or-later
// How like itself a signal is a bandwidth's inverse later, window by window: 1 where the frequency stands still, less
// the more it moves. Noise of that bandwidth is then no longer like itself, so its part averages out.
#include "detect/signatures/modulation/movement.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <vector>

namespace gacsong::detect {

namespace {

constexpr double wide_hz = 40e3;
constexpr double window_s = 0.020;      ///< of speech
constexpr double wide_window_s = 0.004; ///< of music, of which recordings are shorter
constexpr std::size_t least_windows = 8;
constexpr double still = 0.95;  ///< mean likeness of what hardly moves
constexpr double uneven = 0.15; ///< deviation over mean, noise taken off; speech has 0.2 and more, data 0.1 at most
/// What is left of the deviation in windows twice and four times as long. Symbols that happen to be equal leave 0.71
/// and 0.5, syllables 0.96 and 0.79 or more, music 0.76 to 1.
constexpr std::array<double, 2> lasting{0.88, 0.70};
constexpr std::array<double, 2> wide_lasting{0.80, 0.60};
/// Mean likeness in the longest windows over that in the shortest: sound has no direction, a slow sweep has.
constexpr double aimless = 0.85;
constexpr double wide_aimless = 0.45;

/// Of the likeness of all windows of a length.
struct Spread {
    double mean = 0.0;
    double deviation = 0.0; ///< noise taken off
    std::size_t windows = 0;
};

Spread spread_of(const Features& f, const Clip& clip, double length_s)
{
    const auto lag = static_cast<std::size_t>(std::lround(clip.rate_hz / f.bandwidth_hz));
    const auto window = static_cast<std::size_t>(length_s * clip.rate_hz);
    const double noise = f.noise / f.scale;
    const double signal = std::max(1e-3, 1.0 - noise);
    const double cycles = std::numbers::pi * clip.noise_bandwidth_hz / clip.rate_hz * static_cast<double>(lag);
    const double noise_likeness = noise * std::sin(cycles) / cycles;
    std::vector<double> all;
    for (const auto& stretch : f.stretches)
        for (std::size_t first = lag; first + window <= stretch.size(); first += window) {
            std::complex<double> sum;
            for (std::size_t n = first; n < first + window; ++n)
                sum += std::complex<double>(stretch[n] * std::conj(stretch[n - lag]));
            all.push_back(std::abs(sum / static_cast<double>(window) - noise_likeness) / signal);
        }
    Spread out;
    out.windows = all.size();
    double squares = 0.0;
    for (const double one : all) {
        out.mean += one / static_cast<double>(all.size());
        squares += one * one / static_cast<double>(all.size());
    }
    // Products of signal and noise and of noise with itself, one independent value a cell.
    const double of_noise = (2.0 * signal * noise + noise * noise) / (signal * signal * length_s * f.bandwidth_hz);
    out.deviation = std::sqrt(std::max(0.0, squares - out.mean * out.mean - of_noise));
    return out;
}

} // namespace

bool moves_like_sound(const Features& f, const Clip& clip)
{
    const bool wide = f.bandwidth_hz > wide_hz;
    const double length_s = wide ? wide_window_s : window_s;
    const auto& least = wide ? wide_lasting : lasting;
    const Spread one = spread_of(f, clip, length_s);
    const Spread two = spread_of(f, clip, 2.0 * length_s);
    const Spread four = spread_of(f, clip, 4.0 * length_s);
    return four.windows >= least_windows && one.mean < still && one.deviation > uneven * one.mean &&
           four.mean > (wide ? wide_aimless : aimless) * one.mean && two.deviation > least[0] * one.deviation &&
           four.deviation > least[1] * one.deviation;
}

} // namespace gacsong::detect
