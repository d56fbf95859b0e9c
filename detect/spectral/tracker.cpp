// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/tracker.hpp"

#include "detect/spectral/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace gacsong::detect {

namespace {

constexpr double hold_s = 5.0; ///< pauses of speech (monitoring.md §4.2)
constexpr std::size_t most_bursts = 4096;
constexpr double beside_share = 0.005; ///< of the energy: less of a neighbour does not move the edges of 99 %
constexpr double close_gap_s = 2e-3;   ///< shorter breaks belong to the keying of one burst
constexpr double most_octaves = 1.6;
constexpr double most_level_step_db = 20.0;
constexpr std::size_t most_for_triples = 200; ///< beyond, looking at every triple takes too long

/// How badly an activity fits a track: squared distances in frequency, width and level; infinite where it cannot be
/// the same transmitter.
double misfit(const Track& track, const Activity& activity, double bin_hz)
{
    constexpr double never = std::numeric_limits<double>::infinity();
    if (activity.time.start_s - track.time.end_s > hold_s || track.time.start_s - activity.time.end_s > hold_s)
        return never;
    if (activity.umbrella != 0 && activity.umbrella == track.umbrella)
        return 0.0;
    const double narrower = std::min(track.last_core.width(), activity.core.width());
    const double wider = std::max(track.last_core.width(), activity.core.width());
    const double distance = std::abs(track.last_core.center() - activity.core.center());
    const double overlap = std::max(track.last_core.overlap(activity.core), 0.0);
    const bool same_place = distance <= std::max(2.0 * bin_hz, 0.25 * narrower) || overlap >= 0.5 * narrower;
    if (!same_place)
        return never;
    const double octaves = std::log2(std::max(wider, 2.0 * bin_hz) / std::max(narrower, 2.0 * bin_hz));
    // Widths differ where a carrier is modulated only at times; then the centre stays.
    if (octaves > most_octaves && distance > std::max(2.0 * bin_hz, 0.03 * wider))
        return never;
    const bool brief = activity.sight == Sight::brief;
    if (brief != track.brief && (octaves > 1.0 || distance > 0.25 * wider))
        return never;
    const double strongest = std::max(track.strongest, 1e-300);
    const double step_db = 10.0 * std::log10(std::max(activity.power, 1e-300) / strongest);
    if (std::abs(step_db) > most_level_step_db)
        return never;
    const double shift = distance / std::max(wider, 2.0 * bin_hz);
    return shift * shift + octaves * octaves / 9.0 + step_db * step_db / 900.0;
}

} // namespace

Track track_of(Activity activity)
{
    Track track;
    track.time = activity.time;
    track.core = track.last_core = activity.core;
    track.reach = activity.reach;
    track.peak_hz = activity.peak_hz;
    track.umbrella = activity.umbrella;
    track.bursts =
        activity.bursts.empty() ? std::vector<Interval>{activity.time} : united(activity.bursts, {}, close_gap_s);
    track.time = {track.bursts.front().start_s, track.bursts.back().end_s};
    track.burst_count = track.bursts.size();
    track.on_s = total_length(track.bursts);
    track.energy = activity.power * activity.time.length();
    track.noise = activity.noise;
    track.strongest = activity.power;
    track.averages = activity.averages;
    track.bin_hz = activity.bin_hz;
    track.spectrum = std::move(activity.spectrum);
    track.from_start = activity.from_start;
    track.to_end = activity.to_end;
    track.clipped = activity.clipped;
    track.sharp = activity.sharp;
    track.brief = activity.sight == Sight::brief;
    return track;
}

void join(Track& track, Track other)
{
    if (other.time.end_s >= track.time.end_s)
        track.last_core = other.last_core;
    if (other.umbrella != 0)
        track.umbrella = other.umbrella;
    track.time = {std::min(track.time.start_s, other.time.start_s), std::max(track.time.end_s, other.time.end_s)};
    track.core.include(other.core);
    track.reach.include(other.reach);
    track.room.include(other.room); // what bounded either may be a part of the whole
    track.energy += other.energy;
    track.bursts = united(track.bursts, other.bursts, close_gap_s);
    track.burst_count = std::max<std::uint64_t>(track.bursts.size(), track.burst_count);
    if (track.bursts.size() > most_bursts)
        track.bursts.resize(most_bursts);
    track.on_s = total_length(track.bursts);
    if (other.strongest > track.strongest) {
        track.strongest = other.strongest;
        track.noise = other.noise;
        track.peak_hz = other.peak_hz;
    }
    track.averages += other.averages;
    track.spectrum.add(other.spectrum);
    track.from_start = track.from_start || other.from_start;
    track.to_end = track.to_end || other.to_end;
    track.clipped = track.clipped || other.clipped;
    track.sharp = track.sharp && other.sharp;
    track.brief = track.brief && other.brief;
    track.gap = track.gap || other.gap;
}

