// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/detector.hpp"

#include "detect/spectral/dc_line.hpp"
#include "detect/spectral/detector_parts.hpp"
#include "detect/spectral/intervals.hpp"
#include "detect/spectral/measure.hpp"
#include "detect/spectral/mirror_test.hpp"
#include "detect/spectral/silences.hpp"
#include "detect/spectral/swap_test.hpp"
#include "dsp/kernels.hpp"
#include "dsp/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <utility>

namespace gacsong::detect {

namespace {

// One false emission an hour in 20 MHz (design.md §4), shared by the kinds of rows. Rows of N cells every 8·N (narrow)
// or 2·N samples (brief) make fs·450 and fs·1800 cell decisions an hour; fs cancels against the 20 MHz.
constexpr double decisions_narrow = 20e6 * 450.0;
constexpr double decisions_brief = 20e6 * 1800.0;
constexpr double share_narrow = 0.3;
constexpr double share_brief = 0.3;
constexpr double pfa_low = 1e-2;
constexpr std::size_t narrow_patience = 2;
constexpr std::size_t brief_patience = 3;
constexpr std::size_t most_fine_bins = 131072;
constexpr double clip_share = 1e-4; ///< monitoring.md §3.5

std::size_t fine_bins(const Resolutions& r) { return std::min(most_fine_bins, 8 * r.narrow.bins); }

/// 99 % of the power of the main part of a spectrum.
Band core_of(const std::vector<double>& power, const Band& reach, double bin_hz, double noise)
{
    const auto main = main_band(power, reach.low_hz, bin_hz, noise, bin_hz);
    if (!main)
        return reach;
    const auto from = static_cast<std::size_t>(std::max(0.0, std::floor((main->low_hz - reach.low_hz) / bin_hz + 0.5)));
    const auto to =
        std::min(power.size(), static_cast<std::size_t>(std::floor((main->high_hz - reach.low_hz) / bin_hz + 0.5)));
    const auto band = occupied_band(std::span(power).subspan(from, std::max<std::size_t>(1, to - from)),
                                    reach.low_hz + static_cast<double>(from) * bin_hz, bin_hz);
    return band.value_or(reach);
}

} // namespace

CellLevels cell_levels() { return {share_narrow / decisions_narrow, share_brief / decisions_brief, pfa_low}; }

Detector::Detector(const Resolutions& resolutions, const History& history, std::uint64_t base_sample, double base_s)
    : resolutions_(resolutions), history_(history), base_sample_(base_sample), base_s_(base_s), floor_(resolutions),
      tracker_({static_cast<double>(resolutions.narrow.row_step()) / resolutions.sample_rate_hz,
                static_cast<double>(resolutions.brief.row_step()) / resolutions.sample_rate_hz,
                resolutions.narrow_bin_hz()},
               by_samples()),
      analyser_(resolutions.sample_rate_hz, fine_bins(resolutions)),
      artefact_test_(resolutions.sample_rate_hz, history, base_sample, base_s),
      narrow_(std::make_unique<Sky>(resolutions.narrow, resolutions.sample_rate_hz,
                                    DetectionLevel{pfa_low, cell_levels().narrow, margin}, narrow_patience)),
      brief_(std::make_unique<Sky>(resolutions.brief, resolutions.sample_rate_hz,
                                   DetectionLevel{pfa_low, cell_levels().brief, margin}, brief_patience))
{
}

Detector::~Detector() = default;

Tracker::BySamples Detector::by_samples() const
{
    const FrameReader frames(resolutions_.sample_rate_hz, history_, base_sample_, base_s_);
    return {[test = SwapTest(frames)](const Track& a, const Track& b) { return test.opposed(a, b); },
            [test = MirrorTest(frames)](const Track& carrier, const Track& a, const Track& b) {
                return test.mirrored(carrier, a, b);
            }};
}

void Detector::look(Sky& sky, const Rows& rows, std::span<const float> floor, std::span<const float> bands,
                    std::uint64_t first_row)
{
    const auto full = thresholds_over(floor, sky.shape.effective_averages(sky.shape.frames), sky.level);
    const RowRise rises(bands, rows.bins);
    std::vector<float> risen;
    std::vector<float> without_dc;
    for (std::size_t r = 0; r < rows.count; ++r) {
        const bool partial = r + 1 == rows.count && rows.last_frames != sky.shape.frames;
        auto cells = rows.row(r);
        if (dc_line_) {
            without_dc.assign(cells.begin(), cells.end());
            notch(without_dc);
            cells = without_dc;
        }
        Thresholds other;
        if (partial)
            other = thresholds_over(floor, sky.shape.effective_averages(rows.last_frames), sky.level);
        std::span<const float> base = floor;
        auto runs = sky.finder.find(cells, partial ? other : full);
        float strongest = 0.0F;
        for (const Run& run : runs)
            strongest = std::max(strongest, run.peak_value / floor[run.peak]);
        if (const float rise = runs.empty() ? 1.0F : rises.of(cells, strongest); rise > 1.0F) {
            risen.resize(floor.size());
            dsp::scale_to(floor.data(), rise, risen.data(), floor.size());
            const std::size_t frames = partial ? rows.last_frames : sky.shape.frames;
            runs = sky.finder.find(cells, thresholds_over(risen, sky.shape.effective_averages(frames), sky.level));
            base = risen;
            ++count_.risen_rows;
        }
        sky.builder.add_row(first_row + r, cells, base, runs);
    }
}

Activity Detector::describe(const Patch& patch, const Sky& sky, Sight sight) const
{
    Activity a;
    a.sight = sight;
    const double rate = resolutions_.sample_rate_hz;
    const auto step = static_cast<double>(sky.shape.row_step());
    const double skirt = sight == Sight::brief ? static_cast<double>(sky.shape.bins) / 4.0 : 0.0;
    const double begin = static_cast<double>(patch.first_row) * step + skirt;
    const double end = static_cast<double>(patch.last_row) * step + static_cast<double>(sky.shape.row_span()) - skirt;
    a.from_start = patch.first_row == 0;
    a.to_end = patch.touches_end;
    const auto all = static_cast<double>(samples_);
    a.time.start_s = base_s_ + (a.from_start ? 0.0 : begin / rate);
    a.time.end_s = base_s_ + std::min(all, end) / rate;
    if (a.to_end && finished_ && end + step >= all)
        a.time.end_s = base_s_ + all / rate;
    a.reach = {sky.edge_hz(patch.low), sky.edge_hz(static_cast<double>(patch.high) + 1.0)};
    const std::vector<double> power(patch.excess.begin(), patch.excess.end());
    const double rows = static_cast<double>(std::max<std::uint64_t>(1, patch.rows_on));
    const auto floor = static_cast<double>(*std::max_element(patch.noise.begin(), patch.noise.end()));
    const auto peak = std::max_element(power.begin(), power.end()) - power.begin();
    a.peak_hz = a.reach.low_hz + (static_cast<double>(peak) + 0.5) * sky.bin_hz;
    const Band whole = a.reach;
    a.core = core_of(power, whole, sky.bin_hz, floor);
    // Cells that it touched only now and then, by splatter of others, are not its reach.
    const auto stays = [&](double p) { return p > 0.5 * floor; };
    const auto first = std::find_if(power.begin(), power.end(), stays);
    const auto last = std::find_if(power.rbegin(), power.rend(), stays);
    if (first != power.end()) {
        a.reach.low_hz = whole.low_hz + static_cast<double>(first - power.begin()) * sky.bin_hz;
        a.reach.high_hz = whole.high_hz - static_cast<double>(last - power.rbegin()) * sky.bin_hz;
    }
    a.reach.include(a.core);
    for (std::size_t i = 0; i < patch.excess.size(); ++i) {
        a.power += static_cast<double>(patch.excess[i]) / rows;
        const double low = whole.low_hz + static_cast<double>(i) * sky.bin_hz;
        if (a.core.overlap({low, low + sky.bin_hz}) > 0.0)
            a.noise += static_cast<double>(patch.noise[i]) / rows;
    }
    a.bin_hz = narrow_->bin_hz;
    a.averages = rows * sky.shape.effective_averages(sky.shape.frames);
    for (const auto& stretch : clipped_)
        a.clipped = a.clipped || (stretch.start_s < a.time.end_s && stretch.end_s > a.time.start_s);
    return a;
}

void Detector::measure_open()
{
    const auto take = [&](const Patch& patch, bool closed) {
        Extra& extra = narrow_->extra[patch.id];
        const std::uint64_t step = narrow_->shape.row_step();
        const std::uint64_t begin = std::max(extra.next_sample, patch.first_row * step);
        const std::uint64_t end = std::min<std::uint64_t>(samples_, patch.last_row * step + narrow_->shape.row_span());
        if (end <= begin || extra.used >= fine_budget)
            return;
        const std::uint64_t count = std::min(end - begin, fine_budget - extra.used);
        const bool enough =
            count >= 2 * fine_bins(resolutions_) || (closed && (extra.used == 0 || count >= fine_bins(resolutions_)));
        if (!enough)
            return;
        const double low = narrow_->edge_hz(patch.low);
        const double high = narrow_->edge_hz(static_cast<double>(patch.high) + 1.0);
        const double room = std::max(high - low, 20.0 * narrow_->bin_hz);
        auto part = analyser_.analyse(history_, base_sample_ + begin, count, low - room, high + room, dc_line_);
        double noise = 0.0;
        for (std::uint32_t k = patch.low; k <= patch.high; ++k)
            noise += static_cast<double>(estimate_.narrow[k]);
        part.noise_per_hz = part.weight * noise / static_cast<double>(patch.high - patch.low + 1) / narrow_->bin_hz;
        extra.spectrum.add(part);
        extra.used += count;
        extra.next_sample = begin + count;
    };
    for (const auto& patch : narrow_->builder.open()) {
        if (patch->rows_on >= 2)
            take(*patch, false);
    }
    for (const auto& sighting : waiting_) {
        if (sighting.fresh)
            take(*sighting.patch, true);
    }
}

void Detector::settle(bool all)
{
    std::vector<Sighting> later;
    for (auto& sighting : waiting_) {
        if (sighting.fresh && !all) {
            sighting.fresh = false;
            later.push_back(std::move(sighting));
            continue;
        }
        Activity activity = describe(*sighting.patch, *narrow_, Sight::narrow);
        Extra& extra = narrow_->extra[sighting.patch->id];
        if (extra.sharp && !extra.bursts.empty()) {
            activity.bursts = united(extra.bursts, {}, close_gap_s);
            activity.sharp = true;
            const double step_s = static_cast<double>(brief_->shape.row_step()) / resolutions_.sample_rate_hz;
            activity.from_start = activity.bursts.front().start_s < base_s_ + step_s;
            activity.to_end = activity.to_end && activity.bursts.back().end_s > activity.time.end_s - 2.0 * step_s;
        }
        activity.umbrella = umbrella_of(activity);
        activity.spectrum = std::move(extra.spectrum);
        narrow_->extra.erase(sighting.patch->id);
        tracker_.add(std::move(activity));
    }
    waiting_ = std::move(later);
}

NoiseLevel Detector::noise() const
{
    NoiseLevel out;
    const double rate = resolutions_.sample_rate_hz;
    out.at_s = base_s_ + static_cast<double>(samples_ - window_samples_) / rate;
    out.seconds = static_cast<double>(window_samples_) / rate;
    for (const float cell : estimate_.narrow_bands)
        out.dbfs_per_hz.push_back(static_cast<float>(
            10.0 * std::log10(std::max(1e-30, static_cast<double>(cell) / resolutions_.narrow_bin_hz()))));
    const auto above = [&](double pfa) {
        const double averages = resolutions_.narrow.effective_averages(resolutions_.narrow.frames);
        return 10.0 * std::log10(margin * dsp::threshold(averages, pfa));
    };
    out.open_db = above(narrow_->level.pfa_high);
    out.close_db = above(narrow_->level.pfa_low);
    return out;
}

void Detector::add_window(std::span<const SlabSpectra* const> window)
{
    std::uint64_t length = 0;
    for (const auto* slab : window)
        length += slab->samples;
    estimate_ = floor_.learn(window, [&] { return power_in_silences(history_, base_sample_ + samples_, length); });
    dc_line_ = has_dc_line(window);
    count_.dc_windows += dc_line_ ? 1U : 0U;
    ++count_.windows;
    window_samples_ = 0;
    count_.least_observed = std::min(count_.least_observed, estimate_.observed);
    for (const auto* slab : window) {
        const double step = static_cast<double>(resolutions_.narrow.row_step());
        for (std::size_t r = 0; r < slab->row_clipped.size(); ++r) {
            const double start =
                base_s_ + (static_cast<double>(samples_) + static_cast<double>(r) * step) / resolutions_.sample_rate_hz;
            if (slab->row_clipped[r] > clip_share * 2.0 * step)
                clipped_.push_back({start, start + step / resolutions_.sample_rate_hz});
        }
        samples_ += slab->samples;
        window_samples_ += slab->samples;
    }
    clipped_ = united(clipped_, {}, 0.0);
    for (const auto* slab : window) {
        look(*narrow_, slab->narrow, estimate_.narrow, estimate_.narrow_bands, narrow_->next_row);
        narrow_->next_row += slab->narrow.count;
    }
    merge_extras();
    for (auto& patch : narrow_->builder.take_closed())
        waiting_.push_back({std::move(patch), true});
    const std::uint64_t first_brief_row = brief_->next_row;
    for (const auto* slab : window) {
        look(*brief_, slab->brief, estimate_.brief, estimate_.brief_bands, brief_->next_row);
        brief_->next_row += slab->brief.count;
    }
    add_brief();
    time_bursts(window, first_brief_row);
    measure_open();
    settle(false);
    std::vector<Activity> open;
    for (const auto& patch : narrow_->builder.open()) {
        if (patch->rows_on >= 3)
            open.push_back(describe(*patch, *narrow_, Sight::narrow));
    }
    tracker_.set_open(std::move(open));
}

void Detector::finish()
{
    finished_ = true;
    narrow_->builder.finish();
    brief_->builder.finish();
    for (auto& patch : narrow_->builder.take_closed())
        waiting_.push_back({std::move(patch), true});
    add_brief();
    for (const auto& sighting : waiting_) {
        Extra& extra = narrow_->extra[sighting.patch->id];
        if (std::exchange(extra.on, false))
            extra.bursts.push_back({extra.on_since_s, describe(*sighting.patch, *narrow_, Sight::narrow).time.end_s});
    }
    measure_open();
    settle(true);
    tracker_.set_open({});
}

bool Detector::take_over(Detector& before)
{
    const auto same = [](const dsp::SpectrumShape& a, const dsp::SpectrumShape& b) {
        return a.bins == b.bins && a.hop == b.hop && a.frames == b.frames;
    };
    if (!same(resolutions_.narrow, before.resolutions_.narrow) || !same(resolutions_.brief, before.resolutions_.brief))
        return false;
    tracker_ = std::move(before.tracker_);
    tracker_.set_by_samples(by_samples()); // its places in the recording are counted from here now
    tracker_.resume(base_s_);
    floor_ = before.floor_;
    return true;
}

bool Detector::knows(const Band& core) const
{
    const auto known = tracker_.known();
    return std::any_of(known.begin(), known.end(), [&](const Track* track) {
        return track->core.overlap(core) >= 0.5 * std::min(track->core.width(), core.width());
    });
}

std::vector<Track> Detector::take_finished()
{
    const double now = base_s_ + static_cast<double>(samples_) / resolutions_.sample_rate_hz;
    auto tracks = tracker_.take_finished(now, finished_);
    auto others = tracker_.known();
    for (const auto& track : tracks)
        others.push_back(&track);
    std::vector<bool> drop(tracks.size(), false);
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        if (const auto artefact = artefact_test_.test(tracks[i], others)) {
            artefacts_.push_back(*artefact);
            drop[i] = true;
        }
    }
    // Ragged pieces of the same product are about as weak and lie where it may lie.
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        drop[i] = drop[i] || std::any_of(artefacts_.begin(), artefacts_.end(), [&](const Artefact& artefact) {
                      return tracks[i].power() < 4.0 * artefact.power &&
                             artefact.band.overlap(tracks[i].core) >= 0.8 * tracks[i].core.width();
                  });
    }
    std::size_t at = 0;
    std::erase_if(tracks, [&](const Track&) { return drop[at++]; });
    return tracks;
}

std::vector<Artefact> Detector::take_artefacts() { return std::exchange(artefacts_, {}); }

DetectorCount Detector::count() const
{
    DetectorCount out = count_;
    out.by_products += tracker_.by_products();
    return out;
}

} // namespace gacsong::detect
