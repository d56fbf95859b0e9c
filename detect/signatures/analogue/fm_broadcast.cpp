// SPDX-License-Identifier: GPL-3.0-or-later
// FM sound broadcasting with pilot-tone stereo (ITU-R BS.450-3): 19 kHz ± 2 Hz in the multiplex.
#include "detect/signatures/signature.hpp"
#include "dsp/demod/lines.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 40e3;
constexpr double widest_hz = 320e3;
constexpr double pilot_hz = 19e3;
constexpr double clock_ppm = 100.0;     ///< of both ends
constexpr double least_pilot_db = 20.0; ///< over the median beside it. A cell is exponential: 1e-40 for each at 20 dB

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.duty > 0.5 && e.end_s - e.start_s > 0.05;
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = 110e3;
    wanted.rate_hz = 228e3;
    wanted.most_s = 0.25;
    const Clip clip = look.cut(wanted);
    const auto samples = clip.longest();
    if (static_cast<double>(samples.size()) < 0.05 * clip.rate_hz || clip.rate_hz < 60e3)
        return std::nullopt;
    const auto multiplex = dsp::instantaneous_frequency(samples, clip.rate_hz);
    dsp::LineSpectra spectra(clip.rate_hz, multiplex.size());
    spectra.add(multiplex);
    const auto line = dsp::strongest_line(spectra.sum(), 18e3, 20e3);
    if (!line || line->ratio < std::pow(10.0, least_pilot_db / 10.0))
        return std::nullopt;
    const double tolerance = 2.0 + pilot_hz * clock_ppm * 1e-6 + 0.2 * spectra.sum().step_hz;
    if (std::abs(line->frequency_hz - pilot_hz) > tolerance)
        return std::nullopt;
    Sighting s;
    s.system = "FM broadcast";
    s.checked = true;
    s.confidence = 0.9;
    s.identity["pilot_hz"] = std::to_string(std::lround(line->frequency_hz));
    s.seen.emplace_back("signature.seen.pilot",
                        std::vector<Argument>{{"center", Quantity{line->frequency_hz, Unit::frequency, 1.0}},
                                              {"deviation", Quantity{2.0 * std::sqrt(line->power), Unit::bandwidth}}});
    s.modulation = Modulation{"WFM", 0.95, std::nullopt, std::nullopt};
    return s;
}

} // namespace

extern const Signature signature_fm_broadcast;
const Signature signature_fm_broadcast{.info = {.id = "fm-broadcast",
                                                .system = "FM broadcast",
                                                .proof = Proof::sync,
                                                .mistaken_for = "wireless microphone"},
                                       .admits = admits,
                                       .look = look_at};

} // namespace gacsong::detect