Track* Tracker::find_home(const Activity& activity)
{
    Track* best = nullptr;
    double least = std::numeric_limits<double>::infinity();
    for (const auto& track : tracks_) {
        const double cost = misfit(*track, activity, grain_.bin_hz);
        if (cost < least) {
            least = cost;
            best = track.get();
        }
    }
    return best;
}

/// Takes what goes on after missing samples for one transmission that went on through them.
void bridge(Track& track, Activity& activity)
{
    track.gap = track.gap || track.broken_s || track.resumed;
    if (!track.broken_s)
        return;
    const double from_s = track.bursts.back().end_s;
    if (activity.from_start && activity.time.start_s <= *track.broken_s + close_gap_s && track.to_end) {
        track.energy += track.power() * (activity.time.start_s - from_s);
        track.bursts.back().end_s = activity.time.start_s;
        track.on_s = total_length(track.bursts);
        track.to_end = activity.from_start = false;
    }
    track.broken_s.reset();
}

void Tracker::resume(double at_s)
{
    open_.clear();
    for (const auto& track : tracks_) {
        track->resumed = true;
        track->umbrella = 0; // numbers begin again
        if (track->to_end)
            track->broken_s = at_s;
    }
}

void Tracker::add(Activity activity)
{
    if (Track* home = find_home(activity)) {
        bridge(*home, activity);
        join(*home, track_of(std::move(activity)));
        return;
    }
    auto track = std::make_unique<Track>(track_of(std::move(activity)));
    track->id = next_id_++;
    tracks_.push_back(std::move(track));
}

void Tracker::set_open(std::vector<Activity> activities)
{
    open_.clear();
    for (auto& activity : activities)
        open_.push_back(std::make_unique<Track>(track_of(std::move(activity))));
}

bool Tracker::one_source(const Track& a, const Track& b)
{
    constexpr std::size_t most_asked = 256; // of one time: what it costs is bounded
    if (!by_samples_.one_source || !may_share_source(a, b, grain_) || asked_.size() >= most_asked)
        return false;
    return asked_.insert(std::minmax(a.id, b.id)).second && by_samples_.one_source(a, b);
}

bool Tracker::mirrored(const Track& carrier, const Track& a, const Track& b)
{
    constexpr std::size_t most_asked = 256;
    if (!by_samples_.mirrored || keyed_alike(carrier, a, b))
        return true;
    const auto sides = std::minmax(a.id, b.id);
    const std::array<std::uint64_t, 3> triple{carrier.id, sides.first, sides.second};
    auto known = mirrors_.find(triple);
    if (known == mirrors_.end())
        known =
            mirrors_.emplace(triple, mirrors_.size() < most_asked && by_samples_.mirrored(carrier, a, b).value_or(true))
                .first;
    return known->second;
}

void Tracker::join_parts(double now_s, bool all)
{
    const auto ripe = [&](const Track& track) { return all || now_s - track.time.end_s > 0.5 * hold_s; };
    asked_.clear();
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
        for (std::size_t j = i + 1; j < tracks_.size();) {
            const bool one = ripe(*tracks_[i]) && ripe(*tracks_[j]) &&
                             (kinship(*tracks_[i], *tracks_[j], grain_) == Kinship::same ||
                              continues(*tracks_[i], *tracks_[j], grain_) || one_source(*tracks_[i], *tracks_[j]));
            if (!one) {
                ++j;
                continue;
            }
            join(*tracks_[i], std::move(*tracks_[j]));
            tracks_.erase(tracks_.begin() + static_cast<std::ptrdiff_t>(j));
            j = i + 1;
        }
    }
}

void Tracker::join_sidebands()
{
    mirrors_.clear();
    const auto find = [&]() -> bool {
        for (std::size_t c = 0; c < tracks_.size(); ++c) {
            for (std::size_t i = 0; i < tracks_.size(); ++i) {
                for (std::size_t j = i + 1; j < tracks_.size(); ++j) {
                    if (i == c || j == c || !sidebands(*tracks_[c], *tracks_[i], *tracks_[j], grain_) ||
                        !mirrored(*tracks_[c], *tracks_[i], *tracks_[j]))
                        continue;
                    join(*tracks_[c], std::move(*tracks_[i]));
                    join(*tracks_[c], std::move(*tracks_[j]));
                    tracks_.erase(tracks_.begin() + static_cast<std::ptrdiff_t>(j));
                    tracks_.erase(tracks_.begin() + static_cast<std::ptrdiff_t>(i));
                    return true;
                }
            }
        }
        return false;
    };
    while (tracks_.size() <= most_for_triples && find()) {
    }
}

