// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/spectrum.hpp"

#include "tests/support/fft.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace gacsong::test {

namespace {

std::vector<double> blackman_harris(std::size_t size)
{
    std::vector<double> window(size);
    for (std::size_t i = 0; i < size; ++i) {
        const double x = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(size);
        window[i] = 0.35875 - 0.48829 * std::cos(x) + 0.14128 * std::cos(2.0 * x) - 0.01168 * std::cos(3.0 * x);
    }
    return window;
}

} // namespace

std::vector<double> welch(std::span<const std::complex<double>> samples, std::size_t size)
{
    const bool whole = samples.size() >= size;
    const std::vector<double> window = whole ? blackman_harris(size) : std::vector<double>(size, 1.0);
    const double energy = std::inner_product(window.begin(), window.end(), window.begin(), 0.0);
    std::vector<double> sum(size, 0.0);
    double frames = 0.0;
    for (std::size_t start = 0; start == 0 || start + size <= samples.size(); start += size / 2) {
        std::vector<std::complex<double>> x(size);
        for (std::size_t i = 0; i < std::min(size, samples.size()); ++i)
            x[i] = samples[start + i] * window[i];
        fft(x);
        for (std::size_t k = 0; k < size; ++k)
            sum[k] += std::norm(x[(k + size / 2) % size]);
        frames += 1.0;
    }
    for (double& bin : sum)
        bin /= frames * energy * static_cast<double>(size);
    return sum;
}

std::vector<double> welch(std::span<const std::complex<float>> samples, std::size_t size)
{
    const std::vector<std::complex<double>> wide(samples.begin(), samples.end());
    return welch(std::span<const std::complex<double>>{wide}, size);
}

Occupied occupied(std::span<const double> spectrum, double rate_hz, double share)
{
    const double total = std::accumulate(spectrum.begin(), spectrum.end(), 0.0);
    const double step = rate_hz / static_cast<double>(spectrum.size());
    const auto edge = [&](double wanted) {
        double sum = 0.0;
        for (std::size_t k = 0; k < spectrum.size(); ++k) {
            if (sum + spectrum[k] >= wanted) {
                const double inside = (wanted - sum) / spectrum[k];
                return (static_cast<double>(k) - 0.5 + inside) * step - 0.5 * rate_hz;
            }
            sum += spectrum[k];
        }
        return 0.5 * rate_hz;
    };
    return {edge(0.5 * (1.0 - share) * total), edge((1.0 - 0.5 * (1.0 - share)) * total)};
}

double band_power(std::span<const double> spectrum, double rate_hz, double low_hz, double high_hz)
{
    const double step = rate_hz / static_cast<double>(spectrum.size());
    double sum = 0.0;
    for (std::size_t k = 0; k < spectrum.size(); ++k) {
        const double f = static_cast<double>(k) * step - 0.5 * rate_hz;
        sum += f >= low_hz && f <= high_hz ? spectrum[k] : 0.0;
    }
    return sum;
}

} // namespace gacsong::test
