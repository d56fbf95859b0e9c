// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/demod/views.hpp"

#include "dsp/kernels.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace gacsong::dsp {

namespace {

/// Weights that stand `each` times for each tap, padded to a multiple of 16 as the kernels want them.
std::vector<float> weights_of(std::span<const float> taps, std::size_t each)
{
    std::vector<float> out;
    for (const float tap : taps)
        out.insert(out.end(), each, tap);
    out.resize((out.size() + 15) / 16 * 16, 0.0F);
    return out;
}

} // namespace

std::vector<float> instantaneous_frequency(std::span<const std::complex<float>> x, double rate_hz)
{
    std::vector<float> out(x.size(), 0.0F);
    const auto scale = static_cast<float>(rate_hz / (2.0 * std::numbers::pi));
    for (std::size_t n = 1; n < x.size(); ++n) {
        const float re = x[n].real() * x[n - 1].real() + x[n].imag() * x[n - 1].imag();
        const float im = x[n].imag() * x[n - 1].real() - x[n].real() * x[n - 1].imag();
        out[n] = scale * std::atan2(im, re);
    }
    if (out.size() > 1)
        out[0] = out[1];
    return out;
}

std::vector<float> powers(std::span<const std::complex<float>> x)
{
    std::vector<float> out(x.size());
    std::transform(x.begin(), x.end(), out.begin(), [](const std::complex<float>& z) { return std::norm(z); });
    return out;
}

namespace {

template <class Value, class Sum> std::vector<Value> running_mean(std::span<const Value> x, std::size_t half)
{
    std::vector<Sum> sums(x.size() + 1);
    for (std::size_t i = 0; i < x.size(); ++i)
        sums[i + 1] = sums[i] + Sum(x[i]);
    std::vector<Value> out(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::size_t from = i > half ? i - half : 0;
        const std::size_t to = std::min(x.size(), i + half + 1);
        out[i] = static_cast<Value>((sums[to] - sums[from]) / static_cast<double>(to - from));
    }
    return out;
}

} // namespace

std::vector<float> moving_mean(std::span<const float> x, std::size_t half)
{
    return running_mean<float, double>(x, half);
}

std::vector<std::complex<float>> moving_mean(std::span<const std::complex<float>> x, std::size_t half)
{
    return running_mean<std::complex<float>, std::complex<double>>(x, half);
}

std::vector<float> filtered(std::span<const float> x, std::span<const float> taps, std::size_t step)
{
    std::vector<float> out;
    if (x.empty())
        return out;
    const auto weights = weights_of(taps, 1);
    std::vector<float> padded(taps.size() / 2, x.front());
    padded.reserve(x.size() + weights.size());
    padded.insert(padded.end(), x.begin(), x.end());
    padded.resize(x.size() + weights.size(), x.back());
    out.reserve(x.size() / step + 1);
    for (std::size_t n = 0; n < x.size(); n += step)
        out.push_back(weigh(padded.data() + n, weights.data(), weights.size()));
    return out;
}

std::vector<std::complex<float>> filtered(std::span<const std::complex<float>> x, std::span<const float> taps,
                                          std::size_t step)
{
    std::vector<std::complex<float>> out;
    if (x.empty())
        return out;
    const auto weights = weights_of(taps, 2);
    std::vector<std::complex<float>> padded(x.size() + weights.size() / 2);
    std::copy(x.begin(), x.end(), padded.begin() + static_cast<std::ptrdiff_t>(taps.size() / 2));
    out.reserve(x.size() / step + 1);
    for (std::size_t n = 0; n < x.size(); n += step)
        out.push_back(weigh(padded.data() + n, weights.data(), weights.size() / 2));
    return out;
}

float quantile(std::span<const float> x, double q)
{
    std::vector<float> sorted(x.begin(), x.end());
    const auto at = static_cast<std::ptrdiff_t>(
        std::clamp(q * static_cast<double>(sorted.size()), 0.0, static_cast<double>(sorted.size() - 1)));
    std::nth_element(sorted.begin(), sorted.begin() + at, sorted.end());
    return sorted[static_cast<std::size_t>(at)];
}

double relative_deviation(std::span<const double> x)
{
    double sum = 0.0;
    double squares = 0.0;
    for (const double value : x) {
        sum += value;
        squares += value * value;
    }
    const double mean = sum / static_cast<double>(x.size());
    const double variance = squares / static_cast<double>(x.size()) - mean * mean;
    return mean > 0.0 ? std::sqrt(std::max(0.0, variance)) / mean : 0.0;
}

std::vector<double> window_means(std::span<const float> x, std::size_t window)
{
    std::vector<double> means;
    for (std::size_t first = 0; first + window <= x.size(); first += window) {
        const auto part = x.subspan(first, window);
        means.push_back(std::accumulate(part.begin(), part.end(), 0.0) / static_cast<double>(window));
    }
    return means;
}

std::vector<std::complex<float>> shifted(std::span<const std::complex<float>> x, double offset_hz, double rate_hz)
{
    std::vector<std::complex<float>> out(x.size());
    const double turns = offset_hz / rate_hz;
    for (std::size_t n = 0; n < x.size(); ++n) {
        const double angle = -2.0 * std::numbers::pi * std::fmod(turns * static_cast<double>(n), 1.0);
        out[n] = x[n] * std::complex<float>(static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle)));
    }
    return out;
}

} // namespace gacsong::dsp
