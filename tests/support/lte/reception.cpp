// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lte/reception.hpp"

#include "tests/support/fft.hpp"
#include "tests/support/lte/elements.hpp"
#include "tests/support/noise.hpp"
#include "tests/support/random.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <map>
#include <numbers>

namespace gacsong::test::lte {

namespace {

constexpr double subcarrier_hz = 15e3;
constexpr unsigned units = 2048; ///< of a symbol without its prefix

/// Of element k of the grid, relative to the carrier, which is left out.
int frequency_index(unsigned k, unsigned width)
{
    const int relative = static_cast<int>(k) - static_cast<int>(width / 2);
    return relative < 0 ? relative : relative + 1;
}

/// Path of one port: delay and complex size.
struct Path {
    double delay_s;
    Complex gain;
};

using Paths = std::vector<std::vector<Path>>;

Complex response(const std::vector<Path>& paths, int index)
{
    Complex sum;
    for (const Path& path : paths)
        sum += path.gain * std::polar(1.0, -2.0 * std::numbers::pi * index * subcarrier_hz * path.delay_s);
    return sum;
}

/// The channels of all ports, their mean power over the 72 inner subcarriers 1 for each port.
Paths make_paths(const Settings& settings, const Reception& reception)
{
    Random random(mix64(reception.seed) ^ 0x4C5445ULL);
    std::vector<Tap> taps = reception.taps;
    if (taps.empty())
        taps.emplace_back();
    Paths out(settings.ports);
    for (auto& paths : out) {
        for (const Tap& tap : taps) {
            const double size = std::pow(10.0, tap.power_db / 20.0);
            const Complex phase = std::polar(1.0, random.uniform(0.0, 2.0 * std::numbers::pi));
            const Complex rayleigh = Complex(random.normal(), random.normal()) / std::numbers::sqrt2;
            paths.push_back({tap.delay_s, size * (reception.fixed_sizes ? phase : rayleigh)});
        }
        double power = 0.0;
        for (int index = -36; index <= 36; ++index)
            power += index == 0 ? 0.0 : std::norm(response(paths, index)) / 72.0;
        for (Path& path : paths)
            path.gain /= std::sqrt(power);
    }
    return out;
}

/// The signal at `size` samples a symbol, whole subframes from `first` on; each path delays the symbols themselves, by
/// whole samples, and the rest of its delay turns their subcarriers.
class Maker {
public:
    Maker(const Settings& settings, Paths paths, std::size_t size)
        : settings_(settings), paths_(std::move(paths)), size_(size)
    {
        const double rate_hz = subcarrier_hz * static_cast<double>(size);
        const unsigned width = 12 * settings.blocks;
        for (std::size_t port = 0; port < paths_.size(); ++port)
            for (const Path& path : paths_[port]) {
                const double samples = path.delay_s * rate_hz;
                auto& responses = late_[static_cast<std::size_t>(samples)];
                responses.resize(paths_.size(), std::vector<Complex>(width));
                for (unsigned k = 0; k < width; ++k)
                    responses[port][k] +=
                        path.gain * std::polar(1.0, -2.0 * std::numbers::pi * frequency_index(k, width) *
                                                        (samples - std::floor(samples)) / static_cast<double>(size));
            }
    }

    [[nodiscard]] std::vector<Complex> make(unsigned first, unsigned count) const
    {
        const std::size_t length = 15 * size_; // of a subframe
        std::vector<Complex> out(count * length + (late_.empty() ? 0 : late_.rbegin()->first) + size_);
        for (unsigned i = 0; i < count; ++i)
            add(make_subframe(settings_, first + i), i * length, out);
        return out;
    }

private:
    void add(const Subframe& grid, std::size_t at, std::vector<Complex>& out) const
    {
        const double scale = 1.0 / std::sqrt(static_cast<double>(size_));
        std::vector<Complex> x(size_);
        const unsigned slot = symbols_in_slot(settings_);
        for (unsigned symbol = 0; symbol < grid.symbols; ++symbol) {
            const unsigned prefix_units = !settings_.normal_prefix ? 512 : symbol % slot == 0 ? 160 : 144;
            const std::size_t prefix = prefix_units * size_ / units;
            for (const auto& [late, responses] : late_) {
                std::fill(x.begin(), x.end(), Complex{});
                for (unsigned k = 0; k < grid.width; ++k) {
                    const int index = frequency_index(k, grid.width);
                    Complex& bin = x[static_cast<std::size_t>(index < 0 ? index + static_cast<int>(size_) : index)];
                    for (unsigned port = 0; port < grid.ports.size(); ++port)
                        bin += scale * responses[port][k] * grid.at(port, symbol, k);
                }
                fft(x, true);
                for (std::size_t n = 0; n < prefix + size_; ++n)
                    out[at + late + n] += x[(n + size_ - prefix) % size_];
            }
            at += prefix + size_;
        }
    }

