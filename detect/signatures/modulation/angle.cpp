// SPDX-License-Identifier: GPL-3.0-or-later
// Constant envelope: frequency shift keying of two and four levels, and analogue frequency modulation.
#include "detect/signatures/modulation/frequency_levels.hpp"
#include "detect/signatures/modulation/movement.hpp"
#include "detect/signatures/modulation/sidebands.hpp"
#include "detect/signatures/modulation/tests.hpp"
#include "dsp/demod/symbol_clock.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace gacsong::detect {

namespace {

constexpr double constant = 0.12;      ///< kurtosis above 1 that a constant envelope may show
constexpr double coherent_two = 0.45;  ///< of level crossings on the grid of a symbol clock
constexpr double coherent_four = 0.25; ///< four levels cross their middle early and late
constexpr double clear_two = 2.6;      ///< a uniform distribution gives 1.73, a Gaussian 1.33
constexpr double clear_four = 2.5;     ///< a uniform distribution gives 1.73
constexpr double doubtful_two = 2.1;   ///< from here on it may be keying: no analogue name
constexpr double doubtful_four = 2.1;
constexpr double least_four = 0.06; ///< share of the rarest of four levels
constexpr double least_two = 0.12;
constexpr double wide_hz = 40e3;            ///< from this bandwidth on frequency modulation is called wide
constexpr double least_repeats = 0.08;      ///< share of symbols that equal the one before: a tone has none
constexpr double uneven = 0.43;             ///< keying reaches 0.40, speech has 0.45 at 5 dB and 0.75 at 10 dB
constexpr double very_uneven = 0.7;         ///< that, a pilot or a tone may have the clock
constexpr double keying_shows = 20.0;       ///< SNR from which on levels and clock would be seen
constexpr double discriminator_works = 5.0; ///< SNR from which on it shows the frequency of each moment
constexpr double clock_hides = 10.0;        ///< SNR below which more is smoothed to see a clock
constexpr double in_noise = 0.6;            ///< confidence below that
constexpr double across_sigma = 4.0;        ///< of noise, that frequency modulation has across its carrier
constexpr double incoherent = 0.3;          ///< most that the crossings of analogue modulation have of a clock
constexpr std::size_t least_symbols = 24;

/// The frequency in each stretch, smoothed over `width_s`.
struct Track {
    std::vector<std::vector<float>> stretches;
    double rate_hz = 0.0;
};

/// The turn from each sample to the next, as long as the samples are.
struct Turns {
    std::vector<std::vector<std::complex<float>>> stretches;
    double rate_hz = 0.0;
};

/// The frequency smoothed over `width_s`, each sample by its power: where noise tears the phase there is little.
Track smooth(const Turns& raw, double width_s)
{
    Track out{{}, raw.rate_hz};
    const auto half = static_cast<std::size_t>(std::max(0.0, 0.5 * width_s * raw.rate_hz - 0.25));
    const auto hz = static_cast<float>(raw.rate_hz / (2.0 * std::numbers::pi));
    for (const auto& stretch : raw.stretches) {
        const auto mean = dsp::moving_mean(std::span<const std::complex<float>>(stretch), half);
        auto& frequency = out.stretches.emplace_back(mean.size());
        std::transform(mean.begin(), mean.end(), frequency.begin(), [hz](const auto& z) { return hz * std::arg(z); });
    }
    return out;
}

Track smooth(const Track& raw, double width_s)
{
    Track out{{}, raw.rate_hz};
    const auto half = static_cast<std::size_t>(std::max(0.0, 0.5 * width_s * raw.rate_hz - 0.25));
    for (const auto& stretch : raw.stretches)
        out.stretches.push_back(dsp::moving_mean(stretch, half));
    return out;
}

std::vector<float> all_of(const Track& track)
{
    std::vector<float> out;
    for (const auto& stretch : track.stretches)
        out.insert(out.end(), stretch.begin(), stretch.end());
    return out;
}

/// Symbol clock of a waveform by its crossings of the middle.
struct Timing {
    dsp::Clock clock;
    std::vector<double> phases; ///< of each stretch; negative: it has too few crossings
};

std::optional<Timing> timing_of(const Track& track, double highest_hz)
{
    const auto values = all_of(track);
    const float low = dsp::quantile(values, 0.1);
    const float high = dsp::quantile(values, 0.9);
    const float middle = 0.5F * (low + high);
    const float hysteresis = 0.15F * (high - low);
    std::vector<std::vector<double>> groups;
    double longest_s = 0.0;
    for (const auto& stretch : track.stretches) {
        auto places = dsp::crossings(stretch, middle - hysteresis, middle + hysteresis);
        for (double& place : places)
            place /= track.rate_hz;
        groups.push_back(std::move(places));
        longest_s = std::max(longest_s, static_cast<double>(stretch.size()) / track.rate_hz);
    }
    const auto clock = dsp::common_clock(groups, std::max(8.0 / longest_s, 0.01 * highest_hz), highest_hz);
    if (!clock)
        return std::nullopt;
    Timing out{*clock, {}};
    for (const auto& group : groups)
        out.phases.push_back(group.size() < 3 ? -1.0 : dsp::clock_phase(group, clock->rate_hz));
    return out;
}

/// Values in the middle of each symbol.
std::vector<float> samples_at(const Track& track, const Timing& timing)
{
    std::vector<float> out;
    const double step = track.rate_hz / timing.clock.rate_hz;
    for (std::size_t s = 0; s < track.stretches.size(); ++s) {
        if (timing.phases[s] < 0.0)
            continue;
        const auto& x = track.stretches[s];
        for (double at = (timing.phases[s] + 0.5) * step; at + 1.0 < static_cast<double>(x.size()); at += step) {
            const auto i = static_cast<std::size_t>(at);
            const auto share = static_cast<float>(at - static_cast<double>(i));
            out.push_back(x[i] + share * (x[i + 1] - x[i]));
        }
    }
    return out;
}

/// Level of symbols whose neighbours differ from them, over that of symbols amid equals: 1 for hard keying, less where
/// a filter rounds it.
double roundness(std::span<const float> values, double middle)
{
    double alone_sum = 0.0;
    double alone_count = 0.0;
    double amid_sum = 0.0;
    double amid_count = 0.0;
    const auto side = [&](std::size_t i) { return static_cast<double>(values[i]) > middle; };
    for (std::size_t i = 1; i + 1 < values.size(); ++i) {
        const double level = std::abs(static_cast<double>(values[i]) - middle);
        if (side(i - 1) != side(i) && side(i + 1) != side(i)) {
            alone_sum += level;
            alone_count += 1.0;
        } else if (side(i - 1) == side(i) && side(i + 1) == side(i)) {
            amid_sum += level;
            amid_count += 1.0;
        }
    }
    return alone_count > 4.0 && amid_count > 4.0 ? alone_sum / alone_count * amid_count / amid_sum : 1.0;
}

/// Share of symbols that equal the one before: a tone has none.
double repeats(std::span<const float> values, double middle)
{
    double count = 0.0;
    for (std::size_t i = 1; i < values.size(); ++i)
        count += (static_cast<double>(values[i]) > middle) == (static_cast<double>(values[i - 1]) > middle) ? 1.0 : 0.0;
    return count / static_cast<double>(values.size());
}

struct Keyed {
    Levels levels;
    double rate_hz = 0.0;
    double coherence = 0.0;
    double round = 1.0;
    double repeats = 0.0;
    bool enough = false;
};

/// The better of the readings with several widths of the filter.
template <class Raw> Keyed best_keying(const Raw& raw, double bandwidth_hz, double cells = 0.7)
{
    Keyed best;
    const auto timing = timing_of(smooth(raw, cells / bandwidth_hz), 1.2 * bandwidth_hz);
    if (!timing)
        return best;
    best.rate_hz = timing->clock.rate_hz;
    best.coherence = timing->clock.coherence;
    const double symbol_s = 1.0 / best.rate_hz;
    for (const double share : {0.25, 0.5, 0.8}) {
        const auto values = samples_at(smooth(raw, share * symbol_s), *timing);
        best.enough = values.size() >= least_symbols;
        if (!best.enough)
            return best;
        Levels two = two_levels(values);
        Levels four = four_levels(values);
        if (two.least_share < least_two)
            two.clearness = 0.0;
        if (four.least_share < least_four)
            four.clearness = 0.0;
        // Four levels split in two leave a clearness of 2, two levels taken for four leave some without values.
        const Levels& better = four.clearness > 0.8 * two.clearness ? four : two;
        if (better.clearness > best.levels.clearness) {
            best.levels = better;
            best.round = roundness(values, better.middle);
            best.repeats = repeats(values, better.middle);
        }
    }
    return best;
}

bool on_grid(const Keyed& keyed)
{
    return keyed.enough && keyed.coherence > (keyed.levels.count == 4 ? coherent_four : coherent_two);
}

Modulation fsk_name(const Keyed& keyed, double snr)
{
    Modulation m;
    const double deviation = keyed.levels.outer;
    if (keyed.levels.count == 4) {
        m.name = "FSK4";
    } else {
        const double index = 2.0 * deviation / keyed.rate_hz;
        const bool rounded = keyed.round < 0.93;
        m.name = !rounded ? "FSK2" : std::abs(index - 0.5) < 0.07 ? "GMSK" : "GFSK";
    }
    m.confidence = std::clamp(0.6 + 0.05 * keyed.levels.clearness + 0.1 * std::min(1.0, snr / 30.0), 0.6, 0.98);
    m.symbol_rate_hz = keyed.rate_hz;
    m.deviation_hz = deviation;
    return m;
}

bool constant_envelope(const Features& f)
{
    return !f.stretches.empty() && f.kappa < 1.0 + constant + f.kappa_error && f.kappa > 0.8;
}

/// Spread of the variance from window to window over its mean: data keeps it, speech and music do not.
double unevenness(std::span<const float> x, double window)
{
    const auto length = static_cast<std::size_t>(std::max(8.0, window));
    std::vector<double> variances;
    for (std::size_t first = 0; first + length <= x.size(); first += length) {
        double sum = 0.0;
        double squares = 0.0;
        for (const float value : x.subspan(first, length)) {
            sum += static_cast<double>(value);
            squares += static_cast<double>(value) * static_cast<double>(value);
        }
        const double mean = sum / static_cast<double>(length);
        variances.push_back(squares / static_cast<double>(length) - mean * mean);
    }
    if (variances.size() < 8)
        return 0.0;
    double mean = 0.0;
    for (const double variance : variances)
        mean += variance / static_cast<double>(variances.size());
    double spread = 0.0;
    for (const double variance : variances)
        spread += (variance - mean) * (variance - mean) / static_cast<double>(variances.size());
    return std::sqrt(spread) / std::max(1e-12, mean);
}

double spread_of(std::span<const float> x)
{
    double mean = 0.0;
    double squares = 0.0;
    for (const float value : x) {
        mean += static_cast<double>(value) / static_cast<double>(x.size());
        squares += static_cast<double>(value) * static_cast<double>(value) / static_cast<double>(x.size());
    }
    return std::sqrt(std::max(0.0, squares - mean * mean));
}

Track frequency_of(const Features& f, double rate_hz)
{
    Track raw{{}, rate_hz};
    for (const auto& stretch : f.stretches)
        raw.stretches.push_back(dsp::instantaneous_frequency(stretch, rate_hz));
    return raw;
}

Turns turns_of(const Features& f, const Clip& clip)
{
    Turns out{{}, clip.rate_hz};
    for (const auto& stretch : f.stretches) {
        auto& turns = out.stretches.emplace_back(stretch.size());
        for (std::size_t n = 1; n < stretch.size(); ++n)
            turns[n] = stretch[n] * std::conj(stretch[n - 1]);
        if (stretch.size() > 1)
            turns[0] = turns[1];
    }
    return out;
}

} // namespace

