// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/sweep/sightings.hpp"

#include "detect/sweep/look_plan.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr double edge_share = 0.03;      ///< of the rate: what a look may tell of beyond its part, if it is sure of it
constexpr double moved_share = 0.05;     ///< of the rate: tunings that differ
constexpr double cut_share = 0.42;       ///< of the rate from the tuned centre: the filter begins to weaken
constexpr double near_bins_hz = 4'700.0; ///< three bins of the narrow resolution (design.md §4)
constexpr double same_share = 0.35;      ///< of the narrower width
constexpr double steady_gap_s = 0.03;
constexpr double steady_duty = 0.95;
constexpr std::size_t most_times = 2000;
constexpr double part_share = 0.4;   ///< of a part at the edge lies within the whole
constexpr double skirt_db = 15.0;    ///< weaker than the emission beside it, and seen once only …
constexpr double skirt_widths = 1.5; ///< … within so many of its widths from its centre: splatter of a short look

struct Edges {
    double low_hz = 0.0;
    double high_hz = 0.0;
};

Edges edges(const Emission& e)
{
    const double center = e.center_hz.value_or(0.0);
    return {e.low_hz.value_or(center - 0.5 * e.bandwidth_hz), e.high_hz.value_or(center + 0.5 * e.bandwidth_hz)};
}

double overlap(const Edges& a, const Edges& b)
{
    return std::max(0.0, std::min(a.high_hz, b.high_hz) - std::max(a.low_hz, b.low_hz));
}

/// Whether two looks showed the same transmitter.
bool same(const Emission& a, const Emission& b)
{
    const double distance = std::abs(a.center_hz.value_or(0.0) - b.center_hz.value_or(0.0));
    const double narrower = std::min(a.bandwidth_hz, b.bandwidth_hz);
    if (distance <= std::max(near_bins_hz, same_share * narrower))
        return true;
    // One look may show only a tone or a part of it.
    const Edges ea = edges(a);
    const Edges eb = edges(b);
    const double least = std::min(ea.high_hz - ea.low_hz, eb.high_hz - eb.low_hz);
    return least > 0.0 && overlap(ea, eb) >= 0.9 * least;
}

/// Whether `a` tells more than `b`: whole rather than cut, then quality, then level above the noise.
bool better(const Emission& a, bool a_cut, const Emission& b, bool b_cut)
{
    if (a_cut != b_cut)
        return b_cut;
    if (a.quality != b.quality)
        return a.quality > b.quality;
    return a.snr_db > b.snr_db;
}

bool steady_in(const Emission& e, const Looked& looked)
{
    return e.start_s <= looked.look.at_s + steady_gap_s && e.end_s >= looked.end_s() - steady_gap_s &&
           e.duty >= steady_duty;
}

/// Whether the receiver's own line could be what was seen.
bool at_centre(const Emission& e, const Looked& looked)
{
    const double distance = std::abs(e.center_hz.value_or(0.0) - looked.look.center_hz);
    return distance <= centre_share * looked.rate_hz && e.bandwidth_hz < 4.0 * centre_share * looked.rate_hz;
}

} // namespace

Sighted* Sightings::find(std::uint64_t number)
{
    const auto found = std::ranges::find(all_, number, &Sighted::number);
    return found == all_.end() ? nullptr : &*found;
}

Sighted* Sightings::home(const Emission& emission)
{
    Sighted* nearest = nullptr;
    const auto distance = [&](const Sighted& s) { return std::abs(s.center_hz() - *emission.center_hz); };
    for (Sighted& one : all_) {
        if (same(one.best, emission) && (nearest == nullptr || distance(one) < distance(*nearest)))
            nearest = &one;
    }
    return nearest;
}

/// What a look shows at the edge of its band may be a part of something that another look shows whole.
Sighted* Sightings::whole_of(const Emission& part)
{
    const Edges band = edges(part);
    const auto found = std::ranges::find_if(all_, [&](const Sighted& one) {
        return !one.cut_low && !one.cut_high &&
               overlap(edges(one.best), band) >= part_share * (band.high_hz - band.low_hz);
    });
    return found == all_.end() ? nullptr : &*found;
}

