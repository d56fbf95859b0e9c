// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/wideband/wifi_preamble.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>

namespace gacsong::detect {

namespace {

using Complex = std::complex<float>;

constexpr std::size_t period = 16; ///< of the short training symbols
constexpr std::size_t useful = 64; ///< of a symbol
constexpr std::size_t prefix = 16;
constexpr std::size_t plateau = 40; ///< samples over which the repetition must hold
constexpr float repeats = 0.6F;
constexpr double least_likeness = 0.5;
constexpr std::size_t short_symbols = 160;
constexpr std::size_t most_symbols = 4;
constexpr int edge = 26;
constexpr double pi = std::numbers::pi;

/// Long training symbol, carriers −26 … 26 (§17.3.3, equation 17-8).
constexpr std::array<int, 53> training{1,  1,  -1, -1, 1,  1, -1, 1,  -1, 1, 1,  1,  1,  1, 1,  -1, -1, 1,
                                       1,  -1, 1,  -1, 1,  1, 1,  1,  0,  1, -1, -1, 1,  1, -1, 1,  -1, 1,
                                       -1, -1, -1, -1, -1, 1, 1,  -1, -1, 1, -1, 1,  -1, 1, 1,  1,  1};
constexpr std::array<int, 4> pilots{-21, -7, 7, 21};
constexpr std::array<float, 4> pilot_signs{1.0F, 1.0F, 1.0F, -1.0F}; ///< of the first four symbols alike

/// Where carrier −26 … 26 stands in an array of them.
constexpr std::size_t index_of(int carrier) { return static_cast<std::size_t>(std::ptrdiff_t{carrier} + edge); }

using Carriers = std::array<std::complex<double>, 53>;

/// Carriers of the 64 samples from `first`.
Carriers carriers_of(std::span<const Complex> x, std::size_t first)
{
    static const auto turns = [] {
        std::array<std::complex<double>, useful> table{};
        for (std::size_t i = 0; i < useful; ++i)
            table[i] = std::polar(1.0, -2.0 * pi * static_cast<double>(i) / static_cast<double>(useful));
        return table;
    }();
    Carriers out{};
    for (int k = -edge; k <= edge; ++k) {
        std::complex<double> sum{};
        for (std::size_t n = 0; n < useful; ++n) {
            const auto place = static_cast<std::size_t>(std::ptrdiff_t{k} + std::ptrdiff_t{useful}) * n % useful;
            sum += std::complex<double>(x[first + n]) * turns[place];
        }
        out[index_of(k)] = sum;
    }
    return out;
}

std::array<Complex, useful> training_samples()
{
    std::array<Complex, useful> out{};
    for (std::size_t n = 0; n < useful; ++n) {
        std::complex<double> sum{};
        for (int k = -edge; k <= edge; ++k)
            sum += static_cast<double>(training[index_of(k)]) *
                   std::polar(1.0, 2.0 * pi * static_cast<double>(k) * static_cast<double>(n) / 64.0);
        out[n] = Complex(sum / std::sqrt(52.0 * 64.0)); // power 1 over all 64
    }
    return out;
}

/// Σ x[n]·x*[n+lag] over a window, kept up to date from sample to sample.
std::complex<double> repetition(std::span<const Complex> x, std::size_t first, std::size_t lag, std::size_t count)
{
    std::complex<double> sum{};
    for (std::size_t i = first; i < first + count; ++i)
        sum += std::complex<double>(x[i]) * std::conj(std::complex<double>(x[i + lag]));
    return sum;
}

double energy(std::span<const Complex> x)
{
    double sum = 0.0;
    for (const Complex value : x)
        sum += static_cast<double>(std::norm(value));
    return sum;
}

/// x turned by −offset_hz, its phase counted from its first sample.
std::vector<Complex> turned(std::span<const Complex> x, double offset_hz)
{
    std::vector<Complex> out(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        out[i] = x[i] * Complex(std::polar(1.0, -2.0 * pi * offset_hz / wifi_rate_hz * static_cast<double>(i)));
    return out;
}

struct Match {
    std::size_t first = 0;
    double likeness = 0.0;
};

/// Where both long training symbols fit best.
Match training_in(std::span<const Complex> x)
{
    static const auto known = training_samples();
    const std::size_t places = x.size() > useful ? x.size() - useful : 0;
    std::vector<double> fit(places);
    for (std::size_t first = 0; first < places; ++first) {
        std::complex<double> sum{};
        for (std::size_t n = 0; n < useful; ++n)
            sum += std::complex<double>(x[first + n] * std::conj(known[n]));
        const double all = energy(x.subspan(first, useful));
        fit[first] = all > 0.0 ? std::abs(sum) / std::sqrt(all) : 0.0;
    }
    Match best;
    for (std::size_t first = 0; first + useful < places; ++first) {
        const double both = std::min(fit[first], fit[first + useful]);
        if (both > best.likeness)
            best = {first, both};
    }
    return best;
}

WifiSymbol symbol_at(std::span<const Complex> x, std::size_t first, const Carriers& channel)
{
    const Carriers received = carriers_of(x, first);
    std::complex<double> common{};
    for (std::size_t p = 0; p < pilots.size(); ++p) {
        const auto k = index_of(pilots[p]);
        common += received[k] * std::conj(channel[k]) * static_cast<double>(pilot_signs[p]);
    }
    const std::complex<double> turn = std::conj(common) / std::max(1e-20, std::abs(common));
    WifiSymbol symbol;
    std::size_t data = 0;
    for (int k = -edge; k <= edge; ++k) {
        if (k == 0 || std::find(pilots.begin(), pilots.end(), k) != pilots.end())
            continue;
        const auto i = index_of(k);
        const auto value = received[i] * std::conj(channel[i]) * turn;
        symbol.along[data] = static_cast<float>(value.real());
        symbol.across[data] = static_cast<float>(value.imag());
        ++data;
    }
    return symbol;
}

/// The frame whose short training symbols begin about `start`.
std::optional<WifiFrame> frame_at(std::span<const Complex> x, std::size_t start)
{
    const std::size_t length =
        std::min(x.size() - start, short_symbols + 3 * useful + most_symbols * (useful + prefix));
    if (length < short_symbols + 3 * useful)
        return std::nullopt;
    const double coarse =
        -std::arg(repetition(x, start, period, plateau)) / (2.0 * pi * static_cast<double>(period)) * wifi_rate_hz;
    auto upright = turned(x.subspan(start, length), coarse);
    const Match match = training_in(std::span(upright).first(short_symbols + 3 * useful));
    if (match.likeness < least_likeness)
        return std::nullopt;
    const double fine = -std::arg(repetition(upright, match.first, useful, useful)) /
                        (2.0 * pi * static_cast<double>(useful)) * wifi_rate_hz;
    upright = turned(upright, fine);
    Carriers channel = carriers_of(upright, match.first);
    const Carriers second = carriers_of(upright, match.first + useful);
    for (std::size_t i = 0; i < channel.size(); ++i)
        channel[i] = 0.5 * (channel[i] + second[i]) * static_cast<double>(training[i]);
    WifiFrame frame;
    frame.first = start + match.first;
    frame.offset_hz = coarse + fine;
    frame.likeness = match.likeness;
    // Two samples early: what comes late by another path stays inside the prefix.
    for (std::size_t at = match.first + 2 * useful + prefix; at + useful <= upright.size(); at += useful + prefix)
        frame.symbols.push_back(symbol_at(upright, at, channel));
    return frame;
}

} // namespace

std::vector<WifiFrame> wifi_frames(std::span<const Complex> x, std::size_t most)
{
    std::vector<WifiFrame> frames;
    if (x.size() < short_symbols + 3 * useful)
        return frames;
    std::complex<double> sum = repetition(x, 0, period, plateau);
    double power = energy(x.subspan(period, plateau));
    std::size_t held = 0;
    std::size_t resume = 0; // behind the preamble of the last one
    for (std::size_t n = 0; n + plateau + period < x.size() && frames.size() < most; ++n) {
        held = std::abs(sum) > static_cast<double>(repeats) * power && n >= resume ? held + 1 : 0;
        if (held == plateau) {
            if (auto frame = frame_at(x, n - plateau / 2)) {
                resume = frame->first + 2 * useful;
                frames.push_back(std::move(*frame));
            }
        }
        const auto product = [&](std::size_t i) {
            return std::complex<double>(x[i]) * std::conj(std::complex<double>(x[i + period]));
        };
        sum += product(n + plateau) - product(n);
        power +=
            static_cast<double>(std::norm(x[n + plateau + period])) - static_cast<double>(std::norm(x[n + period]));
    }
    return frames;
}

} // namespace gacsong::detect
