// SPDX-License-Identifier: GPL-3.0-or-later
// Base stations of a receiver that goes on for ever are told of while they are received, and once.
#include "detect/line/cell_parts.hpp"
#include "tests/detect/line/scan.hpp"
#include "tests/support/signals/gsm.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace gacsong::test {
using detect::joined;
using detect::same_identity;
using detect::same_place;

namespace {

constexpr double seconds = 3.6;

GsmSettings cell_of(std::uint8_t area_low = 0xe1)
{
    GsmSettings cell;
    cell.first_frame = 1200000;
    cell.frames = 51 * 16;
    cell.bcch = gsm_system_information();
    cell.ccch = {gsm_empty_paging()};
    for (const std::size_t tc : {2U, 6U})
        cell.bcch.at(tc).at(9) = area_low;
    for (const std::size_t tc : {3U, 7U})
        cell.bcch.at(tc).at(7) = area_low;
    return cell;
}

Placed sent(const GsmSettings& cell, double start_s = 0.0, double end_s = 1e9)
{
    Placed placed;
    placed.waveform = gsm(cell);
    placed.level = Level::dbfs(-20.0);
    placed.start_s = start_s;
    placed.end_s = end_s;
    return placed;
}

Scene scene_of(std::vector<Placed> signals)
{
    Scene scene;
    scene.sample_rate_hz = 13e6 / 30.0;
    scene.center_hz = 947.4e6;
    scene.duration_s = seconds;
    scene.noise_dbfs_hz = -20.0 - 20.0 - 10.0 * std::log10(13e6 / 48.0);
    scene.signals = std::move(signals);
    return scene;
}

LineSettings live()
{
    LineSettings settings;
    settings.emissions = false;
    settings.announce_after_s = 2.0;
    return settings;
}

std::uint64_t count_of(const Cell& cell, const std::string& name)
{
    std::uint64_t count = 0;
    for (const CellMessage& message : cell.messages)
        count += message.name == name ? message.count : 0;
    return count;
}

} // namespace

TEST(LiveCells, AreToldOfWhileTheyAreReceived)
{
    const auto found = scan(with_gaps(scene_of({sent(cell_of())}), {}, 0.0), live());
    ASSERT_EQ(found.cells.size(), 1U);
    ASSERT_FALSE(found.heard.empty());
    EXPECT_LT(found.heard.front().last_s, 2.0) << "not only at the end";
    for (const Cell& cell : found.heard)
        EXPECT_EQ(cell.id, found.cells[0].id);
    EXPECT_EQ(found.heard.back().plmn, "452-04");
    EXPECT_EQ(found.heard.back().cell, 30121U);
    EXPECT_LE(found.heard.size(), 3U) << "told again only when more is known";
    EXPECT_EQ(found.end.cells, 1U);
}

TEST(LiveCells, OfARecordingAreToldAtItsEnd)
{
    LineSettings settings = live();
    settings.announce_after_s.reset();
    const auto found = scan(with_gaps(scene_of({sent(cell_of())}), {}, 0.0), settings);
    EXPECT_EQ(found.cells.size(), 1U);
    EXPECT_TRUE(found.heard.empty());
}

TEST(LiveCells, GoOnThroughMissingSamples)
{
    const auto whole = scan(with_gaps(scene_of({sent(cell_of())}), {}, 0.0), live());
    const auto found = scan(with_gaps(scene_of({sent(cell_of())}), {1.2, 2.4}, 0.05), live());
    EXPECT_EQ(found.gaps.size(), 2U);
    ASSERT_EQ(found.cells.size(), 1U);
    const Cell& cell = found.cells[0];
    EXPECT_EQ(cell.id, "c1");
    EXPECT_EQ(found.end.cells, 1U);
    EXPECT_NEAR(cell.first_s, whole.cells[0].first_s, 0.01);
    EXPECT_NEAR(cell.last_s, whole.cells[0].last_s, 0.3);
    EXPECT_EQ(cell.frame_number, whole.cells[0].frame_number);
    EXPECT_NEAR(*cell.level_dbfs, *whole.cells[0].level_dbfs, 0.2);
    EXPECT_EQ(cell.decoded.size(), whole.cells[0].decoded.size());
    EXPECT_GT(count_of(cell, "SI3"), count_of(found.heard.front(), "SI3")) << "the parts are added up";
    EXPECT_LE(count_of(cell, "SI3"), count_of(whole.cells[0], "SI3"));
    ASSERT_TRUE(cell.paging);
    EXPECT_GE(cell.paging->blocks + 20, whole.cells[0].paging->blocks);
}

