// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace gacsong {

/// A piece of the time–frequency plane: `Tile::rows` rows of 2^level samples each, 2^log2_bins bins over the whole
/// band.
struct TileKey {
    std::uint8_t level = 0;
    std::uint8_t log2_bins = 0;
    std::int64_t index = 0; ///< its first row is index · Tile::rows
    auto operator<=>(const TileKey&) const = default;
};

/// How much of a row is known.
enum class RowState : std::uint8_t {
    empty,   ///< nothing yet
    rough,   ///< some transforms spread over it: a short burst may be missing
    whole,   ///< every sample went into it
    lost,    ///< samples were lost here
    outside, ///< before the start or after the end
};

/// Spectra for pictures: levels in hundredths of a decibel relative to full scale and bin, frequency ascending, the
/// centre at bin N/2. `maximum`, `mean` and `minimum` are those of the transforms within a row.
struct Tile {
    static constexpr std::size_t rows = 64;
    static constexpr std::int16_t nothing = -30'000; ///< of a bin that received nothing

    explicit Tile(TileKey key_)
        : key(key_), maximum(rows << key.log2_bins, nothing), mean(rows << key.log2_bins, nothing),
          minimum(rows << key.log2_bins, nothing)
    {
    }

    [[nodiscard]] std::size_t bins() const { return std::size_t{1} << key.log2_bins; }
    [[nodiscard]] std::int64_t row_samples() const { return std::int64_t{1} << key.level; }
    [[nodiscard]] std::int64_t first_row() const { return key.index * static_cast<std::int64_t>(rows); }
    [[nodiscard]] std::span<const std::int16_t> row(const std::vector<std::int16_t>& of, std::size_t r) const
    {
        return std::span(of).subspan(r * bins(), bins());
    }

    TileKey key;
    std::vector<std::int16_t> maximum;
    std::vector<std::int16_t> mean;
    std::vector<std::int16_t> minimum;
    std::array<RowState, rows> state{};
    std::array<bool, rows> clipped{}; ///< the receiver was at its limit
    /// By how much the largest of the transforms of a row stands above their mean in noise, hundredths of a decibel:
    /// what pictures take off, so that noise looks the same however many transforms went into a row.
    std::array<std::int16_t, rows> noise_excess{};
    /// The level that a picture shows: the mean, or the maximum where that stands out of what noise would give.
    [[nodiscard]] std::int16_t shown(std::size_t r, std::size_t bin) const
    {
        const std::size_t at = r * bins() + bin;
        return std::max<std::int16_t>(mean[at], static_cast<std::int16_t>(maximum[at] - noise_excess[r]));
    }

    std::uint32_t version = 0; ///< grows when rows are added
};

using TilePtr = std::shared_ptr<const Tile>;

} // namespace gacsong
