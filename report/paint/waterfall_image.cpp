// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/paint/waterfall_image.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::paint {
namespace {

/// Remainder that is never negative.
std::size_t wrapped(std::int64_t value, std::size_t length)
{
    const auto n = static_cast<std::int64_t>(length);
    return static_cast<std::size_t>(((value % n) + n) % n);
}

/// into[k] = the larger of into[k] and what a picture shows of the row.
void take_larger(const TileRow& from, std::span<std::int16_t> into)
{
    const std::int16_t excess = from.tile->noise_excess[from.row];
    const auto mean = from.mean();
    const auto maximum = from.maximum();
    for (std::size_t k = 0; k < into.size(); ++k) {
        const auto stands_out = static_cast<std::int16_t>(maximum[k] - excess);
        into[k] = std::max({into[k], mean[k], stands_out});
    }
}

} // namespace

Columns::Columns(const View& view, double sample_rate_hz, std::size_t bins, int width)
{
    const auto columns = static_cast<std::size_t>(std::max(0, width));
    begin_.resize(columns);
    end_.resize(columns);
    const double bin_hz = sample_rate_hz / static_cast<double>(bins);
    // A bin's middle lies on its frequency: bin N/2 reaches half a bin to both sides of the centre.
    const auto bin_at = [&](std::size_t column) {
        const double hz = view.low_hz + view.span_hz() * static_cast<double>(column) / static_cast<double>(columns);
        return std::floor((hz + 0.5 * sample_rate_hz) / bin_hz + 0.5);
    };
    const auto limit = [&](double bin) {
        return static_cast<std::uint32_t>(std::clamp(bin, 0.0, static_cast<double>(bins)));
    };
    for (std::size_t x = 0; x < columns; ++x) {
        const double from = bin_at(x);
        const double to = std::max(from + 1.0, bin_at(x + 1));
        begin_[x] = limit(from);
        end_[x] = limit(to);
    }
    // The bin on the right edge belongs to the last column.
    if (columns > 0)
        end_.back() = limit(std::max(static_cast<double>(end_.back()), bin_at(columns) + 1.0));
}

void Columns::reduce(std::span<const std::int16_t> bins, std::span<std::int16_t> out) const
{
    for (std::size_t x = 0; x < begin_.size(); ++x) {
        std::int16_t largest = Tile::nothing;
        for (std::uint32_t k = begin_[x]; k < end_[x]; ++k)
            largest = std::max(largest, bins[k]);
        out[x] = largest;
    }
}

const Columns& WaterfallImage::columns_for(std::size_t bins)
{
    auto& columns = columns_[bins];
    if (columns.width() == 0)
        columns = Columns(wanted_.view, wanted_.sample_rate_hz, bins, wanted_.size.width());
    return columns;
}

int WaterfallImage::update(const Wanted& wanted, const ColourMap& map, const TileStore& store)
{
    if (wanted.size.isEmpty())
        return 0;
    const double row_s = wanted.view.span_s() / wanted.size.height();
    const bool same_rows = image_.size() == wanted.size && std::abs(row_s - row_s_) <= 1e-9 * row_s &&
                           wanted.view.low_hz == wanted_.view.low_hz && wanted.view.high_hz == wanted_.view.high_hz &&
                           wanted.grid == wanted_.grid && wanted.levels == wanted_.levels &&
                           wanted.map_version == wanted_.map_version && wanted.plot == wanted_.plot;
    wanted_ = wanted;
    if (!same_rows) {
        if (image_.size() != wanted.size)
            image_ = QImage(wanted.size, QImage::Format_RGB32);
        rows_.assign(static_cast<std::size_t>(wanted.size.height()), {});
        columns_.clear();
        row_s_ = row_s;
        levels_.resize(static_cast<std::size_t>(wanted.size.width()));
    }
    top_ = static_cast<std::int64_t>(std::ceil(wanted.view.to_s / row_s_ - 1e-6)) - 1;
    int painted = 0;
    unfinished_ = false;
    for (std::size_t y = 0; y < rows_.size(); ++y) {
        const std::int64_t number = top_ - static_cast<std::int64_t>(y);
        const std::size_t slot = wrapped(-number, rows_.size());
        Row& row = rows_[slot];
        const bool known = row.number == number && (row.final || row.generation == store.generation());
        if (!known) {
            paint_row(number, row, reinterpret_cast<QRgb*>(image_.scanLine(static_cast<int>(slot))), map, store);
            ++painted;
        }
        unfinished_ = unfinished_ || !row.final;
    }
    return painted;
}

