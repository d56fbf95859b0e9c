// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/rows/tile_maker.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gacsong {
namespace {

constexpr std::size_t rough_frames = 6;         ///< transforms of a rough row
constexpr std::int64_t cheap_samples = 1 << 15; ///< rows up to this length are made whole at once
constexpr std::size_t chunk_samples = 1 << 17;  ///< read and transformed at once
constexpr double clip_share = 1e-4;             ///< monitoring.md §3.5
constexpr int least_log2_bins = 6;
constexpr int most_log2_bins = 15;
constexpr int overlap_shift = 3; ///< transforms overlap by 7/8 at most

std::int16_t hundredths(double power)
{
    if (!(power > 1e-30))
        return Tile::nothing;
    return static_cast<std::int16_t>(std::lround(1000.0 * std::log10(power)));
}

/// Expected ratio of the largest of `count` noise powers to their mean (the harmonic number), hundredths of a decibel.
std::int16_t excess_of_largest(double count)
{
    const double m = std::max(1.0, count);
    const double harmonic = m < 1.5 ? 1.0 : std::log(m) + 0.57722 + 0.5 / m;
    return static_cast<std::int16_t>(std::lround(1000.0 * std::log10(harmonic)));
}

int floor_log2(double value) { return static_cast<int>(std::floor(std::log2(std::max(1.0, value)))); }

} // namespace

struct TileMaker::Pass {
    Pass(std::size_t bins, std::size_t hop)
        : pass(SampleFormat::of(Component::f32),
               {.bins = bins, .hop = hop, .frames = std::max<std::size_t>(1, chunk_samples / hop)}),
          mean(bins), maximum(bins), minimum(bins), kurtosis(bins)
    {
    }
    dsp::SpectrumPass pass;
    std::vector<float> mean;
    std::vector<float> maximum;
    std::vector<float> minimum;
    std::vector<float> kurtosis;
};

bool TileMaker::cheap(TileKey key) { return (std::int64_t{1} << key.level) <= cheap_samples; }

TileMaker::Pass& TileMaker::pass_for(std::size_t bins, std::size_t hop)
{
    auto& pass = passes_[{bins, hop}];
    if (!pass)
        pass = std::make_shared<Pass>(bins, hop);
    return *pass;
}

std::optional<Stretch> TileMaker::part_of(Tile& tile, std::size_t row) const
{
    const std::int64_t from = (tile.first_row() + static_cast<std::int64_t>(row)) * tile.row_samples();
    const std::int64_t to = from + tile.row_samples();
    auto part = timeline_.largest_part(from, to);
    if (!part) {
        tile.state[row] = from >= 0 && from < timeline_.end() ? RowState::lost : RowState::outside;
        return part;
    }
    // A transform needs `bins` samples: those that begin in the row may reach beyond it, and the last one of a stretch
    // begins before it, so that nothing is left out.
    const Stretch& home = *timeline_.stretch_at(part->first);
    const auto bins = static_cast<std::int64_t>(tile.bins());
    const std::int64_t start = std::max(home.first, std::min(part->first, home.end() - bins));
    part->count = std::min(part->end() + bins, home.end()) - start;
    part->first = start;
    part->stored = home.stored + static_cast<std::uint64_t>(start - home.first);
    return part;
}

bool TileMaker::add(Pass& pass, std::uint64_t stored, std::size_t frames, Sums& sums)
{
    const auto& shape = pass.pass.shape();
    const std::size_t need = shape.bins + (frames - 1) * shape.hop;
    samples_.resize(std::max(samples_.size(), need));
    const auto samples = std::span(samples_).first(need);
    if (!history_.read(stored, samples))
        return false;
    constexpr float limit = 0.992F; // the last steps of an 8-bit converter
    std::uint64_t hits = 0;
    for (const auto& sample : samples)
        hits += std::abs(sample.real()) >= limit || std::abs(sample.imag()) >= limit ? 1U : 0U;
    limit_hits_ += hits;
    looked_at_ += need;
    pass.pass.row(std::as_bytes(samples), frames, {pass.mean, pass.maximum, pass.minimum, pass.kurtosis});
    if (sums.frames == 0) {
        sums.mean.assign(shape.bins, 0.0);
        sums.maximum.assign(shape.bins, 0.0F);
        sums.minimum.assign(shape.bins, std::numeric_limits<float>::max());
    }
    const auto weight = static_cast<double>(frames);
    for (std::size_t k = 0; k < shape.bins; ++k) {
        sums.mean[k] += weight * static_cast<double>(pass.mean[k]);
        sums.maximum[k] = std::max(sums.maximum[k], pass.maximum[k]);
        sums.minimum[k] = std::min(sums.minimum[k], pass.minimum[k]);
    }
    sums.frames += frames;
    return true;
}

