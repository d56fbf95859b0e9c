// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/rows/tile.hpp"
#include "report/rows/tile_maker.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>

namespace gacsong {

/// One row of one tile.
struct TileRow {
    const Tile* tile = nullptr;
    std::size_t row = 0;

    [[nodiscard]] RowState state() const { return tile->state[row]; }
    [[nodiscard]] std::span<const std::int16_t> maximum() const { return tile->row(tile->maximum, row); }
    [[nodiscard]] std::span<const std::int16_t> mean() const { return tile->row(tile->mean, row); }
    [[nodiscard]] std::span<const std::int16_t> minimum() const { return tile->row(tile->minimum, row); }
};

/// The tiles at hand, up to a number of bytes: those that were not looked at for longest go first.
class TileStore {
public:
    explicit TileStore(std::size_t most_bytes = std::size_t{192} << 20U) : most_bytes_(most_bytes) {}

    /// Adds a tile or replaces the one of the same place.
    void put(TilePtr tile);
    void clear();

    /// The row of `grid` that holds a sample of the line of time; nothing where it is not at hand or empty.
    [[nodiscard]] std::optional<TileRow> find(TileGrid grid, std::int64_t sample) const;

    /// The same from any grid at hand, the nearest in time resolution first.
    [[nodiscard]] std::optional<TileRow> find_any(TileGrid grid, std::int64_t sample) const;

    [[nodiscard]] const Tile* tile(TileKey key) const;

    /// Grows with every change.
    [[nodiscard]] std::uint64_t generation() const { return generation_; }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

private:
    struct Entry {
        TilePtr tile;
        mutable std::uint64_t used = 0;
    };
    static std::size_t bytes_of(const Tile& tile) { return tile.maximum.size() * 3 * sizeof(std::int16_t); }
    void make_room();

    std::map<TileKey, Entry> tiles_;
    std::map<std::pair<std::uint8_t, std::uint8_t>, std::size_t> grids_; ///< level and bins: tiles of it
    std::size_t most_bytes_;
    std::size_t bytes_ = 0;
    std::uint64_t generation_ = 0;
    mutable std::uint64_t clock_ = 0;
};

/// The tile of `grid` that holds a sample of the line of time.
[[nodiscard]] TileKey tile_at(TileGrid grid, std::int64_t sample);

} // namespace gacsong
