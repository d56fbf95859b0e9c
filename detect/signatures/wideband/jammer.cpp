// SPDX-License-Identifier: GPL-3.0-or-later
// Jammers of satellite navigation and mobile networks, by shape: a line that sweeps some megahertz over and over
// without a pause, or noise that fills a navigation band, where nothing stands above the floor of itself. Radars sweep
// too: a jammer is only ever resembled.
#include "detect/signatures/signature.hpp"
#include "dsp/demod/lines.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 1e6;
constexpr double constant_duty = 0.8;
constexpr double least_s = 2e-3;
constexpr double fastest_hz = 1e6; ///< sweeps a second
constexpr double slowest_hz = 500.0;
constexpr double clear = 50.0; ///< of the line that the sweep makes of its own frequency
constexpr double barrage_hz = 4e6;

struct Band {
    double low_hz;
    double high_hz;
};
/// Navigation (RNSS) and the down-links that phones need; above stand radars that sweep by right.
constexpr std::array<Band, 2> navigation{{{1164e6, 1300e6}, {1559e6, 1610e6}}};
constexpr double highest_hz = 2.69e9;

bool in_navigation(const Look& look)
{
    return std::any_of(navigation.begin(), navigation.end(),
                       [&](const Band& band) { return look.within(band.low_hz, band.high_hz); });
}

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    const bool sweeping = e.modulation.name == "chirp" && look.center_hz() && *look.center_hz() < highest_hz;
    const bool barrage = (e.modulation.name == "unknown" || e.modulation.name == "noise") &&
                         e.bandwidth_hz >= barrage_hz && in_navigation(look);
    return e.bandwidth_hz >= narrowest_hz && e.duty > constant_duty && e.end_s - e.start_s > least_s &&
           (sweeping || barrage);
}

/// How often it sweeps: the strongest line of its frequency.
std::optional<double> sweeps_a_second(Look& look)
{
    const auto samples = look.clip().longest();
    const auto frequency = dsp::instantaneous_frequency(samples, look.clip().rate_hz);
    dsp::LineSpectra spectra(look.clip().rate_hz, frequency.size());
    spectra.add(frequency);
    const auto line = dsp::strongest_line(spectra.sum(), slowest_hz, std::min(fastest_hz, 0.2 * look.clip().rate_hz));
    if (!line || line->ratio < clear)
        return std::nullopt;
    return line->frequency_hz;
}

std::optional<Sighting> look_at(Look& look)
{
    Sighting s;
    s.system = "jammer";
    if (look.emission().modulation.name != "chirp") {
        s.confidence = 0.6;
        s.seen.emplace_back("signature.seen.barrage",
                            std::vector<Argument>{{"width", Quantity{look.emission().bandwidth_hz, Unit::bandwidth}}});
        return s;
    }
    const auto rate = sweeps_a_second(look);
    if (!rate)
        return std::nullopt;
    s.confidence = in_navigation(look) ? 0.75 : 0.65;
    s.seen.emplace_back("signature.seen.sweep",
                        std::vector<Argument>{{"width", Quantity{look.emission().bandwidth_hz, Unit::bandwidth}},
                                              {"period", Quantity{1.0 / *rate, Unit::seconds}}});
    return s;
}

} // namespace

extern const Signature signature_jammer;
const Signature signature_jammer{
    .info = {.id = "jammer", .system = "jammer", .proof = Proof::pattern, .mistaken_for = "radar, spread spectrum"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
