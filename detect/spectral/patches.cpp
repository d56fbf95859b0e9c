// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/patches.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gacsong::detect {

namespace {

constexpr float dip = 0.03F;            ///< a valley this deep (−15 dB) parts two patches
constexpr float minor = 0.1F;           ///< what is 10 dB weaker than the peak of a run does not share it
constexpr std::uint64_t young_rows = 3; ///< a patch as young as this joins its neighbour at once
constexpr std::uint32_t ease = 4;       ///< a patch narrows by a quarter of the difference from row to row
constexpr std::uint32_t reach = 1;      ///< bins by which a run may miss a patch and still continue it

/// Makes room for bins first … last.
void widen(Patch& patch, std::uint32_t first, std::uint32_t last)
{
    if (patch.excess.empty()) {
        patch.low = first;
        patch.high = last;
        patch.excess.assign(last - first + 1, 0.0F);
        patch.noise.assign(last - first + 1, 0.0F);
        return;
    }
    if (first < patch.low) {
        patch.excess.insert(patch.excess.begin(), patch.low - first, 0.0F);
        patch.noise.insert(patch.noise.begin(), patch.low - first, 0.0F);
        patch.low = first;
    }
    if (last > patch.high) {
        patch.excess.resize(patch.excess.size() + (last - patch.high), 0.0F);
        patch.noise.resize(patch.excess.size(), 0.0F);
        patch.high = last;
    }
}

void absorb(Patch& into, const Patch& from)
{
    widen(into, from.low, from.high);
    for (std::size_t i = 0; i < from.excess.size(); ++i) {
        into.excess[from.low - into.low + i] += from.excess[i];
        into.noise[from.low - into.low + i] += from.noise[i];
    }
    // Rows in which both were on count once.
    const std::uint64_t begin = std::max(into.first_row, from.first_row);
    const std::uint64_t end = std::min(into.last_row, from.last_row);
    const std::uint64_t common = end >= begin ? std::min({end - begin + 1, into.rows_on, from.rows_on}) : 0;
    into.rows_on += from.rows_on - common;
    into.first_row = std::min(into.first_row, from.first_row);
    into.last_row = std::max(into.last_row, from.last_row);
    into.recent_low = std::min(into.recent_low, from.recent_low);
    into.recent_high = std::max(into.recent_high, from.recent_high);
    for (const auto& [other, rows] : from.bridged) {
        if (other != into.id)
            into.bridged[other] += rows;
    }
    into.bridged.erase(from.id);
}

} // namespace

void PatchBuilder::begin_patch(std::uint64_t row, std::span<const float> cells, std::span<const float> floor,
                               const Run& run)
{
    auto patch = std::make_unique<Patch>();
    patch->id = next_id_++;
    patch->first_row = row;
    patch->recent_low = run.first;
    patch->recent_high = run.last;
    open_.push_back(std::move(patch));
    extend(*open_.back(), row, cells, floor, run.first, run.last);
}

void PatchBuilder::extend(Patch& patch, std::uint64_t row, std::span<const float> cells, std::span<const float> floor,
                          std::uint32_t first, std::uint32_t last)
{
    widen(patch, first, last);
    for (std::uint32_t k = first; k <= last; ++k) {
        patch.excess[k - patch.low] += std::max(0.0F, cells[k] - floor[k]);
        patch.noise[k - patch.low] += floor[k];
    }
    const bool again = patch.rows_on > 0 && patch.last_row == row;
    // What a patch lately covered shrinks slowly: the spectrum of a keyed or modulated signal breathes.
    const auto eased = [](std::uint32_t old, std::uint32_t now) {
        const std::uint32_t step = (std::max(old, now) - std::min(old, now) + ease - 1) / ease;
        return now > old ? old + step : old - step;
    };
    if (patch.rows_on == 0 || first < patch.recent_low)
        patch.recent_low = first;
    else if (!again)
        patch.recent_low = eased(patch.recent_low, first);
    if (patch.rows_on == 0 || last > patch.recent_high)
        patch.recent_high = last;
    else if (!again)
        patch.recent_high = eased(patch.recent_high, last);
    patch.rows_on += again ? 0U : 1U;
    patch.last_row = row;
}

