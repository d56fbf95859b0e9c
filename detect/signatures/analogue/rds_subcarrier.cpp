// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/analogue/rds_subcarrier.hpp"

#include "dsp/demod/downconverter.hpp"
#include "dsp/demod/linear.hpp"
#include "dsp/demod/lines.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace gacsong::detect {

namespace {

constexpr double nominal_hz = 57e3;
constexpr double clock_ppm = 100.0;
constexpr double bits_a_second = 48.0; ///< of the carrier
constexpr double out_hz = 18e3;        ///< 15 samples a bit
constexpr double reach = 2.5;          ///< bits on each side of a pulse
constexpr std::size_t fineness = 64;   ///< of its table, points a bit
constexpr std::size_t timings = 32;
constexpr std::size_t enough_bits = 1000; ///< to find the timing
constexpr float most_soft = 40.0F;
constexpr double pi = std::numbers::pi;

using Complex = std::complex<float>;

/// Inverse transform of cos(πf/4), |f| < 2, bits as unit of time.
double shaping(double x)
{
    const double a = pi / 4.0;
    const double b = 2.0 * pi * std::abs(x);
    if (std::abs(b - a) < 1e-6)
        return 2.0;
    return 2.0 * a * std::cos(2.0 * b) / (a * a - b * b);
}

std::vector<float> make_pulse()
{
    std::vector<float> pulse(static_cast<std::size_t>(2.0 * reach) * fineness + 1);
    for (std::size_t i = 0; i < pulse.size(); ++i) {
        const double x = static_cast<double>(i) / static_cast<double>(fineness) - reach;
        pulse[i] = static_cast<float>(shaping(x + 0.25) - shaping(x - 0.25));
    }
    return pulse;
}

/// The band around the subcarrier at 0 Hz.
std::vector<Complex> band(std::span<const float> multiplex, double rate_hz, double carrier_hz, std::size_t step)
{
    std::vector<Complex> mixed(multiplex.size());
    std::complex<double> turn{1.0, 0.0};
    const std::complex<double> each = std::polar(1.0, -2.0 * pi * carrier_hz / rate_hz);
    for (std::size_t i = 0; i < mixed.size(); ++i) {
        if (i % 1024 == 0)
            turn = std::polar(1.0, -2.0 * pi * std::fmod(carrier_hz / rate_hz * static_cast<double>(i), 1.0));
        mixed[i] = Complex(turn * static_cast<double>(multiplex[i]));
        turn *= each;
    }
    // RDS ends 2.4 kHz from its carrier, the stereo difference 4 kHz below it.
    return dsp::filtered(mixed, dsp::low_pass(3200.0 / rate_hz, 1600.0 / rate_hz, 50.0), step);
}

/// Sum of squares against a line at that frequency.
std::complex<double> squares(std::span<const Complex> x, double hz, double rate_hz, std::size_t first)
{
    std::complex<double> sum{};
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::complex<double> z(x[i]);
        sum += z * z * std::polar(1.0, -2.0 * pi * std::fmod(hz / rate_hz * static_cast<double>(first + i), 1.0));
    }
    return sum;
}

struct Line {
    double doubled_hz = 0.0; ///< of the square
    double clearness = 0.0;
};

std::optional<Line> line_of(std::span<const Complex> x, double rate_hz)
{
    dsp::LineSpectra spectra(rate_hz, x.size());
    spectra.add(dsp::raised(x, 2));
    const double half = std::max(2.0 * nominal_hz * clock_ppm * 1e-6, 4.5 * spectra.sum().step_hz);
    const auto line = dsp::strongest_line(spectra.sum(), -half, half);
    const auto beside = dsp::strongest_line(spectra.sum(), -half - 300.0, half + 300.0);
    if (!line || !beside)
        return std::nullopt;
    const double clearness = line->power * beside->ratio / std::max(beside->power, 1e-30);
    return Line{line->frequency_hz, clearness};
}

