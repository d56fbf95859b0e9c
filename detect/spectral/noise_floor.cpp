// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/noise_floor.hpp"

#include "dsp/kernels.hpp"
#include "dsp/noise_statistics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace gacsong::detect {

namespace {

constexpr double fcme_probability = 0.01;
constexpr double most_averages = 64.0;   ///< beyond, the ripple of real filters is wider than the threshold
constexpr std::size_t enough_rows = 512; ///< of a window; the floor varies slowly (speed.md §4)
constexpr std::size_t most_quiet_rows = 64;
constexpr double edge_share = 0.1;   ///< each side: filters roll off there (monitoring.md §3.5)
constexpr double falling = 1.6;      ///< 2 dB from one sub-band to the next: a slope, and no scatter of estimates
constexpr double smooth_step = 1.41; ///< 1.5 dB: a receiver's own shape changes no faster from one sub-band to the next
constexpr double shoulder_flat = 1.26; ///< 1 dB
constexpr double shoulder_step = 2.8;  ///< 4.5 dB within three sub-bands
constexpr double near_base = 1.6;      ///< 2 dB
constexpr double gap_ratio = 10.0;     ///< quiet stretches this far below the median show the floor under bursts
constexpr double jump = 4.0;           ///< a floor that rises by more than 6 dB at once is taken for a signal
constexpr unsigned most_held = 40;     ///< … for so many windows

/// One row of sub-band means for each `stride`th row of spectra.
struct SubBandSeries {
    std::size_t bands = 0;
    std::size_t stride = 1;
    std::vector<float> values;
    [[nodiscard]] std::size_t rows() const { return values.size() / bands; }
    [[nodiscard]] std::vector<float> band(std::size_t b) const
    {
        std::vector<float> out(rows());
        for (std::size_t r = 0; r < out.size(); ++r)
            out[r] = values[r * bands + b];
        return out;
    }
    [[nodiscard]] std::vector<float> totals() const
    {
        std::vector<float> out(rows(), 0.0F);
        for (std::size_t i = 0; i < values.size(); ++i)
            out[i / bands] += values[i];
        return out;
    }
};

/// Calls visit(row) for each stride-th row of the window.
template <class Visit>
void each_row(std::span<const SlabSpectra* const> window, Rows SlabSpectra::*which, std::size_t stride, Visit visit)
{
    std::size_t first = 0; // of the slab's rows
    for (const auto* slab : window) {
        const Rows& rows = slab->*which;
        for (std::size_t r = (stride - first % stride) % stride; r < rows.count; r += stride)
            visit(rows.row(r));
        first += rows.count;
    }
}

SubBandSeries sub_band_series(std::span<const SlabSpectra* const> window, Rows SlabSpectra::*which, std::size_t bands)
{
    std::size_t all = 0;
    for (const auto* slab : window)
        all += (slab->*which).count;
    SubBandSeries series{bands, std::max<std::size_t>(1, all / enough_rows), {}};
    series.values.reserve(bands * (all / series.stride + 1));
    each_row(window, which, series.stride, [&](std::span<const float> row) {
        const std::size_t width = row.size() / bands;
        const std::size_t at = series.values.size();
        series.values.resize(at + bands);
        dsp::group_means(row.data(), width, series.values.data() + at, bands);
    });
    return series;
}

/// Value below which a share p of the positive entries lies; 0 where there is none. Rows of digital zeros are no noise.
float quantile(std::span<const float> values, double p)
{
    const std::size_t count = dsp::count_positive(values.data(), values.size());
    if (count == 0)
        return 0.0F;
    const auto at = std::min(count - 1, static_cast<std::size_t>(p * static_cast<double>(count)));
    return dsp::positive_at_rank(values.data(), values.size(), at);
}

/// Mean spectrum of sub-band b over the rows whose mean there lies above 0 and not above `limit`; at most
/// most_quiet_rows of them, evenly over the window: more averages than FCME uses cost much and say nothing.
struct QuietMean {
    std::vector<float> cells;
    std::size_t rows = 0;
};
QuietMean quiet_mean(std::span<const SlabSpectra* const> window, Rows SlabSpectra::*which, std::size_t bands,
                     std::size_t b, std::size_t row_stride, std::span<const float> series, float limit)
{
    const std::size_t width = (window.front()->*which).bins / bands;
    QuietMean out{std::vector<float>(width, 0.0F), 0};
    const auto quiet = [limit](float level) { return level > 0.0F && level <= limit; };
    const auto there = static_cast<std::size_t>(std::count_if(series.begin(), series.end(), quiet));
    const std::size_t stride = std::max<std::size_t>(1, there / most_quiet_rows);
    std::size_t at = 0;
    std::size_t met = 0;
    each_row(window, which, row_stride, [&](std::span<const float> row) {
        if (!quiet(series[at++]) || met++ % stride != 0)
            return;
        dsp::add_to(out.cells.data(), row.data() + b * width, width);
        ++out.rows;
    });
    if (out.rows > 0) {
        for (auto& cell : out.cells)
            cell /= static_cast<float>(out.rows);
    }
    return out;
}

double fcme_level(QuietMean quiet, double averages_per_row)
{
    if (quiet.rows == 0)
        return 0.0;
    const double averages = std::min(most_averages, averages_per_row * static_cast<double>(quiet.rows));
    return dsp::fcme(quiet.cells, dsp::fcme_constants(averages, fcme_probability)).floor;
}

} // namespace

