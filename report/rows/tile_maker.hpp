// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/sample_source.hpp"
#include "dsp/spectrum_pass.hpp"
#include "report/rows/tile.hpp"
#include "report/rows/timeline.hpp"

#include <complex>
#include <cstddef>
#include <map>
#include <memory>
#include <stop_token>
#include <vector>

namespace gacsong {

/// Makes the rows of tiles from samples. Belongs to one thread; the History may be shared.
class TileMaker {
public:
    /// `history` and `timeline` must outlive it.
    TileMaker(const History& history, const Timeline& timeline) : history_(history), timeline_(timeline) {}

    /// A few transforms spread over the row, its first and its last among them. Quick however long the row is.
    /// False where the samples could not be read.
    bool rough_row(Tile& tile, std::size_t row);

    /// Every sample of the row, transforms half overlapping at least. False where the samples could not be read, or
    /// `stop` was asked for: then the row is as before.
    bool whole_row(Tile& tile, std::size_t row, const std::stop_token& stop);

    /// Whether a whole row costs about as much as a rough one.
    [[nodiscard]] static bool cheap(TileKey key);

private:
    /// Adds up transforms of one row.
    struct Sums {
        std::vector<double> mean;
        std::vector<float> maximum;
        std::vector<float> minimum;
        std::size_t frames = 0;
    };
    struct Pass;

    [[nodiscard]] Pass& pass_for(std::size_t bins, std::size_t hop);
    [[nodiscard]] std::optional<Stretch> part_of(Tile& tile, std::size_t row) const;
    bool add(Pass& pass, std::uint64_t stored, std::size_t frames, Sums& sums);
    /// `independent`: how many of the transforms tell something new.
    void store(const Sums& sums, double independent, double shift_hz, Tile& tile, std::size_t row) const;

    const History& history_;
    const Timeline& timeline_;
    std::map<std::pair<std::size_t, std::size_t>, std::shared_ptr<Pass>> passes_;
    std::vector<std::complex<float>> samples_;
    std::uint64_t limit_hits_ = 0; ///< samples at full scale since the row began
    std::uint64_t looked_at_ = 0;
};

/// Level and transform length for a picture of `height` rows over `span_s` seconds and `width` columns over `span_hz`:
/// no row is longer than a row of the picture, and no bin wider than two columns where time allows it.
struct TileGrid {
    std::uint8_t level = 10;
    std::uint8_t log2_bins = 10;
    bool operator==(const TileGrid&) const = default;
};
[[nodiscard]] TileGrid choose_grid(const Timeline& timeline, double span_s, int height, double span_hz, int width);

} // namespace gacsong
