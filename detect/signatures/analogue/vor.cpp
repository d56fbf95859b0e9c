// SPDX-License-Identifier: GPL-3.0-or-later
// VOR (ICAO Annex 10, volume I, 3.3): AM with a 30 Hz tone and a subcarrier of 9960 Hz that is itself moved by ±480 Hz
// thirty times a second.
#include "detect/signatures/signature.hpp"
#include "dsp/demod/downconverter.hpp"
#include "dsp/demod/lines.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 17e3;
constexpr double widest_hz = 26e3;
constexpr double subcarrier_hz = 9960.0;
constexpr double subcarrier_half_hz = 600.0;
constexpr double slow_hz = 30.0;
constexpr double clear_tone = 8.0;  ///< over the median beside it
constexpr double least_share = 0.3; ///< of what stands beside the carrier, in the subcarrier

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return e.modulation.name == "AM" && e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz &&
           e.end_s - e.start_s > 0.3;
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = 11.5e3;
    wanted.rate_hz = 40e3;
    wanted.most_s = 1.0;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    const auto samples = clip.longest();
    if (clip.rate_hz < 24e3 || static_cast<double>(samples.size()) < 0.3 * clip.rate_hz)
        return std::nullopt;
    auto envelope = dsp::powers(samples);
    double mean = 0.0;
    for (float& value : envelope) {
        value = std::sqrt(value);
        mean += static_cast<double>(value) / static_cast<double>(envelope.size());
    }
    for (float& value : envelope)
        value -= static_cast<float>(mean);
    dsp::LineSpectra spectra(clip.rate_hz, envelope.size());
    spectra.add(envelope);
    const auto& spectrum = spectra.sum();
    const auto slow = dsp::strongest_line(spectrum, 20.0, 45.0);
    const double inside = dsp::power_around(spectrum, subcarrier_hz, subcarrier_half_hz);
    const double all = dsp::power_around(spectrum, 6000.0, 5990.0);
    if (!slow || slow->ratio < clear_tone || std::abs(slow->frequency_hz - slow_hz) > 1.0 || inside < least_share * all)
        return std::nullopt;
    // What moves the subcarrier must be the same tone.
    const std::vector<std::complex<float>> real(envelope.begin(), envelope.end());
    const auto taps = dsp::low_pass(700.0 / clip.rate_hz, 600.0 / clip.rate_hz);
    const auto step = static_cast<std::size_t>(clip.rate_hz / 4000.0);
    const auto subcarrier = dsp::filtered(dsp::shifted(real, subcarrier_hz, clip.rate_hz), taps, step);
    const double rate = clip.rate_hz / static_cast<double>(step);
    const auto moved = dsp::instantaneous_frequency(subcarrier, rate);
    dsp::LineSpectra movement(rate, moved.size());
    movement.add(moved);
    const auto tone = dsp::strongest_line(movement.sum(), 20.0, 45.0);
    if (!tone || std::abs(tone->frequency_hz - slow_hz) > 1.0)
        return std::nullopt;
    const double deviation = 2.0 * std::sqrt(tone->power);
    if (deviation < 350.0 || deviation > 620.0)
        return std::nullopt;
    Sighting s;
    s.system = "VOR";
    s.checked = true;
    s.confidence = 0.95;
    s.seen.emplace_back("signature.seen.vor", std::vector<Argument>{});
    return s;
}

} // namespace

extern const Signature signature_vor;
const Signature signature_vor{
    .info = {.id = "vor", .system = "VOR", .proof = Proof::sync, .mistaken_for = "analogue voice"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