    const Settings& settings_;
    Paths paths_;
    std::size_t size_;
    std::map<std::size_t, std::vector<std::vector<Complex>>> late_; ///< by whole samples: port and subcarrier
};

/// Windowed sinc, −80 dB beyond 0.6 of the narrower rate and flat up to 0.4 of it.
class Resampler {
public:
    Resampler(double in_hz, double out_hz) : pass_(std::min(1.0, out_hz / in_hz))
    {
        constexpr double beta = 8.0;
        half_ = 16.0 / pass_;
        const auto count = static_cast<std::size_t>(half_ * steps) + 2;
        for (std::size_t i = 0; i < count; ++i) {
            const double t = static_cast<double>(i) / steps;
            const double inside = std::max(0.0, 1.0 - t * t / (half_ * half_));
            const double x = std::numbers::pi * pass_ * t;
            const double sinc = i == 0 ? 1.0 : std::sin(x) / x;
            table_.push_back(pass_ * sinc * bessel(beta * std::sqrt(inside)) / bessel(beta));
        }
    }

    [[nodiscard]] Complex at(const std::vector<Complex>& in, double place) const
    {
        const auto first = static_cast<std::ptrdiff_t>(std::ceil(place - half_));
        const auto last = static_cast<std::ptrdiff_t>(std::floor(place + half_));
        Complex sum;
        for (std::ptrdiff_t i = std::max<std::ptrdiff_t>(first, 0);
             i <= std::min(last, static_cast<std::ptrdiff_t>(in.size()) - 1); ++i) {
            const double t = std::abs(place - static_cast<double>(i)) * steps;
            const auto whole = static_cast<std::size_t>(t);
            const double rest = t - static_cast<double>(whole);
            sum += in[static_cast<std::size_t>(i)] * (table_[whole] + rest * (table_[whole + 1] - table_[whole]));
        }
        return sum;
    }

private:
    static constexpr double steps = 256.0; ///< of the table between two samples

    static double bessel(double x)
    {
        double sum = 1.0;
        double term = 1.0;
        for (int k = 1; k < 40; ++k) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }

    double pass_;
    double half_ = 0.0;
    std::vector<double> table_;
};

} // namespace

std::vector<Tap> pedestrian()
{
    return {{0.0, 0.0}, {30e-9, -1.0}, {70e-9, -2.0}, {90e-9, -3.0}, {110e-9, -8.0}, {190e-9, -17.2}, {410e-9, -20.8}};
}

std::vector<Tap> vehicular()
{
    return {{0.0, 0.0},     {30e-9, -1.5},   {150e-9, -1.4},   {310e-9, -3.6},  {370e-9, -0.6},
            {710e-9, -9.1}, {1090e-9, -7.0}, {1730e-9, -12.0}, {2510e-9, -16.9}};
}

std::vector<std::complex<float>> receive(const Settings& settings, const Reception& reception)
{
    const std::size_t size = std::bit_ceil(std::size_t{settings.blocks > 25 ? 18U : 24U} * settings.blocks);
    const double made_hz = subcarrier_hz * static_cast<double>(size);
    const double slow = reception.ppm * 1e-6;
    const double true_step_s = (1.0 + slow) / reception.rate_hz;
    const auto count = static_cast<std::size_t>(std::llround(reception.seconds * reception.rate_hz));
    // Some subframes more on either side, for filters and echoes.
    const auto first = static_cast<int>(std::floor(reception.begin_s * 1e3)) - 1;
    const unsigned begin = first < 0 ? 0U : static_cast<unsigned>(first);
    const double end_s = reception.begin_s + static_cast<double>(count) * true_step_s;
    const unsigned subframes = static_cast<unsigned>(std::ceil(end_s * 1e3)) + 1 - begin;
    const auto made = Maker(settings, make_paths(settings, reception), size).make(begin, subframes);
    const Resampler resampler(made_hz, reception.rate_hz);
    const double scale = std::sqrt(made_hz / reception.rate_hz);
    const double shift_hz = reception.baseband_hz + slow * (reception.carrier_hz + reception.baseband_hz);
    std::vector<std::complex<float>> out(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double t = reception.begin_s + static_cast<double>(i) * true_step_s - 1e-3 * begin;
        const double turns = shift_hz * static_cast<double>(i) / reception.rate_hz;
        out[i] =
            static_cast<std::complex<float>>(scale * resampler.at(made, t * made_hz) *
                                             std::polar(1.0, 2.0 * std::numbers::pi * (turns - std::floor(turns))));
    }
    if (reception.noise)
        add_white_noise(mix64(reception.seed) + 1, 0, std::pow(10.0, -reception.snr_db / 10.0), out);
    return out;
}

} // namespace gacsong::test::lte
