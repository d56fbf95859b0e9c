// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/paint/colour_map.hpp"
#include "report/paint/view.hpp"
#include "report/rows/tile_store.hpp"

#include <QImage>
#include <QPainter>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::paint {

/// Which bins stand in which column of a picture. Every bin of the view is in a column, so nothing narrow is lost.
class Columns {
public:
    Columns() = default;
    Columns(const View& view, double sample_rate_hz, std::size_t bins, int width);

    /// out[x] = largest of the bins in column x, or Tile::nothing beyond the band.
    void reduce(std::span<const std::int16_t> bins, std::span<std::int16_t> out) const;

    [[nodiscard]] std::size_t width() const { return begin_.size(); }
    /// First bin of a column and one past its last.
    [[nodiscard]] std::pair<std::size_t, std::size_t> bins_of(std::size_t column) const
    {
        return {begin_[column], end_[column]};
    }

private:
    std::vector<std::uint32_t> begin_;
    std::vector<std::uint32_t> end_;
};

/// The waterfall as pixels, newest row on top: a ring of rows, of which only those are painted anew that moved into
/// the view or whose samples became known. Rows stand on a grid of time, so scrolling moves them by whole rows.
class WaterfallImage {
public:
    struct Wanted {
        View view;
        QSize size; ///< in pixels of the device
        TileGrid grid;
        Levels levels;
        std::uint64_t map_version = 0; ///< to be changed with the colour map
        double sample_rate_hz = 1.0;
        QRgb plot = 0;    ///< where nothing is known
        QRgb outside = 0; ///< before the start and after the end
        QRgb hatch = 0;   ///< lines of the hatch over lost samples
        QRgb hatch_ground = 0;
    };

    /// Brings the rows up to date. Returns how many were painted anew.
    int update(const Wanted& wanted, const ColourMap& map, const TileStore& store);

    void paint(QPainter& painter, QRect target) const;

    /// True while a row of the view shows less than every sample.
    [[nodiscard]] bool unfinished() const { return unfinished_; }

    /// Rows of the picture in which the receiver was at its limit, as y in pixels of the device.
    [[nodiscard]] std::vector<int> clipped_rows() const;

private:
    struct Row {
        std::int64_t number = INT64_MIN;
        std::uint64_t generation = 0;
        bool final = false;
        bool clipped = false;
    };
    void paint_row(std::int64_t number, Row& row, QRgb* line, const ColourMap& map, const TileStore& store);
    void paint_levels(QRgb* line, const ColourMap& map) const;
    void paint_lost(std::int64_t number, QRgb* line) const;
    [[nodiscard]] const Columns& columns_for(std::size_t bins);

    Wanted wanted_;
    QImage image_;
    std::vector<Row> rows_;
    std::map<std::size_t, Columns> columns_;
    std::vector<std::int16_t> joined_; ///< bins of the tile rows of one row of the picture
    std::vector<std::int16_t> levels_; ///< of its columns
    double row_s_ = 1.0;
    std::int64_t top_ = 0; ///< number of the row on top
    bool unfinished_ = false;
};

} // namespace gacsong::paint
