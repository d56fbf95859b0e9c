// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/detector_parts.hpp"
#include "detect/spectral/intervals.hpp"
#include "dsp/kernels.hpp"
#include "dsp/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gacsong::detect {

namespace {

constexpr double pfa_burst = 1e-6; ///< of one brief row within the band of an emission that is known
constexpr std::size_t most_bursts = 4096;

} // namespace

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
        // What is keyed for hours keeps its latest bursts.
        if (extra.bursts.size() > 2 * most_bursts)
            extra.bursts.erase(extra.bursts.begin(), extra.bursts.end() - static_cast<std::ptrdiff_t>(most_bursts));
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
        into.told = into.told || from->second.told;
        into.next_brief_row = std::max(into.next_brief_row, from->second.next_brief_row);
        into.next_sample = std::max(into.next_sample, from->second.next_sample);
        narrow_->extra.erase(from);
    }
}

} // namespace gacsong::detect
