// SPDX-License-Identifier: GPL-3.0-or-later
// PSK and QAM: a line of |z|² at the symbol rate, then the constellation behind a matched filter, by the moments
// E[y^M] and E|y|⁴ (Swami and Sadler, "Hierarchical digital modulation classification using cumulants", 2000).
#include "dsp/demod/linear.hpp"

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
constexpr double clear_power = 20.0; ///< line of y^M over the median

/// What the symbols look like with one matched filter.
struct Constellation {
    double signal = 0.0;            ///< power
    double kurtosis = 0.0;          ///< E|s|⁴/E²|s|², noise taken off
    std::array<double, 3> moment{}; ///< |E[s^M]|/S^(M/2) for M = 2, 4, 8
    std::array<double, 3> ratio{};  ///< of that line over the median
    double turn = 0.0;              ///< of the carrier from the centre in cycles a symbol, from M = 4, within ±1/8
    std::size_t symbols = 0;
};

struct SymbolRate {
    double hz = 0.0;
    double ratio = 0.0;
    std::vector<double> phases; ///< of each stretch
};

std::optional<SymbolRate> symbol_rate_of(const Features& f, double rate_hz)
{
    const auto spectrum =
        spectrum_of(f, rate_hz, [](const std::vector<std::complex<float>>& z) { return dsp::powers(z); });
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

void add_moment(Constellation& c, std::size_t which, std::span<const std::complex<float>> y, unsigned power)
{
    const auto raised = dsp::raised(y, power);
    dsp::LineSpectra spectra(1.0, raised.size());
    spectra.add(raised);
    const auto line = dsp::strongest_line(spectra.sum(), -0.5, 0.5 - 1.5 * spectra.sum().step_hz);
    if (!line)
        return;
    // The window spreads a line over three cells, of which the middle one holds its amplitude where it lies on the
    // grid.
    const double amplitude =
        std::sqrt(dsp::power_around(spectra.sum(), line->frequency_hz, 2.0 * spectra.sum().step_hz) *
                  static_cast<double>(raised.size()) / (1.5 * static_cast<double>(spectra.sum().power.size())));
    c.moment.at(which) = amplitude / std::pow(c.signal, 0.5 * power);
    c.ratio.at(which) = line->ratio;
    if (power == 4)
        c.turn = line->frequency_hz / 4.0;
}

Constellation constellation_of(std::span<const std::complex<float>> y, double noise)
{
    Constellation c;
    c.symbols = y.size();
    double second = 0.0;
    double fourth = 0.0;
    for (const auto& s : y) {
        const double p = static_cast<double>(std::norm(s));
        second += p / static_cast<double>(y.size());
        fourth += p * p / static_cast<double>(y.size());
    }
    c.signal = std::max(0.1 * second, second - noise);
    const double rest = second - c.signal;
    c.kurtosis = (fourth - 4.0 * c.signal * rest - 2.0 * rest * rest) / (c.signal * c.signal);
    add_moment(c, 0, y, 2);
    add_moment(c, 1, y, 4);
    add_moment(c, 2, y, 8);
    return c;
}

/// The filter that leaves the least spread of the envelope: the eye is widest.
Constellation best_constellation(const Features& f, const SymbolRate& rate, double rate_hz, double noise_density)
{
    Constellation best;
    for (const double roll_off : roll_offs) {
        const auto y = dsp::matched_symbols(f.stretches[0], rate_hz, rate.hz, rate.phases[0], roll_off, most_symbols);
        if (y.size() < least_symbols)
            break;
        const Constellation c = constellation_of(y, noise_density * rate.hz);
        if (best.symbols == 0 || c.kurtosis < best.kurtosis)
            best = c;
    }
    return best;
}

const char* order_of(const Constellation& c, double snr_db)
{
    const bool line2 = c.ratio[0] > clear_power;
    const bool line4 = c.ratio[1] > clear_power;
    const bool line8 = c.ratio[2] > clear_power;
    if (line2 && c.moment[0] > 0.75 && c.kurtosis < 1.2)
        return "BPSK";
    if (line2 && c.moment[0] > 0.3)
        return "unknown";
    if (c.kurtosis < 1.17 && line4 && c.moment[1] > 0.7)
        return std::abs(c.turn) > 1.0 / 16.0 ? "DQPSK" : "QPSK";
    if (c.kurtosis < 1.17 && !line4 && line8)
        return "8PSK";
    const bool square = line4 && c.moment[1] > 0.45 && c.moment[1] < 0.85 && std::abs(c.turn) < 1.0 / 16.0;
    if (square && c.kurtosis > 1.22 && c.kurtosis < 1.36 && snr_db > 9.0)
        return c.kurtosis < 1.35 ? "QAM16" : "unknown";
    if (square && c.kurtosis >= 1.36 && c.kurtosis < 1.45 && snr_db > 20.0)
        return "QAM64";
    return "unknown";
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
    const Constellation c = best_constellation(f, *symbol_rate, rate, look.noise_density() / f.scale);
    if (c.symbols == 0)
        return std::nullopt;
    Modulation m;
    // A constant envelope with such a line may still be frequency modulation.
    const bool constant = f.kappa < 1.06 + 0.5 * f.kappa_error;
    m.name = order_of(c, 10.0 * std::log10(f.snr));
    if (m.name == "unknown" && constant)
        return std::nullopt;
    if (constant) // pulses of phase keying are never so even; what it is, noise hides
        return Modulation{};
    m.confidence = m.name == "unknown" ? 0.0 : std::clamp(0.6 + 0.002 * symbol_rate->ratio, 0.6, 0.97);
    m.symbol_rate_hz = symbol_rate->hz;
    return m;
}

} // namespace gacsong::detect
