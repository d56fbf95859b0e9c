// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/equaliser.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect::gsm {

namespace {

constexpr float impossible = -1e9F;
constexpr float least_noise_share = 2e-3F; ///< below, the model is worse than the signal

/// Solves a·x = b for a symmetric positive matrix of n×n (row major) in place, by Cholesky; b has `width` columns.
void solve(std::vector<double>& a, std::vector<double>& b, std::size_t n, std::size_t width)
{
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = 0; k < j; ++k)
            for (std::size_t i = j; i < n; ++i)
                a[i * n + j] -= a[i * n + k] * a[j * n + k];
        const double root = std::sqrt(std::max(a[j * n + j], 1e-9));
        for (std::size_t i = j; i < n; ++i)
            a[i * n + j] /= root;
    }
    for (std::size_t c = 0; c < width; ++c) {
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t k = 0; k < i; ++k)
                b[i * width + c] -= a[i * n + k] * b[k * width + c];
            b[i * width + c] /= a[i * n + i];
        }
        for (std::size_t i = n; i-- > 0;) {
            for (std::size_t k = i + 1; k < n; ++k)
                b[i * width + c] -= a[k * n + i] * b[k * width + c];
            b[i * width + c] /= a[i * n + i];
        }
    }
}

/// Σ over equations of the products of the symbols that two taps see.
std::vector<double> gram(std::span<const float> symbols, std::size_t taps)
{
    std::vector<double> a(taps * taps, 0.0);
    for (std::size_t i = 0; i < taps; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            float sum = 0.0F;
            for (std::size_t k = taps - 1; k < symbols.size(); ++k)
                sum += symbols[k - i] * symbols[k - j];
            a[i * taps + j] = a[j * taps + i] = static_cast<double>(sum);
        }
    }
    return a;
}

float norm(Sample x) { return x.real() * x.real() + x.imag() * x.imag(); }

} // namespace

float ChannelEstimate::power() const
{
    float sum = 0.0F;
    for (std::size_t l = 0; l < count; ++l)
        sum += norm(taps[l]);
    return sum;
}

double ChannelEstimate::delay() const
{
    // What noise adds to every tap is taken off, or it would pull the mean to the middle.
    float floor = norm(taps[0]);
    for (std::size_t l = 1; l < count; ++l)
        floor = std::min(floor, norm(taps[l]));
    float sum = 0.0F;
    float weighted = 0.0F;
    for (std::size_t l = 0; l < count; ++l) {
        const float p = norm(taps[l]) - floor;
        sum += p;
        weighted += p * static_cast<float>(l);
    }
    return sum > 0.0F ? static_cast<double>(weighted / sum) : 0.0;
}

float residual(std::span<const Sample> y, std::span<const float> symbols, const ChannelEstimate& channel)
{
    float sum = 0.0F;
    std::size_t equations = 0;
    for (std::size_t k = channel.count - 1; k < y.size(); ++k, ++equations) {
        float re = y[k].real();
        float im = y[k].imag();
        for (std::size_t l = 0; l < channel.count; ++l) {
            re -= channel.taps[l].real() * symbols[k - l];
            im -= channel.taps[l].imag() * symbols[k - l];
        }
        sum += re * re + im * im;
    }
    return equations > 0 ? sum / static_cast<float>(equations) : 0.0F;
}

Training::Training(std::string_view bits, std::size_t taps) : taps_(taps)
{
    for (const char bit : bits)
        symbols_.push_back(symbol_of(bit == '1'));
    const std::size_t equations = symbols_.size() - taps + 1;
    auto a = gram(symbols_, taps);
    std::vector<double> b(taps * equations);
    for (std::size_t l = 0; l < taps; ++l)
        for (std::size_t e = 0; e < equations; ++e)
            b[l * equations + e] = static_cast<double>(symbols_[e + taps - 1 - l]);
    solve(a, b, taps, equations);
    inverse_.assign(b.begin(), b.end());
}

ChannelEstimate Training::estimate(std::span<const Sample> y) const
{
    ChannelEstimate channel;
    channel.count = taps_;
    const std::size_t equations = symbols_.size() - taps_ + 1;
    for (std::size_t l = 0; l < taps_; ++l) {
        float re = 0.0F;
        float im = 0.0F;
        for (std::size_t e = 0; e < equations; ++e) {
            const float weight = inverse_[l * equations + e];
            re += weight * y[e + taps_ - 1].real();
            im += weight * y[e + taps_ - 1].imag();
        }
        channel.taps[l] = {re, im};
    }
    const float freedom = static_cast<float>(equations) / static_cast<float>(equations - taps_);
    channel.noise = residual(y, symbols_, channel) * freedom;
    channel.tap_noise = channel.noise / static_cast<float>(equations);
    return channel;
}

