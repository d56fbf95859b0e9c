// SPDX-License-Identifier: GPL-3.0-or-later
// What a frame of the window costs, without a screen: the picture part of a window of 1920 × 1080, and a picture that
// fills such a screen alone.
#include "report/picture/scene.hpp"
#include "report/picture/sheet.hpp"

#include <benchmark/benchmark.h>

#include <QImage>
#include <cmath>
#include <random>

namespace gacsong {
namespace {

constexpr double rate_hz = 10e6;
constexpr TileGrid grid{19, 11};         // 19 rows a second of 2048 bins
constexpr QSize picture_part{1344, 900}; ///< of a window of 1920 × 1080
constexpr QSize whole_screen{1920, 1080};

/// Four minutes of noise with thirty stations.
struct Desk {
    Desk()
    {
        picture::prepare_painting();
        std::mt19937 random(3); // NOLINT: the same picture in every run
        std::normal_distribution<float> noise(-9'800.0F, 250.0F);
        for (std::int64_t index = 0; index < 72; ++index) {
            auto tile = std::make_shared<Tile>(TileKey{grid.level, grid.log2_bins, index});
            for (std::size_t i = 0; i < tile->mean.size(); ++i) {
                const std::size_t bin = i % tile->bins();
                const bool station = bin % 64 < 20;
                tile->mean[i] = static_cast<std::int16_t>(noise(random) + (station ? 4'000.0F : 0.0F));
                tile->maximum[i] = static_cast<std::int16_t>(tile->mean[i] + 600);
                tile->minimum[i] = static_cast<std::int16_t>(tile->mean[i] - 900);
            }
            tile->state.fill(RowState::whole);
            store.put(std::move(tile));
        }
        scene.theme = &paint::theme(paint::ThemeKind::dark);
        scene.words = &*words;
        scene.map = &map;
        scene.waterfall = &waterfall;
        scene.font = picture::text_font(12);
        scene.center_hz = 100e6;
        scene.sample_rate_hz = rate_hz;
        scene.levels = {-101.0, -40.0};
        resize(picture_part);
        for (int i = 0; i < 30; ++i) {
            Emission e;
            e.offset_hz = -4.6e6 + 310e3 * i;
            e.center_hz = 100e6 + e.offset_hz;
            e.bandwidth_hz = 100e3;
            e.start_s = 2.0 * i;
            e.end_s = 200.0;
            e.verdict = i % 5 == 0 ? Verdict::unlicensed : Verdict::licensed;
            scene.marks.push_back(picture::make_mark(e, *words));
        }
        std::ranges::sort(scene.marks, picture::graver);
        scene.noise.floor.assign(std::size_t{1} << grid.log2_bins, -98.0F);
        scene.noise.close.assign(scene.noise.floor.size(), -92.0F);
        scene.noise.open.assign(scene.noise.floor.size(), -89.0F);
        show(100.0);
    }

    void resize(QSize size) { layout = picture::make_layout(QRect(QPoint(0, 0), size), {}); }

    /// Moves the view so that it ends at a time; gives the rows that were painted anew.
    int show(double end_s)
    {
        scene.view = {-0.5 * rate_hz, 0.5 * rate_hz, end_s - 30.0, end_s};
        paint::WaterfallImage::Wanted wanted;
        wanted.view = scene.view;
        wanted.size = layout.waterfall.size();
        wanted.grid = grid;
        wanted.levels = scene.levels;
        wanted.sample_rate_hz = rate_hz;
        return waterfall.update(wanted, map, store);
    }

    std::optional<Wording> words = std::optional(Wording(Language::en));
    paint::ColourMap map{paint::MapKind::viridis, false, paint::theme(paint::ThemeKind::dark)};
    TileStore store;
    Timeline timeline{{}, std::uint64_t{72} * 64 << 19U, rate_hz};
    paint::TraceMaker traces;
    paint::WaterfallImage waterfall;
    picture::Scene scene;
    picture::Layout layout;
};

Desk& desk()
{
    static Desk one;
    return one;
}

/// Frames that follow each other, each a thirtieth of a second later.
void replay(benchmark::State& state, Desk& d, QSize size)
{
    QImage screen(size, QImage::Format_ARGB32_Premultiplied);
    double end_s = 60.0;
    for (auto _ : state) {
        end_s = end_s > 150.0 ? 60.0 : end_s + 1.0 / 30.0;
        d.show(end_s);
        d.scene.traces = d.traces.make(d.store, grid, d.timeline, end_s - 30.0, end_s);
        d.scene.hold = d.scene.traces;
        QPainter painter(&screen);
        picture::paint_picture(painter, d.scene, d.layout);
    }
}

/// A frame of replay at normal speed: one or two new rows, four traces made and painted, boxes, axes.
void frame_of_replay(benchmark::State& state)
{
    Desk& d = desk();
    const QSize size = state.range(0) == 0 ? picture_part : whole_screen;
    d.resize(size);
    replay(state, d, size);
}
BENCHMARK(frame_of_replay)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

/// The same with hundreds of emissions, most of them not determined, whose frames are dashed.
void frame_of_a_crowd(benchmark::State& state)
{
    Desk& d = desk();
    d.resize(picture_part);
    const std::vector<picture::Mark> usual = d.scene.marks;
    for (int i = 0; i < 400; ++i) {
        Emission e;
        e.offset_hz = -4.8e6 + 24e3 * i;
        e.center_hz = 100e6 + e.offset_hz;
        e.bandwidth_hz = 12.5e3;
        e.start_s = static_cast<double>(i % 60);
        e.end_s = e.start_s + 100.0;
        e.verdict = i % 20 == 0 ? Verdict::unlicensed : (i % 3 == 0 ? Verdict::licensed : Verdict::unknown);
        d.scene.marks.push_back(picture::make_mark(e, *d.words));
    }
    std::ranges::sort(d.scene.marks, picture::graver);
    replay(state, d, picture_part);
    d.scene.marks = usual;
}
BENCHMARK(frame_of_a_crowd)->Unit(benchmark::kMillisecond);

/// Rows of the waterfall from tiles to pixels, all anew.
void waterfall_rows(benchmark::State& state)
{
    Desk& d = desk();
    d.resize(whole_screen);
    double shift = 0.0;
    std::int64_t rows = 0;
    for (auto _ : state) {
        shift = shift > 0.5 ? 0.0 : shift + 0.01;
        d.scene.levels.low_db = -101.0 - shift; // other levels: every row is painted anew
        rows += d.show(100.0);
    }
    state.SetItemsProcessed(rows);
}
BENCHMARK(waterfall_rows);

void traces_alone(benchmark::State& state)
{
    Desk& d = desk();
    double end_s = 60.0;
    for (auto _ : state) {
        end_s = end_s > 150.0 ? 60.0 : end_s + 1.0 / 30.0;
        benchmark::DoNotOptimize(d.traces.make(d.store, grid, d.timeline, end_s - 30.0, end_s));
    }
}
BENCHMARK(traces_alone)->Unit(benchmark::kMillisecond);

template <void (*paint)(QPainter&, const picture::Scene&, const picture::Layout&)> void part(benchmark::State& state)
{
    Desk& d = desk();
    d.show(100.0);
    d.scene.traces = d.traces.make(d.store, grid, d.timeline, 70.0, 100.0);
    d.scene.hold = d.scene.traces;
    d.resize(picture_part);
    d.show(100.0);
    QImage screen(picture_part, QImage::Format_ARGB32_Premultiplied);
    for (auto _ : state) {
        QPainter painter(&screen);
        paint(painter, d.scene, d.layout);
    }
}
BENCHMARK(part<picture::paint_spectrum>)->Name("paint_spectrum")->Unit(benchmark::kMillisecond);
BENCHMARK(part<picture::paint_waterfall>)->Name("paint_waterfall")->Unit(benchmark::kMillisecond);
BENCHMARK(part<picture::paint_lane>)->Name("paint_lane")->Unit(benchmark::kMillisecond);

} // namespace
} // namespace gacsong