void TileMaker::store(const Sums& sums, double independent, double shift_hz, Tile& tile, std::size_t row) const
{
    const std::size_t bins = tile.bins();
    const double bin_hz = timeline_.sample_rate_hz() / static_cast<double>(bins);
    const auto shift = static_cast<std::int64_t>(std::llround(shift_hz / bin_hz));
    for (std::size_t k = 0; k < bins; ++k) {
        const std::int64_t to = static_cast<std::int64_t>(k) + shift;
        if (to < 0 || to >= static_cast<std::int64_t>(bins))
            continue;
        const std::size_t at = row * bins + static_cast<std::size_t>(to);
        tile.maximum[at] = hundredths(static_cast<double>(sums.maximum[k]));
        tile.mean[at] = hundredths(sums.mean[k] / static_cast<double>(sums.frames));
        tile.minimum[at] = hundredths(static_cast<double>(sums.minimum[k]));
    }
    tile.noise_excess[row] = excess_of_largest(independent);
    tile.clipped[row] = static_cast<double>(limit_hits_) > clip_share * static_cast<double>(looked_at_);
}

bool TileMaker::rough_row(Tile& tile, std::size_t row)
{
    const auto part = part_of(tile, row);
    if (!part)
        return true;
    const auto bins = static_cast<std::int64_t>(tile.bins());
    if (part->count < bins)
        return tile.state[row] = RowState::outside, true;
    Pass& pass = pass_for(tile.bins(), tile.bins() / 2);
    Sums sums;
    limit_hits_ = looked_at_ = 0;
    const std::int64_t room = part->count - bins;
    for (std::size_t i = 0; i < rough_frames; ++i) {
        const auto at = static_cast<std::uint64_t>(room * static_cast<std::int64_t>(i) /
                                                   static_cast<std::int64_t>(rough_frames - 1));
        if (!add(pass, part->stored + at, 1, sums))
            return false;
    }
    store(sums, rough_frames, part->center_shift_hz, tile, row);
    tile.state[row] = RowState::rough;
    return true;
}

bool TileMaker::whole_row(Tile& tile, std::size_t row, const std::stop_token& stop)
{
    const auto part = part_of(tile, row);
    if (!part)
        return true;
    const std::size_t bins = tile.bins();
    if (part->count < static_cast<std::int64_t>(bins))
        return tile.state[row] = RowState::outside, true;
    const std::size_t hop = std::min(bins / 2, static_cast<std::size_t>(tile.row_samples()));
    Pass& pass = pass_for(bins, hop);
    const std::size_t frames = std::min(1 + (static_cast<std::size_t>(part->count) - bins) / hop,
                                        std::max<std::size_t>(1, static_cast<std::size_t>(tile.row_samples()) / hop));
    Sums sums;
    limit_hits_ = looked_at_ = 0;
    for (std::size_t done = 0; done < frames;) {
        if (stop.stop_requested())
            return false;
        const std::size_t now = std::min(frames - done, pass.pass.shape().frames);
        if (!add(pass, part->stored + done * hop, now, sums))
            return false;
        done += now;
    }
    const double independent = 2.0 * static_cast<double>(frames * hop) / static_cast<double>(bins);
    store(sums, independent, part->center_shift_hz, tile, row);
    tile.state[row] = RowState::whole;
    return true;
}

TileGrid choose_grid(const Timeline& timeline, double span_s, int height, double span_hz, int width)
{
    const double rate = timeline.sample_rate_hz();
    const double row = span_s * rate / std::max(1, height);
    const int longest = floor_log2(static_cast<double>(std::max<std::int64_t>(2, timeline.end())));
    const int level = std::clamp(floor_log2(row), 3, 40);
    const double wanted = rate / std::max(1.0, span_hz) * std::max(1, width) / 2.0;
    int bins = std::clamp(floor_log2(wanted) + 1, least_log2_bins, most_log2_bins);
    bins = std::min({bins, std::max(least_log2_bins, level + overlap_shift), std::max(4, longest)});
    return {static_cast<std::uint8_t>(level), static_cast<std::uint8_t>(bins)};
}

} // namespace gacsong
