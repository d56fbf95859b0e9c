// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/run.hpp"
#include "detect/spectral/artefacts.hpp"
#include "detect/spectral/noise_floor.hpp"
#include "detect/spectral/patches.hpp"
#include "detect/spectral/resolution.hpp"
#include "detect/spectral/runs.hpp"
#include "detect/spectral/spectra.hpp"
#include "detect/spectral/tracker.hpp"
#include "dsp/sample_source.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace gacsong::detect {

/// What the detector did, for the log and for `-v`.
struct DetectorCount {
    std::uint64_t windows = 0;
    std::uint64_t by_products = 0; ///< left out: keyed by a stronger emission
    std::uint64_t dc_windows = 0;  ///< windows in which a line at the tuned centre was left out
    std::uint64_t risen_rows = 0;  ///< rows in which the noise of the whole band stood higher
    double least_observed = 1.0;   ///< smallest share of the band in which the floor was seen
};

/// False-alarm probabilities of one cell that the two kinds of rows are judged by: together at most one false emission
/// an hour in 20 MHz (design.md §4).
struct CellLevels {
    double narrow = 0.0;
    double brief = 0.0;
    double lower = 0.0; ///< at which a detection continues (hysteresis)
};
[[nodiscard]] CellLevels cell_levels();

/// From spectra to tracks, for one stretch of samples with one tuning: learns the floor window by window, applies the
/// thresholds, follows patches in both resolutions and joins them. Sequential; depends only on the rows.
class Detector {
public:
    /// `base_sample` is the index in `history` of the first sample of the stretch, `base_s` its time from the start
    /// of the recording.
    Detector(const Resolutions& resolutions, const History& history, std::uint64_t base_sample, double base_s);
    ~Detector();
    Detector(const Detector&) = delete;
    Detector& operator=(const Detector&) = delete;

    /// Goes on where `before`, which is finished and has the same tuning, was when samples went missing: what it knew
    /// and has not given out is this one's from now on. False, and nothing done, where the resolutions differ.
    bool take_over(Detector& before);

    /// Whether anything that is on, or was lately, fills half of this band.
    [[nodiscard]] bool knows(const Band& core) const;

    /// Takes the next window of consecutive slabs.
    void add_window(std::span<const SlabSpectra* const> window);

    /// Ends everything that is still on.
    void finish();

    /// Tracks that have ended, without what the receiver made of others.
    [[nodiscard]] std::vector<Track> take_finished();

    /// What has been on for at least `least_s` and still is, each once, without what belongs to something stronger:
    /// for those who cannot wait for the end.
    [[nodiscard]] std::vector<Track> take_begun(double least_s);

    /// Receiver artefacts recognised since the last call.
    [[nodiscard]] std::vector<Artefact> take_artefacts();

    [[nodiscard]] DetectorCount count() const;

    /// What counted as noise in the latest window.
    [[nodiscard]] NoiseLevel noise() const;

private:
    struct Sighting; ///< a closed patch that waits for its brief bursts
    struct Sky;      ///< rows of one kind: builder, run finder, thresholds

    void look(Sky& sky, const Rows& rows, std::span<const float> floor, std::span<const float> bands,
              std::uint64_t first_row);
    /// A wide emission as the brief rows show it; the narrow rows may see its lines apart.
    struct Umbrella {
        std::uint64_t id = 0;
        Interval time;
        Band core;
        bool filled = true; ///< the narrow rows show no gaps as between stations of a raster
        bool open = false;
    };
    void remember_umbrella(const Patch& patch, bool open);
    [[nodiscard]] bool filled(const Patch& brief, std::ptrdiff_t first, std::ptrdiff_t last) const;
    [[nodiscard]] std::uint64_t umbrella_of(const Activity& activity) const;
    void add_brief();
    void time_bursts(std::span<const SlabSpectra* const> window, std::uint64_t first_brief_row);
    void settle(bool all);
    [[nodiscard]] Activity describe(const Patch& patch, const Sky& sky, Sight sight) const;
    void merge_extras();
    [[nodiscard]] Tracker::BySamples by_samples() const;
    void measure_open();

    Resolutions resolutions_;
    const History& history_;
    std::uint64_t base_sample_;
    double base_s_;
    NoiseFloor floor_;
    FloorEstimate estimate_;
    Tracker tracker_;
    FineAnalyser analyser_;
    ArtefactTest artefact_test_;
    std::vector<Artefact> artefacts_;
    std::unique_ptr<Sky> narrow_;
    std::unique_ptr<Sky> brief_;
    std::vector<Sighting> waiting_;
    std::vector<Umbrella> umbrellas_;
    std::vector<Interval> clipped_;
    std::uint64_t samples_ = 0;        ///< taken so far
    std::uint64_t window_samples_ = 0; ///< of the latest window
    bool dc_line_ = false;             ///< in the latest window
    bool finished_ = false;
    DetectorCount count_;
};

} // namespace gacsong::detect