/// The other way round: parts that were seen before the whole.
void Sightings::swallow_parts(const Emission& whole)
{
    const Edges band = edges(whole);
    std::erase_if(all_, [&](const Sighted& one) {
        const Edges part = edges(one.best);
        return (one.cut_low || one.cut_high) && !same(one.best, whole) &&
               overlap(part, band) >= part_share * (part.high_hz - part.low_hz);
    });
}

std::optional<std::uint64_t> Sightings::add(const Emission& emission, const Looked& looked)
{
    if (!emission.center_hz)
        return std::nullopt;
    const Look& look = looked.look;
    const Edges band = edges(emission);
    const double slack = emission.quality == Quality::poor ? 0.0 : edge_share * looked.rate_hz;
    const bool inside = *emission.center_hz >= look.low_hz - slack && *emission.center_hz < look.high_hz + slack;
    const bool cut_low = band.low_hz < look.center_hz - cut_share * looked.rate_hz;
    const bool cut_high = band.high_hz > look.center_hz + cut_share * looked.rate_hz;
    const bool reaches = band.low_hz < look.high_hz && band.high_hz > look.low_hz;
    const bool cut = cut_low || cut_high;
    if (!inside && !(reaches && cut))
        return std::nullopt;
    if (!cut)
        swallow_parts(emission);
    Sighted* known = home(emission);
    if (known == nullptr && cut)
        if (const Sighted* whole = whole_of(emission))
            return whole->number;
    if (known == nullptr) {
        known = &begin(emission, looked);
        known->cut_low = cut_low;
        known->cut_high = cut_high;
    } else if (better(emission, cut, known->best, known->cut_low || known->cut_high)) {
        known->best = emission;
        known->cut_low = cut_low;
        known->cut_high = cut_high;
    }
    note(*known, emission, looked);
    return known->number;
}

Sighted& Sightings::begin(const Emission& emission, const Looked& looked)
{
    Sighted fresh;
    fresh.best = emission;
    fresh.number = ++last_;
    fresh.first_tuning_hz = looked.look.center_hz;
    fresh.start_s = emission.start_s;
    fresh.start = emission.start;
    all_.push_back(std::move(fresh));
    return all_.back();
}

/// Adds one sight of a transmitter to what is known of it.
void Sightings::note(Sighted& known, const Emission& emission, const Looked& looked)
{
    known.last_round = std::max(known.last_round, looked.round);
    known.end_s = std::max(known.end_s, emission.end_s);
    if (emission.end && (!known.end || *emission.end > *known.end))
        known.end = emission.end;
    known.bursts += emission.bursts;
    known.on_s += emission.duty * (emission.end_s - emission.start_s);
    if (known.on.size() < most_times)
        known.on.push_back({emission.start_s, emission.end_s});
    known.steady = known.steady && steady_in(emission, looked);
    if (!at_centre(emission, looked)) {
        const bool new_tuning = std::ranges::none_of(known.tunings, [&](double other) {
            return std::abs(other - looked.look.center_hz) < moved_share * looked.rate_hz;
        });
        if (new_tuning)
            known.tunings.push_back(looked.look.center_hz);
    }
    if (known.tunings.size() >= 2)
        known.standing = Standing::confirmed;
}

bool Sightings::skirt(const Sighted& weak) const
{
    return weak.standing != Standing::confirmed && std::ranges::any_of(all_, [&](const Sighted& strong) {
               return strong.standing == Standing::confirmed &&
                      strong.best.power_dbfs - weak.best.power_dbfs >= skirt_db &&
                      std::abs(strong.center_hz() - weak.center_hz()) <= skirt_widths * strong.best.bandwidth_hz;
           });
}

