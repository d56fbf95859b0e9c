// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/detector.hpp"

#include "detect/spectral/intervals.hpp"
#include "detect/spectral/measure.hpp"
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
constexpr double margin = 1.122; ///< 0.5 dB for the floor's own uncertainty (monitoring.md §4.1)
constexpr std::size_t narrow_patience = 2;
constexpr std::size_t brief_patience = 3;
constexpr std::size_t join_gap = 2;              ///< cells (LAD-ACC, monitoring.md §4.2)
constexpr std::uint64_t fine_budget = 1U << 21U; ///< samples that the fine spectrum of one patch may use
constexpr std::size_t most_fine_bins = 131072;
constexpr double clip_share = 1e-4; ///< monitoring.md §3.5
constexpr double close_gap_s = 2e-3;
constexpr double least_wide_snr = 4.0; ///< 6 dB: below, a wide burst is a rise of the noise
constexpr float umbrella_level = 0.1F; ///< −10 dB: cells of one wide emission
constexpr double umbrella_snr = 10.0;
constexpr std::ptrdiff_t least_umbrella = 8; ///< brief cells
constexpr double umbrella_memory_s = 2.0;
constexpr double pfa_burst = 1e-6; ///< of one brief row within the band of an emission that is known
constexpr std::size_t most_bursts = 4096;

std::size_t fine_bins(const Resolutions& r) { return std::min(most_fine_bins, 8 * r.narrow.bins); }

constexpr std::size_t notch_half = 4; ///< bins: main lobe and skirts of the window
constexpr std::size_t notch_beside = 3;

/// Mean of the cells just beside the notch at the tuned centre, on one side.
double beside_centre(std::span<const float> cells, bool above)
{
    const std::size_t centre = cells.size() / 2;
    const std::size_t from = above ? centre + notch_half + 1 : centre - notch_half - notch_beside;
    return std::accumulate(cells.begin() + static_cast<std::ptrdiff_t>(from),
                           cells.begin() + static_cast<std::ptrdiff_t>(from + notch_beside), 0.0) /
           static_cast<double>(notch_beside);
}

/// Puts a straight line in place of the line at the tuned centre.
void notch(std::span<float> cells)
{
    const std::size_t centre = cells.size() / 2;
    const double low = beside_centre(cells, false);
    const double high = beside_centre(cells, true);
    for (std::size_t i = 0; i <= 2 * notch_half; ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(2 * notch_half);
        cells[centre - notch_half + i] = static_cast<float>(low + share * (high - low));
    }
}

/// True where a line stands at the tuned centre in nearly every row: the receiver's own (monitoring.md §3.5).
bool has_dc_line(std::span<const SlabSpectra* const> window)
{
    std::size_t rows = 0;
    std::size_t standing = 0;
    for (const auto* slab : window) {
        for (std::size_t r = 0; r < slab->narrow.count; ++r, ++rows) {
            const auto cells = slab->narrow.row(r);
            const std::size_t centre = cells.size() / 2;
            const double beside = std::max(beside_centre(cells, false), beside_centre(cells, true));
            standing += static_cast<double>(cells[centre]) > 2.0 * beside ? 1U : 0U;
        }
    }
    return standing * 5 >= rows * 4;
}

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

/// What is kept beside a patch while it is open.
struct Extra {
    FineSpectrum spectrum;
    std::uint64_t next_sample = 0; ///< up to here the spectrum has been taken
    std::uint64_t used = 0;
    std::uint64_t next_brief_row = 0; ///< up to here the brief rows have been looked at
    bool on = false;
    double on_since_s = 0.0;
    std::vector<Interval> bursts; ///< when the brief rows show it on
    bool sharp = false;           ///< strong enough for that
};

struct Detector::Sky {
    Sky(const dsp::SpectrumShape& shape_, double rate, DetectionLevel level_, std::size_t patience)
        : shape(shape_), bin_hz(rate / static_cast<double>(shape_.bins)), level(level_), builder(patience),
          finder(join_gap)
    {
    }
    dsp::SpectrumShape shape;
    double bin_hz;
    DetectionLevel level;
    PatchBuilder builder;
    RunFinder finder;
    std::uint64_t next_row = 0;
    std::map<std::uint64_t, Extra> extra;

