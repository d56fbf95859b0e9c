// SPDX-License-Identifier: GPL-3.0-or-later
// Analogue speech on a narrow FM or AM channel, by shape; with a sub-audible tone of the CTCSS list or a
// code of the digital squelch (TIA-603) by that.
#include "detect/signatures/analogue/dcs_code.hpp"
#include "detect/signatures/signature.hpp"
#include "dsp/demod/lines.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 2000.0;
constexpr double widest_hz = 30e3;
constexpr double widest_am_hz = 12e3;
constexpr double tolerance = 0.006; ///< relative; neighbours in the list are 2 % apart or more
constexpr double clear_tone = 60.0; ///< over the median of 60 … 260 Hz
constexpr double weakest_hz = 150.0;
constexpr double strongest_hz = 1200.0; ///< deviation
constexpr std::array<double, 38> ctcss_hz{67.0,  71.9,  74.4,  77.0,  79.7,  82.5,  85.4,  88.5,  91.5,  94.8,
                                          97.4,  100.0, 103.5, 107.2, 110.9, 114.8, 118.8, 123.0, 127.3, 131.8,
                                          136.5, 141.3, 146.2, 151.4, 156.7, 162.2, 167.9, 173.8, 179.9, 186.2,
                                          192.8, 203.5, 210.7, 218.1, 225.7, 233.6, 241.8, 250.3};

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    const bool right = e.modulation.name == "NFM" || e.modulation.name == "AM";
    const double widest = e.modulation.name == "AM" ? widest_am_hz : widest_hz;
    return right && e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest && e.end_s - e.start_s > 0.2;
}

struct Tone {
    double listed_hz = 0.0;
    double deviation_hz = 0.0;
};

/// Sound and what is below it: frequency of the longest stretch.
struct Sound {
    std::vector<float> frequency;
    double rate_hz = 0.0;
};

Sound sound_of(const Look& look)
{
    Cut wanted;
    wanted.half_width_hz = std::max(6e3, 0.6 * look.emission().bandwidth_hz);
    wanted.rate_hz = 4.0 * wanted.half_width_hz;
    wanted.most_s = 1.0;
    wanted.most_input = std::size_t{24} * 1000 * 1000;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    if (static_cast<double>(clip.longest().size()) < 0.4 * clip.rate_hz)
        return {};
    return {dsp::instantaneous_frequency(clip.longest(), clip.rate_hz), clip.rate_hz};
}

std::optional<Tone> sub_audible(const Sound& sound)
{
    dsp::LineSpectra spectra(sound.rate_hz, sound.frequency.size());
    spectra.add(sound.frequency);
    const auto line = dsp::strongest_line(spectra.sum(), 60.0, 260.0);
    if (!line || line->ratio < clear_tone)
        return std::nullopt;
    const double deviation = 2.0 * std::sqrt(line->power);
    const auto near = std::min_element(ctcss_hz.begin(), ctcss_hz.end(), [&](double a, double b) {
        return std::abs(a - line->frequency_hz) < std::abs(b - line->frequency_hz);
    });
    if (std::abs(*near - line->frequency_hz) > tolerance * *near || deviation < weakest_hz || deviation > strongest_hz)
        return std::nullopt;
    return Tone{*near, deviation};
}

/// A hertz value with one decimal.
std::string text_of(double hz)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f", hz);
    return text.data();
}

std::optional<Sighting> look_at(Look& look)
{
    Sighting s;
    s.system = "analogue voice";
    s.confidence = 0.6;
    if (look.emission().modulation.name == "AM")
        return s;
    const Sound sound = sound_of(look);
    if (sound.frequency.empty())
        return s;
    if (const auto code = dcs_code(sound.frequency, sound.rate_hz)) {
        s.checked = true;
        s.confidence = 0.88;
        s.identity["dcs"] = *code;
        s.seen.emplace_back("signature.seen.dcs", std::vector<Argument>{{"code", *code}});
    } else if (const auto tone = sub_audible(sound)) {
        s.checked = true;
        s.confidence = 0.85;
        s.identity["ctcss_hz"] = text_of(tone->listed_hz);
        s.seen.emplace_back("signature.seen.ctcss",
                            std::vector<Argument>{{"center", Quantity{tone->listed_hz, Unit::frequency, 0.1}},
                                                  {"deviation", Quantity{tone->deviation_hz, Unit::bandwidth}}});
    }
    return s;
}

} // namespace

extern const Signature signature_analogue_voice;
const Signature signature_analogue_voice{.info = {.id = "analogue-voice",
                                                  .system = "analogue voice",
                                                  .proof = Proof::sync,
                                                  .mistaken_for = "FSK data, APRS, POCSAG, VOR"},
                                         .admits = admits,
                                         .look = look_at};

} // namespace gacsong::detect
