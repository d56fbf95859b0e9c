// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/acquisition.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace gacsong::detect::gsm {

namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;
constexpr double tone_symbols = 146.0; ///< of 148, the edges left out
constexpr double search_symbols = 200.0;
constexpr double core_symbols = 80.0; ///< where the tone is for certain
constexpr double grid_hz = 200.0;
constexpr double least_purity = 0.3;

constexpr std::size_t window_taps = 7; ///< that the acquisition looks at
constexpr int search_span = 30;        ///< symbols around where the synchronisation burst must be
constexpr double least_fit = 0.42;     ///< seven taps of noise reach 0.3 at the best of a hundred places

double norm(std::complex<double> x) { return x.real() * x.real() + x.imag() * x.imag(); }

std::complex<double> turned(Sample x, double angle)
{
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    return {static_cast<double>(x.real()) * c + static_cast<double>(x.imag()) * s,
            static_cast<double>(x.imag()) * c - static_cast<double>(x.real()) * s};
}

/// Samples of the channel turned down by a frequency, from `first` on.
std::vector<std::complex<double>> mixed(const Stretch& channel, double rate_hz, std::int64_t first, std::int64_t last,
                                        double frequency_hz)
{
    first = std::max(first, channel.first);
    last = std::min(last, channel.end());
    std::vector<std::complex<double>> out;
    for (std::int64_t n = first; n < last; ++n)
        out.push_back(turned(channel.samples[static_cast<std::size_t>(n - channel.first)],
                             two_pi * frequency_hz / rate_hz * static_cast<double>(n - first)));
    return out;
}

/// Frequency of the strongest line within ±reach_hz, by a grid and the parabola through its highest point.
double line_frequency(std::span<const std::complex<double>> x, double rate_hz, double reach_hz)
{
    const int steps = static_cast<int>(std::ceil(reach_hz / grid_hz));
    std::vector<double> power;
    for (int i = -steps; i <= steps; ++i) {
        const double turn = -two_pi * grid_hz * i / rate_hz;
        const std::complex<double> by{std::cos(turn), std::sin(turn)};
        std::complex<double> rotor{1.0, 0.0};
        double re = 0.0;
        double im = 0.0;
        for (const auto& v : x) {
            re += v.real() * rotor.real() - v.imag() * rotor.imag();
            im += v.real() * rotor.imag() + v.imag() * rotor.real();
            rotor = {rotor.real() * by.real() - rotor.imag() * by.imag(),
                     rotor.real() * by.imag() + rotor.imag() * by.real()};
        }
        power.push_back(re * re + im * im);
    }
    const auto best = static_cast<std::size_t>(std::max_element(power.begin(), power.end()) - power.begin());
    double shift = 0.0;
    if (best > 0 && best + 1 < power.size()) {
        const double curve = power[best - 1] - 2.0 * power[best] + power[best + 1];
        if (curve < 0.0)
            shift = std::clamp(0.5 * (power[best - 1] - power[best + 1]) / curve, -0.5, 0.5);
    }
    return grid_hz * (static_cast<double>(best) - steps + shift);
}

/// What is left of a tone after it was turned down: its exact frequency and its share of the power.
ToneBurst refine(std::span<const std::complex<double>> x, double rate_hz)
{
    const std::size_t half = x.size() / 2;
    std::complex<double> first{};
    std::complex<double> second{};
    double power = 0.0;
    for (std::size_t i = 0; i < 2 * half; ++i) {
        (i < half ? first : second) += x[i];
        power += norm(x[i]);
    }
    const double angle = std::arg(second * std::conj(first));
    ToneBurst tone;
    tone.offset_hz = angle / two_pi * rate_hz / static_cast<double>(half);
    const std::complex<double> back{std::cos(angle), -std::sin(angle)};
    tone.power = half > 0 ? power / static_cast<double>(2 * half) : 0.0;
    // Each half loses a little by its own turning, sinc(angle / 2π) in amplitude.
    tone.purity = power > 0.0 ? norm(first + second * back) / (static_cast<double>(2 * half) * power) : 0.0;
    return tone;
}

} // namespace

std::string_view code(Outcome outcome)
{
    constexpr std::array<std::string_view, 5> names{"no-energy", "no-fcch", "no-sch", "crc-failed", "decoded"};
    return names.at(static_cast<std::size_t>(outcome));
}

