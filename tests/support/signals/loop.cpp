// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/loop.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace gacsong::test {

namespace {

constexpr std::size_t taps = 10;
constexpr std::size_t phases = 128;

using Kernel = std::array<std::array<float, taps>, phases + 1>;

double bessel_i0(double x)
{
    double term = 1.0;
    double sum = 1.0;
    for (int k = 1; k < 40; ++k) {
        term *= (x / (2.0 * k)) * (x / (2.0 * k));
        sum += term;
    }
    return sum;
}

/// Row p interpolates at p/phases of the way from tap 4 to tap 5.
Kernel make_kernel()
{
    constexpr double beta = 7.0;
    constexpr double half = static_cast<double>(taps) / 2.0;
    Kernel kernel{};
    for (std::size_t p = 0; p <= phases; ++p) {
        double sum = 0.0;
        std::array<double, taps> row{};
        for (std::size_t k = 0; k < taps; ++k) {
            const double x = static_cast<double>(k) - (half - 1.0) - static_cast<double>(p) / phases;
            const double window = bessel_i0(beta * std::sqrt(std::max(0.0, 1.0 - x * x / (half * half))));
            const double sinc = x == 0.0 ? 1.0 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
            row[k] = sinc * window;
            sum += row[k];
        }
        for (std::size_t k = 0; k < taps; ++k)
            kernel[p][k] = static_cast<float>(row[k] / sum);
    }
    return kernel;
}

} // namespace

double wrap(double a, double b)
{
    const double rest = a - b * std::floor(a / b);
    return rest < b ? rest : 0.0;
}

std::complex<double> unit_phasor(double cycles)
{
    const double angle = 2.0 * std::numbers::pi * (cycles - std::round(cycles));
    return {std::cos(angle), std::sin(angle)};
}

ComplexLoop::ComplexLoop(std::vector<std::complex<float>> table, double rate_hz)
    : table_(std::move(table)), size_(table_.size()), rate_hz_(rate_hz)
{
    for (std::size_t k = 0; k < taps; ++k)
        table_.push_back(table_[k % size_]);
}

std::complex<double> ComplexLoop::at(double t_s) const
{
    static const Kernel kernel = make_kernel();
    const double position = wrap(t_s * rate_hz_ - 4.0, static_cast<double>(size_));
    const auto index = static_cast<std::size_t>(position);
    const double fine = (position - static_cast<double>(index)) * static_cast<double>(phases);
    const auto row = std::min(static_cast<std::size_t>(fine), phases - 1);
    const auto weight = static_cast<float>(fine - static_cast<double>(row));
    float re = 0.0F;
    float im = 0.0F;
    for (std::size_t k = 0; k < taps; ++k) {
        const float h = kernel[row][k] + weight * (kernel[row + 1][k] - kernel[row][k]);
        re += h * table_[index + k].real();
        im += h * table_[index + k].imag();
    }
    return {static_cast<double>(re), static_cast<double>(im)};
}

PhaseLoop::PhaseLoop(std::vector<double> frequency_hz, double rate_hz)
    : frequency_hz_(std::move(frequency_hz)), cycles_(frequency_hz_.size()), rate_hz_(rate_hz)
{
    const std::size_t size = frequency_hz_.size();
    double mean = 0.0;
    for (const double f : frequency_hz_)
        mean += f / static_cast<double>(size);
    for (double& f : frequency_hz_)
        f -= mean;
    // Six-point closed interpolating integration between two samples: error (191/60480)(ωh)^6.
    const auto f = [&](std::size_t i) { return frequency_hz_[i % size]; };
    double sum = 0.0;
    for (std::size_t i = 0; i < size; ++i) {
        cycles_[i] = sum;
        sum += (802.0 * (f(i) + f(i + 1)) - 93.0 * (f(i + size - 1) + f(i + 2)) + 11.0 * (f(i + size - 2) + f(i + 3))) /
               (1440.0 * rate_hz_);
    }
}

double PhaseLoop::cycles_at(double t_s) const
{
    const double position = wrap(t_s * rate_hz_, static_cast<double>(cycles_.size()));
    const auto index = static_cast<std::size_t>(position);
    const std::size_t next = index + 1 < cycles_.size() ? index + 1 : 0;
    const double u = position - static_cast<double>(index);
    const double slope0 = frequency_hz_[index] / rate_hz_;
    const double slope1 = frequency_hz_[next] / rate_hz_;
    const double rise = cycles_[next] - cycles_[index];
    return cycles_[index] +
           u * (slope0 + u * (3.0 * rise - 2.0 * slope0 - slope1 + u * (slope0 + slope1 - 2.0 * rise)));
}

double PhaseLoop::peak_hz() const
{
    double peak = 0.0;
    for (const double f : frequency_hz_)
        peak = std::max(peak, std::abs(f));
    return peak;
}

} // namespace gacsong::test
