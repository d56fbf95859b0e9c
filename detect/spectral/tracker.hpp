// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/spectral/activity.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace gacsong::detect {

inline constexpr double everywhere_hz = 1e12; ///< further from the centre than any receiver reaches

/// What one transmitter sent: activities joined over time and frequency.
struct Track {
    std::uint64_t id = 0;
    Interval time;
    Band core;      ///< union of the cores of its activities
    Band last_core; ///< of the latest activity
    Band reach;
    Band room{-everywhere_hz, everywhere_hz}; ///< holds the core; beyond it somebody else sends then
    double peak_hz = 0.0;                     ///< of its strongest activity
    double energy = 0.0;                      ///< power × seconds
    double on_s = 0.0;                        ///< seconds in which it was on
    double noise = 0.0;                       ///< floor inside the core of its strongest activity
    double strongest = 0.0;                   ///< power of its strongest activity
    double averages = 0.0;
    double bin_hz = 0.0;          ///< of the narrow rows
    std::vector<Interval> bursts; ///< in order of time, at most 4 096
    std::uint64_t burst_count = 0;
    std::uint64_t umbrella = 0; ///< of its latest activity
    double masked_db = 0.0;     ///< by so much a stronger emission covers it most of the time; 0: none does
    FineSpectrum spectrum;
    bool from_start = false;
    bool to_end = false;
    bool clipped = false;
    bool brief = false;             ///< seen in the brief rows only
    bool sharp = false;             ///< its times are known to the step of the brief rows
    bool gap = false;               ///< samples are missing between its start and its end
    bool resumed = false;           ///< it was known before samples were missing
    std::optional<double> broken_s; ///< it was on when the samples broke off, and they go on at this time

    [[nodiscard]] double power() const { return on_s > 0.0 ? energy / on_s : 0.0; }
};

/// How two tracks that overlap in time belong together.
enum class Kinship {
    none,
    same,       ///< parts of one transmission: two tones, sidebands, blocks of carriers
    by_product, ///< the weaker is keyed by the stronger: splatter, desensitisation, receiver products
};

/// A track made of one activity.
[[nodiscard]] Track track_of(Activity activity);

/// Adds an activity, or another track, to a track.
void join(Track& track, Track other);

/// Steps in time and frequency to which tracks are known.
struct Grain {
    double narrow_step_s = 0.0;
    double brief_step_s = 0.0;
    double bin_hz = 0.0; ///< of the narrow rows
};

/// Decides by the on and off times of both, their levels and their distance (monitoring.md §4.2). Symmetric.
[[nodiscard]] Kinship kinship(const Track& a, const Track& b, const Grain& grain);

/// True where both are on at the same time, near enough to each other and about as strong as two parts of one spectrum:
/// where their times say no more than that, their samples may be asked. Symmetric.
[[nodiscard]] bool may_share_source(const Track& a, const Track& b, const Grain& grain);

/// True where a and b lie at equal distances on both sides of a stronger carrier, equally strong, and are on only
/// while it is: the sidebands of an amplitude modulation, with or without subcarriers. Stations of a raster can be so
/// too; their samples tell.
[[nodiscard]] bool sidebands(const Track& carrier, const Track& a, const Track& b, const Grain& grain);

/// True where the two come and go together and do not only stand there with their carrier.
[[nodiscard]] bool keyed_alike(const Track& carrier, const Track& a, const Track& b);

/// True where the later train of bursts goes on with the rhythm of the earlier beside it: the same bursts and pauses,
/// level and width, in bands that touch. A keyed oscillator that is pulled off its frequency from frame to frame.
[[nodiscard]] bool continues(const Track& a, const Track& b, const Grain& grain);

/// Joins activities into tracks and gives a track out when it has been silent for the hold time.
class Tracker {
public:
    /// Tells by their samples whether two tracks come from one transmitter.
    using OneSource = std::function<bool(const Track&, const Track&)>;
    /// Tells by their samples whether two tracks are sidebands of a carrier; nothing where too few are at hand.
    using Mirrored = std::function<std::optional<bool>(const Track& carrier, const Track&, const Track&)>;
    struct BySamples {
        OneSource one_source;
        Mirrored mirrored;
    };

    explicit Tracker(const Grain& grain, BySamples by_samples = {}) : grain_(grain), by_samples_(std::move(by_samples))
    {
    }

    void set_by_samples(BySamples by_samples) { by_samples_ = std::move(by_samples); }

    void add(Activity activity);

    /// Tracks that ended before now_s − hold, cleaned of what belongs to stronger ones. `all` gives out everything.
    [[nodiscard]] std::vector<Track> take_finished(double now_s, bool all);

    /// What is still going on, as far as it is known: by-products of it are told by it.
    void set_open(std::vector<Activity> activities);

    /// Every track that has not been given out, and copies of what is still open.
    [[nodiscard]] std::vector<const Track*> known() const;

    /// The samples go on at `at_s` after some that are missing: what was on may still be.
    void resume(double at_s);

    /// Copies of what is still open, as set_open() was told.
    [[nodiscard]] std::vector<Track> still_open() const;

    [[nodiscard]] const Grain& grain() const { return grain_; }

    /// Tracks left out because a stronger one keys them, since the start.
    [[nodiscard]] std::uint64_t by_products() const { return by_products_; }

private:
    [[nodiscard]] bool one_source(const Track& a, const Track& b);
    [[nodiscard]] bool mirrored(const Track& carrier, const Track& a, const Track& b);
    Track* find_home(const Activity& activity);
    void drop_by_products(double now_s, bool all);
    void join_parts(double now_s, bool all);
    void find_masked();
    void find_room(Track& track) const;
    void join_sidebands();

    Grain grain_;
    BySamples by_samples_;
    std::set<std::pair<std::uint64_t, std::uint64_t>> asked_; ///< pairs whose samples were looked at
    std::map<std::array<std::uint64_t, 3>, bool> mirrors_;    ///< the same of a carrier and two sides
    std::uint64_t next_id_ = 1;
    std::uint64_t by_products_ = 0;
    std::vector<std::unique_ptr<Track>> open_; ///< copies of what has not ended yet
    std::vector<std::unique_ptr<Track>> tracks_;
};

} // namespace gacsong::detect