std::optional<ToneBurst> find_tone(const Stretch& channel, double rate_hz, double position, double reach_hz)
{
    const double symbol = rate_hz / symbol_rate_hz;
    const auto at = [&](double symbols) { return static_cast<std::int64_t>(std::lround(position + symbols * symbol)); };
    const double middle = 74.0;
    const auto core = mixed(channel, rate_hz, at(middle - core_symbols / 2), at(middle + core_symbols / 2), tone_hz);
    if (static_cast<double>(core.size()) < 0.6 * core_symbols * symbol)
        return std::nullopt;
    const double coarse_hz = line_frequency(core, rate_hz, reach_hz);

    const std::int64_t first = std::max(at(middle - search_symbols), channel.first);
    const auto wide = mixed(channel, rate_hz, first, at(middle + search_symbols), tone_hz + coarse_hz);
    const auto length = static_cast<std::size_t>(std::lround(tone_symbols * symbol));
    if (wide.size() < length)
        return std::nullopt;
    std::complex<double> sum{};
    for (std::size_t i = 0; i < length; ++i)
        sum += wide[i];
    std::size_t best = 0;
    double most = norm(sum);
    for (std::size_t i = length; i < wide.size(); ++i) {
        sum += wide[i] - wide[i - length];
        if (const double now = norm(sum); now > most) {
            most = now;
            best = i + 1 - length;
        }
    }
    ToneBurst tone = refine(std::span(wide).subspan(best, length), rate_hz);
    tone.offset_hz += coarse_hz;
    tone.position = static_cast<double>(first) + static_cast<double>(best) - symbol;
    if (tone.purity < least_purity)
        return std::nullopt;
    return tone;
}

std::optional<ToneBurst> measure_tone(const Stretch& channel, double rate_hz, double position, double offset_hz)
{
    const double symbol = rate_hz / symbol_rate_hz;
    const auto first = static_cast<std::int64_t>(std::lround(position + 4.0 * symbol));
    const auto last = static_cast<std::int64_t>(std::lround(position + 143.0 * symbol));
    if (first < channel.first || last > channel.end())
        return std::nullopt;
    const auto x = mixed(channel, rate_hz, first, last, tone_hz + offset_hz);
    ToneBurst tone = refine(x, rate_hz);
    tone.position = position;
    tone.offset_hz += offset_hz;
    if (tone.purity < least_purity)
        return std::nullopt;
    return tone;
}

namespace {

/// Where the training sequence of a synchronisation burst fits best.
struct Fit {
    double shift = 0.0; ///< symbols from the expected place, to the first of window_taps taps
    double share = 0.0; ///< of the power
};

Fit find_training(std::span<const Sample> even, std::span<const Sample> odd, const Training& training, int margin)
{
    const auto& symbols = training.symbols();
    const std::size_t lags = even.size() - symbols.size() + 1;
    std::vector<double> correlation(2 * lags);
    std::vector<double> energy(2 * lags);
    for (std::size_t lag = 0; lag < lags; ++lag) {
        for (std::size_t half = 0; half < 2; ++half) {
            const auto& y = half == 0 ? even : odd;
            float re = 0.0F;
            float im = 0.0F;
            float power = 0.0F;
            for (std::size_t k = 0; k < symbols.size(); ++k) {
                const Sample v = y[lag + k];
                re += v.real() * symbols[k];
                im += v.imag() * symbols[k];
                power += v.real() * v.real() + v.imag() * v.imag();
            }
            const auto n = static_cast<double>(symbols.size());
            correlation[2 * lag + half] = static_cast<double>(re * re + im * im) / (n * n);
            energy[2 * lag + half] = static_cast<double>(power) / n;
        }
    }
    Fit best;
    double most = 0.0;
    for (std::size_t i = 0; i + 2 * window_taps <= correlation.size(); ++i) {
        double sum = 0.0;
        for (std::size_t l = 0; l < window_taps; ++l)
            sum += correlation[i + 2 * l];
        if (sum <= most)
            continue;
        most = sum;
        const double mean = energy[i + window_taps];
        best.share = mean > 0.0 ? sum / mean : 0.0;
        best.shift = 0.5 * static_cast<double>(i) - margin;
    }
    return best;
}

} // namespace

Acquired acquire(const Stretch& channel, double rate_hz, BurstReader& reader, const ToneBurst& tone)
{
    static const Training training(sync_training, window_taps);
    const double symbol = rate_hz / symbol_rate_hz;
    const double turn = std::numbers::pi / 2.0 + two_pi * tone.offset_hz / symbol_rate_hz;
    const double expected = tone.position + frame_symbols * symbol;
    const std::size_t span = sync_training.size() + 2 * static_cast<std::size_t>(search_span) + window_taps;
    std::vector<Sample> even(span);
    std::vector<Sample> odd(span);
    const double begin = expected + (static_cast<double>(sync_training_at) - search_span) * symbol;
    if (begin + (static_cast<double>(span) + 64.0) * symbol > static_cast<double>(channel.end()))
        return {Outcome::no_sch, std::nullopt};
    reader.sampler().read(channel, begin, symbol, turn, even);
    reader.sampler().read(channel, begin + symbol / 2.0, symbol, turn, odd);
    const Fit fit = find_training(even, odd, training, search_span);
    if (fit.share < least_fit)
        return {Outcome::no_sch, std::nullopt};

    Lock lock;
    lock.position = expected + fit.shift * symbol;
    lock.offset_hz = tone.offset_hz;
    lock.fit = fit.share;
    const SyncRead read = reader.sync(reader.sample(channel, lock.position, {symbol, tone.offset_hz}), window_taps);
    if (!read.info)
        return {Outcome::crc_failed, std::nullopt};
    lock.sync = *read.info;
    lock.delay = read.channel.delay();
    return {Outcome::decoded, lock};
}

} // namespace gacsong::detect::gsm
