// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/rows/tile_store.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace gacsong {

TileKey tile_at(TileGrid grid, std::int64_t sample)
{
    // Shifting a negative number to the right rounds down in C++20.
    const std::int64_t row = sample >> grid.level;
    return {grid.level, grid.log2_bins, row >> 6};
}

static_assert(Tile::rows == std::size_t{1} << 6U);

void TileStore::put(TilePtr tile)
{
    Entry& entry = tiles_[tile->key];
    if (entry.tile)
        bytes_ -= bytes_of(*entry.tile);
    else
        ++grids_[{tile->key.level, tile->key.log2_bins}];
    bytes_ += bytes_of(*tile);
    entry = {std::move(tile), ++clock_};
    ++generation_;
    make_room();
}

void TileStore::clear()
{
    tiles_.clear();
    grids_.clear();
    bytes_ = 0;
    ++generation_;
}

void TileStore::make_room()
{
    while (bytes_ > most_bytes_ && tiles_.size() > 1) {
        const auto oldest = std::ranges::min_element(tiles_, {}, [](const auto& item) { return item.second.used; });
        bytes_ -= bytes_of(*oldest->second.tile);
        const auto grid = grids_.find({oldest->first.level, oldest->first.log2_bins});
        if (--grid->second == 0)
            grids_.erase(grid);
        tiles_.erase(oldest);
    }
}

const Tile* TileStore::tile(TileKey key) const
{
    const auto found = tiles_.find(key);
    if (found == tiles_.end())
        return nullptr;
    found->second.used = ++clock_;
    return found->second.tile.get();
}

std::optional<TileRow> TileStore::find(TileGrid grid, std::int64_t sample) const
{
    const Tile* at = tile(tile_at(grid, sample));
    if (at == nullptr)
        return std::nullopt;
    const auto row = static_cast<std::size_t>((sample >> grid.level) - at->first_row());
    if (at->state[row] == RowState::empty)
        return std::nullopt;
    return TileRow{at, row};
}

std::optional<TileRow> TileStore::find_any(TileGrid grid, std::int64_t sample) const
{
    if (const auto exact = find(grid, sample))
        return exact;
    std::vector<TileGrid> others;
    for (const auto& [key, count] : grids_)
        others.push_back({key.first, key.second});
    const auto distance = [&](TileGrid other) {
        return 4 * std::abs(int{other.level} - int{grid.level}) + std::abs(int{other.log2_bins} - int{grid.log2_bins});
    };
    std::ranges::sort(others, {}, distance);
    for (const TileGrid other : others) {
        if (const auto row = find(other, sample))
            return row;
    }
    return std::nullopt;
}

} // namespace gacsong
