// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/overlap_bank.hpp"

#include "dsp/kernels.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gacsong::dsp {

BankShape choose_bank(double sample_rate_hz, double bin_hz, double channel_rate_hz)
{
    BankShape shape;
    shape.transform = quick_length(static_cast<std::size_t>(std::llround(sample_rate_hz / bin_hz)));
    const double bin = shape.bin_hz(sample_rate_hz);
    shape.channel = std::min(shape.transform, quick_length(static_cast<std::size_t>(std::ceil(channel_rate_hz / bin))));
    return shape;
}

OverlapBank::OverlapBank(BankShape shape, double sample_rate_hz, double cutoff_hz)
    : shape_(shape), forward_(shape.transform, Direction::forward), inverse_(shape.channel, Direction::inverse),
      in_(shape.transform), spectrum_(shape.transform), narrow_(shape.channel), time_(shape.channel),
      weights_(shape.channel)
{
    design(sample_rate_hz, cutoff_hz);
}

void OverlapBank::design(double sample_rate_hz, double cutoff_hz)
{
    const auto half = static_cast<std::ptrdiff_t>(shape_.transform / 4);
    const double cut = cutoff_hz / sample_rate_hz;
    std::vector<double> taps(static_cast<std::size_t>(2 * half + 1));
    double sum = 0.0;
    for (std::ptrdiff_t n = -half; n <= half; ++n) {
        const double x = 2.0 * cut * static_cast<double>(n);
        const double sinc = n == 0 ? 1.0 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
        const double window =
            0.5 + 0.5 * std::cos(std::numbers::pi * static_cast<double>(n) / (static_cast<double>(half) + 1.0));
        taps[static_cast<std::size_t>(n + half)] = sinc * window;
        sum += sinc * window;
    }
    double squares = 0.0;
    const auto channel = static_cast<std::ptrdiff_t>(shape_.channel);
    for (std::ptrdiff_t bin = -channel / 2; bin < channel / 2; ++bin) {
        double response = taps[static_cast<std::size_t>(half)];
        const double step = 2.0 * std::numbers::pi * static_cast<double>(bin) / static_cast<double>(shape_.transform);
        for (std::ptrdiff_t n = 1; n <= half; ++n)
            response += 2.0 * taps[static_cast<std::size_t>(n + half)] * std::cos(step * static_cast<double>(n));
        response /= sum;
        squares += response * response;
        weights_[static_cast<std::size_t>(bin + channel / 2)] =
            static_cast<float>(response / static_cast<double>(shape_.transform));
    }
    noise_bandwidth_hz_ = squares * shape_.bin_hz(sample_rate_hz);
}

void OverlapBank::transform() { forward_.execute(in_.data(), spectrum_.data()); }

void OverlapBank::channel(std::ptrdiff_t bin, std::uint64_t frame, std::span<std::complex<float>> out)
{
    const auto size = static_cast<std::ptrdiff_t>(shape_.transform);
    const auto channel = static_cast<std::ptrdiff_t>(shape_.channel);
    // The frame begins at f·hop − hop/2: shifting by `bin` turns it by −2π·bin·(f/2 − 1/4).
    const auto quarter = ((bin % 4 + 4) % 4 + ((bin % 2 != 0 && frame % 2 != 0) ? 2 : 0)) % 4;
    constexpr std::complex<float> turns[4] = {{1.0F, 0.0F}, {0.0F, 1.0F}, {-1.0F, 0.0F}, {0.0F, -1.0F}};
    const std::complex<float> turn = turns[quarter];
    // Bins −channel/2 … channel/2 − 1 around `bin`, in stretches that wrap around neither array.
    for (std::ptrdiff_t j = -channel / 2; j < channel / 2;) {
        const std::ptrdiff_t from = ((bin + j) % size + size) % size;
        const std::ptrdiff_t to = j < 0 ? j + channel : j;
        const std::ptrdiff_t count = std::min((j < 0 ? 0 : channel / 2) - j, size - from);
        const float* __restrict weight = weights_.data() + j + channel / 2;
        const float* __restrict x = reinterpret_cast<const float*>(spectrum_.data() + from);
        float* __restrict y = reinterpret_cast<float*>(narrow_.data() + to);
        for (std::ptrdiff_t i = 0; i < count; ++i) {
            y[2 * i] = weight[i] * (x[2 * i] * turn.real() - x[2 * i + 1] * turn.imag());
            y[2 * i + 1] = weight[i] * (x[2 * i] * turn.imag() + x[2 * i + 1] * turn.real());
        }
        j += count;
    }
    inverse_.execute(narrow_.data(), time_.data());
    const std::size_t quarter_channel = shape_.channel / 4;
    std::copy_n(time_.data() + quarter_channel, shape_.channel_hop(), out.begin());
}

} // namespace gacsong::dsp
