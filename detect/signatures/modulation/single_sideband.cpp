// SPDX-License-Identifier: GPL-3.0-or-later
// SSB, by the speech that it carries. One sideband has no carrier and no clock, but where a voice sounds its lines
// stand one pitch apart: the power beats with the pitch, whatever the receiver is tuned to. A pitch of 70 … 350 Hz that
// lasts over frames of 20 ms, and moves from one to the next, is speech; symbols beat as well, but always alike.
// Nothing of the voice is kept.
#include "detect/signatures/modulation/sidebands.hpp"
#include "detect/signatures/modulation/tests.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 1500.0;
constexpr double widest_hz = 4000.0;
constexpr double most_line = 0.6;        ///< share of one line: of a vowel's in the short clip, or of a carrier
constexpr double doubtful = 3.0;         ///< standard deviations by which AM lies in phase with its carrier
constexpr double mostly_amplitude = 0.5; ///< of what stands beside the carrier
constexpr double least_kappa = 1.5;      ///< speech is more than Gaussian, FM and keying are 1
constexpr double rate_hz = 8000.0;
constexpr double frame_s = 0.04;
constexpr double hop_s = 0.02;
constexpr double highest_pitch_hz = 350.0;
constexpr double lowest_pitch_hz = 70.0;
constexpr double voiced = 0.5;   ///< correlation with itself a pitch later
constexpr double as_good = 0.85; ///< of the best, at which a shorter lag is taken: twice the pitch fits as well
constexpr double heard = 2.0;    ///< power over noise of a frame that counts
constexpr std::size_t least_frames = 25;
constexpr double least_voiced = 0.3;  ///< share of the frames; built and spoken by programs: 0.75 and more
constexpr double close = 0.1;         ///< relative, of the pitches of neighbours
constexpr double least_close = 0.7;   ///< share of neighbours
constexpr double least_spread = 0.04; ///< standard deviation of the pitch over its mean
constexpr double least_step = 0.003;  ///< median change between neighbours: symbols have none

/// Pitch of a frame in hertz, 0 where it has none. `power` is longer than the frame by the longest lag.
double pitch_of(std::span<const float> power, std::size_t frame, double clip_rate_hz)
{
    const auto first = static_cast<std::size_t>(clip_rate_hz / highest_pitch_hz);
    const std::size_t last = power.size() - frame;
    const auto centred = [&](std::size_t lag) {
        const auto part = power.subspan(lag, frame);
        std::vector<double> out(part.begin(), part.end());
        const double mean = std::accumulate(out.begin(), out.end(), 0.0) / static_cast<double>(frame);
        for (double& one : out)
            one -= mean;
        return out;
    };
    const auto here = centred(0);
    const double energy = std::inner_product(here.begin(), here.end(), here.begin(), 0.0);
    std::vector<double> likeness;
    for (std::size_t lag = first; lag <= last; ++lag) {
        const auto later = centred(lag);
        const double both = std::inner_product(later.begin(), later.end(), later.begin(), 0.0) * energy;
        likeness.push_back(
            both > 0.0 ? std::inner_product(here.begin(), here.end(), later.begin(), 0.0) / std::sqrt(both) : 0.0);
    }
    const double best = *std::max_element(likeness.begin(), likeness.end());
    if (best < voiced)
        return 0.0;
    for (std::size_t i = 1; i + 1 < likeness.size(); ++i)
        if (likeness[i] >= as_good * best && likeness[i] >= likeness[i - 1] && likeness[i] >= likeness[i + 1]) {
            // Between lags by the parabola through three.
            const double bend = likeness[i - 1] - 2.0 * likeness[i] + likeness[i + 1];
            const double part = bend < 0.0 ? 0.5 * (likeness[i - 1] - likeness[i + 1]) / bend : 0.0;
            return clip_rate_hz / (static_cast<double>(first + i) + part);
        }
    return 0.0;
}

/// What frames of a clip show.
struct Voice {
    std::size_t frames = 0;
    std::vector<double> pitches;
    std::vector<double> steps; ///< relative, between neighbours that both have a pitch
};