namespace {

constexpr float least_rise = 1.26F;    ///< 1 dB
constexpr std::size_t rise_groups = 8; ///< wide ones: enough cells in each for a steady mean

} // namespace

RowRise::RowRise(std::span<const float> floor_bands, std::size_t bins)
{
    const std::size_t joined = std::max<std::size_t>(1, floor_bands.size() / rise_groups);
    groups_ = std::min(floor_bands.size() / joined, floor_.size());
    width_ = bins / groups_;
    for (std::size_t g = 0; g < groups_; ++g) {
        const auto part = floor_bands.subspan(g * joined, joined);
        floor_[g] = std::max(std::accumulate(part.begin(), part.end(), 0.0F) / static_cast<float>(joined), 1e-30F);
        quiet_sum_[g] = least_rise * floor_[g] * static_cast<float>(width_);
    }
}

float RowRise::of(std::span<const float> row, float strongest) const
{
    constexpr float beside = 30.0F;        // something 15 dB above the rise explains it
    constexpr float most_splatter = 0.06F; // … with so little of the power: pulses that fill the band have more
    constexpr float click = 1.26F;         // … or, within 1 dB over most of the band, the edge of a burst
    constexpr float flat = 1.6F;           // 2 dB: a rise as even as this is the receiver's
    constexpr float most_flat = 10.0F;     // … up to 10 dB
    // The rise is that of the quieter fifth: most rows show after a few groups that there is none.
    const std::size_t quieter = groups_ / 5;
    if (dsp::groups_below(row.data(), width_, quiet_sum_.data(), groups_, quieter + 1) > quieter)
        return 1.0F;
    std::array<float, 64> ratio{};
    dsp::group_means(row.data(), width_, ratio.data(), groups_);
    for (std::size_t g = 0; g < groups_; ++g)
        ratio[g] /= floor_[g];
    const auto begin = ratio.begin();
    std::sort(begin, begin + static_cast<std::ptrdiff_t>(groups_));
    const float rise = ratio[quieter];
    if (rise < least_rise)
        return 1.0F;
    float above = 0.0F;
    for (std::size_t g = 0; g < groups_; ++g)
        above += ratio[g] - 1.0F;
    const bool small = (rise - 1.0F) * static_cast<float>(groups_) < most_splatter * above;
    const bool explained = strongest > beside * rise && (small || ratio[(groups_ + 1) / 2] < click * rise);
    const bool even = ratio[groups_ - 1 - groups_ / 5] < flat * rise && rise < most_flat;
    return explained || even ? rise : 1.0F;
}

NoiseFloor::NoiseFloor(const Resolutions& resolutions)
    : resolutions_(resolutions),
      sub_bands_(std::clamp<std::size_t>(std::min(resolutions.narrow.bins / 16, resolutions.brief.bins / 2), 4, 32))
{
}

namespace {

/// Level of a flat shoulder at an edge of the band, parted from the middle by a step: what a signal leaves free that
/// fills all the rest. A filter's own roll-off falls on towards the edge. Infinite where there is none.
double shoulder(const std::vector<double>& level, std::size_t edge)
{
    const auto flat = [](double a, double b) {
        return a > 0.0 && b > 0.0 && std::max(a, b) < shoulder_flat * std::min(a, b);
    };
    double found = std::numeric_limits<double>::infinity();
    if (level.size() < edge + 4)
        return found;
    const auto look = [&](auto at) {
        for (std::size_t i = 0; i + 1 < edge; ++i) {
            const double mean = 0.5 * (at(i) + at(i + 1));
            if (flat(at(i), at(i + 1)) && std::max(at(i + 3), at(i + 4)) > shoulder_step * mean)
                found = std::min(found, mean);
        }
    };
    look([&](std::size_t i) { return level[i]; });
    look([&](std::size_t i) { return level[level.size() - 1 - i]; });
    return found;
}

} // namespace

