// SPDX-License-Identifier: GPL-3.0-or-later
// Analogue wireless microphones and links like them: wide FM with a pilot tone above the sound that opens the
// receiver's squelch. Most makers use that of a watch crystal, 32.768 kHz; a tone elsewhere only resembles one.
#include "detect/signatures/signature.hpp"
#include "dsp/demod/lines.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 18e3; ///< a quiet moment: the tone's own sidebands hold little of the power
constexpr double wide_hz = 60e3;      ///< from there on a tone elsewhere resembles one, a neighbour makes none
constexpr double widest_hz = 260e3;
constexpr double look_s = 0.3;
constexpr double least_s = 0.1;
constexpr double crystal_hz = 32768.0;
constexpr double crystal_ppm = 150.0;
constexpr double lowest_hz = 21e3;
constexpr double highest_hz = 40e3;
constexpr double clear = 300.0;      ///< over the median: cells of noise have that with 1e-90
constexpr double weakest_hz = 300.0; ///< deviation
constexpr double strongest_hz = 15e3;
constexpr double alone = 0.2;        ///< most that another line has of the tone: frames and slots make many
constexpr double beside_hz = 1500.0; ///< of the tone, its own sidebands
constexpr double stereo_hz = 19e3;
constexpr double stereo_clear = 60.0;

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    const std::string& m = e.modulation.name;
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.duty > 0.5 &&
           e.end_s - e.start_s > least_s && (m == "WFM" || m == "NFM" || m == "unknown" || m == "carrier");
}

/// Whether the tone stands alone above the sound. What is keyed in frames has lines at all multiples of their rate.
bool stands_alone(const dsp::LineSpectrum& sum, const dsp::SpectralLine& tone)
{
    for (const auto& [low_hz, high_hz] :
         {std::pair{lowest_hz, tone.frequency_hz - beside_hz}, std::pair{tone.frequency_hz + beside_hz, highest_hz}}) {
        const auto other = high_hz > low_hz ? dsp::strongest_line(sum, low_hz, high_hz) : std::nullopt;
        if (other && other->power > alone * tone.power)
            return false;
    }
    return true;
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = std::max(45e3, 0.6 * look.emission().bandwidth_hz);
    wanted.rate_hz = 2.5 * wanted.half_width_hz;
    wanted.most_s = look_s;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    const auto samples = clip.longest();
    if (clip.rate_hz < 3.0 * crystal_hz || static_cast<double>(samples.size()) < least_s * clip.rate_hz)
        return std::nullopt;
    const auto sound = dsp::instantaneous_frequency(samples, clip.rate_hz);
    dsp::LineSpectra spectra(clip.rate_hz, sound.size());
    spectra.add(sound);
    const auto tone = dsp::strongest_line(spectra.sum(), lowest_hz, highest_hz);
    const auto stereo = dsp::strongest_line(spectra.sum(), 18e3, 20e3);
    if (!tone || tone->ratio < clear ||
        (stereo && stereo->ratio > stereo_clear && std::abs(stereo->frequency_hz - stereo_hz) < 10.0))
        return std::nullopt;
    if (!stands_alone(spectra.sum(), *tone))
        return std::nullopt;
    const double deviation = 2.0 * std::sqrt(tone->power);
    if (deviation < weakest_hz || deviation > strongest_hz)
        return std::nullopt;
    const bool crystal =
        std::abs(tone->frequency_hz - crystal_hz) < crystal_hz * crystal_ppm * 1e-6 + spectra.sum().step_hz;
    if (!crystal && look.emission().bandwidth_hz < wide_hz)
        return std::nullopt;
    Sighting s;
    s.system = "wireless microphone";
    s.checked = crystal;
    s.confidence = crystal ? 0.88 : 0.6;
    s.identity["pilot_hz"] = std::to_string(std::lround(tone->frequency_hz));
    s.seen.emplace_back("signature.seen.pilot",
                        std::vector<Argument>{{"center", Quantity{tone->frequency_hz, Unit::frequency, 1.0}},
                                              {"deviation", Quantity{deviation, Unit::bandwidth}}});
    s.modulation = Modulation{"WFM", 0.9, std::nullopt, std::nullopt};
    return s;
}

} // namespace

extern const Signature signature_wireless_microphone;
const Signature signature_wireless_microphone{.info = {.id = "wireless-microphone",
                                                       .system = "wireless microphone",
                                                       .proof = Proof::sync,
                                                       .mistaken_for = "FM broadcast, FM links"},
                                              .admits = admits,
                                              .look = look_at};

} // namespace gacsong::detect
