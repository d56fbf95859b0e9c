// SPDX-License-Identifier: GPL-3.0-or-later
// Rows for pictures: nothing that was received may be missing from them, at any zoom.
#include "report/paint/waterfall_image.hpp"
#include "report/rows/tile_maker.hpp"
#include "report/rows/tile_store.hpp"
#include "tests/support/sources.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace gacsong {
namespace {

constexpr double rate_hz = 1e6;

/// Silence with a tone of −20 dBFS at `offset_hz` between two samples.
test::MemoryRecording tone(std::size_t length, double offset_hz, std::size_t from, std::size_t to)
{
    std::vector<std::complex<float>> samples(length);
    for (std::size_t i = from; i < to; ++i) {
        const double phase = 2.0 * std::numbers::pi * offset_hz / rate_hz * static_cast<double>(i);
        samples[i] = {static_cast<float>(0.1 * std::cos(phase)), static_cast<float>(0.1 * std::sin(phase))};
    }
    test::MemoryRecording recording;
    recording.bytes = test::to_bytes(samples);
    recording.sample_rate_hz = rate_hz;
    return recording;
}

/// A recording with its rows.
struct Rows {
    explicit Rows(test::MemoryRecording recording, std::vector<Segment> segments = {})
        : history(std::make_shared<const test::MemoryRecording>(std::move(recording))),
          timeline(segments, history.end(), rate_hz), maker(history, timeline)
    {
    }

    TilePtr tile(TileKey key)
    {
        auto made = std::make_shared<Tile>(key);
        for (std::size_t row = 0; row < Tile::rows; ++row)
            EXPECT_TRUE(maker.whole_row(*made, row, {}));
        return made;
    }

