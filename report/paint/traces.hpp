// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/paint/view.hpp"
#include "report/rows/tile_store.hpp"
#include "report/rows/timeline.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace gacsong::paint {

/// Levels of each bin over a stretch of time, dBFS; empty where nothing is known.
struct BinTraces {
    std::vector<float> mean;
    std::vector<float> maximum;
    std::vector<float> minimum;

    [[nodiscard]] bool empty() const { return mean.empty(); }
};

/// Mean (of power), largest and smallest level of each bin between two times. Whole tiles are added up once and
/// remembered, so are blocks of rows of those at the edges of a view.
class TraceMaker {
public:
    [[nodiscard]] BinTraces make(const TileStore& store, TileGrid grid, const Timeline& timeline, double from_s,
                                 double to_s);

private:
    struct Sums {
        std::vector<float> power;
        std::vector<std::int16_t> maximum;
        std::vector<std::int16_t> minimum;
        std::size_t rows = 0;
        std::uint32_t version = 0;
    };
    static void add_rows(const Tile& tile, std::size_t from, std::size_t to, Sums& sums);
    static void join(const Sums& from, Sums& into);
    /// Adds rows from … to of a tile, by blocks where they are whole.
    void add_part(const Tile& tile, std::size_t from, std::size_t to, Sums& sums);

    std::map<TileKey, Sums> whole_;                          ///< tiles that lay wholly in a view
    std::map<std::pair<TileKey, std::size_t>, Sums> blocks_; ///< by tile and block
};

/// What lies in a box of time and frequency (hertz from the centre of the recording).
struct BoxMeasure {
    double power_dbfs = 0.0;              ///< mean power in the box
    std::optional<double> occupied_99_hz; ///< width that holds 99 % of what stands above the floor
    std::optional<double> strongest_hz;   ///< offset of the strongest bin
    double strongest_dbfs = 0.0;          ///< mean level of that bin
};
[[nodiscard]] std::optional<BoxMeasure> measure_box(const BinTraces& traces, const View& box, double sample_rate_hz);

} // namespace gacsong::paint