    [[nodiscard]] double edge_hz(double bin) const
    {
        return (bin - static_cast<double>(shape.bins) / 2.0 - 0.5) * bin_hz;
    }
};

struct Detector::Sighting {
    std::unique_ptr<Patch> patch;
    bool fresh = true; ///< closed in the latest window: its bursts may still be open
};

Detector::Detector(const Resolutions& resolutions, const History& history, std::uint64_t base_sample, double base_s)
    : resolutions_(resolutions), history_(history), base_sample_(base_sample), base_s_(base_s), floor_(resolutions),
      tracker_({static_cast<double>(resolutions.narrow.row_step()) / resolutions.sample_rate_hz,
                static_cast<double>(resolutions.brief.row_step()) / resolutions.sample_rate_hz,
                resolutions.narrow_bin_hz()}),
      analyser_(resolutions.sample_rate_hz, fine_bins(resolutions)),
      artefact_test_(resolutions.sample_rate_hz, history, base_sample, base_s),
      narrow_(std::make_unique<Sky>(resolutions.narrow, resolutions.sample_rate_hz,
                                    DetectionLevel{pfa_low, share_narrow / decisions_narrow, margin}, narrow_patience)),
      brief_(std::make_unique<Sky>(resolutions.brief, resolutions.sample_rate_hz,
                                   DetectionLevel{pfa_low, share_brief / decisions_brief, margin}, brief_patience))
{
}

Detector::~Detector() = default;

