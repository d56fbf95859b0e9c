// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/intervals.hpp"
#include "detect/spectral/tracker.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

namespace gacsong::detect {

namespace {

/// Edges of the weaker track's time that say something, and how many of them the stronger shares.
struct Edges {
    int telling = 0; ///< edges that are not those of the recording
    int shared = 0;
};

Edges compare_edges(const Track& strong, const Track& weak, double slack_s)
{
    Edges edges;
    const auto look = [&](bool cut_strong, bool cut_weak, double a, double b) {
        const bool near = std::abs(a - b) <= slack_s;
        if (cut_strong && (cut_weak || near))
            return; // the recording's own edge says nothing
        ++edges.telling;
        edges.shared += near && !cut_weak ? 1 : 0;
    };
    look(strong.from_start, weak.from_start, strong.time.start_s, weak.time.start_s);
    look(strong.to_end, weak.to_end, strong.time.end_s, weak.time.end_s);
    return edges;
}

/// Share of the weaker track's bursts that begin or end together with a burst of the stronger.
double share_of_keyed_bursts(const Track& strong, const Track& weak, double slack_s)
{
    std::size_t keyed = 0;
    for (const auto& burst : weak.bursts) {
        keyed += std::any_of(strong.bursts.begin(), strong.bursts.end(), [&](const Interval& other) {
            return std::abs(other.start_s - burst.start_s) <= slack_s || std::abs(other.end_s - burst.end_s) <= slack_s;
        });
    }
    return weak.bursts.empty() ? 0.0 : static_cast<double>(keyed) / static_cast<double>(weak.bursts.size());
}

constexpr double near_db = 10.0;     ///< parts of one transmission are about as strong as each other
constexpr double product_db = 10.0;  ///< what shares both edges and is this much weaker is a product
constexpr double touching_db = 20.0; ///< touching parts are one down to this
constexpr double keyed_db = 20.0;    ///< … or this much weaker and shares an edge of most bursts
constexpr double line_bins = 5.0;    ///< width of an unmodulated line in the narrow rows
constexpr double sideband_db = 35.0;
constexpr double overload_db = 25.0; ///< … or this much weaker while the receiver is overloaded
constexpr double inside_db = 20.0;   ///< … or this much weaker within the skirts
constexpr double alike = 0.8;        ///< common time of two equally keyed lists of bursts
constexpr double widest_shift = 8.0; ///< tones of one FSK lie at most this many of their widths apart
constexpr double ripple_gap = 0.25;  ///< gaps in one OFDM, of the narrower part (monitoring.md §4.2)
constexpr double ripple_db = 6.0;
constexpr double deep_valley = 0.03;            ///< −15 dB
constexpr double most_of_carrier = 0.3;         ///< a sideband of full modulation is a quarter, with room to measure
constexpr double widest_baseband_hz = 25'000.0; ///< VOR's subcarrier 9.96 kHz, AM broadcasting 20 kHz at most
constexpr double least_share = 4.0;             ///< signal to noise at which a part can be told by its power
constexpr double steady_db = 3.0;               ///< one transmitter keeps its level from frame to frame
constexpr double steady_octaves = 0.6;          ///< … and its width

/// True where the fine spectrum of `weak` falls off deeply between its own highest place and the core of `strong`: what
/// is a skirt of something else does not.
bool valley_between(const Track& strong, const Track& weak, double bin_hz)
{
    const FineSpectrum& fine = weak.spectrum;
    if (fine.empty())
        return false;
    const auto half = static_cast<std::ptrdiff_t>(0.5 * bin_hz / fine.step_hz);
    const auto place = [&](double hz) {
        const auto at = static_cast<std::ptrdiff_t>(std::floor((hz - fine.low_hz) / fine.step_hz));
        return std::clamp<std::ptrdiff_t>(at, half, static_cast<std::ptrdiff_t>(fine.power.size()) - 1 - half);
    };
    const auto level = [&](std::ptrdiff_t at) {
        double sum = 0.0;
        for (std::ptrdiff_t k = at - half; k <= at + half; ++k)
            sum += fine.mean(static_cast<std::size_t>(k));
        return sum;
    };
    if (static_cast<std::ptrdiff_t>(fine.power.size()) <= 2 * half)
        return false;
    std::ptrdiff_t top = place(weak.core.low_hz);
    double highest = 0.0;
    for (std::ptrdiff_t at = top; at <= place(weak.core.high_hz); ++at) {
        if (const double here = level(at); here > highest) {
            highest = here;
            top = at;
        }
    }
    const bool above = weak.core.center() > strong.core.center();
    const auto [from, to] = std::minmax({top, place(above ? strong.core.high_hz : strong.core.low_hz)});
    double valley = highest;
    for (std::ptrdiff_t at = from; at <= to; ++at)
        valley = std::min(valley, level(at));
    return valley < deep_valley * highest;
}

/// Two tracks, the stronger first, and what every rule asks of them.
struct Pair {
    const Track& strong;
    const Track& weak;
    const Grain& grain;
    double ratio_db = 0.0; ///< by which the levels differ
    double slack_s = 0.0;  ///< to which times are known
    double gap_hz = 0.0;   ///< between the cores
    bool touching = false; ///< their reaches leave no valley between them
    bool skirt = false;    ///< the weaker is highest at the border to the stronger

