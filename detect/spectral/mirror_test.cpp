// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/mirror_test.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

namespace gacsong::detect {

namespace {

using Spectrum = std::span<const std::complex<float>>;

constexpr double bins_of_side = 4.0; ///< in the narrower sideband
constexpr std::size_t least_frame = 64;
constexpr std::size_t most_frame = 65536;
constexpr std::size_t least_products = 200;
constexpr double in_step = 0.3;

std::size_t wrapped(std::ptrdiff_t bin, std::size_t n)
{
    const auto size = static_cast<std::ptrdiff_t>(n);
    return static_cast<std::size_t>(((bin % size) + size) % size);
}

std::ptrdiff_t bin_of(double hz, double bin_hz) { return static_cast<std::ptrdiff_t>(std::llround(hz / bin_hz)); }

/// Where the carrier stands in bins: the centroid about the strongest one of its core.
double carrier_bin(const Track& carrier, std::span<const double> power, double bin_hz)
{
    std::ptrdiff_t best = bin_of(carrier.core.center(), bin_hz);
    for (auto k = bin_of(carrier.core.low_hz, bin_hz); k <= bin_of(carrier.core.high_hz, bin_hz); ++k)
        best = power[wrapped(k, power.size())] > power[wrapped(best, power.size())] ? k : best;
    const double below = power[wrapped(best - 1, power.size())];
    const double at = power[wrapped(best, power.size())];
    const double above = power[wrapped(best + 1, power.size())];
    return static_cast<double>(best) + (above - below) / std::max(below + at + above, 1e-300);
}

} // namespace

std::optional<bool> MirrorTest::mirrored(const Track& carrier, const Track& a, const Track& b) const
{
    const Track& upper = a.core.center() > b.core.center() ? a : b;
    const double width = std::max(std::min(a.core.width(), b.core.width()), 2.0 * a.bin_hz);
    const std::size_t n = std::clamp(std::bit_ceil(static_cast<std::size_t>(bins_of_side * frames_.rate() / width)),
                                     least_frame, most_frame);
    const double bin_hz = frames_.rate() / static_cast<double>(n);
    const auto range = frames_.between(std::max({carrier.time.start_s, a.time.start_s, b.time.start_s}),
                                       std::min({carrier.time.end_s, a.time.end_s, b.time.end_s}), n);
    const auto from = bin_of(upper.core.low_hz, bin_hz);
    const auto to = std::max(from, bin_of(upper.core.high_hz, bin_hz));
    if (range.frames * static_cast<std::size_t>(to - from + 1) < least_products)
        return std::nullopt;
    std::vector<double> power(n, 0.0);
    const bool read = frames_.each(range, [&](std::size_t, Spectrum x) {
        for (std::size_t k = 0; k < n; ++k)
            power[k] += static_cast<double>(std::norm(x[k]));
    });
    if (!read)
        return std::nullopt;
    const double middle = carrier_bin(carrier, power, bin_hz);
    const auto twice = static_cast<std::ptrdiff_t>(std::llround(2.0 * middle));
    const std::size_t at = wrapped(static_cast<std::ptrdiff_t>(std::llround(middle)), n);
    std::complex<double> sum{};
    double most = 0.0;
    const bool again = frames_.each(range, [&](std::size_t, Spectrum x) {
        const std::complex<double> turned = std::conj(std::complex<double>(x[at]) * std::complex<double>(x[at]));
        for (auto k = from; k <= to; ++k) {
            const auto product =
                std::complex<double>(x[wrapped(k, n)]) * std::complex<double>(x[wrapped(twice - k, n)]) * turned;
            sum += product;
            most += std::abs(product);
        }
    });
    return again ? std::optional(std::abs(sum) > in_step * most) : std::nullopt;
}

} // namespace gacsong::detect
