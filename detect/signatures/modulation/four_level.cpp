// SPDX-License-Identifier: GPL-3.0-or-later
// Four-level keying where noise hides the clock: the rates and the filter that land mobile radio has (ETSI TS 102 361-1
// §10.2 and its kind, roll-off 0.2), all phases of the clock tried.
#include "detect/signatures/modulation/frequency_levels.hpp"
#include "detect/signatures/modulation/tests.hpp"
#include "dsp/demod/slicer.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr std::array<double, 2> rates_bd{2400.0, 4800.0};
constexpr double narrowest = 1.0; ///< bandwidth over rate
constexpr double widest = 2.4;
constexpr std::size_t phases = 8;
constexpr std::size_t least_symbols = 500;
constexpr std::size_t most_symbols = 6000;
constexpr double clear = 2.1;        ///< the best phase; GMSK reaches 1.9, noise and speech 1.7
constexpr double least_share = 0.17; ///< of the rarest level: two levels leave less

} // namespace

std::optional<Modulation> is_four_level(const Features& f, Look& look)
{
    constexpr double constant = 0.12;
    if (f.kappa > 1.0 + constant + f.kappa_error || f.kappa < 0.8)
        return std::nullopt;
    const double rate_hz = look.clip().rate_hz;
    Levels best;
    double best_bd = 0.0;
    for (const double rate_bd : rates_bd) {
        if (f.bandwidth_hz < narrowest * rate_bd || f.bandwidth_hz > widest * rate_bd)
            continue;
        auto samples = look.clip().longest();
        const double step = rate_hz / rate_bd;
        samples = samples.first(std::min(samples.size(), static_cast<std::size_t>(step * most_symbols)));
        if (static_cast<double>(samples.size()) < step * least_symbols)
            continue;
        const auto smooth = dsp::symbol_filtered(dsp::instantaneous_frequency(samples, rate_hz), rate_hz, rate_bd,
                                                 dsp::SymbolFilter::root_raised_cosine);
        for (std::size_t p = 0; p < phases; ++p) {
            const auto values =
                dsp::symbols_at(smooth, rate_hz, rate_bd, static_cast<double>(p) / static_cast<double>(phases));
            const Levels levels = four_levels(values);
            if (levels.clearness > best.clearness && levels.least_share > least_share) {
                best = levels;
                best_bd = rate_bd;
            }
        }
    }
    if (best.clearness < clear)
        return std::nullopt;
    Modulation m;
    m.name = "FSK4";
    m.confidence = std::clamp(0.3 * best.clearness, 0.6, 0.95);
    m.symbol_rate_hz = best_bd;
    m.deviation_hz = best.outer;
    return m;
}

} // namespace gacsong::detect
