// SPDX-License-Identifier: GPL-3.0-or-later
// Two hours of a waterfall, fast-forwarded: what the picture holds on to does not grow with time.
#include "report/picture/scene.hpp"
#include "report/picture/sheet.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>
#include <malloc.h>

#include <QImage>
#include <random>

namespace gacsong {
namespace {

constexpr double rate_hz = 2.048e6;
constexpr TileGrid grid{16, 10}; // 31 rows a second of 1024 bins
constexpr int minutes = 120;

/// A receiver that goes on: every second its rows, what counts as noise, and a frame of the picture.
class Hours {
public:
    Hours()
    {
        picture::prepare_painting();
        scene_.theme = &paint::theme(paint::ThemeKind::dark);
        scene_.words = &words_;
        scene_.map = &map_;
        scene_.waterfall = &waterfall_;
        scene_.font = picture::text_font(12);
        scene_.center_hz = 98e6;
        scene_.sample_rate_hz = rate_hz;
        scene_.levels = {-100.0, -40.0};
        layout_ = picture::make_layout(QRect(0, 0, 480, 360), {});
    }

    void second()
    {
        ++now_s_;
        const auto samples = static_cast<std::uint64_t>(rate_hz) * static_cast<std::uint64_t>(now_s_);
        const Timeline timeline({}, samples, rate_hz);
        while ((next_ + 1) * (std::int64_t{Tile::rows} << grid.level) <= timeline.end())
            store_.put(tile(next_++));
        NoiseLevel noise;
        noise.at_s = now_s_;
        noise.seconds = 1.0;
        noise.dbfs_per_hz.assign(64, -135.0F);
        noise_.add(noise);
        scene_.view = {-0.5 * rate_hz, 0.5 * rate_hz, now_s_ - 30.0, 1.0 * now_s_};
        scene_.traces = traces_.make(store_, grid, timeline, scene_.view.from_s, scene_.view.to_s);
        scene_.noise = noise_.lines(scene_.view.from_s, scene_.view.to_s, scene_.traces.mean.size(), rate_hz);
        paint::WaterfallImage::Wanted wanted;
        wanted.view = scene_.view;
        wanted.size = layout_.waterfall.size();
        wanted.grid = grid;
        wanted.levels = scene_.levels;
        wanted.sample_rate_hz = rate_hz;
        static_cast<void>(waterfall_.update(wanted, map_, store_));
        QPainter painter(&screen_);
        picture::paint_picture(painter, scene_, layout_);
    }
    [[nodiscard]] const TileStore& store() const { return store_; }
    [[nodiscard]] const QImage& screen() const { return screen_; }
    [[nodiscard]] QPoint middle() const { return layout_.waterfall.center(); }

private:
    TilePtr tile(std::int64_t index)
    {
        auto made = std::make_shared<Tile>(TileKey{grid.level, grid.log2_bins, index});
        for (std::size_t i = 0; i < made->mean.size(); ++i) {
            made->mean[i] = static_cast<std::int16_t>(-9'500 + static_cast<int>(random_() % 600));
            made->maximum[i] = static_cast<std::int16_t>(made->mean[i] + 500);
            made->minimum[i] = static_cast<std::int16_t>(made->mean[i] - 700);
        }
        made->state.fill(RowState::whole);
        return made;
    }

    std::mt19937 random_{5}; // NOLINT: the same in every run
    Wording words_{Language::en};
    paint::ColourMap map_{paint::MapKind::viridis, false, paint::theme(paint::ThemeKind::dark)};
    TileStore store_{std::size_t{24} << 20U};
    picture::NoiseHistory noise_;
    paint::TraceMaker traces_;
    paint::WaterfallImage waterfall_;
    picture::Scene scene_;
    picture::Layout layout_;
    QImage screen_{480, 360, QImage::Format_RGB32};
    std::int64_t next_ = 0;
    int now_s_ = 0;
};

TEST(TwoHours, OfAWaterfallNeedNoMoreMemoryThanTenMinutes)
{
    Hours hours;
    std::size_t early = 0;
    for (int minute = 0; minute < minutes; ++minute) {
        for (int i = 0; i < 60; ++i)
            hours.second();
        ASSERT_LE(hours.store().bytes(), std::size_t{24} << 20U);
        if (minute == 19)
            early = mallinfo2().uordblks + mallinfo2().hblkhd;
    }
    const std::size_t late = mallinfo2().uordblks + mallinfo2().hblkhd;
    EXPECT_LE(late, early + (std::size_t{4} << 20U)) << early / 1024 << " KiB, then " << late / 1024 << " KiB";
    // And the newest rows are on it.
    EXPECT_NE(hours.screen().pixel(hours.middle()), paint::theme(paint::ThemeKind::dark).background.rgb());
}

} // namespace
} // namespace gacsong
