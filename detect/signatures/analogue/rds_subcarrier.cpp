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
constexpr std::size_t coarse_timings = 8;
constexpr double finest_timing = 1.0 / 32.0; ///< of a bit
constexpr std::size_t enough_bits = 1000;    ///< to find the timing
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

/// e^(−j2π·hz·n/rate) for one n after the other, anew every 1024 so that no error grows.
class Turning {
public:
    Turning(double hz, double rate_hz, std::size_t first)
        : cycles_(hz / rate_hz), n_(first), each_(std::polar(1.0, -2.0 * pi * cycles_))
    {
    }
    std::complex<double> next()
    {
        now_ = given_++ % 1024 == 0 ? std::polar(1.0, -2.0 * pi * std::fmod(cycles_ * static_cast<double>(n_), 1.0))
                                    : now_ * each_;
        ++n_;
        return now_;
    }

private:
    double cycles_;
    std::size_t n_;
    std::complex<double> each_;
    std::complex<double> now_;
    std::size_t given_ = 0;
};

/// The band around the subcarrier at 0 Hz.
std::vector<Complex> band(std::span<const float> multiplex, double rate_hz, double carrier_hz, std::size_t step)
{
    std::vector<Complex> mixed(multiplex.size());
    Turning turning(carrier_hz, rate_hz, 0);
    for (std::size_t i = 0; i < mixed.size(); ++i)
        mixed[i] = Complex(turning.next() * static_cast<double>(multiplex[i]));
    // RDS ends 2.4 kHz from its carrier, the stereo difference 4 kHz below it.
    return dsp::filtered(mixed, dsp::low_pass(3200.0 / rate_hz, 1600.0 / rate_hz, 50.0), step);
}

/// Sum of squares against a line at that frequency.
std::complex<double> squares(std::span<const Complex> x, double hz, double rate_hz, std::size_t first)
{
    std::complex<double> sum{};
    Turning turning(hz, rate_hz, first);
    for (const Complex& sample : x) {
        const std::complex<double> z(sample);
        sum += z * z * turning.next();
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
    Turning turning(0.5 * refined_hz, rate_hz, 0);
    const auto start = std::polar(1.0, -phase);
    for (std::size_t i = 0; i < x.size(); ++i)
        out[i] = x[i] * Complex(start * turning.next());
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
        // The power swings once a bit: first every eighth of one, then around the best ever closer.
        double most = -1.0;
        double phase = 0.0;
        const auto try_at = [&](double here) {
            double power = 0.0;
            for (const Complex y : at(here, enough_bits))
                power += static_cast<double>(y.real()) * y.real();
            if (power > most) {
                most = power;
                phase = here;
            }
        };
        for (std::size_t t = 0; t < coarse_timings; ++t)
            try_at(static_cast<double>(t) / coarse_timings);
        for (double step = 0.5 / coarse_timings; step >= finest_timing; step *= 0.5)
            for (const double here : {phase - step, phase + step})
                try_at(here - std::floor(here));
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
