// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/paint/traces.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gacsong::paint {
namespace {

constexpr std::size_t most_remembered = 256; ///< tiles
constexpr std::size_t most_blocks = 64;
constexpr std::size_t block_rows = 8;

/// Power of every level that a tile can hold: 10^(level/1000), level in hundredths of a decibel.
float power_of(std::int16_t level)
{
    static const std::vector<float> table = [] {
        std::vector<float> powers(65'536);
        for (std::size_t i = 0; i < powers.size(); ++i)
            powers[i] = static_cast<float>(std::pow(10.0, (static_cast<double>(i) - 32'768.0) / 1000.0));
        return powers;
    }();
    return table[static_cast<std::size_t>(int{level} + 32'768)];
}

float level_of(double power) { return power > 0.0 ? static_cast<float>(10.0 * std::log10(power)) : -300.0F; }

} // namespace

void TraceMaker::add_rows(const Tile& tile, std::size_t from, std::size_t to, Sums& sums)
{
    const std::size_t bins = tile.bins();
    if (sums.power.empty()) {
        sums.power.assign(bins, 0.0F);
        sums.maximum.assign(bins, INT16_MIN);
        sums.minimum.assign(bins, INT16_MAX);
    }
    for (std::size_t r = from; r < to; ++r) {
        if (tile.state[r] != RowState::rough && tile.state[r] != RowState::whole)
            continue;
        const auto mean = tile.row(tile.mean, r);
        const auto high = tile.row(tile.maximum, r);
        const auto low = tile.row(tile.minimum, r);
        for (std::size_t k = 0; k < bins; ++k) {
            sums.power[k] += power_of(mean[k]);
            sums.maximum[k] = std::max(sums.maximum[k], high[k]);
            sums.minimum[k] = std::min(sums.minimum[k], low[k]);
        }
        ++sums.rows;
    }
}

void TraceMaker::join(const Sums& from, Sums& into)
{
    if (into.power.empty()) {
        into = from;
        return;
    }
    std::ranges::transform(from.power, into.power, into.power.begin(), std::plus<>());
    std::ranges::transform(from.maximum, into.maximum, into.maximum.begin(),
                           [](auto a, auto b) { return std::max(a, b); });
    std::ranges::transform(from.minimum, into.minimum, into.minimum.begin(),
                           [](auto a, auto b) { return std::min(a, b); });
    into.rows += from.rows;
}

void TraceMaker::add_part(const Tile& tile, std::size_t from, std::size_t to, Sums& sums)
{
    while (from < to) {
        const std::size_t block = from / block_rows;
        const std::size_t end = std::min(to, (block + 1) * block_rows);
        if (from % block_rows != 0 || end - from < block_rows) {
            add_rows(tile, from, end, sums);
        } else {
            Sums& whole = blocks_[{tile.key, block}];
            if (whole.power.empty() || whole.version != tile.version) {
                whole = {};
                add_rows(tile, from, end, whole);
                whole.version = tile.version;
            }
            join(whole, sums);
        }
        from = end;
    }
}

BinTraces TraceMaker::make(const TileStore& store, TileGrid grid, const Timeline& timeline, double from_s, double to_s)
{
    const double rate = timeline.sample_rate_hz();
    const auto from = static_cast<std::int64_t>(std::max(0.0, std::floor(from_s * rate)));
    const auto to = std::min(timeline.end(), static_cast<std::int64_t>(std::ceil(to_s * rate)));
    if (whole_.size() > most_remembered)
        whole_.clear();
    if (blocks_.size() > most_blocks)
        blocks_.clear();
    Sums all;
    for (TileKey key = tile_at(grid, from);; ++key.index) {
        const std::int64_t begin = key.index * static_cast<std::int64_t>(Tile::rows) << key.level;
        if (begin >= to)
            break;
        const Tile* tile = store.tile(key);
        if (tile == nullptr)
            continue;
        const auto row_of = [&](std::int64_t sample) { return (sample - begin) >> key.level; };
        const auto first = static_cast<std::size_t>(std::max<std::int64_t>(0, row_of(from)));
        const auto last = static_cast<std::size_t>(std::min<std::int64_t>(Tile::rows, row_of(to - 1) + 1));
        if (first == 0 && last == Tile::rows) {
            Sums& sums = whole_[key];
            if (sums.power.empty() || sums.version != tile->version) {
                sums = {};
                add_rows(*tile, 0, Tile::rows, sums);
                sums.version = tile->version;
            }
            join(sums, all);
        } else if (first < last) {
            add_part(*tile, first, last, all);
        }
    }
    BinTraces traces;
    if (all.rows == 0)
        return traces;
    for (auto* levels : {&traces.mean, &traces.maximum, &traces.minimum})
        levels->reserve(all.power.size());
    for (std::size_t k = 0; k < all.power.size(); ++k) {
        traces.mean.push_back(level_of(static_cast<double>(all.power[k]) / static_cast<double>(all.rows)));
        traces.maximum.push_back(0.01F * static_cast<float>(all.maximum[k]));
        traces.minimum.push_back(0.01F * static_cast<float>(all.minimum[k]));
    }
    return traces;
}

std::optional<BoxMeasure> measure_box(const BinTraces& traces, const View& box, double sample_rate_hz)
{
    const std::size_t bins = traces.mean.size();
    if (bins == 0)
        return std::nullopt;
    const double bin_hz = sample_rate_hz / static_cast<double>(bins);
    const auto bin_at = [&](double hz) {
        return std::clamp((hz + 0.5 * sample_rate_hz) / bin_hz + 0.5, 0.0, static_cast<double>(bins));
    };
    const auto from = static_cast<std::size_t>(bin_at(box.low_hz));
    const auto to = std::max(from + 1, static_cast<std::size_t>(bin_at(box.high_hz)));
    if (from >= bins)
        return std::nullopt;
    std::vector<double> power;
    for (std::size_t k = from; k < std::min(to, bins); ++k)
        power.push_back(std::pow(10.0, 0.1 * static_cast<double>(traces.mean[k])));
    BoxMeasure measure;
    measure.power_dbfs = static_cast<double>(level_of(std::accumulate(power.begin(), power.end(), 0.0)));
    const auto peak = std::ranges::max_element(power);
    measure.strongest_dbfs = static_cast<double>(level_of(*peak));
    measure.strongest_hz =
        (static_cast<double>(from) + static_cast<double>(peak - power.begin())) * bin_hz - 0.5 * sample_rate_hz;
    // Above the floor: the quietest tenth of the box stands for the noise.
    std::vector<double> sorted = power;
    const auto tenth = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 10);
    std::ranges::nth_element(sorted, tenth);
    const double floor = *tenth;
    for (double& p : power)
        p = std::max(0.0, p - floor);
    const double total = std::accumulate(power.begin(), power.end(), 0.0);
    if (power.size() < 8 || *peak < 10.0 * floor || total <= 0.0)
        return measure;
    double sum = 0.0;
    std::size_t low = 0;
    while (low < power.size() && sum + power[low] < 0.005 * total)
        sum += power[low++];
    sum = 0.0;
    std::size_t high = power.size();
    while (high > low + 1 && sum + power[high - 1] < 0.005 * total)
        sum += power[--high];
    measure.occupied_99_hz = static_cast<double>(high - low) * bin_hz;
    return measure;
}

} // namespace gacsong::paint
