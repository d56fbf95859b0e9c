// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/phy/extractor.hpp"

#include "dsp/kernels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace gacsong::detect::lte {

namespace {

constexpr double most_phases = 512.0;
constexpr double zero_crossings = 14.0; ///< of the sinc on either side
constexpr double beta = 6.0;            ///< of the Kaiser window

double bessel_i0(double x)
{
    double sum = 1.0;
    double term = 1.0;
    for (int k = 1; term > 1e-12 * sum; ++k) {
        term *= x * x / (4.0 * k * k);
        sum += term;
    }
    return sum;
}

double sinc(double x) { return std::abs(x) < 1e-9 ? 1.0 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x); }

} // namespace

Sample mean_of(const Stretch& stretch)
{
    constexpr double taken_s = 0.02;
    std::vector<Sample> samples(std::min(stretch.samples(), static_cast<std::size_t>(taken_s * stretch.rate_hz)));
    load({stretch.format, stretch.bytes, stretch.rate_hz}, 0, samples);
    std::complex<double> sum;
    for (const Sample& x : samples)
        sum += x;
    return Sample(sum / static_cast<double>(std::max<std::size_t>(samples.size(), 1)));
}

void load(const Stretch& stretch, std::size_t first, std::span<Sample> out)
{
    const std::size_t width = stretch.format.bytes_per_sample();
    convert(stretch.format, stretch.bytes.subspan(first * width, out.size() * width), out);
    for (Sample& x : out)
        x -= stretch.mean;
}

Extractor::Extractor(const Stretch& stretch, double rate_hz) : stretch_(stretch), rate_hz_(rate_hz)
{
    const double cutoff = std::min(1.0, rate_hz / stretch.rate_hz); // of the half rate
    constexpr std::size_t together = 4;                             // so that a row is as long as the kernel asks
    half_ = (static_cast<std::size_t>(std::ceil(zero_crossings / cutoff)) + together - 1) / together * together;
    phases_ = static_cast<std::size_t>(std::ceil(most_phases * cutoff));
    taps_.resize((phases_ + 1) * 4 * half_);
    std::vector<double> row(2 * half_);
    for (std::size_t phase = 0; phase <= phases_; ++phase) {
        const double fraction = static_cast<double>(phase) / static_cast<double>(phases_);
        double sum = 0.0;
        for (std::size_t i = 0; i < 2 * half_; ++i) {
            const double t = static_cast<double>(i) - static_cast<double>(half_ - 1) - fraction;
            const double x = t / static_cast<double>(half_);
            const double window = std::abs(x) < 1.0 ? bessel_i0(beta * std::sqrt(1.0 - x * x)) / bessel_i0(beta) : 0.0;
            row[i] = sinc(cutoff * t) * window;
            sum += row[i];
        }
        float* taps = taps_.data() + phase * 4 * half_;
        for (std::size_t i = 0; i < 4 * half_; ++i)
            taps[i] = static_cast<float>(row[i / 2] / sum);
    }
}

void Extractor::read(double at_s, double shift_hz, double lasting, std::span<Sample> out)
{
    const double start = at_s * stretch_.rate_hz;
    const double step = lasting * stretch_.rate_hz / rate_hz_;
    const double end = start + step * static_cast<double>(out.size());
    const auto first = static_cast<std::int64_t>(std::floor(start)) - static_cast<std::int64_t>(half_);
    const auto last = static_cast<std::int64_t>(std::ceil(end)) + static_cast<std::int64_t>(half_) + 2;
    mixed_.resize(static_cast<std::size_t>(last - first));
    const auto there = static_cast<std::int64_t>(stretch_.samples());
    const std::int64_t from = std::clamp<std::int64_t>(first, 0, there);
    const std::int64_t to = std::clamp<std::int64_t>(last, from, there);
    const auto before = static_cast<std::size_t>(from - first);
    const auto in = std::span(mixed_).subspan(std::min(before, mixed_.size()), static_cast<std::size_t>(to - from));
    std::ranges::fill(std::span(mixed_).first(std::min(before, mixed_.size())), Sample{});
    std::ranges::fill(std::span(mixed_).subspan(std::min(before, mixed_.size()) + in.size()), Sample{});
    if (to > from) {
        load(stretch_, static_cast<std::size_t>(from), in);
        // A table of the first turns, and for each piece of its length the one that they begin with, computed anew:
        // so they never drift.
        const double turn = -2.0 * std::numbers::pi * shift_hz / stretch_.rate_hz;
        std::array<Sample, 256> turns;
        const std::complex<double> rotation = std::polar(1.0, turn);
        std::complex<double> phasor = 1.0;
        for (Sample& x : turns) {
            x = Sample(phasor);
            phasor *= rotation;
        }
        std::array<Sample, turns.size()> here;
        for (std::size_t i = 0; i < in.size(); i += turns.size()) {
            const double begin = turn * static_cast<double>(from + static_cast<std::int64_t>(i));
            const auto first_turn = Sample(std::polar(1.0, std::remainder(begin, 2.0 * std::numbers::pi)));
            here.fill(first_turn);
            dsp::rotate(here.data(), turns.data(), here.size());
            dsp::rotate(in.data() + i, here.data(), std::min(here.size(), in.size() - i));
        }
    }
    const double origin = start - static_cast<double>(first);
    for (std::size_t n = 0; n < out.size(); ++n) {
        const double position = origin + step * static_cast<double>(n);
        const auto whole = static_cast<std::size_t>(position);
        const auto phase =
            static_cast<std::size_t>((position - static_cast<double>(whole)) * static_cast<double>(phases_) + 0.5);
        const float* row = taps_.data() + phase * 4 * half_;
        out[n] = dsp::weigh(mixed_.data() + whole - half_ + 1, row, 2 * half_);
    }
}

} // namespace gacsong::detect::lte