void Detector::look(Sky& sky, const Rows& rows, std::span<const float> floor, std::span<const float> bands,
                    std::uint64_t first_row)
{
    const auto full = thresholds_over(floor, sky.shape.effective_averages(sky.shape.frames), sky.level);
    std::vector<float> risen(floor.begin(), floor.end());
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
        if (const float rise = runs.empty() ? 1.0F : row_rise(cells, bands, strongest); rise > 1.0F) {
            for (std::size_t k = 0; k < risen.size(); ++k)
                risen[k] = floor[k] * rise;
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

void Detector::time_bursts(std::span<const SlabSpectra* const> window, std::uint64_t first_brief_row)
{
    const std::size_t ratio = narrow_->shape.row_step() / brief_->shape.row_step();
    const double step_s = static_cast<double>(brief_->shape.row_step()) / resolutions_.sample_rate_hz;
    const auto follow = [&](const Patch& patch, bool closed) {
        Extra& extra = narrow_->extra[patch.id];
        const Activity now = describe(patch, *narrow_, Sight::narrow);
        const auto bin = [&](double hz) {
            const double k = std::floor(hz / brief_->bin_hz + static_cast<double>(brief_->shape.bins) / 2.0 + 0.5);
            return static_cast<std::size_t>(std::clamp(k, 0.0, static_cast<double>(brief_->shape.bins - 1)));
        };
        const std::size_t low = bin(now.core.low_hz);
        const std::size_t high = bin(now.core.high_hz);
        // The receiver's line at the centre is no part of it.
        const std::size_t centre = brief_->shape.bins / 2;
        const auto left_out = [&](std::size_t k) {
            return dc_line_ && k + 2 >= centre && k <= centre + 2 && high - low > 5;
        };
        double floor = 0.0;
        double cells = 0.0;
        for (std::size_t k = low; k <= high; ++k) {
            floor += left_out(k) ? 0.0 : static_cast<double>(estimate_.brief[k]);
            cells += left_out(k) ? 0.0 : 1.0;
        }
        const double averages = brief_->shape.effective_averages(brief_->shape.frames) *
                                std::max(1.0, dsp::window_facts(brief_->shape.window).cells_per_bin * cells);
        const double enough = (margin * dsp::threshold(averages, pfa_burst) - 1.0) * floor;
        extra.sharp = extra.sharp || now.power > 2.0 * enough;
        const double begin_at = std::max(enough, 0.1 * now.power);
        const double stay_at = std::max(0.25 * enough, 0.05 * now.power);
        const std::uint64_t from = std::max<std::uint64_t>(
            {extra.next_brief_row, first_brief_row, patch.first_row < 1 ? 0 : (patch.first_row - 1) * ratio});
        std::uint64_t row = first_brief_row;
        const std::uint64_t to = closed ? (patch.last_row + 2) * ratio : ~std::uint64_t{0};
        for (const auto* slab : window) {
            for (std::size_t r = 0; r < slab->brief.count; ++r, ++row) {
                if (row < from || row >= to)
                    continue;
                const auto brief_cells = slab->brief.row(r);
                double above = dsp::sum_of(brief_cells.data() + low, high - low + 1) - floor;
                for (std::size_t k = low; dc_line_ && k <= high; ++k)
                    above -= left_out(k) ? static_cast<double>(brief_cells[k]) : 0.0;
                const double at_s = base_s_ + static_cast<double>(row) * step_s;
                if (!extra.on && above > begin_at) {
                    extra.on = true;
                    extra.on_since_s = row == 0 ? base_s_ : at_s + 0.125 * step_s;
                } else if (extra.on && above < stay_at) {
                    extra.on = false;
                    extra.bursts.push_back({extra.on_since_s, at_s + 0.125 * step_s});
                }
            }
        }
        extra.next_brief_row = row;
        if (extra.bursts.size() > most_bursts)
            extra.bursts = united(extra.bursts, {}, close_gap_s);
        if (closed && extra.on) {
            extra.on = false;
            extra.bursts.push_back({extra.on_since_s, now.time.end_s});
        }
    };
    for (const auto& patch : narrow_->builder.open())
        follow(*patch, false);
    for (const auto& sighting : waiting_)
        follow(*sighting.patch, true);
}

void Detector::remember_umbrella(const Patch& patch, bool open)
{
    const double step_s = static_cast<double>(narrow_->shape.row_step()) / resolutions_.sample_rate_hz;
    const Activity whole = describe(patch, *brief_, Sight::brief);
    if (whole.time.length() < 2.0 * step_s)
        return;
    const auto peak = std::max_element(patch.excess.begin(), patch.excess.end());
    const float level = umbrella_level * *peak;
    const auto at = static_cast<std::ptrdiff_t>(peak - patch.excess.begin());
    const auto reach_from = [&](std::ptrdiff_t step) {
        std::ptrdiff_t last = at;
        for (std::ptrdiff_t i = at; i >= 0 && i < static_cast<std::ptrdiff_t>(patch.excess.size()); i += step) {
            if (patch.excess[static_cast<std::size_t>(i)] >= level)
                last = i;
            else
                break;
        }
        return last;
    };
    const std::ptrdiff_t first = reach_from(-1);
    const std::ptrdiff_t last = reach_from(1);
    if (last - first + 1 < least_umbrella)
        return;
    const auto part = [&](const std::vector<float>& values) {
        return std::accumulate(values.begin() + first, values.begin() + last + 1, 0.0);
    };
    if (part(patch.excess) < umbrella_snr * part(patch.noise))
        return; // a rise of the noise
    const auto edge = [&](std::ptrdiff_t i) {
        return brief_->edge_hz(static_cast<double>(static_cast<std::ptrdiff_t>(patch.low) + i));
    };
    std::erase_if(umbrellas_, [&](const Umbrella& u) { return u.id == patch.id; });
    umbrellas_.push_back({patch.id, whole.time, {edge(first), edge(last + 1)}, open});
}

std::uint64_t Detector::umbrella_of(const Activity& activity) const
{
    const double slack_s = static_cast<double>(narrow_->shape.row_step()) / resolutions_.sample_rate_hz;
    for (const auto& u : umbrellas_) {
        const double common = std::min(u.time.end_s + slack_s, activity.time.end_s) -
                              std::max(u.time.start_s - slack_s, activity.time.start_s);
        if (common >= 0.8 * activity.time.length() && u.core.overlap(activity.core) >= 0.8 * activity.core.width())
            return u.id;
    }
    return 0;
}

void Detector::add_brief()
{
    const double old_s = base_s_ + static_cast<double>(samples_) / resolutions_.sample_rate_hz - umbrella_memory_s;
    std::erase_if(umbrellas_, [&](const Umbrella& u) { return u.time.end_s < old_s; });
    const double slack_hz = 1.5 * resolutions_.brief_bin_hz();
    const double slack_s = static_cast<double>(resolutions_.narrow.row_step()) / resolutions_.sample_rate_hz;
    std::vector<Activity> others;
    for (const auto& patch : narrow_->builder.open())
        others.push_back(describe(*patch, *narrow_, Sight::narrow));
    for (const auto& sighting : waiting_)
        others.push_back(describe(*sighting.patch, *narrow_, Sight::narrow));
    for (const auto& patch : brief_->builder.open())
        remember_umbrella(*patch, true);
    for (auto& patch : brief_->builder.take_closed()) {
        remember_umbrella(*patch, false);
        Activity burst = describe(*patch, *brief_, Sight::brief);
        // What lies where the narrow rows see something at that time needs no second mention.
        std::vector<double> rest(patch->excess.begin(), patch->excess.end());
        double beside = 0.0;
        for (const auto& other : others) {
            if (other.time.start_s - slack_s > burst.time.end_s || other.time.end_s + slack_s < burst.time.start_s)
                continue;
            beside = std::max(beside, other.power);
            for (std::size_t i = 0; i < rest.size(); ++i) {
                const double low = brief_->edge_hz(static_cast<double>(patch->low + i));
                if (low < other.core.high_hz + slack_hz && low + brief_->bin_hz > other.core.low_hz - slack_hz)
                    rest[i] = 0.0;
            }
        }
        const double all = std::accumulate(patch->excess.begin(), patch->excess.end(), 0.0);
        const double left = std::accumulate(rest.begin(), rest.end(), 0.0);
        if (left < 0.5 * all)
            continue;
        const double noise = std::accumulate(patch->noise.begin(), patch->noise.end(), 0.0);
        if (all < least_wide_snr * noise && burst.reach.width() > 8.0 * resolutions_.brief_bin_hz()) {
            ++count_.by_products; // the noise itself is unsteady
            continue;
        }
        if (burst.power < 0.1 * beside) {
            ++count_.by_products; // splatter of keying that the narrow rows do not part
            continue;
        }
        const auto first =
            static_cast<std::uint64_t>(std::max(0.0, burst.time.start_s - base_s_) * resolutions_.sample_rate_hz);
        const auto count = std::min<std::uint64_t>(
            fine_budget, static_cast<std::uint64_t>(burst.time.length() * resolutions_.sample_rate_hz));
        burst.spectrum =
            analyser_.analyse(history_, base_sample_ + first, count, burst.reach.low_hz - burst.reach.width(),
                              burst.reach.high_hz + burst.reach.width(), dc_line_);
        burst.spectrum.noise_per_hz =
            burst.spectrum.weight * static_cast<double>(estimate_.brief[patch->low]) / resolutions_.brief_bin_hz();
        burst.bursts = {burst.time};
        burst.sharp = true;
        tracker_.add(std::move(burst));
    }
}

void Detector::merge_extras()
{
    for (const auto& merge : narrow_->builder.take_merges()) {
        const auto from = narrow_->extra.find(merge.from);
        if (from == narrow_->extra.end())
            continue;
        Extra& into = narrow_->extra[merge.into];
        into.spectrum.add(from->second.spectrum);
        into.used += from->second.used;
        into.bursts = united(into.bursts, from->second.bursts, 0.0);
        if (from->second.on) {
            into.on_since_s = into.on ? std::min(into.on_since_s, from->second.on_since_s) : from->second.on_since_s;
            into.on = true;
        }
        into.sharp = into.sharp || from->second.sharp;
        into.next_brief_row = std::max(into.next_brief_row, from->second.next_brief_row);
        into.next_sample = std::max(into.next_sample, from->second.next_sample);
        narrow_->extra.erase(from);
    }
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

void Detector::add_window(std::span<const SlabSpectra* const> window)
{
    estimate_ = floor_.learn(window);
    dc_line_ = has_dc_line(window);
    count_.dc_windows += dc_line_ ? 1U : 0U;
    ++count_.windows;
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
