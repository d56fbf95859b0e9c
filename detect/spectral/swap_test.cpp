// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/swap_test.hpp"

#include "dsp/demod/views.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace gacsong::detect {

namespace {

constexpr std::size_t least_frame = 16;
constexpr std::size_t most_frame = 65536;
constexpr std::size_t stretches = 8;
constexpr std::size_t enough_stretches = 6;
constexpr std::size_t least_moments = 64; ///< of a stretch
constexpr double opposed_below = -0.3;
constexpr double most_unequal = 4.0; ///< factor between the mean squares of the changes
constexpr double least_variation = 0.2;

/// Whether what one power loses from a moment to the next the other gains: changes opposed and of about one size. A
/// receiver that a strong signal desensitises takes from a weak one what has nothing to do with what the strong gained.
bool trade(std::span<const double> a, std::span<const double> b)
{
    double both = 0.0;
    double of_a = 0.0;
    double of_b = 0.0;
    for (std::size_t i = 1; i < a.size(); ++i) {
        const double da = a[i] - a[i - 1];
        const double db = b[i] - b[i - 1];
        both += da * db;
        of_a += da * da;
        of_b += db * db;
    }
    const double scale = std::sqrt(of_a * of_b);
    return scale > 0.0 && both < opposed_below * scale && std::max(of_a, of_b) < most_unequal * std::min(of_a, of_b);
}

/// Power of a transform's bins inside a band; bin 0 is 0 Hz.
double power_in(std::span<const std::complex<float>> spectrum, const Band& band, double bin_hz)
{
    const auto n = static_cast<std::ptrdiff_t>(spectrum.size());
    const auto low = static_cast<std::ptrdiff_t>(std::ceil(band.low_hz / bin_hz - 0.5));
    const auto high = std::max(low, static_cast<std::ptrdiff_t>(std::floor(band.high_hz / bin_hz + 0.5)));
    double sum = 0.0;
    for (std::ptrdiff_t k = low; k <= high && k - low < n; ++k)
        sum += static_cast<double>(std::norm(spectrum[static_cast<std::size_t>(((k % n) + n) % n)]));
    return sum;
}

} // namespace

bool SwapTest::opposed(const Track& a, const Track& b) const
{
    const double width = std::max(std::min(a.core.width(), b.core.width()), 2.0 * a.bin_hz);
    // Two bins of the narrower: long enough to part them, short enough to see the power move.
    const std::size_t n =
        std::clamp(std::bit_ceil(static_cast<std::size_t>(2.0 * frames_.rate() / width)), least_frame, most_frame);
    auto range = frames_.between(std::max(a.time.start_s, b.time.start_s), std::min(a.time.end_s, b.time.end_s), n);
    range.frames = range.frames / stretches * stretches;
    if (range.frames / stretches < least_moments)
        return false;
    std::vector<double> of_a(range.frames);
    std::vector<double> of_b(range.frames);
    const double bin_hz = frames_.rate() / static_cast<double>(n);
    const bool read = frames_.each(range, [&](std::size_t f, std::span<const std::complex<float>> spectrum) {
        of_a[f] = power_in(spectrum, a.core, bin_hz);
        of_b[f] = power_in(spectrum, b.core, bin_hz);
    });
    if (!read)
        return false;
    if (dsp::relative_deviation(of_a) < least_variation || dsp::relative_deviation(of_b) < least_variation)
        return false;
    std::size_t found = 0;
    for (std::size_t s = 0; s < stretches; ++s) {
        const std::size_t at = s * range.frames / stretches;
        const auto part = [&](const std::vector<double>& values) {
            return std::span(values).subspan(at, range.frames / stretches);
        };
        found += trade(part(of_a), part(of_b)) ? 1U : 0U;
    }
    return found >= enough_stretches;
}

} // namespace gacsong::detect