void Tracker::drop_by_products(double now_s, bool all)
{
    const auto product_of = [&](const Track& weak, const std::vector<std::unique_ptr<Track>>& others) {
        return std::any_of(others.begin(), others.end(), [&](const auto& other) {
            return other.get() != &weak && other->power() > weak.power() &&
                   kinship(*other, weak, grain_) == Kinship::by_product;
        });
    };
    std::vector<bool> drop(tracks_.size(), false);
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
        const bool ripe = all || now_s - tracks_[i]->time.end_s > 0.5 * hold_s;
        drop[i] = ripe && (product_of(*tracks_[i], tracks_) || product_of(*tracks_[i], open_));
    }
    for (std::size_t i = tracks_.size(); i-- > 0;) {
        if (drop[i]) {
            tracks_.erase(tracks_.begin() + static_cast<std::ptrdiff_t>(i));
            ++by_products_;
        }
    }
}

std::vector<const Track*> Tracker::known() const
{
    std::vector<const Track*> out;
    for (const auto* list : {&tracks_, &open_}) {
        for (const auto& track : *list)
            out.push_back(track.get());
    }
    return out;
}

std::vector<Track> Tracker::still_open() const
{
    std::vector<Track> out;
    for (const auto& track : open_)
        out.push_back(*track);
    return out;
}

void Tracker::find_masked()
{
    const auto covers = [&](const Track& strong, const Track& weak) {
        return strong.core.overlap(weak.core) >= 0.8 * weak.core.width() &&
               common_length(weak.bursts, strong.bursts, 0.0) >= 0.3 * total_length(weak.bursts);
    };
    for (const auto& weak : tracks_) {
        weak->masked_db = 0.0;
        for (const auto* others : {&tracks_, &open_}) {
            for (const auto& strong : *others) {
                const double ratio_db =
                    10.0 * std::log10(std::max(strong->power(), 1e-300) / std::max(weak->power(), 1e-300));
                if (strong.get() != weak.get() && ratio_db > std::max(weak->masked_db, 10.0) && covers(*strong, *weak))
                    weak->masked_db = ratio_db;
            }
        }
    }
}

void Tracker::find_room(Track& track) const
{
    track.room = {-everywhere_hz, everywhere_hz};
    for (const auto* others : {&tracks_, &open_}) {
        for (const auto& other : *others) {
            const bool below = other->core.center() < track.core.low_hz;
            const bool beside = below || other->core.center() > track.core.high_hz;
            const double gap = track.core.gap(other->core);
            if (!beside || gap > track.core.width())
                continue; // nothing is measured that far away
            const double meanwhile = other->power() * common_length(track.bursts, other->bursts, 0.0);
            if (meanwhile < beside_share * track.energy || meanwhile <= 0.0)
                continue;
            // The skirts of a stronger one end somewhere between.
            const double free = meanwhile > track.energy ? 0.5 * gap : gap;
            if (below)
                track.room.low_hz = std::max(track.room.low_hz, track.core.low_hz - free);
            else
                track.room.high_hz = std::min(track.room.high_hz, track.core.high_hz + free);
        }
    }
}

std::vector<Track> Tracker::take_finished(double now_s, bool all)
{
    drop_by_products(now_s, all);
    join_parts(now_s, all);
    join_sidebands();
    drop_by_products(now_s, all);
    find_masked();
    const auto over = [&](const Track& track) { return all || now_s - track.time.end_s > hold_s; };
    for (const auto& track : tracks_) {
        if (over(*track))
            find_room(*track);
    }
    std::vector<Track> out;
    for (auto& track : tracks_) {
        if (over(*track)) {
            out.push_back(std::move(*track));
            track.reset();
        }
    }
    std::erase(tracks_, nullptr);
    std::sort(out.begin(), out.end(), [](const Track& a, const Track& b) {
        return a.time.start_s != b.time.start_s ? a.time.start_s < b.time.start_s : a.core.low_hz < b.core.low_hz;
    });
    return out;
}

} // namespace gacsong::detect