    test::MemoryHistory history;
    Timeline timeline;
    TileMaker maker;
};

std::int16_t largest(std::span<const std::int16_t> row) { return *std::ranges::max_element(row); }

TEST(Tiles, KeepALineAtItsLevelAtEveryResolution)
{
    // On a bin of all lengths from 64 on: a Blackman-Harris window takes 10·log10(enbw) = 3.0 dB off the peak bin.
    Rows rows(tone(1 << 17, rate_hz / 8, 0, 1 << 17));
    for (const std::uint8_t bins : std::initializer_list<std::uint8_t>{6, 9, 11, 13}) {
        const TilePtr tile = rows.tile({static_cast<std::uint8_t>(bins + 1), bins, 0});
        const std::size_t peak = tile->bins() / 2 + tile->bins() / 8;
        EXPECT_NEAR(tile->row(tile->maximum, 3)[peak], -2'302, 10) << int{bins};
        EXPECT_EQ(largest(tile->row(tile->mean, 3)), tile->row(tile->mean, 3)[peak]) << int{bins};
    }
}

TEST(Tiles, ShowAShortBurstInALongRow)
{
    constexpr std::size_t begin = 700'000;
    Rows rows(tone(1 << 20, 100e3, begin, begin + 600));
    const TilePtr tile = rows.tile({20, 10, 0});
    const std::size_t bin = 512 + static_cast<std::size_t>(std::lround(100e3 / (rate_hz / 1024)));
    EXPECT_GT(tile->row(tile->maximum, 0)[bin], -4'000);
    // The mean over 2^20 samples has nearly nothing of it, and a picture shows it all the same.
    EXPECT_LT(tile->row(tile->mean, 0)[bin], -5'000);
    EXPECT_GT(tile->shown(0, bin), -4'500);
}

TEST(Tiles, ARoughRowSeesTheFirstAndTheLastSamples)
{
    for (const std::size_t begin : {std::size_t{0}, (std::size_t{1} << 20U) - 1024}) {
        Rows rows(tone(1 << 20, 100e3, begin, begin + 1024));
        Tile tile({20, 10, 0});
        ASSERT_TRUE(rows.maker.rough_row(tile, 0));
        EXPECT_EQ(tile.state[0], RowState::rough);
        EXPECT_GT(largest(tile.row(tile.maximum, 0)), -3'000) << begin;
    }
}

TEST(Tiles, SayWhereSamplesWereLost)
{
    // 65 536 samples, as many lost, 65 536 more.
    Segment first;
    Segment second;
    second.first_sample = 1 << 16;
    second.lost_before = 1 << 16;
    second.lost_why = "overflow";
    Rows rows(tone(1 << 17, 50e3, 0, 1 << 17), {first, second});
    EXPECT_EQ(rows.timeline.end(), 3 << 16);
    ASSERT_EQ(rows.timeline.gaps().size(), 1U);
    EXPECT_NEAR(rows.timeline.gaps().front().at_s, 65'536 / rate_hz, 1e-9);
    const TilePtr tile = rows.tile({14, 10, 0});
    for (const auto& [row, state] : {std::pair{3, RowState::whole},
                                     {4, RowState::lost},
                                     {7, RowState::lost},
                                     {8, RowState::whole},
                                     {11, RowState::whole},
                                     {12, RowState::outside}})
        EXPECT_EQ(tile->state[static_cast<std::size_t>(row)], state) << row;
}

TEST(Tiles, OfARecordingShorterThanATransformAreOutside)
{
    Rows rows(tone(40, 0.0, 0, 40));
    const TilePtr tile = rows.tile({10, 10, 0});
    EXPECT_EQ(tile->state[0], RowState::outside);
    const TileGrid grid = choose_grid(rows.timeline, rows.timeline.duration_s(), 500, rate_hz, 1000);
    EXPECT_LE(1 << grid.log2_bins, 40);
}

TEST(Tiles, GridFollowsTheZoom)
{
    const Timeline timeline({}, 100'000'000, rate_hz);
    const TileGrid all = choose_grid(timeline, 100.0, 500, rate_hz, 1000);
    EXPECT_LE(std::ldexp(1.0, all.level), 100.0 / 500 * rate_hz);
    EXPECT_GE(1 << all.log2_bins, 500);
    const TileGrid narrow = choose_grid(timeline, 100.0, 500, rate_hz / 16, 1000);
    EXPECT_EQ(narrow.log2_bins, all.log2_bins + 4);
    const TileGrid brief = choose_grid(timeline, 0.01, 500, rate_hz, 1000);
    EXPECT_LE(std::ldexp(1.0, brief.level), 0.01 / 500 * rate_hz);
}

TEST(TileStore, ForgetsWhatWasNotLookedAtForLongest)
{
    const std::size_t each = Tile::rows * 64 * 3 * sizeof(std::int16_t);
    TileStore store(3 * each);
    for (std::int64_t i = 0; i < 3; ++i)
        store.put(std::make_shared<Tile>(TileKey{10, 6, i}));
    ASSERT_NE(store.tile({10, 6, 0}), nullptr);
    store.put(std::make_shared<Tile>(TileKey{10, 6, 3}));
    EXPECT_NE(store.tile({10, 6, 0}), nullptr);
    EXPECT_EQ(store.tile({10, 6, 1}), nullptr);
    EXPECT_LE(store.bytes(), 3 * each);
}

TEST(Columns, HoldEveryBinOfTheView)
{
    for (const int width : {1, 7, 333, 1024, 1900}) {
        for (const double zoom : {1.0, 0.31, 0.01}) {
            const paint::View view{-0.5 * rate_hz * zoom, 0.5 * rate_hz * zoom, 0.0, 1.0};
            const paint::Columns columns(view, rate_hz, 4096, width);
            for (std::size_t bin = 0; bin < 4096; ++bin) {
                const double hz = (static_cast<double>(bin) - 2048.0) * rate_hz / 4096;
                if (hz < view.low_hz || hz >= view.high_hz)
                    continue;
                std::vector<std::int16_t> bins(4096, Tile::nothing);
                std::vector<std::int16_t> out(columns.width());
                bins[bin] = 0;
                if (bin % 37 != 0 && zoom > 0.1)
                    continue;
                columns.reduce(bins, out);
                EXPECT_EQ(largest(out), 0) << bin << " of " << width << " columns at " << zoom;
            }
        }
    }
}

class Scrolling : public testing::Test {
protected:
    Scrolling()
    {
        for (std::int64_t i = 0; i < 4; ++i)
            store.put(rows.tile({12, 8, i}));
        wanted.size = QSize(300, 100);
        wanted.grid = {12, 8};
        wanted.levels = {-100.0, -20.0};
        wanted.sample_rate_hz = rate_hz;
    }
    QImage painted(paint::WaterfallImage& image)
    {
        QImage out(wanted.size, QImage::Format_RGB32);
        QPainter painter(&out);
        image.paint(painter, QRect(QPoint(0, 0), wanted.size));
        return out;
    }
    static paint::View view(double to_s) { return {-0.5 * rate_hz, 0.5 * rate_hz, to_s - 0.2, to_s}; }

    Rows rows{tone(1 << 20, 123e3, 200'000, 300'000)};
    TileStore store;
    paint::ColourMap map{paint::MapKind::viridis, false, paint::theme(paint::ThemeKind::dark)};
    paint::WaterfallImage::Wanted wanted;
};

TEST_F(Scrolling, GivesTheSamePictureAsPaintingAnew)
{
    paint::WaterfallImage scrolled;
    wanted.view = view(0.25);
    EXPECT_EQ(scrolled.update(wanted, map, store), 100);
    wanted.view = view(0.25 + 7 * 0.002);
    EXPECT_EQ(scrolled.update(wanted, map, store), 7);
    paint::WaterfallImage fresh;
    EXPECT_EQ(fresh.update(wanted, map, store), 100);
    EXPECT_EQ(painted(scrolled), painted(fresh));
    EXPECT_EQ(scrolled.update(wanted, map, store), 0);
}

TEST_F(Scrolling, PaintsAgainWhatHasBecomeKnown)
{
    TileStore empty;
    paint::WaterfallImage image;
    wanted.view = view(0.3);
    image.update(wanted, map, empty);
    EXPECT_TRUE(image.unfinished());
    EXPECT_EQ(image.update(wanted, map, empty), 0);
    EXPECT_EQ(image.update(wanted, map, store), 100);
    EXPECT_FALSE(image.unfinished());
}

} // namespace
} // namespace gacsong