TEST(LiveCells, OnAnotherTuningAreOthers)
{
    const auto found = scan(with_gaps(scene_of({sent(cell_of())}), {1.8}, 0.05, 949.4e6), live());
    ASSERT_EQ(found.cells.size(), 2U);
    EXPECT_NE(found.cells[0].channel, found.cells[1].channel);
    EXPECT_NE(found.cells[0].id, found.cells[1].id);
}

TEST(LiveCells, ThatComeBackWithAnotherAreaAreOthers)
{
    const auto found =
        scan(with_gaps(scene_of({sent(cell_of(0xe1), 0.0, 1.81), sent(cell_of(0xe2), 1.83)}), {1.8}, 0.05), live());
    ASSERT_EQ(found.cells.size(), 2U);
    EXPECT_EQ(found.cells[0].bsic, found.cells[1].bsic);
    EXPECT_EQ(*found.cells[0].area ^ *found.cells[1].area, 0xe1U ^ 0xe2U);
}

TEST(CellParts, AreOneWhereWhatTheySayAgrees)
{
    Cell a;
    a.technology = "lte";
    a.channel = 1650;
    a.pci = 7;
    a.duplex = "fdd";
    Cell b = a;
    EXPECT_TRUE(same_place(a, b) && same_identity(a, b));
    b.area = 12;
    EXPECT_TRUE(same_identity(a, b)) << "what is not known contradicts nothing";
    a.area = 13;
    EXPECT_FALSE(same_identity(a, b));
    b.pci = 8;
    EXPECT_FALSE(same_place(a, b));
}

TEST(CellParts, AddUpByTheirTime)
{
    Cell a;
    a.first_s = 0.0;
    a.last_s = 3.0;
    a.level_dbfs = -40.0;
    a.messages = {{"SI3", "BCCH", "49", 4, {}}};
    a.neighbours = {{"lte", 1650, std::nullopt}};
    a.paging = Paging{};
    a.paging->requests = 10;
    a.paging->identities = 10;
    a.paging->imsi_share = 0.5;
    a.paging->requests_per_min = 200.0;
    Cell b = a;
    b.first_s = 3.1;
    b.last_s = 4.1;
    b.level_dbfs = -44.0;
    b.messages.push_back({"SI4", "BCCH", "31", 1, {}});
    b.neighbours = {{"lte", 1650, 5}, {"gsm", 70, std::nullopt}};
    b.paging->identities = 30;
    b.paging->imsi_share = 0.1;
    b.paging->requests_per_min = 600.0;
    const Cell both = joined(a, b);
    EXPECT_EQ(both.first_s, 0.0);
    EXPECT_EQ(both.last_s, 4.1);
    EXPECT_NEAR(*both.level_dbfs, -41.0, 1e-9);
    ASSERT_EQ(both.messages.size(), 2U);
    EXPECT_EQ(both.messages[0].count, 8U);
    ASSERT_EQ(both.neighbours.size(), 2U);
    EXPECT_EQ(both.neighbours[0].priority, 5U);
    EXPECT_EQ(both.paging->requests, 20U);
    EXPECT_NEAR(*both.paging->imsi_share, 0.2, 1e-9);
    EXPECT_NEAR(*both.paging->requests_per_min, 300.0, 1e-9);
}

} // namespace gacsong::test