std::optional<Modulation> is_frequency_keyed(const Features& f, Look& look)
{
    if (!constant_envelope(f))
        return std::nullopt;
    Keyed keyed = best_keying(frequency_of(f, look.clip().rate_hz), f.bandwidth_hz);
    if (f.snr < clock_hides) {
        const auto turns = turns_of(f, look.clip());
        for (const double cells : {0.7, 2.0, 4.0}) {
            const Keyed other = best_keying(turns, f.bandwidth_hz, cells);
            if (on_grid(other) && (!on_grid(keyed) || other.levels.clearness > keyed.levels.clearness))
                keyed = other;
        }
    }
    const bool four = keyed.levels.count == 4;
    if (!on_grid(keyed) || keyed.repeats < least_repeats)
        return std::nullopt;
    if (keyed.levels.clearness > (four ? clear_four : clear_two))
        return fsk_name(keyed, f.snr);
    if (keyed.levels.clearness > (four ? doubtful_four : doubtful_two)) {
        auto known = is_four_level(f, look);
        return known ? known : is_minimum_shift(f, look).value_or(Modulation{}); // else too weak to say
    }
    return std::nullopt;
}

std::optional<Modulation> is_frequency_modulated(const Features& f, Look& look)
{
    if (!constant_envelope(f))
        return std::nullopt;
    // Beside a carrier FM stands across it.
    const auto phase = sideband_phase(f, look, look.clip().rate_hz);
    if (phase && phase->difference > -across_sigma * phase->sigma)
        return std::nullopt;
    const Track raw = frequency_of(f, look.clip().rate_hz);
    const Keyed keyed = best_keying(raw, f.bandwidth_hz);
    // Noise of the discriminator against the movement of the frequency (monitoring.md §1.3).
    const auto slow = all_of(smooth(raw, 1.0 / f.bandwidth_hz));
    const double unevenly = unevenness(slow, 40.0 * raw.rate_hz / f.bandwidth_hz);
    const bool clocked = keyed.enough && keyed.coherence > incoherent && keyed.repeats > least_repeats;
    if (clocked && (unevenly < very_uneven || f.snr < keying_shows))
        return std::nullopt;
    Modulation m;
    m.name = f.bandwidth_hz > wide_hz ? "WFM" : "NFM";
    const double spread = spread_of(slow);
    const double noise = f.bandwidth_hz / std::sqrt(24.0 * f.snr);
    const bool seen =
        f.snr >= discriminator_works && spread >= 1.3 * noise && (f.snr >= keying_shows || unevenly >= uneven);
    if (seen) {
        m.deviation_hz = 0.5 * static_cast<double>(dsp::quantile(slow, 0.995) - dsp::quantile(slow, 0.005));
        m.confidence = std::clamp(0.5 + 0.3 * (spread / noise - 1.0), 0.5, 0.9);
        return m;
    }
    if (f.snr >= keying_shows || !moves_like_sound(f, look.clip()))
        return std::nullopt;
    m.confidence = in_noise; // the deviation cannot be told
    return m;
}

} // namespace gacsong::detect
