// SPDX-License-Identifier: GPL-3.0-or-later
// Analogue television (ITU-R BT.470-6 / BT.1700), as cameras and drones send it by FM and old transmitters by AM: the
// synchronising pulses make lines at the line frequency and its multiples, 15 625 Hz (PAL, SECAM) or 15 734.27 Hz
// (NTSC) to a few tens of ppm. Pictures are not made.
#include "detect/signatures/signature.hpp"
#include "dsp/demod/lines.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 2e6;
constexpr double widest_hz = 40e6;
constexpr double look_s = 60e-3;
constexpr double least_s = 4e-3;
constexpr std::size_t harmonics = 8;
constexpr double clear = 30.0;         ///< of each line over the median around it: cells of noise have that with 1e-9
constexpr std::size_t least_clear = 6; ///< of the eight
constexpr double tolerance = 1e-3;     ///< cheap cameras; the two standards are 7e-3 apart

struct Standard {
    const char* name;
    double line_hz;
};
constexpr std::array<Standard, 2> standards{{{"PAL", 15625.0}, {"NTSC", 15734.266}}};

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.duty > 0.5 &&
           e.end_s - e.start_s >= least_s && e.modulation.name != "OFDM";
}

/// How many of the first multiples of a frequency stand out, and where the first really is.
struct Comb {
    std::size_t clear = 0;
    double line_hz = 0.0;
};

Comb comb_at(const dsp::LineSpectrum& spectrum, double nominal_hz)
{
    Comb comb;
    double sum = 0.0;
    double weights = 0.0;
    for (std::size_t k = 1; k <= harmonics; ++k) {
        const double at = nominal_hz * static_cast<double>(k);
        const double half = std::max(at * tolerance, 1.5 * spectrum.step_hz);
        const auto around = dsp::strongest_line(spectrum, at - 0.4 * nominal_hz, at + 0.4 * nominal_hz);
        if (!around || around->ratio < clear || std::abs(around->frequency_hz - at) > half)
            continue;
        ++comb.clear;
        sum += around->frequency_hz;
        weights += static_cast<double>(k);
    }
    if (comb.clear > 0)
        comb.line_hz = sum / weights;
    return comb;
}

/// The standard whose comb stands in a view of the signal.
std::optional<std::pair<const Standard*, Comb>> standard_in(std::span<const float> view, double rate_hz)
{
    dsp::LineSpectra spectra(rate_hz, std::min(view.size(), std::size_t{1} << 18U));
    spectra.add(view);
    std::optional<std::pair<const Standard*, Comb>> best;
    for (const Standard& standard : standards) {
        const Comb comb = comb_at(spectra.sum(), standard.line_hz);
        const double away = std::abs(comb.line_hz / standard.line_hz - 1.0);
        if (comb.clear < least_clear || away > tolerance)
            continue;
        if (!best || comb.clear > best->second.clear)
            best = {&standard, comb};
    }
    return best;
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = 0.6 * look.emission().bandwidth_hz;
    wanted.rate_hz = 2.5 * look.emission().bandwidth_hz;
    wanted.most_s = look_s;
    wanted.most_samples = std::size_t{1} << 20U;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    const auto samples = clip.longest();
    if (static_cast<double>(samples.size()) < least_s * clip.rate_hz)
        return std::nullopt;
    // Down to a rate that still holds eight multiples.
    const auto step = static_cast<std::size_t>(std::max(1.0, std::floor(clip.rate_hz / 600e3)));
    const double rate_hz = clip.rate_hz / static_cast<double>(step);
    const auto thinned = [&](const std::vector<float>& view) {
        std::vector<float> out;
        const auto smooth = dsp::moving_mean(view, step / 2);
        for (std::size_t i = 0; i < smooth.size(); i += step)
            out.push_back(smooth[i]);
        return out;
    };
    bool frequency = true;
    auto found = standard_in(thinned(dsp::instantaneous_frequency(samples, clip.rate_hz)), rate_hz);
    if (!found) {
        frequency = false;
        found = standard_in(thinned(dsp::powers(samples)), rate_hz);
    }
    if (!found)
        return std::nullopt;
    Sighting s;
    s.system = "analogue video";
    s.checked = true;
    s.confidence = 0.9;
    s.identity["standard"] = found->first->name;
    s.seen.emplace_back("signature.seen.video",
                        std::vector<Argument>{{"center", Quantity{found->second.line_hz, Unit::frequency, 1.0}}});
    if (frequency)
        s.modulation = Modulation{"WFM", 0.9, std::nullopt, std::nullopt};
    return s;
}

} // namespace

extern const Signature signature_analogue_video;
const Signature signature_analogue_video{
    .info = {.id = "analogue-video", .system = "analogue video", .proof = Proof::sync, .mistaken_for = "radar, jammer"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
