// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/demod/linear.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gacsong::dsp {

namespace {
constexpr double reach = 6.0;         ///< symbols on each side of a pulse
constexpr std::size_t fineness = 256; ///< points of the table, a symbol
} // namespace

double root_raised_cosine(double x, double a)
{
    constexpr double pi = std::numbers::pi;
    if (std::abs(x) < 1e-9)
        return 1.0 - a + 4.0 * a / pi;
    if (std::abs(std::abs(4.0 * a * x) - 1.0) < 1e-6)
        return a / std::numbers::sqrt2 *
               ((1.0 + 2.0 / pi) * std::sin(pi / (4.0 * a)) + (1.0 - 2.0 / pi) * std::cos(pi / (4.0 * a)));
    return (std::sin(pi * x * (1.0 - a)) + 4.0 * a * x * std::cos(pi * x * (1.0 + a))) /
           (pi * x * (1.0 - 16.0 * a * a * x * x));
}

std::vector<std::complex<float>> matched_symbols(std::span<const std::complex<float>> x, double rate_hz,
                                                 double symbol_rate_hz, double phase, double roll_off, std::size_t most)
{
    std::vector<float> table(static_cast<std::size_t>(2.0 * reach) * fineness + 2);
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = static_cast<float>(
            root_raised_cosine(static_cast<double>(i) / static_cast<double>(fineness) - reach, roll_off));
    const double step = rate_hz / symbol_rate_hz; // samples a symbol
    const auto scale = static_cast<float>(1.0 / step);
    std::vector<std::complex<float>> out;
    const double first = std::ceil(reach - phase);
    for (double k = std::max(0.0, first); out.size() < most; k += 1.0) {
        const double middle = (k + phase) * step;
        if (middle + reach * step + 1.0 >= static_cast<double>(x.size()))
            break;
        const auto from = static_cast<std::size_t>(std::max(0.0, std::ceil(middle - reach * step)));
        const auto to = static_cast<std::size_t>(middle + reach * step);
        std::complex<float> sum{};
        for (std::size_t n = from; n <= to; ++n) {
            const double place = (static_cast<double>(n) - middle) / step + reach;
            sum += x[n] * table[static_cast<std::size_t>(place * static_cast<double>(fineness) + 0.5)];
        }
        out.push_back(sum * scale);
    }
    return out;
}

std::vector<std::complex<float>> raised(std::span<const std::complex<float>> x, unsigned power)
{
    std::vector<std::complex<float>> out(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        const auto z = std::complex<double>(x[i]);
        std::complex<double> product{1.0, 0.0};
        for (unsigned k = 0; k < power; ++k)
            product = {product.real() * z.real() - product.imag() * z.imag(),
                       product.real() * z.imag() + product.imag() * z.real()};
        out[i] = std::complex<float>(product);
    }
    return out;
}

} // namespace gacsong::dsp