/// In phase with the carrier, and what is not.
std::vector<Complex> turned(std::span<const Complex> x, double rate_hz, double doubled_hz)
{
    const std::size_t half = x.size() / 2;
    const auto change = std::arg(squares(x.subspan(half), doubled_hz, rate_hz, half) *
                                 std::conj(squares(x.first(half), doubled_hz, rate_hz, 0)));
    const double refined_hz = doubled_hz + change / (2.0 * pi) * rate_hz / static_cast<double>(half);
    const double phase = 0.5 * std::arg(squares(x, refined_hz, rate_hz, 0));
    std::vector<Complex> out(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double angle = pi * refined_hz / rate_hz * static_cast<double>(i) + phase;
        out[i] = x[i] * Complex(std::polar(1.0, -angle));
    }
    return out;
}

/// Matched filter at the bits k + phase.
class Bits {
public:
    Bits(std::span<const Complex> x, double samples_a_bit) : x_(x), step_(samples_a_bit), pulse_(make_pulse()) {}

    [[nodiscard]] std::vector<Complex> at(double phase, std::size_t most) const
    {
        std::vector<Complex> out;
        for (double k = 0.0; out.size() < most; k += 1.0) {
            const double middle = (k + phase) * step_;
            if (middle >= static_cast<double>(x_.size()))
                break;
            const auto from = static_cast<std::size_t>(std::max(0.0, std::ceil(middle - reach * step_)));
            const auto to = std::min(x_.size(), static_cast<std::size_t>(middle + reach * step_) + 1);
            Complex sum{};
            for (std::size_t n = from; n < to; ++n) {
                const double place = ((static_cast<double>(n) - middle) / step_ + reach) * fineness + 0.5;
                const auto point = static_cast<std::size_t>(std::max(0.0, place));
                sum += x_[n] * (point < pulse_.size() ? pulse_[point] : 0.0F);
            }
            out.push_back(sum);
        }
        return out;
    }

    [[nodiscard]] std::vector<Complex> best() const
    {
        double most = -1.0;
        double phase = 0.0;
        for (std::size_t t = 0; t < timings; ++t) {
            const double here = static_cast<double>(t) / timings;
            double power = 0.0;
            for (const Complex y : at(here, enough_bits))
                power += static_cast<double>(y.real()) * y.real();
            if (power > most) {
                most = power;
                phase = here;
            }
        }
        return at(phase, x_.size());
    }

private:
    std::span<const Complex> x_;
    double step_;
    std::vector<float> pulse_;
};

/// What lies across the carrier is noise; along it stands the same noise and the data.
std::vector<float> likelihoods(std::span<const Complex> bits)
{
    double along = 0.0;
    double across = 0.0;
    for (const Complex y : bits) {
        along += static_cast<double>(y.real()) * y.real();
        across += static_cast<double>(y.imag()) * y.imag();
    }
    const double data = along - across;
    if (data <= 0.0)
        return {};
    const auto count = static_cast<double>(bits.size());
    const double variance = std::max(across, 1e-3 * data) / count;
    const auto scale = static_cast<float>(2.0 * std::sqrt(data / count) / variance);
    std::vector<float> soft(bits.size());
    std::transform(bits.begin(), bits.end(), soft.begin(),
                   [&](Complex y) { return std::clamp(scale * y.real(), -most_soft, most_soft); });
    return soft;
}

} // namespace

std::optional<RdsSubcarrier> rds_subcarrier(std::span<const float> multiplex, double rate_hz, double least_clear)
{
    if (rate_hz < 130e3 || static_cast<double>(multiplex.size()) < 0.06 * rate_hz)
        return std::nullopt;
    const auto step = static_cast<std::size_t>(rate_hz / out_hz);
    const double rate = rate_hz / static_cast<double>(step);
    const auto x = band(multiplex, rate_hz, nominal_hz, step);
    const auto line = line_of(x, rate);
    if (!line || line->clearness < least_clear)
        return std::nullopt;
    RdsSubcarrier found;
    found.frequency_hz = nominal_hz + 0.5 * line->doubled_hz;
    found.clearness = line->clearness;
    const auto upright = turned(x, rate, line->doubled_hz);
    found.soft = likelihoods(Bits(upright, rate * bits_a_second / found.frequency_hz).best());
    return found;
}

} // namespace gacsong::detect
