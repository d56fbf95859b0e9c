// SPDX-License-Identifier: GPL-3.0-or-later
// What the store remembers of base stations and of places.
#include "report/store/cell_memory.hpp"
#include "report/store/store.hpp"
#include "report/store/store_sink.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/report/store_place.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace gacsong {
namespace {

constexpr std::int64_t t0 = 1'778'000'000'000'000'000;
constexpr std::int64_t day_ns = 86'400'000'000'000;
constexpr std::int64_t hour_ns = 3'600'000'000'000;
constexpr Place here{10.53, 105.13};

Cell lte(std::uint64_t number, std::uint64_t channel)
{
    Cell cell;
    cell.technology = "lte";
    cell.plmn = "452-04";
    cell.area = 6101;
    cell.cell = number;
    cell.channel = channel;
    cell.pci = 11;
    cell.rsrp_dbfs = -60.0;
    cell.neighbours = {{"lte", 300, 5}};
    return cell;
}

class CellMemoryFile : public ::testing::Test {
protected:
    const test::TemporaryFolder folder;
    const StoreAddress address = test::new_store(folder);

    /// Stores a run at a place; `moves_km`: the receiver was that far away later.
    void store(Place place, std::int64_t at_ns, std::vector<Cell> cells, double moves_km = 0.0) const
    {
        StoreSink sink(address);
        auto run = test::sample_run();
        run.stream.start = Instant{at_ns};
        run.stream.latitude = place.latitude;
        run.stream.longitude = place.longitude;
        ASSERT_TRUE(sink.begin(run));
        for (const double km : {0.0, moves_km}) {
            TrackPoint point;
            point.when = {at_ns};
            point.latitude = place.latitude + km / 111.195;
            point.longitude = place.longitude;
            ASSERT_TRUE(sink.position(point));
        }
        for (std::size_t i = 0; i < cells.size(); ++i) {
            cells[i].id = "c" + std::to_string(i + 1);
            cells[i].start = Instant{at_ns};
            ASSERT_TRUE(sink.cell(cells[i]));
        }
        ASSERT_TRUE(sink.end(test::sample_end()));
    }
};

TEST_F(CellMemoryFile, KnowsHowLoudACellWasWhere)
{
    Cell loud = lte(1, 1700);
    loud.first_s = 1.0;
    loud.last_s = 3.0;
    store(here, t0 - 3 * hour_ns, {loud}); // before what is asked for
    store(here, t0 - hour_ns, {loud, lte(2, 1700), lte(1, 1300)});
    Cell later = loud;
    later.rsrp_dbfs = -72.0;
    later.first_s = 60.0;
    later.last_s = 62.0;
    StoreSink sink(address);
    auto run = test::sample_run();
    run.stream.start = Instant{t0 - hour_ns / 2};
    run.stream.latitude = here.latitude;
    run.stream.longitude = here.longitude;
    ASSERT_TRUE(sink.begin(run));
    const auto at = [&](double at_s, double km) {
        TrackPoint point;
        point.at_s = at_s;
        point.when = {t0 - hour_ns / 2};
        point.latitude = here.latitude + km / 111.195;
        point.longitude = here.longitude;
        ASSERT_TRUE(sink.position(point));
    };
    at(0.0, 0.0);
    at(50.0, 0.7);
    at(61.0, 0.75); // 50 m further while the cell was heard
    at(70.0, 1.2);
    later.id = "c1";
    later.start = Instant{t0 - hour_ns / 2 + 60'000'000'000};
    ASSERT_TRUE(sink.cell(later));
    later.id = "c2"; // heard over half a kilometre: nobody knows where
    later.last_s = 80.0;
    later.start = Instant{t0 - hour_ns / 2 + 61'000'000'000};
    ASSERT_TRUE(sink.cell(later));
    ASSERT_TRUE(sink.end(test::sample_end()));
    const StoredCells memory(address);
    const auto levels = memory.levels_of(lte(1, 1700), {t0 - 2 * hour_ns}, {t0});
    ASSERT_EQ(levels.size(), 2U);
    EXPECT_EQ(levels[0].at.unix_ns, t0 - hour_ns);
    EXPECT_EQ(levels[0].level_dbfs, -60.0);
    EXPECT_EQ(levels[0].place, here);
    EXPECT_EQ(levels[1].level_dbfs, -72.0);
    EXPECT_NEAR(distance_km(levels[1].place, here), 0.7, 1e-3);
}

TEST_F(CellMemoryFile, KnowsSinceWhenAPlaceIsKnown)
{
    store(here, t0 - 9 * day_ns, {lte(1, 1700)});
    store({here.latitude + 0.003, here.longitude}, t0 - 5 * day_ns, {lte(1, 1700)}); // 330 m
    store({here.latitude + 0.02, here.longitude}, t0 - 4 * day_ns, {lte(1, 1700)});  // 2.2 km
    store(here, t0 - 3 * day_ns, {});                                                // heard no cell
    store(here, t0 - 2 * day_ns, {lte(1, 1700)}, 1.0);                               // drove away
    store(here, t0 - day_ns, {lte(1, 1700)});
    const StoredCells memory(address);
    const auto known = memory.at(here, {t0});
    ASSERT_TRUE(known.since);
    EXPECT_EQ(known.since->unix_ns, t0 - 9 * day_ns);
    EXPECT_EQ(known.scans, 3U);
    EXPECT_EQ(known.days, 3U);
    EXPECT_FALSE(memory.at({12.0, 108.0}, {t0}).since);
}

TEST_F(CellMemoryFile, GivesTheLatestOfEachCellOfTheDay)
{
    auto earlier = lte(1, 1700);
    earlier.rsrp_dbfs = -90.0;
    store(here, t0 - 5 * hour_ns, {earlier, lte(2, 1700)});
    store({here.latitude + 0.045, here.longitude}, t0 - hour_ns, {lte(1, 1700), lte(1, 1750)}); // 5 km
    store({here.latitude + 0.2, here.longitude}, t0 - hour_ns, {lte(3, 1700)});                 // 22 km
    store(here, t0 - 30 * hour_ns, {lte(4, 1700)});
    store(here, t0 + hour_ns, {lte(5, 1700)});
    const StoredCells memory(address);
    auto day = memory.at(here, {t0}).day;
    std::sort(day.begin(), day.end(), [](const auto& a, const auto& b) {
        return std::pair(*a.cell.cell, *a.cell.channel) < std::pair(*b.cell.cell, *b.cell.channel);
    });
    ASSERT_EQ(day.size(), 3U);
    EXPECT_EQ(day[0].cell.rsrp_dbfs, -60.0) << "the later one";
    EXPECT_NEAR(day[0].distance_km, 5.0, 0.05);
    EXPECT_EQ(day[0].cell.neighbours, (std::vector<Neighbour>{{"lte", 300, 5}}));
    EXPECT_EQ(day[1].cell.channel, 1750U);
    EXPECT_EQ(day[2].cell.cell, 2U);
    EXPECT_EQ(day[2].distance_km, 0.0);
    EXPECT_EQ(day[2].scans, 1U);
}

TEST_F(CellMemoryFile, KnowsWhenACellWasFirstHeardHereAndWhatItSaidLast)
{
    auto far = lte(1, 1700);
    store({here.latitude + 0.02, here.longitude}, t0 - 20 * day_ns, {far});
    store(here, t0 - 8 * day_ns, {lte(1, 1700)});
    auto last = lte(1, 1750);
    last.neighbours = {{"gsm", 60, {}}};
    store(here, t0 - 2 * day_ns, {last});
    const StoredCells memory(address);
    ASSERT_TRUE(memory.first_heard(far, here, {t0}));
    EXPECT_EQ(memory.first_heard(far, here, {t0})->unix_ns, t0 - 8 * day_ns);
    EXPECT_FALSE(memory.first_heard(far, here, {t0 - 9 * day_ns}));
    EXPECT_FALSE(memory.first_heard(lte(2, 1700), here, {t0}));
    ASSERT_TRUE(memory.last_known(far, {t0}));
    EXPECT_EQ(memory.last_known(far, {t0})->neighbours, last.neighbours);
    EXPECT_EQ(memory.last_known(far, {t0 - 3 * day_ns})->channel, 1700U);
    auto gsm = lte(7, 60);
    gsm.technology = "gsm";
    store(here, t0 - day_ns, {gsm});
    EXPECT_TRUE(memory.first_heard(gsm, here, {t0})) << "a run that was added since";
    gsm.area = 1;
    EXPECT_FALSE(memory.first_heard(gsm, here, {t0})) << "the area is part of a GSM cell's identity";
    store(here, t0 - day_ns, {lte(2, 1700)});
    EXPECT_TRUE(memory.first_heard(lte(2, 1700), here, {t0})) << "what was not known when it was asked before";
}

TEST_F(CellMemoryFile, OfIdentityHasLevelsInOrder)
{
    auto one = lte(1, 1700);
    for (std::int64_t i = 0; i < 3; ++i) {
        one.rsrp_dbfs = -60.0 - static_cast<double>(i);
        store(here, t0 - i * hour_ns, {one});
    }
    const StoredCells memory(address);
    const auto all = memory.of_identity("lte", "452-04", 1, {t0 - 90 * hour_ns / 60}, {t0});
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].level_dbfs, -61.0);
    EXPECT_EQ(all[1].level_dbfs, -60.0);
    EXPECT_EQ(all[1].code, 11U);
}

TEST_F(CellMemoryFile, WithoutAStoreNothingIsRemembered)
{
    const StoredCells memory(test::new_store(folder));
    EXPECT_TRUE(memory.at(here, {t0}).day.empty());
    EXPECT_FALSE(memory.first_heard(lte(1, 1700), here, {t0}));
    EXPECT_TRUE(memory.of_identity("lte", "452-04", 1, {0}, {t0}).empty());
}

} // namespace
} // namespace gacsong