NoiseFloor::SubBands NoiseFloor::measure(std::span<const SlabSpectra* const> window) const
{
    SubBands out{std::vector<double>(sub_bands_, 0.0), std::vector<bool>(sub_bands_, true)};
    const auto brief = sub_band_series(window, &SlabSpectra::brief, sub_bands_);
    const auto narrow = sub_band_series(window, &SlabSpectra::narrow, sub_bands_);
    const double brief_to_narrow =
        static_cast<double>(resolutions_.brief.bins) / static_cast<double>(resolutions_.narrow.bins);
    const double brief_averages = resolutions_.brief.effective_averages(resolutions_.brief.frames);
    const double narrow_averages = resolutions_.narrow.effective_averages(resolutions_.narrow.frames);
    // Rows in which the whole band is far quieter than usual lie between bursts that fill it most of the time.
    const auto totals = brief.totals();
    const float usual = quantile(totals, 0.5);
    const float quiet = quantile(totals, 0.05);
    const bool gaps = static_cast<double>(usual) > gap_ratio * static_cast<double>(quiet);
    for (std::size_t b = 0; b < sub_bands_; ++b) {
        const auto level = [&](Rows SlabSpectra::*which, const SubBandSeries& series, double averages,
                               double cells_per_bin) {
            const auto rows = series.band(b);
            const float limit = 1.0001F * quantile(rows, 0.5);
            const double cells = static_cast<double>((window.front()->*which).bins) / static_cast<double>(sub_bands_);
            const double bias = dsp::lower_half_mean(averages * std::max(1.0, cells_per_bin * cells));
            return fcme_level(quiet_mean(window, which, sub_bands_, b, series.stride, rows, limit), averages) / bias;
        };
        // Long rows part narrow channels, short rows part bursts; what is noise in either is noise.
        const double by_narrow = level(&SlabSpectra::narrow, narrow, narrow_averages,
                                       dsp::window_facts(resolutions_.narrow.window).cells_per_bin);
        const double by_brief = brief_to_narrow * level(&SlabSpectra::brief, brief, brief_averages,
                                                        dsp::window_facts(resolutions_.brief.window).cells_per_bin);
        out.level[b] =
            by_narrow > 0.0 && by_brief > 0.0 ? std::min(by_narrow, by_brief) : std::max(by_narrow, by_brief);
        if (!gaps)
            continue;
        const double between = brief_to_narrow * fcme_level(quiet_mean(window, &SlabSpectra::brief, sub_bands_, b,
                                                                       brief.stride, totals, 2.0F * quiet),
                                                            brief_averages);
        if (between > 0.0 && out.level[b] > gap_ratio * between)
            out.level[b] = between;
    }
    return out;
}

void NoiseFloor::bridge(SubBands& bands)
{
    const std::size_t edge = static_cast<std::size_t>(std::ceil(edge_share * static_cast<double>(sub_bands_)));
    std::vector<double> central;
    for (std::size_t b = edge; b + edge < sub_bands_; ++b) {
        if (bands.level[b] > 0.0)
            central.push_back(bands.level[b]);
    }
    if (central.empty())
        return;
    std::sort(central.begin(), central.end());
    // The base is the lowest level that a tenth of the sub-bands share; whatever joins it smoothly is floor too.
    const double beside = shoulder(bands.level, edge);
    const bool shouldered = beside < central[central.size() / 10];
    const double base = shouldered ? beside : central[central.size() / 10];
    std::vector<bool> floor(sub_bands_, false);
    const std::size_t seeds = shouldered ? 0 : edge;
    for (std::size_t b = seeds; b + seeds < sub_bands_; ++b)
        floor[b] = bands.level[b] > 0.0 && bands.level[b] <= near_base * base;
    const auto joins = [&](std::size_t from, std::size_t to) {
        const bool outer = to < edge || to + edge >= sub_bands_;
        const double ratio = bands.level[to] / bands.level[from];
        return bands.level[to] > 0.0 && ratio < smooth_step && (outer || ratio > 1.0 / smooth_step || ratio < 1.0);
    };
    for (bool grown = true; grown;) {
        grown = false;
        for (std::size_t b = 0; b < sub_bands_; ++b) {
            if (floor[b])
                continue;
            if ((b > 0 && floor[b - 1] && joins(b - 1, b)) || (b + 1 < sub_bands_ && floor[b + 1] && joins(b + 1, b)))
                floor[b] = grown = true;
        }
    }
    const bool rose = !last_.empty() && held_ < most_held && base > jump * last_base_;
    held_ = rose ? held_ + 1 : 0;
    for (std::size_t b = 0; b < sub_bands_; ++b) {
        bands.seen[b] = floor[b] && !rose;
        if (rose)
            bands.level[b] = last_[b];
    }
    if (rose)
        return;
    // Straight lines in decibels between the sub-bands that show the floor.
    const auto nearest = [&](std::size_t b, int step) -> std::ptrdiff_t {
        for (auto i = static_cast<std::ptrdiff_t>(b); i >= 0 && i < static_cast<std::ptrdiff_t>(sub_bands_);
             i += step) {
            if (floor[static_cast<std::size_t>(i)])
                return i;
        }
        return -1;
    };
    auto bridged = bands.level;
    for (std::size_t b = 0; b < sub_bands_; ++b) {
        if (floor[b])
            continue;
        const auto left = nearest(b, -1);
        const auto right = nearest(b, 1);
        const auto at = [&](std::ptrdiff_t i) { return std::log(bands.level[static_cast<std::size_t>(i)]); };
        if (left >= 0 && right >= 0) {
            const double share =
                static_cast<double>(static_cast<std::ptrdiff_t>(b) - left) / static_cast<double>(right - left);
            bridged[b] = std::exp(at(left) + share * (at(right) - at(left)));
        } else if (left >= 0 || right >= 0) {
            bridged[b] = std::exp(at(std::max(left, right)));
        }
        if (!last_.empty() && held_ == 0)
            bridged[b] = std::min(bridged[b], 2.0 * last_[b]);
    }
    bands.level = bridged;
    last_ = bands.level;
    last_base_ = base;
}

