// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/symbol_sampler.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gacsong::detect::gsm {

namespace {

constexpr double band_edge_hz = 135e3; ///< nothing of a carrier lies beyond

/// Modified Bessel function of order 0, by its series.
double bessel(double x)
{
    double sum = 1.0;
    double term = 1.0;
    for (int k = 1; k < 40; ++k) {
        term *= (x / 2.0) / k * ((x / 2.0) / k);
        sum += term;
    }
    return sum;
}

} // namespace

SymbolSampler::SymbolSampler(double rate_hz) : kernel_((phases + 1) * length)
{
    // Half way between the band's edge and its first image, in cycles a sample.
    const double cut = std::min(0.5, (band_edge_hz + (rate_hz - band_edge_hz)) / 2.0 / rate_hz);
    constexpr double beta = 5.0;
    for (std::size_t phase = 0; phase <= phases; ++phase) {
        const double fraction = static_cast<double>(phase) / static_cast<double>(phases);
        double sum = 0.0;
        for (std::size_t i = 0; i < length; ++i) {
            const double t = static_cast<double>(i) - static_cast<double>(reach - 1) - fraction;
            const double x = 2.0 * cut * t;
            const double sinc = std::abs(x) < 1e-9 ? 1.0 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
            const double edge = t / static_cast<double>(reach);
            const double window = bessel(beta * std::sqrt(std::max(0.0, 1.0 - edge * edge))) / bessel(beta);
            kernel_[phase * length + i] = static_cast<float>(sinc * window);
            sum += sinc * window;
        }
        for (std::size_t i = 0; i < length; ++i)
            kernel_[phase * length + i] /= static_cast<float>(sum);
    }
}

void SymbolSampler::read(const Stretch& stretch, double position, double step, double turn, std::span<Sample> out) const
{
    // The turn is made by repeated multiplication: exact enough over a burst.
    const Sample by{static_cast<float>(std::cos(turn)), static_cast<float>(-std::sin(turn))};
    Sample rotor{1.0F, 0.0F};
    for (std::size_t k = 0; k < out.size(); ++k) {
        const double at = position + static_cast<double>(k) * step - static_cast<double>(stretch.first);
        const double whole = std::floor(at);
        const auto phase = static_cast<std::size_t>(std::lround((at - whole) * static_cast<double>(phases)));
        const std::int64_t begin = static_cast<std::int64_t>(whole) - (reach - 1);
        float re = 0.0F;
        float im = 0.0F;
        const float* kernel = kernel_.data() + phase * length;
        if (begin >= 0 &&
            begin + static_cast<std::int64_t>(length) <= static_cast<std::int64_t>(stretch.samples.size())) {
            const float* x = reinterpret_cast<const float*>(stretch.samples.data() + begin);
            for (std::size_t i = 0; i < length; ++i) {
                re += kernel[i] * x[2 * i];
                im += kernel[i] * x[2 * i + 1];
            }
        } else {
            for (std::size_t i = 0; i < length; ++i) {
                const std::int64_t n = begin + static_cast<std::int64_t>(i);
                if (n < 0 || n >= static_cast<std::int64_t>(stretch.samples.size()))
                    continue;
                re += kernel[i] * stretch.samples[static_cast<std::size_t>(n)].real();
                im += kernel[i] * stretch.samples[static_cast<std::size_t>(n)].imag();
            }
        }
        out[k] = {re * rotor.real() - im * rotor.imag(), re * rotor.imag() + im * rotor.real()};
        rotor = {rotor.real() * by.real() - rotor.imag() * by.imag(),
                 rotor.real() * by.imag() + rotor.imag() * by.real()};
    }
}

} // namespace gacsong::detect::gsm