ChannelEstimate estimate_channel(std::span<const Sample> y, std::span<const float> symbols, std::size_t taps)
{
    ChannelEstimate channel;
    channel.count = taps;
    auto a = gram(symbols, taps);
    std::vector<double> b(taps * 2, 0.0);
    for (std::size_t l = 0; l < taps; ++l) {
        float re = 0.0F;
        float im = 0.0F;
        for (std::size_t k = taps - 1; k < y.size(); ++k) {
            re += symbols[k - l] * y[k].real();
            im += symbols[k - l] * y[k].imag();
        }
        b[2 * l] = static_cast<double>(re);
        b[2 * l + 1] = static_cast<double>(im);
    }
    solve(a, b, taps, 2);
    for (std::size_t l = 0; l < taps; ++l)
        channel.taps[l] = {static_cast<float>(b[2 * l]), static_cast<float>(b[2 * l + 1])};
    const auto equations = static_cast<float>(y.size() - taps + 1);
    channel.noise = residual(y, symbols, channel) * equations / (equations - static_cast<float>(taps));
    channel.tap_noise = channel.noise / equations;
    return channel;
}

template <unsigned Memory>
void Equaliser::run_memory(std::span<const Sample> y, const ChannelEstimate& channel,
                           std::span<const std::int8_t> known, std::span<float> soft)
{
    constexpr std::size_t states = std::size_t{1} << Memory;
    constexpr std::size_t words = 2 * states; // of Memory + 1 bits, the newest lowest
    std::array<float, words> re{};
    std::array<float, words> im{};
    for (std::size_t word = 0; word < words; ++word)
        for (std::size_t l = 0; l < channel.count; ++l) {
            const float s = symbol_of((word >> l & 1U) != 0);
            re[word] += s * channel.taps[l].real();
            im[word] += s * channel.taps[l].imag();
        }
    const std::size_t steps = y.size();
    metrics_.resize(steps * words);
    forward_.resize((steps + 1) * states);
    const float noise = std::max(channel.noise, least_noise_share * channel.power());
    const float scale = -1.0F / std::max(noise, 1e-30F);
    std::fill_n(forward_.begin(), states, 0.0F);
    for (std::size_t k = 0; k < steps; ++k) {
        float* metric = metrics_.data() + k * words;
        const float yr = y[k].real();
        const float yi = y[k].imag();
        for (std::size_t word = 0; word < words; ++word) {
            const float dr = yr - re[word];
            const float di = yi - im[word];
            metric[word] = scale * (dr * dr + di * di);
        }
        if (known[k] != 0)
            for (std::size_t word = known[k] > 0 ? 1 : 0; word < words; word += 2)
                metric[word] = impossible;
        const float* from = forward_.data() + k * states;
        float* to = forward_.data() + (k + 1) * states;
        for (std::size_t i = 0; i < states / 2; ++i) {
            const float a = from[i];
            const float b = from[i + states / 2];
            const float a0 = a + metric[2 * i];
            const float b0 = b + metric[2 * i + states];
            const float a1 = a + metric[2 * i + 1];
            const float b1 = b + metric[2 * i + 1 + states];
            to[2 * i] = a0 > b0 ? a0 : b0;
            to[2 * i + 1] = a1 > b1 ? a1 : b1;
        }
    }
    std::array<float, states> backward{};
    std::array<float, states> next{};
    for (std::size_t k = steps; k-- > 0;) {
        const float* metric = metrics_.data() + k * words;
        const float* from = forward_.data() + k * states;
        float zero = 4.0F * impossible;
        float one = zero;
        for (std::size_t s = 0; s < states; ++s) {
            const float to_zero = metric[2 * s] + backward[2 * s & (states - 1)];
            const float to_one = metric[2 * s + 1] + backward[(2 * s & (states - 1)) + 1];
            next[s] = to_zero > to_one ? to_zero : to_one;
            const float path_zero = from[s] + to_zero;
            const float path_one = from[s] + to_one;
            zero = zero > path_zero ? zero : path_zero;
            one = one > path_one ? one : path_one;
        }
        soft[k] = zero - one;
        backward = next;
    }
}

void Equaliser::run(std::span<const Sample> y, const ChannelEstimate& channel, std::span<const std::int8_t> known,
                    std::span<float> soft)
{
    switch (channel.count) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
        return run_memory<3>(y, channel, known, soft);
    case 5:
        return run_memory<4>(y, channel, known, soft);
    case 6:
        return run_memory<5>(y, channel, known, soft);
    case 7:
        return run_memory<6>(y, channel, known, soft);
    default:
        return run_memory<7>(y, channel, known, soft);
    }
}

} // namespace gacsong::detect::gsm
