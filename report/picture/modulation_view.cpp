// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/picture/modulation_view.hpp"

#include "dsp/demod/downconverter.hpp"
#include "dsp/demod/linear.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace gacsong::picture {
namespace {

using Kind = ModulationView::Kind;

constexpr double analogue_s = 0.01; ///< of sound
constexpr double symbols_shown = 60.0;
constexpr std::size_t most_points = 1'500;
constexpr std::size_t most_samples = 1U << 16; ///< of the channel
constexpr double roll_off = 0.35;              ///< of most systems; another blurs the points a little

Kind kind_of(const Modulation& modulation)
{
    constexpr std::array<std::string_view, 6> frequency{"NFM", "WFM", "FSK2", "FSK4", "GFSK", "GMSK"};
    constexpr std::array<std::string_view, 4> strength{"AM", "OOK", "ASK", "pulse"};
    constexpr std::array<std::string_view, 6> symbols{"BPSK", "QPSK", "8PSK", "DQPSK", "QAM16", "QAM64"};
    const auto in = [&](const auto& names) { return std::ranges::find(names, modulation.name) != names.end(); };
    if (in(frequency))
        return Kind::frequency;
    if (in(strength))
        return Kind::strength;
    return in(symbols) && modulation.symbol_rate_hz ? Kind::symbols : Kind::none;
}

/// The moment between two symbols at which they are strongest.
std::vector<std::complex<float>> best_symbols(std::span<const std::complex<float>> x, double rate_hz, double symbol_hz)
{
    constexpr int phases = 16;
    std::vector<std::complex<float>> best;
    double strongest = -1.0;
    for (int i = 0; i < phases; ++i) {
        auto symbols =
            dsp::matched_symbols(x, rate_hz, symbol_hz, static_cast<double>(i) / phases, roll_off, most_points + 1);
        double power = 0.0;
        for (const auto& symbol : symbols)
            power += static_cast<double>(std::norm(symbol)) / static_cast<double>(symbols.size());
        if (power > strongest) {
            strongest = power;
            best = std::move(symbols);
        }
    }
    return best;
}

/// A constant offset of the carrier only turns the whole.
std::vector<std::complex<float>> turns(const std::vector<std::complex<float>>& symbols)
{
    std::vector<std::complex<float>> points;
    double sum = 0.0;
    for (std::size_t k = 1; k < symbols.size(); ++k) {
        points.push_back(symbols[k] * std::conj(symbols[k - 1]));
        sum += static_cast<double>(std::abs(points.back()));
    }
    const auto mean = static_cast<float>(sum / std::max<double>(1.0, static_cast<double>(points.size())));
    for (auto& point : points)
        point = mean > 0.0F ? point / mean : point;
    return points;
}

} // namespace

ModulationView view_modulation(const Emission& emission, const History& history, double sample_rate_hz,
                               std::uint64_t first, std::uint64_t most)
{
    ModulationView view;
    const Kind kind = kind_of(emission.modulation);
    const double pass = std::clamp(0.75 * emission.bandwidth_hz, 500.0, 0.5 * sample_rate_hz);
    const auto decimation = static_cast<std::size_t>(std::max(1.0, std::floor(0.4 * sample_rate_hz / pass)));
    const dsp::Downconverter channel(sample_rate_hz, emission.offset_hz, pass, decimation);
    const double rate = channel.rate_hz();
    const double symbol_hz = emission.modulation.symbol_rate_hz.value_or(0.0);
    double wanted_s = symbol_hz > 0.0 ? symbols_shown / symbol_hz : analogue_s;
    if (kind == Kind::symbols)
        wanted_s = (static_cast<double>(most_points) + 20.0) / symbol_hz;
    const auto count = std::min(
        {static_cast<std::size_t>(wanted_s * rate), most_samples, static_cast<std::size_t>(most / decimation)});
    constexpr std::size_t least = 32;
    if (kind == Kind::none || count < least || first + most > history.end())
        return view;
    const auto x = channel.convert(history, first, count);
    if (kind == Kind::symbols) {
        if (rate < 2.0 * symbol_hz)
            return view;
        view.points = turns(best_symbols(x, rate, symbol_hz));
        view.kind = view.points.size() < least ? Kind::none : kind;
        return view;
    }
    view.kind = kind;
    view.length_s = static_cast<double>(count) / rate;
    if (kind == Kind::frequency) {
        view.trace = dsp::instantaneous_frequency(x, rate);
        return view;
    }
    view.trace = dsp::powers(x);
    double mean = 0.0;
    for (float& value : view.trace) {
        value = std::sqrt(value);
        mean += static_cast<double>(value) / static_cast<double>(view.trace.size());
    }
    for (float& value : view.trace)
        value = mean > 0.0 ? value / static_cast<float>(mean) : value;
    return view;
}

} // namespace gacsong::picture