void PatchBuilder::share_run(std::uint64_t row, std::span<const float> cells, std::span<const float> floor,
                             const Run& run, std::span<Patch* const> owners)
{
    // Where each owner is strongest inside the run; between two such places lies the border.
    const auto strongest = [&](const Patch& patch) {
        const std::uint32_t from = std::clamp(patch.recent_low, run.first, run.last);
        const std::uint32_t to = std::clamp(patch.recent_high, run.first, run.last);
        std::uint32_t at = from;
        for (std::uint32_t k = from; k <= to; ++k)
            at = cells[k] > cells[at] ? k : at;
        return at;
    };
    std::vector<std::pair<std::uint32_t, Patch*>> peaks;
    float highest = 0.0F;
    for (Patch* owner : owners) {
        peaks.emplace_back(strongest(*owner), owner);
        highest = std::max(highest, cells[peaks.back().first]);
    }
    // A line that stands in the skirts of something much stronger keeps what it had and takes no part in the rest.
    std::erase_if(peaks, [&](const auto& peak) {
        Patch& patch = *peak.second;
        if (cells[peak.first] >= minor * highest)
            return false;
        const std::uint32_t from = std::clamp(patch.recent_low, run.first, run.last);
        extend(patch, row, cells, floor, from, std::clamp(patch.recent_high, from, run.last));
        return true;
    });
    std::sort(peaks.begin(), peaks.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : a.second->id < b.second->id;
    });
    std::uint32_t from = run.first;
    for (std::size_t i = 0; i < peaks.size() && from <= run.last; ++i) {
        std::uint32_t to = run.last;
        if (i + 1 < peaks.size()) {
            std::uint32_t valley = peaks[i].first;
            for (std::uint32_t k = peaks[i].first; k <= peaks[i + 1].first; ++k)
                valley = cells[k] < cells[valley] ? k : valley;
            const float lower = std::min(cells[peaks[i].first], cells[peaks[i + 1].first]);
            if (cells[valley] > dip * lower) {
                ++peaks[i].second->bridged[peaks[i + 1].second->id];
                ++peaks[i + 1].second->bridged[peaks[i].second->id];
            }
            to = std::max(from, valley);
        }
        extend(*peaks[i].second, row, cells, floor, from, to);
        from = to + 1;
    }
}

bool PatchBuilder::is_foreign(const Run& run, std::span<const float> cells, std::span<Patch* const> owners)
{
    if (!run.strong)
        return false;
    for (const Patch* owner : owners) {
        if (owner->rows_on < young_rows)
            return false;
        if (run.peak + 2 >= owner->recent_low && run.peak <= owner->recent_high + 2)
            return false;
        const std::uint32_t from = std::clamp(owner->recent_low, run.first, run.last);
        const std::uint32_t to = std::clamp(owner->recent_high, from, run.last);
        const float own = *std::max_element(cells.begin() + from, cells.begin() + to + 1);
        if (own >= minor * run.peak_value)
            return false;
    }
    return true;
}

void PatchBuilder::add_row(std::uint64_t row, std::span<const float> cells, std::span<const float> floor,
                           std::span<const Run> runs)
{
    const std::size_t known = open_.size(); // patches begun in this row do not take runs of the same row
    extents_.clear();
    for (std::size_t i = 0; i < known; ++i)
        extents_.emplace_back(open_[i]->recent_low, open_[i]->recent_high);
    auto& owners = owners_;
    for (const Run& run : runs) {
        owners.clear();
        for (std::size_t i = 0; i < known; ++i) {
            if (run.first <= extents_[i].second + reach && run.last + reach >= extents_[i].first)
                owners.push_back(open_[i].get());
        }
        if (!owners.empty() && is_foreign(run, cells, owners)) {
            for (Patch* owner : owners) {
                const std::uint32_t from = std::clamp(owner->recent_low, run.first, run.last);
                extend(*owner, row, cells, floor, from, std::clamp(owner->recent_high, from, run.last));
            }
            begin_patch(row, cells, floor, run);
        } else if (owners.size() == 1)
            extend(*owners.front(), row, cells, floor, run.first, run.last);
        else if (!owners.empty())
            share_run(row, cells, floor, run, owners);
        else if (run.strong)
            begin_patch(row, cells, floor, run);
    }
    merge_bridged();
    close_old(row);
}

void PatchBuilder::merge_bridged()
{
    for (std::size_t i = 0; i < open_.size(); ++i) {
        Patch& a = *open_[i];
        for (bool again = !a.bridged.empty(); again;) {
            again = false;
            for (const auto& [other, rows] : a.bridged) {
                const auto found = std::find_if(open_.begin(), open_.end(),
                                                [id = other](const auto& patch) { return patch->id == id; });
                if (found == open_.end())
                    continue;
                const std::uint64_t younger = std::min(a.rows_on, (*found)->rows_on);
                if (younger < young_rows || 2ULL * rows < younger)
                    continue;
                const auto at = static_cast<std::size_t>(found - open_.begin());
                const auto taken = std::move(open_[at]);
                open_.erase(found);
                if (at < i)
                    --i;
                absorb(a, *taken);
                merges_.push_back({a.id, taken->id});
                again = true;
                break;
            }
        }
    }
}

void PatchBuilder::close_old(std::uint64_t row)
{
    std::vector<std::uint64_t> gone;
    for (auto& patch : open_) {
        if (row - patch->last_row > patience_) {
            patch->open = false;
            gone.push_back(patch->id);
            closed_.push_back(std::move(patch));
        }
    }
    std::erase(open_, nullptr);
    // A patch that stays for hours would remember every neighbour that it ever had.
    for (const std::uint64_t id : gone) {
        for (const auto& patch : open_)
            patch->bridged.erase(id);
    }
}

void PatchBuilder::finish()
{
    for (auto& patch : open_) {
        patch->open = false;
        patch->touches_end = true;
        closed_.push_back(std::move(patch));
    }
    open_.clear();
}

std::vector<PatchBuilder::Merge> PatchBuilder::take_merges() { return std::exchange(merges_, {}); }

std::vector<std::unique_ptr<Patch>> PatchBuilder::take_closed() { return std::exchange(closed_, {}); }

} // namespace gacsong::detect
