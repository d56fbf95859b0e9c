// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/runs.hpp"

#include "dsp/kernels.hpp"
#include "dsp/quantiles.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace gacsong::detect {

namespace {
constexpr std::size_t most_runs = 4096;
constexpr float depth = 0.01F;            ///< −20 dB below the peak a run ends
constexpr float standing_out = 8.0F;      ///< 9 dB above the middle of a skirt is something of its own
constexpr float rising = 4.0F;            ///< 6 dB above the valley beside a core, likewise
constexpr float rising_line = 1.6F;       ///< 2 dB beside an unmodulated line, whose skirts only fall
constexpr std::uint32_t line_cells = 5;   ///< cells of a line within 20 dB (Blackman–Harris)
constexpr std::uint32_t least_skirt = 12; ///< cells that make a middle worth taking
} // namespace

Thresholds thresholds_over(std::span<const float> floor, double averages, const DetectionLevel& level)
{
    const auto low = static_cast<float>(level.margin * dsp::threshold(averages, level.pfa_low));
    const auto high = static_cast<float>(level.margin * dsp::threshold(averages, level.pfa_high));
    Thresholds out;
    out.low.resize(floor.size());
    out.high.resize(floor.size());
    dsp::scale_to(floor.data(), low, out.low.data(), floor.size());
    dsp::scale_to(floor.data(), high, out.high.data(), floor.size());
    return out;
}

void RunFinder::add(std::span<const float> cells, const Thresholds& thresholds, std::uint32_t bin,
                    std::vector<Run>& to) const
{
    if (to.empty() || bin - to.back().last > join_gap_ + 1)
        to.push_back({bin, bin, bin, cells[bin], false});
    Run& run = to.back();
    run.last = bin;
    run.strong = run.strong || cells[bin] > thresholds.high[bin];
    if (cells[bin] > run.peak_value) {
        run.peak = bin;
        run.peak_value = cells[bin];
    }
}

void RunFinder::part_skirt(std::span<const float> cells, const Thresholds& thresholds, std::uint32_t first,
                           std::uint32_t last, bool above_core, float rise)
{
    const auto take = [&](std::uint32_t k, float level) {
        if (cells[k] > level && cells[k] > thresholds.high[k])
            add(cells, thresholds, k, runs_);
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

void RunFinder::part(std::span<const float> cells, const Thresholds& thresholds, const Run& run)
{
    const float level = depth * run.peak_value;
    if (level <= thresholds.low[run.peak]) {
        runs_.push_back(run);
        return;
    }
    // The stretch around the peak first, so that its skirts are looked at on either side in order.
    std::vector<Run> cores;
    for (std::uint32_t k = run.first; k <= run.last; ++k) {
        if (cells[k] >= level)
            add(cells, thresholds, k, cores);
    }
    std::uint32_t from = run.first;
    const auto rise = [](const Run& core) { return core.last - core.first < line_cells ? rising_line : rising; };
    for (const Run& core : cores) {
        if (core.first > from)
            part_skirt(cells, thresholds, from, core.first - 1, false, rise(core));
        runs_.push_back(core);
        from = core.last + 1;
    }
    if (from <= run.last)
        part_skirt(cells, thresholds, from, run.last, true, rise(cores.back()));
}

std::span<const Run> RunFinder::find(std::span<const float> cells, const Thresholds& thresholds)
{
    runs_.clear();
    raw_.clear();
    mask_.resize((cells.size() + 7) / 8 * 8, 0);
    if (dsp::mark_cells(cells.data(), thresholds.low.data(), thresholds.high.data(), mask_.data(), cells.size()) == 0)
        return {};
    for (std::size_t word = 0; word < mask_.size() && raw_.size() < most_runs; word += 8) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, mask_.data() + word, sizeof bits);
        if (bits == 0)
            continue;
        for (std::size_t k = word; k < word + 8 && k < cells.size(); ++k) {
            if (mask_[k] != 0)
                add(cells, thresholds, static_cast<std::uint32_t>(k), raw_);
        }
    }
    for (const Run& run : raw_)
        part(cells, thresholds, run);
    return runs_;
}

} // namespace gacsong::detect
