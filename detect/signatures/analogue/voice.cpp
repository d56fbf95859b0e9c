// SPDX-License-Identifier: GPL-3.0-or-later
// Analogue speech on a narrow FM or AM channel, or on one sideband, by shape; with a sub-audible tone of the CTCSS list
// or a code of the digital squelch (TIA-603) by that.
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
constexpr double least_variation = 0.2; ///< speech has 0.3 and more, pictures, tones and noise at most 0.15
constexpr std::array<double, 38> ctcss_hz{67.0,  71.9,  74.4,  77.0,  79.7,  82.5,  85.4,  88.5,  91.5,  94.8,
                                          97.4,  100.0, 103.5, 107.2, 110.9, 114.8, 118.8, 123.0, 127.3, 131.8,
                                          136.5, 141.3, 146.2, 151.4, 156.7, 162.2, 167.9, 173.8, 179.9, 186.2,
                                          192.8, 203.5, 210.7, 218.1, 225.7, 233.6, 241.8, 250.3};

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    if (e.modulation.name == "SSB") // known by its speech
        return true;
    const bool right = e.modulation.name == "NFM" || e.modulation.name == "AM";
    const bool amplitude = e.modulation.name == "AM";
    return right && (amplitude || e.bandwidth_hz >= narrowest_hz) &&
           e.bandwidth_hz <= (amplitude ? widest_am_hz : widest_hz) && e.end_s - e.start_s > 0.2;
}

struct Tone {
    double listed_hz = 0.0;
    double deviation_hz = 0.0;
};

/// Sound and what is below it, of the longest stretch.
struct Sound {
    std::vector<float> samples; ///< frequency in hertz, or the envelope
    double rate_hz = 0.0;
};

Sound sound_of(const Look& look)
{
    const bool amplitude = look.emission().modulation.name == "AM";
    Cut wanted;
    wanted.half_width_hz = std::max(6e3, 0.6 * look.emission().bandwidth_hz);
    wanted.rate_hz = 4.0 * wanted.half_width_hz;
    wanted.most_s = 1.0;
    wanted.most_input = std::size_t{24} * 1000 * 1000;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    if (static_cast<double>(clip.longest().size()) < 0.4 * clip.rate_hz)
        return {};
    if (!amplitude)
        return {dsp::instantaneous_frequency(clip.longest(), clip.rate_hz), clip.rate_hz};
    std::vector<float> envelope = dsp::powers(clip.longest());
    for (float& x : envelope)
        x = std::sqrt(x);
    return {std::move(envelope), clip.rate_hz};
}

std::optional<Tone> sub_audible(const Sound& sound)
{
    dsp::LineSpectra spectra(sound.rate_hz, sound.samples.size());
    spectra.add(sound.samples);
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

/// How much the power of a sound in 50 ms varies, standard deviation by mean: speech comes in syllables, a tone that is
/// moved and the lines of a picture do not. Nothing where it is shorter than a second.
std::optional<double> variation_of(std::span<const float> sound, double rate_hz)
{
    constexpr double window_s = 0.05;
    constexpr double least_s = 0.95;
    constexpr double lowest_hz = 300.0; // what is below may be a squelch tone
    constexpr double highest_hz = 3000.0;
    if (sound.empty() || static_cast<double>(sound.size()) < least_s * rate_hz)
        return std::nullopt;
    const auto quick = dsp::moving_mean(sound, static_cast<std::size_t>(0.25 * rate_hz / highest_hz));
    const auto slow = dsp::moving_mean(sound, static_cast<std::size_t>(0.5 * rate_hz / lowest_hz));
    const auto window = static_cast<std::size_t>(window_s * rate_hz);
    std::vector<double> powers(sound.size() / window, 0.0);
    for (std::size_t i = 0; i < powers.size() * window; ++i) {
        const auto x = static_cast<double>(quick[i] - slow[i]);
        powers[i / window] += x * x;
    }
    return dsp::relative_deviation(powers);
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
    if (look.emission().modulation.name == "SSB")
        return s;
    const Sound sound = sound_of(look);
    const bool amplitude = look.emission().modulation.name == "AM";
    const auto variation = variation_of(sound.samples, sound.rate_hz);
    // Speech that modulates little leaves a width of next to nothing; then it must be heard.
    const double unheard = amplitude && look.emission().bandwidth_hz < narrowest_hz ? 0.0 : 1.0;
    if (amplitude || sound.samples.empty())
        return variation.value_or(unheard) >= least_variation ? std::optional(s) : std::nullopt;
    if (const auto code = dcs_code(sound.samples, sound.rate_hz)) {
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
    } else if (variation.value_or(1.0) < least_variation) {
        return std::nullopt;
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