void WaterfallImage::paint_row(std::int64_t number, Row& row, QRgb* line, const ColourMap& map, const TileStore& store)
{
    row = {number, store.generation(), true, false};
    const std::int64_t step = std::int64_t{1} << wanted_.grid.level;
    const double from = static_cast<double>(number) * row_s_ * wanted_.sample_rate_hz;
    const double to = static_cast<double>(number + 1) * row_s_ * wanted_.sample_rate_hz;
    std::int64_t sample = static_cast<std::int64_t>(std::floor(from / static_cast<double>(step) + 1e-6)) * step;
    std::size_t bins = 0;
    bool lost = false;
    bool pending = false;
    for (; static_cast<double>(sample) < to - 1e-6 * static_cast<double>(step); sample += step) {
        auto tile = store.find(wanted_.grid, sample);
        if (!tile || tile->state() == RowState::rough)
            row.final = false;
        if (!tile && bins == 0)
            tile = store.find_any(wanted_.grid, sample);
        if (!tile) {
            pending = true;
            continue;
        }
        const RowState state = tile->state();
        lost = lost || state == RowState::lost;
        if (state != RowState::rough && state != RowState::whole)
            continue;
        row.clipped = row.clipped || tile->tile->clipped[tile->row];
        if (bins != tile->tile->bins()) {
            bins = tile->tile->bins();
            joined_.assign(bins, Tile::nothing);
        }
        take_larger(*tile, joined_);
    }
    const auto width = static_cast<std::size_t>(wanted_.size.width());
    if (lost && bins == 0)
        return paint_lost(number, line);
    if (bins == 0)
        return static_cast<void>(std::fill_n(line, width, pending ? wanted_.plot : wanted_.outside));
    columns_for(bins).reduce(joined_, levels_);
    paint_levels(line, map);
}

void WaterfallImage::paint_levels(QRgb* line, const ColourMap& map) const
{
    const auto low = static_cast<float>(100.0 * wanted_.levels.low_db);
    const auto scale = static_cast<float>((ColourMap::steps - 1) / (100.0 * wanted_.levels.span()));
    const QRgb* table = map.data();
    constexpr float last = ColourMap::steps - 1;
    for (std::size_t x = 0; x < levels_.size(); ++x) {
        const float step = std::clamp((static_cast<float>(levels_[x]) - low) * scale, 0.0F, last);
        line[x] = levels_[x] == Tile::nothing ? wanted_.plot : table[static_cast<std::size_t>(step)];
    }
}

void WaterfallImage::paint_lost(std::int64_t number, QRgb* line) const
{
    // Diagonal lines 5 px apart, tied to time so that they move with the rows.
    const auto width = static_cast<std::size_t>(wanted_.size.width());
    const std::size_t shift = wrapped(number, 10);
    for (std::size_t x = 0; x < width; ++x)
        line[x] = (x + shift) % 10 < 5 ? wanted_.hatch : wanted_.hatch_ground;
}

void WaterfallImage::paint(QPainter& painter, QRect target) const
{
    if (image_.isNull())
        return;
    const int height = image_.height();
    const auto first = static_cast<int>(wrapped(-top_, static_cast<std::size_t>(height)));
    const double ratio = static_cast<double>(image_.width()) / std::max(1, target.width());
    const auto part = [&](int from, int rows, int y) {
        if (rows <= 0)
            return;
        const QRectF to(target.x(), target.y() + y / ratio, target.width(), rows / ratio);
        painter.drawImage(to, image_, QRectF(0, from, image_.width(), rows));
    };
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    part(first, height - first, 0);
    part(0, first, height - first);
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
}

std::vector<int> WaterfallImage::clipped_rows() const
{
    std::vector<int> found;
    for (std::size_t y = 0; y < rows_.size(); ++y) {
        if (rows_[wrapped(static_cast<std::int64_t>(y) - top_, rows_.size())].clipped)
            found.push_back(static_cast<int>(y));
    }
    return found;
}

} // namespace gacsong::paint
