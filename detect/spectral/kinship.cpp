// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/intervals.hpp"
#include "detect/spectral/tracker.hpp"

#include <algorithm>
#include <cmath>

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

} // namespace

bool sidebands(const Track& carrier, const Track& a, const Track& b, const Grain& grain)
{
    const double tolerance = 1.0 * grain.bin_hz;
    const double middle = 0.5 * (a.core.center() + b.core.center());
    const double balance_db = std::abs(10.0 * std::log10(std::max(a.power(), 1e-300) / std::max(b.power(), 1e-300)));
    const double width = std::max(a.core.width(), b.core.width());
    const bool twins = balance_db <= 3.0 && std::min(a.core.width(), b.core.width()) >= 0.7 * width;
    const bool together =
        common_length(a.bursts, carrier.bursts, 2.0 * grain.narrow_step_s) >= 0.9 * total_length(a.bursts) &&
        common_length(b.bursts, carrier.bursts, 2.0 * grain.narrow_step_s) >= 0.9 * total_length(b.bursts);
    return twins && together && carrier.power() > std::max(a.power(), b.power()) &&
           std::abs(middle - carrier.core.center()) <= tolerance && a.core.gap(b.core) > carrier.core.width();
}

Kinship kinship(const Track& a, const Track& b, const Grain& grain)
{
    const Track& strong = a.power() >= b.power() ? a : b;
    const Track& weak = &strong == &a ? b : a;
    const double ratio_db = 10.0 * std::log10(std::max(strong.power(), 1e-300) / std::max(weak.power(), 1e-300));
    const double slack = a.sharp && b.sharp ? 3.0 * grain.brief_step_s : 2.0 * grain.narrow_step_s;
    const double inside = common_length(weak.bursts, strong.bursts, slack);
    if (inside < 0.9 * total_length(weak.bursts))
        return Kinship::none;
    if (strong.umbrella != 0 && strong.umbrella == weak.umbrella)
        return Kinship::same;
    const double gap = strong.core.gap(weak.core);
    const double overlap = strong.core.overlap(weak.core);
    if (overlap >= 0.8 * weak.core.width() && weak.core.width() <= strong.core.width())
        return Kinship::same;
    // The outer parts of a spectrum that breathes with its programme come and go inside the span that it reaches.
    const bool compact = strong.reach.width() <= 3.0 * strong.core.width();
    const double near_reach = strong.reach.overlap(weak.core);
    const bool swings = total_length(weak.bursts) < 0.5 * strong.on_s;
    if (compact && strong.core.width() > 8.0 * grain.bin_hz &&
        (near_reach >= 0.8 * weak.core.width() || (swings && gap <= ripple_gap * strong.core.width())))
        return ratio_db < touching_db ? Kinship::same : Kinship::by_product;
    // Far below a modulated neighbour and close beside it, nothing can be told from its own sidebands.
    if (ratio_db >= sideband_db && strong.core.width() > 8.0 * grain.bin_hz && gap <= 0.6 * strong.core.width() &&
        weak.core.width() <= 0.3 * strong.core.width())
        return Kinship::by_product;
    const Edges edges = compare_edges(strong, weak, std::max(slack, 0.05 * weak.time.length()));
    // Keyed alike in every burst: nothing else does that.
    if (a.sharp && b.sharp && weak.bursts.size() > 1) {
        const double common = common_length(weak.bursts, strong.bursts, 0.0);
        const double either = total_length(weak.bursts) + total_length(strong.bursts) - common;
        if (common >= alike * either && either < 0.95 * std::max(a.time.length(), b.time.length())) {
            const double wider = std::max(strong.core.width(), weak.core.width());
            const bool part = ratio_db < near_db ? gap <= widest_shift * wider : ratio_db < touching_db && gap <= wider;
            return part ? Kinship::same : Kinship::by_product;
        }
    }
    // A piece that touches a stronger one and is highest at the border is its skirt.
    // A line may stand as close as its own width, anything wider would show a valley.
    const double close = (weak.core.width() <= line_bins * grain.bin_hz ? 1.5 : 3.0) * grain.bin_hz;
    const bool touching = strong.reach.gap(weak.reach) <= close;
    const double border = weak.core.center() > strong.core.center() ? weak.reach.low_hz : weak.reach.high_hz;
    const bool skirt = touching && std::abs(weak.peak_hz - border) <= 4.0 * grain.bin_hz;
    if (edges.telling == 0) {
        // Both were on from the first to the last sample: only their spectra can tell.
        if (skirt)
            return Kinship::same;
        const bool outrider = touching && ratio_db >= product_db && ratio_db < touching_db &&
                              weak.core.width() <= 0.3 * strong.core.width() && gap <= ripple_gap * strong.core.width();
        if (outrider)
            return Kinship::same;
        return gap <= ripple_gap * std::min(strong.core.width(), weak.core.width()) && ratio_db <= ripple_db
                   ? Kinship::same
                   : Kinship::none;
    }
    const bool together = edges.shared == edges.telling;
    if (together && ratio_db < near_db)
        return gap <= widest_shift * std::max({strong.core.width(), weak.core.width(), 4.0 * grain.bin_hz})
                   ? Kinship::same
                   : Kinship::none;
    if (together && touching && ratio_db < touching_db)
        return Kinship::same;
    if (together && ratio_db >= product_db)
        return Kinship::by_product;
    if (skirt)
        return ratio_db < touching_db ? Kinship::same : Kinship::by_product;
    if (ratio_db >= inside_db && strong.reach.overlap(weak.core) >= 0.5 * weak.core.width())
        return Kinship::by_product;
    if (ratio_db >= overload_db && strong.clipped)
        return Kinship::by_product;
    if (ratio_db >= keyed_db && share_of_keyed_bursts(strong, weak, slack) >= 0.5)
        return Kinship::by_product;
    return Kinship::none;
}

} // namespace gacsong::detect