void listen(Voice& out, std::span<const float> power, double noise, double clip_rate_hz)
{
    const auto frame = static_cast<std::size_t>(frame_s * clip_rate_hz);
    const auto hop = static_cast<std::size_t>(hop_s * clip_rate_hz);
    const std::size_t length = frame + static_cast<std::size_t>(clip_rate_hz / lowest_pitch_hz);
    double before = 0.0;
    for (std::size_t at = 0; at + length <= power.size(); at += hop) {
        const auto part = power.subspan(at, length);
        const double mean = std::accumulate(part.begin(), part.end(), 0.0) / static_cast<double>(length);
        double pitch = 0.0;
        if (mean > heard * noise) {
            ++out.frames;
            pitch = pitch_of(part, frame, clip_rate_hz);
        }
        if (pitch > 0.0)
            out.pitches.push_back(pitch);
        if (pitch > 0.0 && before > 0.0)
            out.steps.push_back(std::abs(pitch - before) / before);
        before = pitch;
    }
}

/// Two sidebands without their carrier mirror each other: the square has a line at twice where that would be, in one
/// place all the time.
bool mirrored(const Clip& clip)
{
    constexpr double part_s = 0.25;
    constexpr double same_hz = 6.0;
    constexpr double most = 0.5; ///< of the parts
    const auto length = static_cast<std::size_t>(part_s * clip.rate_hz);
    std::vector<double> places;
    for (std::size_t i = 0; i < clip.pieces.size(); ++i) {
        const auto piece = clip.piece(i);
        for (std::size_t at = 0; at + length <= piece.size(); at += length) {
            std::vector<std::complex<float>> square(length);
            std::transform(piece.begin() + static_cast<std::ptrdiff_t>(at),
                           piece.begin() + static_cast<std::ptrdiff_t>(at + length), square.begin(),
                           [](const auto& z) { return z * z; });
            dsp::LineSpectra spectra(clip.rate_hz, length);
            spectra.add(square);
            if (const auto line = dsp::strongest_line(spectra.sum(), -0.49 * clip.rate_hz, 0.49 * clip.rate_hz))
                places.push_back(line->frequency_hz);
        }
    }
    std::sort(places.begin(), places.end());
    std::ptrdiff_t together = 0;
    for (auto place = places.begin(); place != places.end(); ++place)
        together = std::max(together, std::upper_bound(place, places.end(), *place + same_hz) - place);
    return static_cast<double>(together) > most * static_cast<double>(places.size());
}

bool speaks(Voice voice)
{
    const auto frames = static_cast<double>(voice.frames);
    if (voice.frames < least_frames || static_cast<double>(voice.pitches.size()) < least_voiced * frames ||
        voice.steps.empty())
        return false;
    const auto near = std::count_if(voice.steps.begin(), voice.steps.end(), [](double step) { return step < close; });
    if (static_cast<double>(near) < least_close * static_cast<double>(voice.steps.size()) ||
        dsp::relative_deviation(voice.pitches) < least_spread)
        return false;
    const auto middle = voice.steps.begin() + static_cast<std::ptrdiff_t>(voice.steps.size() / 2);
    std::nth_element(voice.steps.begin(), middle, voice.steps.end());
    return *middle >= least_step;
}

} // namespace

std::optional<Modulation> is_single_sideband(const Features& f, Look& look)
{
    const Emission& e = look.emission();
    if (e.bandwidth_hz < narrowest_hz || e.bandwidth_hz > widest_hz || f.line_share > most_line ||
        f.kappa < least_kappa)
        return std::nullopt;
    const auto phase = sideband_phase(f, look, look.clip().rate_hz);
    if (phase && phase->difference > std::max(doubtful * phase->sigma, mostly_amplitude * phase->excess))
        return std::nullopt;
    Cut wanted;
    wanted.half_width_hz = 0.6 * e.bandwidth_hz;
    wanted.rate_hz = rate_hz;
    wanted.most_s = 4.0;
    wanted.most_input = std::size_t{24} * 1000 * 1000;
    wanted.join_s = 0.3; // pauses between words
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    if (clip.empty() || mirrored(clip))
        return std::nullopt;
    const auto power = dsp::powers(clip.samples);
    Voice voice;
    for (const Piece& piece : clip.pieces)
        listen(voice, std::span(power).subspan(piece.first, piece.count),
               look.noise_density() * clip.noise_bandwidth_hz, clip.rate_hz);
    if (!speaks(std::move(voice)))
        return std::nullopt;
    Modulation m;
    m.name = "SSB";
    m.confidence = 0.85;
    return m;
}

} // namespace gacsong::detect
