// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/modulation/constellations.hpp"

#include "dsp/demod/lines.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

namespace gacsong::detect {

namespace {

using Complex = std::complex<float>;

constexpr double pi = std::numbers::pi;
constexpr double clear_line = 20.0;    ///< of y^M over the median: 1e-3 in 2 000 cells of noise
constexpr double sure_margin = 4.5;    ///< e^4.5: ninety to one
constexpr double least_fitness = -3.0; ///< standard deviations: 0.1 %
constexpr std::size_t draws = 2048;
constexpr double more_noise = 1.6; ///< times the known one
constexpr double between_symbols =
    0.04; ///< interference of a second path or of a filter that does not fit, over the signal
constexpr std::array<double, 3> steps_of_noise{1.2, 1.05, 1.01}; ///< coarse, then fine
constexpr int most_steps = 16;
constexpr double ring_snr = 9.0; ///< below, the phases of eight points are lost in noise

struct Shape {
    std::string_view name;
    unsigned symmetry; ///< M of y^M that has a line; 0: no carrier is needed
    std::vector<Complex> points;
};

std::vector<Complex> normalised(std::vector<Complex> points)
{
    double power = 0.0;
    for (const Complex point : points)
        power += static_cast<double>(std::norm(point)) / static_cast<double>(points.size());
    for (Complex& point : points)
        point /= static_cast<float>(std::sqrt(power));
    return points;
}

std::vector<Complex> circle(unsigned count, double radius, double first)
{
    std::vector<Complex> points;
    for (unsigned k = 0; k < count; ++k)
        points.emplace_back(std::polar(radius, 2.0 * pi * (first + k) / count));
    return points;
}

/// Odd coordinates up to `side`, corners with |x| and |y| above `corner` left out.
std::vector<Complex> square(int side, int corner)
{
    std::vector<Complex> points;
    for (int x = -side; x <= side; x += 2)
        for (int y = -side; y <= side; y += 2)
            if (std::abs(x) <= corner || std::abs(y) <= corner)
                points.emplace_back(static_cast<float>(x), static_cast<float>(y));
    return points;
}

std::vector<Complex> rings(double ratio)
{
    auto points = circle(4, 1.0, 0.5);
    const auto outer = circle(12, ratio, 0.5);
    points.insert(points.end(), outer.begin(), outer.end());
    return points;
}

const std::vector<Shape>& shapes()
{
    static const std::vector<Shape> all = [] {
        std::vector<Shape> out{
            {"BPSK", 2, circle(2, 1.0, 0.0)},
            {"QPSK", 4, circle(4, 1.0, 0.5)},
            {"8PSK", 8, circle(8, 1.0, 0.0)},
            {"QAM16", 4, square(3, 3)},
            {"QAM64", 4, square(7, 7)},
            {"", 4, square(5, 3)}, // 32 points
            {"", 2, {{-3.F, 0.F}, {-1.F, 0.F}, {1.F, 0.F}, {3.F, 0.F}}},
            {"", 4, rings(2.7)},
        };
        for (Shape& shape : out)
            shape.points = normalised(std::move(shape.points));
        return out;
    }();
    return all;
}

struct Carrier {
    double turn = 0.0;  ///< cycles a symbol
    double phase = 0.0; ///< of the first symbol, cycles, up to the symmetry
};

/// y^M without the lengths that M-th powers of noise have.
std::vector<Complex> powered(std::span<const Complex> y, unsigned symmetry)
{
    std::vector<Complex> out;
    out.reserve(y.size());
    for (const Complex z : y) {
        const double size = std::abs(std::complex<double>(z));
        const double weight = symmetry == 8 ? size * size : std::pow(size, symmetry);
        out.emplace_back(std::polar(weight, symmetry * std::arg(std::complex<double>(z))));
    }
    return out;
}

std::optional<Carrier> carrier_of(std::span<const Complex> y, unsigned symmetry)
{
    const auto raised = powered(y, symmetry);
    dsp::LineSpectra spectra(1.0, raised.size());
    spectra.add(raised);
    const auto line = dsp::strongest_line(spectra.sum(), -0.5, 0.5 - 1.5 * spectra.sum().step_hz);
    if (!line || line->ratio < clear_line)
        return std::nullopt;
    const auto against = [&](std::size_t first, std::size_t count, double hz) {
        std::complex<double> sum{};
        for (std::size_t n = first; n < first + count; ++n)
            sum += std::complex<double>(raised[n]) * std::polar(1.0, -2.0 * pi * std::fmod(hz * double(n), 1.0));
        return sum;
    };
    // Both halves against it say how far it is off.
    const std::size_t half = raised.size() / 2;
    const double drift =
        std::arg(against(half, half, line->frequency_hz) * std::conj(against(0, half, line->frequency_hz)));
    const double refined = line->frequency_hz + drift / (2.0 * pi * static_cast<double>(half));
    // The fourth power of a square's points is negative.
    const double own = symmetry == 4 ? 0.5 : 0.0;
    const double phase = std::arg(against(0, raised.size(), refined)) / (2.0 * pi) - own;
    return Carrier{refined / symmetry, phase / symmetry};
}

/// Symbols without their carrier.
std::vector<Complex> turned(std::span<const Complex> y, const Carrier& carrier)
{
    std::vector<Complex> out;
    out.reserve(y.size());
    for (std::size_t n = 0; n < y.size(); ++n) {
        const double cycles = std::fmod(carrier.turn * static_cast<double>(n), 1.0) + carrier.phase;
        out.push_back(y[n] * Complex(std::polar(1.0, -2.0 * pi * cycles)));
    }
    return out;
}

double log_likelihood(std::span<const Complex> y, const std::vector<Complex>& points, double signal, double noise)
{
    const auto amplitude = static_cast<float>(std::sqrt(signal));
    const auto scale = static_cast<float>(1.0 / noise);
    std::vector<Complex> scaled;
    for (const Complex point : points)
        scaled.push_back(point * amplitude);
    double sum = 0.0;
    for (const Complex z : y) {
        float nearest = std::norm(z - scaled[0]);
        for (const Complex point : scaled)
            nearest = std::min(nearest, std::norm(z - point));
        float all = 0.0F;
        for (const Complex point : scaled)
            all += std::exp((nearest - std::norm(z - point)) * scale);
        sum += static_cast<double>(std::log(all) - nearest * scale);
    }
    return sum - static_cast<double>(y.size()) * std::log(pi * noise * static_cast<double>(points.size()));
}

/// ln I0(x) for x ≥ 0: Abramowitz and Stegun 9.8.1, 9.8.2.
double log_bessel_i0(double x)
{
    if (x < 3.75) {
        const double t = x * x / (3.75 * 3.75);
        return std::log(1.0 + t * (3.5156229 + t * (3.0899424 + t * (1.2067492 + t * (0.2659732 + t * 0.0360768)))));
    }
    const double t = 3.75 / x;
    return x - 0.5 * std::log(x) +
           std::log(0.39894228 + t * (0.01328592 + t * (0.00225319 + t * (-0.00157565 + t * 0.00916281))));
}

/// Lengths without phases.
struct Ring {
    double share;
    double power;
};
constexpr std::array<Ring, 1> one_ring{{{1.0, 1.0}}};
constexpr std::array<Ring, 3> rings_of_qam16{{{0.25, 0.2}, {0.5, 1.0}, {0.25, 1.8}}};

double log_likelihood_of_rings(std::span<const Complex> y, std::span<const Ring> rings, double signal, double noise)
{
    double sum = 0.0;
    for (const Complex z : y) {
        const auto power = static_cast<double>(std::norm(z));
        double all = 0.0;
        for (const Ring& ring : rings)
            all += ring.share * std::exp(log_bessel_i0(2.0 * std::sqrt(power * ring.power * signal) / noise) -
                                         (power + ring.power * signal) / noise);
        sum += std::log(std::max(all, 1e-300));
    }
    return sum - static_cast<double>(y.size()) * std::log(pi * noise);
}

struct Fit {
    double log_likelihood = -1e300;
    double noise = 0.0; ///< over the signal's power
};

/// The noise that makes it likeliest; what it takes, the signal has not.
template <class LogLikelihood> Fit best_fit(double power, double noise, const LogLikelihood& log_likelihood_with)
{
    const auto fit_with = [&](double some) {
        return Fit{log_likelihood_with(power - some, some), some / (power - some)};
    };
    double at = std::clamp(noise, 1e-3 * power, 0.7 * power);
    Fit best = fit_with(at);
    for (const double step : steps_of_noise) {
        for (const double factor : {step, 1.0 / step}) {
            double next = at * factor;
            for (int i = 0; i < most_steps && next < 0.8 * power && next > 5e-4 * power; ++i, next *= factor) {
                const Fit fit = fit_with(next);
                if (fit.log_likelihood <= best.log_likelihood)
                    break;
                best = fit;
                at = next;
            }
        }
    }
    return best;
}

/// By how many standard deviations the symbols are likelier than those that the constellation would give in that noise.
/// Noise on an even grid: radii by their quantiles, angles by the golden ratio.
double fitness(std::size_t count, const std::vector<Complex>& points, double signal, const Fit& fit)
{
    const double noise = fit.noise * signal;
    double mean = 0.0;
    double squares = 0.0;
    for (std::size_t i = 0; i < draws; ++i) {
        const double radius = std::sqrt(-noise * std::log((static_cast<double>(i) + 0.5) / static_cast<double>(draws)));
        const double turn = std::fmod(static_cast<double>(i) * (std::numbers::phi - 1.0), 1.0);
        const Complex z = points[i % points.size()] * static_cast<float>(std::sqrt(signal)) +
                          Complex(std::polar(radius, 2.0 * pi * turn));
        const double one = log_likelihood(std::span(&z, 1), points, signal, noise);
        mean += one / static_cast<double>(draws);
        squares += one * one / static_cast<double>(draws);
    }
    const double sigma = std::sqrt(std::max(1e-12, squares - mean * mean) / static_cast<double>(count));
    return (fit.log_likelihood / static_cast<double>(count) - mean) / sigma;
}

/// Whether what lies between its points is such noise as there is, and no other signal.
bool is_credible(const LikelyConstellation& best, std::size_t count, double power, double log_likelihood_seen)
{
    const auto shape =
        std::find_if(shapes().begin(), shapes().end(), [&](const Shape& s) { return s.name == best.name; });
    if (shape == shapes().end() || !best.phases)
        return true;
    const double signal = power / (1.0 + best.noise);
    return fitness(count, shape->points, signal, {log_likelihood_seen, best.noise}) > least_fitness;
}

} // namespace

LikelyConstellation likely_constellation(std::span<const std::complex<float>> symbols, double noise)
{
    double power = 0.0;
    for (const Complex z : symbols)
        power += static_cast<double>(std::norm(z)) / static_cast<double>(symbols.size());
    if (symbols.size() < 16 || power <= 0.0)
        return {};
    LikelyConstellation best;
    // A Gaussian first: what is nothing else.
    double most = -static_cast<double>(symbols.size()) * (std::log(pi * power) + 1.0);
    double next = -1e300;
    const auto offer = [&](std::string_view name, const Fit& fit, double turn, bool phases) {
        if (fit.log_likelihood > most) {
            next = most;
            most = fit.log_likelihood;
            best = {name, phases, 0.0, fit.noise, turn};
        } else {
            next = std::max(next, fit.log_likelihood);
        }
    };
    const double known = noise / std::max(0.05 * power, power - noise);
    const auto fit_of_rings = [&](std::span<const Ring> rings) {
        return best_fit(power, noise, [&](double signal, double some) {
            return log_likelihood_of_rings(symbols, rings, signal, some);
        });
    };
    bool has_eight = false;
    for (const unsigned symmetry : {2U, 4U, 8U}) {
        const auto carrier = carrier_of(symbols, symmetry);
        if (!carrier)
            continue;
        has_eight = has_eight || symmetry == 8;
        const auto upright = turned(symbols, *carrier);
        for (const Shape& shape : shapes())
            if (shape.symmetry == symmetry)
                offer(shape.name.empty() ? "unknown" : shape.name,
                      best_fit(power, noise,
                               [&](double signal, double some) {
                                   return log_likelihood(upright, shape.points, signal, some);
                               }),
                      carrier->turn, true);
    }
    // Where noise hides eight phases, a ring without four of them is all that can be seen of them.
    offer(!has_eight && known * ring_snr > 1.0 ? "8PSK" : "unknown", fit_of_rings(one_ring), 0.0, false);
    offer("unknown", fit_of_rings(rings_of_qam16), 0.0, false);
    best.margin = most - next;
    if (best.margin < sure_margin || best.noise > more_noise * known + between_symbols ||
        !is_credible(best, symbols.size(), power, most))
        best.name = "unknown";
    return best;
}

} // namespace gacsong::detect