namespace {

/// The receiver's filter may fall off within one sub-band, whose quieter part would then be taken for all of it: near
/// the edges the floor is that of the neighbour further in, where that is higher.
void raise_edges(std::vector<double>& level)
{
    const auto edge = static_cast<std::size_t>(std::ceil(edge_share * static_cast<double>(level.size()))) + 1;
    const auto raise = [](double& outer, double inner) { outer = inner > falling * outer ? inner : outer; };
    for (std::size_t b = 0; b < edge && b + 1 < level.size(); ++b) {
        const std::size_t upper = level.size() - 1 - b;
        raise(level[b], level[b + 1]);
        raise(level[upper], level[upper - 1]);
    }
}

} // namespace

FloorEstimate NoiseFloor::expand(const SubBands& learnt) const
{
    FloorEstimate out;
    SubBands bands = learnt;
    raise_edges(bands.level);
    const auto fill = [&](std::size_t bins, double factor) {
        std::vector<float> values(bins);
        const double width = static_cast<double>(bins) / static_cast<double>(sub_bands_);
        for (std::size_t k = 0; k < bins; ++k) {
            const double place = (static_cast<double>(k) + 0.5) / width - 0.5;
            const double clamped = std::clamp(place, 0.0, static_cast<double>(sub_bands_ - 1));
            const auto b = std::min(static_cast<std::size_t>(clamped), sub_bands_ - 2);
            const double share = clamped - static_cast<double>(b);
            const double level = bands.level[b] + share * (bands.level[b + 1] - bands.level[b]);
            values[k] = static_cast<float>(level * factor);
        }
        return values;
    };
    out.narrow = fill(resolutions_.narrow.bins, 1.0);
    out.brief = fill(resolutions_.brief.bins,
                     static_cast<double>(resolutions_.narrow.bins) / static_cast<double>(resolutions_.brief.bins));
    const auto bands_of = [&](const std::vector<float>& values) {
        std::vector<float> means(sub_bands_);
        const std::size_t width = values.size() / sub_bands_;
        for (std::size_t b = 0; b < sub_bands_; ++b)
            means[b] = static_cast<float>(dsp::sum_of(values.data() + b * width, width) / static_cast<double>(width));
        return means;
    };
    out.narrow_bands = bands_of(out.narrow);
    out.brief_bands = bands_of(out.brief);
    const auto seen = std::count(bands.seen.begin(), bands.seen.end(), true);
    out.observed = static_cast<double>(seen) / static_cast<double>(sub_bands_);
    return out;
}

void NoiseFloor::lower_to(SubBands& bands, const Silences& silences) const
{
    auto sorted = bands.level;
    std::sort(sorted.begin(), sorted.end());
    const double outer = std::max(bands.level.front(), bands.level.back());
    if (!silences || outer <= 0.0 || sorted[sorted.size() / 4] < gap_ratio * outer)
        return;
    const auto power = silences();
    if (!power)
        return;
    const double level = *power / static_cast<double>(resolutions_.narrow.bins);
    for (double& own : bands.level)
        own = own > gap_ratio * level ? level : own;
}

FloorEstimate NoiseFloor::learn(std::span<const SlabSpectra* const> window, const Silences& silences)
{
    auto bands = measure(window);
    lower_to(bands, silences);
    bridge(bands);
    return expand(bands);
}

} // namespace gacsong::detect