    [[nodiscard]] Kinship part_or_product() const
    {
        return ratio_db < touching_db ? Kinship::same : Kinship::by_product;
    }
    [[nodiscard]] double wider() const { return std::max(strong.core.width(), weak.core.width()); }
};

Pair pair_of(const Track& a, const Track& b, const Grain& grain)
{
    const bool first = a.power() >= b.power();
    Pair pair{first ? a : b, first ? b : a, grain};
    pair.ratio_db = 10.0 * std::log10(std::max(pair.strong.power(), 1e-300) / std::max(pair.weak.power(), 1e-300));
    pair.slack_s = a.sharp && b.sharp ? 3.0 * grain.brief_step_s : 2.0 * grain.narrow_step_s;
    pair.gap_hz = a.core.gap(b.core);
    // A line may stand as close as its own width, anything wider would show a valley.
    const bool line = pair.weak.core.width() <= line_bins * grain.bin_hz;
    const double close = (line ? 1.5 : 3.0) * grain.bin_hz;
    pair.touching = a.reach.gap(b.reach) <= close;
    const bool above = pair.weak.core.center() > pair.strong.core.center();
    const double border = above ? pair.weak.reach.low_hz : pair.weak.reach.high_hz;
    pair.skirt = pair.touching && std::abs(pair.weak.peak_hz - border) <= (line ? 1.0 : 4.0) * grain.bin_hz &&
                 !valley_between(pair.strong, pair.weak, grain.bin_hz);
    return pair;
}

/// By the place of the weaker within or beside a wide, stronger one.
std::optional<Kinship> by_place(const Pair& p)
{
    const Band& wide = p.strong.core;
    const Band& own = p.weak.core;
    if (p.strong.umbrella != 0 && p.strong.umbrella == p.weak.umbrella)
        return Kinship::same;
    if (wide.overlap(own) >= 0.8 * own.width() && own.width() <= wide.width())
        return Kinship::same;
    if (wide.width() <= 8.0 * p.grain.bin_hz)
        return std::nullopt;
    // The outer parts of a spectrum that breathes with its programme come and go inside the span that it reaches.
    const bool compact = p.strong.reach.width() <= 3.0 * wide.width();
    const bool reached = p.strong.reach.overlap(own) >= 0.8 * own.width();
    const bool swings = total_length(p.weak.bursts) < 0.5 * p.strong.on_s && p.gap_hz <= ripple_gap * wide.width();
    if (compact && (reached || swings))
        return p.part_or_product();
    // Far below a modulated neighbour and close beside it, nothing can be told from its own sidebands.
    if (p.ratio_db >= sideband_db && p.gap_hz <= 0.6 * wide.width() && own.width() <= 0.3 * wide.width())
        return Kinship::by_product;
    return std::nullopt;
}

/// By keying that is alike in every burst: nothing else does that.
std::optional<Kinship> by_keying(const Pair& p)
{
    if (!p.strong.sharp || !p.weak.sharp || p.weak.bursts.size() < 2)
        return std::nullopt;
    const double common = common_length(p.weak.bursts, p.strong.bursts, 0.0);
    const double either = total_length(p.weak.bursts) + total_length(p.strong.bursts) - common;
    if (common < alike * either || either >= 0.95 * std::max(p.strong.time.length(), p.weak.time.length()))
        return std::nullopt;
    const bool part =
        p.ratio_db < near_db ? p.gap_hz <= widest_shift * p.wider() : p.ratio_db < touching_db && p.gap_hz <= p.wider();
    return part ? Kinship::same : Kinship::by_product;
}

/// Both were on from the first to the last sample: only their spectra can tell.
Kinship by_spectrum(const Pair& p)
{
    const double narrower = std::min(p.strong.core.width(), p.weak.core.width());
    const bool ripple = p.gap_hz <= ripple_gap * narrower && p.ratio_db <= ripple_db;
    const bool outrider = p.touching && p.ratio_db >= product_db && p.ratio_db < touching_db &&
                          p.weak.core.width() <= 0.3 * p.strong.core.width() &&
                          p.gap_hz <= ripple_gap * p.strong.core.width();
    return p.skirt || ripple || outrider ? Kinship::same : Kinship::none;
}

/// By beginning and ending together.
Kinship by_edges(const Pair& p)
{
    if (p.ratio_db < near_db) {
        const double reach = widest_shift * std::max(p.wider(), 4.0 * p.grain.bin_hz);
        return p.gap_hz <= reach ? Kinship::same : Kinship::none;
    }
    return p.touching && p.ratio_db < touching_db ? Kinship::same : Kinship::by_product;
}

/// By being there only while something much stronger is.
Kinship by_level(const Pair& p)
{
    if (p.skirt)
        return p.part_or_product();
    const bool inside = p.ratio_db >= inside_db && p.strong.reach.overlap(p.weak.core) >= 0.5 * p.weak.core.width();
    const bool overload = p.ratio_db >= overload_db && p.strong.clipped;
    const bool keyed = p.ratio_db >= keyed_db && share_of_keyed_bursts(p.strong, p.weak, p.slack_s) >= 0.5;
    return inside || overload || keyed ? Kinship::by_product : Kinship::none;
}

double longest_pause(std::span<const Interval> bursts)
{
    double longest = 0.0;
    for (std::size_t i = 1; i < bursts.size(); ++i)
        longest = std::max(longest, bursts[i].start_s - bursts[i - 1].end_s);
    return longest;
}

/// True where the pattern of bursts stands somewhere in the longer list, edge by edge.
bool repeats(std::span<const Interval> pattern, std::span<const Interval> list, double slack_s)
{
    for (std::size_t at = 0; at + pattern.size() <= list.size(); ++at) {
        const double shift = list[at].start_s - pattern.front().start_s;
        const bool fits = std::equal(pattern.begin(), pattern.end(), list.begin() + static_cast<std::ptrdiff_t>(at),
                                     [&](const Interval& own, const Interval& other) {
                                         return std::abs(own.start_s + shift - other.start_s) <= slack_s &&
                                                std::abs(own.end_s + shift - other.end_s) <= slack_s;
                                     });
        if (fits)
            return true;
    }
    return false;
}

} // namespace

bool keyed_alike(const Track& carrier, const Track& a, const Track& b)
{
    const double common = common_length(a.bursts, b.bursts, 0.0);
    return common >= alike * std::max(total_length(a.bursts), total_length(b.bursts)) &&
           common < 0.9 * carrier.time.length();
}

bool sidebands(const Track& carrier, const Track& a, const Track& b, const Grain& grain)
{
    const double width = std::max(a.core.width(), b.core.width());
    // Speech moves both alike; where they also come and go together, ragged edges do not matter.
    const bool alike_keyed = keyed_alike(carrier, a, b);
    const double tolerance = std::max(grain.bin_hz, alike_keyed ? 0.1 * width : 0.0);
    const double middle = 0.5 * (a.core.center() + b.core.center());
    const double balance_db = std::abs(10.0 * std::log10(std::max(a.power(), 1e-300) / std::max(b.power(), 1e-300)));
    const bool twins = balance_db <= (alike_keyed ? 6.0 : 3.0) &&
                       std::min(a.core.width(), b.core.width()) >= (alike_keyed ? 0.5 : 0.7) * width;
    // Stations of a raster stand at equal distances as well: where keying proves nothing, only what an amplitude
    // modulation can be counts, each side at most 6 dB below its carrier and within the widest audio or subcarrier.
    const double stronger = std::max(a.power(), b.power());
    if (!alike_keyed && (stronger > most_of_carrier * carrier.power() ||
                         std::abs(a.core.center() - carrier.core.center()) > widest_baseband_hz))
        return false;
    const bool together =
        common_length(a.bursts, carrier.bursts, 2.0 * grain.narrow_step_s) >= 0.9 * total_length(a.bursts) &&
        common_length(b.bursts, carrier.bursts, 2.0 * grain.narrow_step_s) >= 0.9 * total_length(b.bursts);
    return twins && together && carrier.power() > std::max(a.power(), b.power()) &&
           std::abs(middle - carrier.core.center()) <= tolerance && a.core.gap(b.core) > carrier.core.width();
}

bool continues(const Track& a, const Track& b, const Grain& grain)
{
    const Track& first = a.time.start_s <= b.time.start_s ? a : b;
    const Track& then = &first == &a ? b : a;
    if (!first.sharp || !then.sharp || std::min(first.bursts.size(), then.bursts.size()) < 2)
        return false;
    const double slack_s = 3.0 * grain.brief_step_s;
    const double pause_s = then.time.start_s - first.time.end_s;
    const double level_db = 10.0 * std::log10(std::max(first.power(), 1e-300) / std::max(then.power(), 1e-300));
    const double octaves = std::log2((first.core.width() + grain.bin_hz) / (then.core.width() + grain.bin_hz));
    if (pause_s <= slack_s || pause_s > std::max(longest_pause(first.bursts), longest_pause(then.bursts)) + slack_s ||
        std::abs(level_db) > steady_db || std::abs(octaves) > steady_octaves || first.core.gap(then.core) > 0.0)
        return false;
    const bool fewer = first.bursts.size() <= then.bursts.size();
    return repeats(fewer ? first.bursts : then.bursts, fewer ? then.bursts : first.bursts, slack_s);
}

bool may_share_source(const Track& a, const Track& b, const Grain& grain)
{
    const Pair pair = pair_of(a, b, grain);
    const double snr = pair.weak.power() / std::max(pair.weak.noise, 1e-300);
    const double common = common_length(a.bursts, b.bursts, pair.slack_s);
    return common >= 0.9 * std::max(total_length(a.bursts), total_length(b.bursts)) && snr >= least_share &&
           pair.ratio_db < touching_db && pair.gap_hz <= widest_shift * pair.wider();
}

Kinship kinship(const Track& a, const Track& b, const Grain& grain)
{
    const Pair pair = pair_of(a, b, grain);
    if (common_length(pair.weak.bursts, pair.strong.bursts, pair.slack_s) < 0.9 * total_length(pair.weak.bursts))
        return Kinship::none;
    if (const auto place = by_place(pair))
        return *place;
    if (const auto keying = by_keying(pair))
        return *keying;
    const Edges edges = compare_edges(pair.strong, pair.weak, std::max(pair.slack_s, 0.05 * pair.weak.time.length()));
    if (edges.telling == 0)
        return by_spectrum(pair);
    return edges.shared == edges.telling ? by_edges(pair) : by_level(pair);
}

} // namespace gacsong::detect