std::size_t Sightings::drop_skirts()
{
    std::vector<std::uint64_t> numbers;
    for (const Sighted& one : all_)
        if (skirt(one))
            numbers.push_back(one.number);
    std::erase_if(all_, [&](const Sighted& one) { return std::ranges::find(numbers, one.number) != numbers.end(); });
    return numbers.size();
}

void Sightings::judge_second_look(std::uint64_t number, const Looked& looked)
{
    Sighted* one = find(number);
    if (one == nullptr || one->standing == Standing::confirmed)
        return;
    const bool seen = one->end_s >= looked.look.at_s; // the latest sight of it is in this look
    const bool elsewhere = std::abs(looked.look.center_hz - one->first_tuning_hz) >= moved_share * looked.rate_hz;
    if (elsewhere) {
        one->tried.push_back(looked.look.center_hz);
        return;
    }
    // Back at the first tuning: what is steady there, and nowhere else, comes from the receiver.
    if (seen && one->steady && !one->tried.empty())
        one->standing = Standing::artefact;
}

void Sightings::join_wide()
{
    std::ranges::sort(all_, {}, [](const Sighted& s) { return s.center_hz(); });
    for (std::size_t i = 0; i + 1 < all_.size();) {
        Sighted& low = all_[i];
        Sighted& high = all_[i + 1];
        const Edges a = edges(low.best);
        const Edges b = edges(high.best);
        if (!low.cut_high || !high.cut_low || b.low_hz > a.high_hz) {
            ++i;
            continue;
        }
        Emission& e = low.best;
        e.low_hz = std::min(a.low_hz, b.low_hz);
        e.high_hz = std::max(a.high_hz, b.high_hz);
        e.bandwidth_hz = *e.high_hz - *e.low_hz;
        e.bandwidth_26db_hz.reset();
        e.bandwidth_estimate = true;
        e.center_hz = 0.5 * (*e.low_hz + *e.high_hz);
        e.power_dbfs =
            10.0 * std::log10(std::pow(10.0, e.power_dbfs / 10.0) + std::pow(10.0, high.best.power_dbfs / 10.0));
        e.uncertainty.bandwidth_hz = std::hypot(e.uncertainty.bandwidth_hz, high.best.uncertainty.bandwidth_hz);
        low.cut_high = high.cut_high;
        low.end_s = std::max(low.end_s, high.end_s);
        low.last_round = std::max(low.last_round, high.last_round);
        low.tunings.insert(low.tunings.end(), high.tunings.begin(), high.tunings.end());
        if (low.tunings.size() >= 2)
            low.standing = Standing::confirmed;
        all_.erase(all_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
}

std::vector<Sighted> Sightings::take_older(unsigned round)
{
    std::vector<Sighted> older;
    const auto keep =
        std::stable_partition(all_.begin(), all_.end(), [&](const Sighted& s) { return s.last_round >= round; });
    older.assign(std::make_move_iterator(keep), std::make_move_iterator(all_.end()));
    all_.erase(keep, all_.end());
    std::ranges::sort(older, {}, [](const Sighted& s) { return s.center_hz(); });
    return older;
}

Emission Sightings::told(const Sighted& sighted, const std::vector<Looked>& looks)
{
    Emission e = sighted.best;
    e.start_s = sighted.start_s;
    e.end_s = sighted.end_s;
    e.start = sighted.start;
    e.end = sighted.end;
    e.bursts = sighted.bursts;
    e.burst_list = sighted.on;
    double watched_s = 0.0;
    for (const Looked& looked : looks) {
        if (sighted.center_hz() >= looked.look.low_hz && sighted.center_hz() < looked.look.high_hz &&
            looked.end_s() > sighted.start_s && looked.look.at_s < sighted.end_s)
            watched_s += looked.look.seconds;
    }
    if (watched_s > 0.0)
        e.duty = std::min(1.0, sighted.on_s / watched_s);
    if (sighted.standing != Standing::confirmed) {
        e.quality = Quality::poor;
        e.quality_reasons.emplace_back("why.one_tuning");
    }
    return e;
}

} // namespace gacsong::detect
