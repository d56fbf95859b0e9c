// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/runs.hpp"

#include "dsp/kernels.hpp"
#include "dsp/quantiles.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace gacsong::detect {

namespace {
constexpr std::size_t most_runs = 4096;
constexpr float depth = 0.01F;            ///< −20 dB below the peak a run ends
constexpr float standing_out = 8.0F;      ///< 9 dB above the middle of a skirt is something of its own
constexpr float rising = 4.0F;            ///< 6 dB above the valley beside a core, likewise
constexpr float rising_line = 1.6F;       ///< 2 dB beside an unmodulated line, whose skirts only fall
constexpr float deep = 0.05F;             ///< a valley this deep (−13 dB) parts two cores alike, however narrow
constexpr std::uint32_t centre_cells = 4; ///< … but not where it may be the receiver's
constexpr std::uint32_t line_cells = 5;   ///< cells of a line within 20 dB (Blackman–Harris)
constexpr std::uint32_t least_skirt = 12; ///< cells that make a middle worth taking

/// Adds a cell above all that came before: to the last run where no more than `gap` cells lie between, else as a new
/// one.
inline void join_cell(std::vector<Run>& to, std::size_t gap, std::uint32_t bin, float value, bool strong)
{
    if (to.empty() || bin - to.back().last > gap + 1) {
        to.push_back({bin, bin, bin, value, strong});
        return;
    }
    Run& run = to.back();
    run.last = bin;
    run.strong = run.strong || strong;
    if (value > run.peak_value) {
        run.peak = bin;
        run.peak_value = value;
    }
}

} // namespace

Thresholds thresholds_over(std::span<const float> floor, double averages, const DetectionLevel& level)
{
    const auto low = static_cast<float>(level.margin * dsp::threshold(averages, level.pfa_low));
    const auto high = static_cast<float>(level.margin * dsp::threshold(averages, level.pfa_high));
    return {floor, low, high};
}

void RunFinder::part_skirt(std::span<const float> cells, const Thresholds& thresholds, std::uint32_t first,
                           std::uint32_t last, bool above_core, float rise)
{
    const auto take = [&](std::uint32_t k, float level) {
        if (cells[k] > level && cells[k] > thresholds.high_at(k))
            join_cell(runs_, join_gap_, k, cells[k], true);
    };
    if (last - first + 1 >= least_skirt) {
        skirt_.assign(cells.begin() + first, cells.begin() + last + 1);
        const auto middle = skirt_.begin() + static_cast<std::ptrdiff_t>(skirt_.size() / 2);
        std::nth_element(skirt_.begin(), middle, skirt_.end());
        for (std::uint32_t k = first; k <= last; ++k)
            take(k, standing_out * *middle);
        return;
    }
    // Close beside the core: something of its own only where the power falls off before it rises again.
    float lowest = std::numeric_limits<float>::max();
    std::uint32_t from = first;
    std::uint32_t to = last;
    if (above_core) {
        for (from = first; from <= last && cells[from] <= rise * lowest; ++from)
            lowest = std::min(lowest, cells[from]);
    } else {
        for (to = last + 1; to > first && cells[to - 1] <= rise * lowest; --to)
            lowest = std::min(lowest, cells[to - 1]);
        if (to == first)
            return;
        --to;
    }
    for (std::uint32_t k = from; k <= to && k <= last; ++k)
        take(k, rise * lowest);
}

void RunFinder::join_cores(std::span<const float> cells)
{
    std::size_t kept = 0;
    for (std::size_t i = 1; i < cores_.size(); ++i) {
        Run& left = cores_[kept];
        const Run& right = cores_[i];
        const float valley = *std::min_element(cells.begin() + left.last + 1, cells.begin() + right.first);
        const auto [narrower, wider] = std::minmax({left.last - left.first + 1, right.last - right.first + 1});
        // A receiver that takes its DC off leaves a hole at the tuned centre.
        const std::size_t centre = cells.size() / 2;
        const bool hole = left.last <= centre + centre_cells && right.first + centre_cells >= centre;
        const bool channels = !hole && narrower >= line_cells && wider <= 3 * narrower &&
                              valley < deep * std::min(left.peak_value, right.peak_value);
        if (right.first - left.last > join_gap_ + 1 || channels) {
            cores_[++kept] = right;
            continue;
        }
        left.last = right.last;
        left.strong = left.strong || right.strong;
        if (right.peak_value > left.peak_value) {
            left.peak = right.peak;
            left.peak_value = right.peak_value;
        }
    }
    cores_.resize(kept + 1);
}

void RunFinder::part(std::span<const float> cells, const Thresholds& thresholds, const Run& run)
{
    const float level = depth * run.peak_value;
    if (level <= thresholds.low_at(run.peak)) {
        runs_.push_back(run);
        return;
    }
    // The stretch around the peak first, so that its skirts are looked at on either side in order.
    cores_.clear();
    for (std::uint32_t k = run.first; k <= run.last; ++k) {
        if (cells[k] >= level)
            join_cell(cores_, 0, k, cells[k], cells[k] > thresholds.high_at(k));
    }
    join_cores(cells);
    std::uint32_t from = run.first;
    const auto rise = [](const Run& core) { return core.last - core.first < line_cells ? rising_line : rising; };
    for (const Run& core : cores_) {
        if (core.first > from)
            part_skirt(cells, thresholds, from, core.first - 1, false, rise(core));
        runs_.push_back(core);
        from = core.last + 1;
    }
    if (from <= run.last)
        part_skirt(cells, thresholds, from, run.last, true, rise(cores_.back()));
}

std::span<const Run> RunFinder::find(std::span<const float> cells, const Thresholds& thresholds)
{
    runs_.clear();
    raw_.clear();
    mask_.resize((cells.size() + 7) / 8 * 8, 0);
    if (dsp::mark_cells(cells.data(), thresholds.floor.data(), thresholds.low, thresholds.high, mask_.data(),
                        cells.size()) == 0)
        return {};
    std::fill(mask_.begin() + static_cast<std::ptrdiff_t>(cells.size()), mask_.end(), std::uint8_t{0});
    constexpr std::size_t step = sizeof(std::uint64_t);
    static_assert(std::endian::native == std::endian::little, "the lowest byte of a word is its first cell");
    for (std::size_t word = 0; word < mask_.size() && raw_.size() < most_runs; word += step) {
        std::uint64_t marks = 0;
        std::memcpy(&marks, mask_.data() + word, step);
        while (marks != 0) {
            const auto shift = static_cast<unsigned>(std::countr_zero(marks)) / 8U * 8U;
            const auto bin = static_cast<std::uint32_t>(word + shift / 8U);
            join_cell(raw_, join_gap_, bin, cells[bin], (marks >> shift & 2U) != 0);
            marks &= ~(std::uint64_t{0xFF} << shift);
        }
    }
    for (const Run& run : raw_)
        part(cells, thresholds, run);
    return runs_;
}

} // namespace gacsong::detect
