// SPDX-License-Identifier: GPL-3.0-or-later
// PSK and QAM: a line of |z|² at the symbol rate, then the constellation behind a matched filter.
#include "dsp/demod/linear.hpp"

#include "detect/signatures/modulation/constellations.hpp"
#include "detect/signatures/modulation/tests.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace gacsong::detect {

namespace {

constexpr double most_kappa = 2.1;
constexpr double most_line = 0.3;   ///< share of a carrier
constexpr double clear_line = 24.0; ///< of |z|² over the median: among 5 000 cells of noise one in 3 000 looks
constexpr std::size_t most_symbols = 4096;
constexpr std::size_t least_symbols = 150;
constexpr std::array<double, 4> roll_offs{0.2, 0.35, 0.5, 0.8};
constexpr double turned_half = 1.0 / 16.0; ///< cycles a symbol: π/4-DQPSK turns by an eighth

struct SymbolRate {
    double hz = 0.0;
    double ratio = 0.0;
    std::vector<double> phases; ///< of each stretch
};

/// What lies at the edges of the band, where the line of |z|² comes from; the middle adds noise to it alone. The second
/// difference over 1/bandwidth is none at 0 Hz and most half a bandwidth away.
std::vector<std::complex<float>> edges_of(const std::vector<std::complex<float>>& z, std::size_t lag)
{
    std::vector<std::complex<float>> out(z.size());
    for (std::size_t i = lag; i + lag < z.size(); ++i)
        out[i] = z[i + lag] - 2.0F * z[i] + z[i - lag];
    return out;
}

std::optional<SymbolRate> symbol_rate_of(const Features& f, double rate_hz)
{
    const auto lag = static_cast<std::size_t>(std::max(1.0, std::round(rate_hz / f.bandwidth_hz)));
    const auto spectrum = spectrum_of(
        f, rate_hz, [lag](const std::vector<std::complex<float>>& z) { return dsp::powers(edges_of(z, lag)); });
    const double high = std::min(1.15 * f.bandwidth_hz, 0.49 * rate_hz);
    const auto line = dsp::strongest_line(spectrum, 0.45 * f.bandwidth_hz, high);
    if (!line || line->ratio < clear_line)
        return std::nullopt;
    SymbolRate out{line->frequency_hz, line->ratio, {}};
    for (const auto& stretch : f.stretches) {
        std::complex<double> sum{};
        for (std::size_t n = 0; n < stretch.size(); ++n) {
            const double turns = std::fmod(out.hz / rate_hz * static_cast<double>(n), 1.0);
            sum += static_cast<double>(std::norm(stretch[n])) * std::polar(1.0, -2.0 * std::numbers::pi * turns);
        }
        // |z|² is highest in the middle of the symbols.
        const double phase = -std::arg(sum) / (2.0 * std::numbers::pi);
        out.phases.push_back(phase < 0.0 ? phase + 1.0 : phase);
    }
    return out;
}

double kurtosis(std::span<const std::complex<float>> y)
{
    double second = 0.0;
    double fourth = 0.0;
    for (const auto& s : y) {
        const auto p = static_cast<double>(std::norm(s));
        second += p;
        fourth += p * p;
    }
    return fourth * static_cast<double>(y.size()) / (second * second);
}

/// Symbols behind the filter that leaves the least spread of the envelope: the eye is widest.
std::vector<std::complex<float>> symbols_of(const Features& f, const SymbolRate& rate, double rate_hz)
{
    std::vector<std::complex<float>> best;
    double least = 1e9;
    for (const double roll_off : roll_offs) {
        auto y = dsp::matched_symbols(f.stretches[0], rate_hz, rate.hz, rate.phases[0], roll_off, most_symbols);
        if (y.size() < least_symbols)
            break;
        if (const double spread = kurtosis(y); spread < least) {
            least = spread;
            best = std::move(y);
        }
    }
    return best;
}

/// Name with the carrier's turn taken into account: a square that turns by an eighth is π/4-DQPSK.
std::string_view name_of(const LikelyConstellation& likely)
{
    const bool turns = std::abs(likely.turn) > turned_half;
    if (likely.name == "QPSK")
        return turns ? "DQPSK" : "QPSK";
    return turns && likely.name.starts_with("QAM") ? "unknown" : likely.name;
}

} // namespace

std::optional<Modulation> is_linear(const Features& f, Look& look)
{
    if (f.stretches.empty() || f.kappa > most_kappa || f.line_share > most_line)
        return std::nullopt;
    const double rate = look.clip().rate_hz;
    const auto symbol_rate = symbol_rate_of(f, rate);
    if (!symbol_rate)
        return std::nullopt;
    const auto symbols = symbols_of(f, *symbol_rate, rate);
    if (symbols.empty())
        return std::nullopt;
    const auto likely = likely_constellation(symbols, look.noise_density() / f.scale * symbol_rate->hz);
    Modulation m;
    // A constant envelope with such a line may still be frequency modulation.
    const bool constant = f.kappa < 1.06 + 0.5 * f.kappa_error;
    m.name = name_of(likely);
    if (constant && (m.name == "unknown" || !likely.phases))
        return std::nullopt;
    if (!likely.phases && f.kappa < 1.06 + f.kappa_error)
        m.name = "unknown";
    if (constant) // pulses of phase keying are never so even; what it is, noise hides
        return Modulation{};
    m.confidence = m.name == "unknown" ? 0.0 : std::clamp(0.6 + 0.002 * symbol_rate->ratio, 0.6, 0.97);
    m.symbol_rate_hz = symbol_rate->hz;
    return m;
}

} // namespace gacsong::detect
