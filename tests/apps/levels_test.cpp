// SPDX-License-Identifier: GPL-3.0-or-later
// Levels in dBm: tables, what lies between their points, and what stays in dBFS.
#include "apps/gacsong/level/level_table.hpp"
#include "apps/gacsong/level/levels.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace gacsong::app {
namespace {

sdr::LevelCalibration calibration()
{
    return {"replay", "1", {{"LNA", 20.0}}, "RX", {{100e6, -20.0, 1.0, Instant{5}}, {200e6, -24.0, 2.0, Instant{3}}}};
}

} // namespace

TEST(Levels, ReadsATableWithCable)
{
    std::vector<Message> problems;
    const auto points = parse_level_table("center_hz;offset_db;u_db;cable_db;cable_u_db;note\n"
                                          "433,92M;-12,5;1,5;2,0;0,8;x\n98M;-10;;;;\nten;1;;;;\n",
                                          "t.csv", 3.0, Instant{7}, problems);
    ASSERT_TRUE(points.has_value());
    ASSERT_EQ(points->size(), 2U);
    EXPECT_EQ((*points)[0].frequency_hz, 98e6);
    EXPECT_EQ((*points)[0].u_db, 3.0) << "the one for those that do not say it";
    EXPECT_DOUBLE_EQ((*points)[1].offset_db, -10.5) << "what the cable loses was there at the antenna";
    EXPECT_DOUBLE_EQ((*points)[1].u_db, 1.7);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].key, "level.row");
    const auto key = [&](std::string_view text) {
        const auto read = parse_level_table(text, "t.csv", 2.0, {}, problems);
        return read ? std::string("fine") : read.error().message.key;
    };
    EXPECT_EQ(key(""), "table.empty");
    EXPECT_EQ(key("center_hz\n1M\n"), "register.columns");
    EXPECT_EQ(key("center_hz,offset_db\n"), "level.no_rows");
}

TEST(Levels, LiesOnTheLineBetweenTwoPointsAndNowhereElse)
{
    const auto one = calibration();
    EXPECT_DOUBLE_EQ(sdr::level_at(one, 150e6)->offset_db, -22.0);
    EXPECT_DOUBLE_EQ(sdr::level_at(one, 150e6)->u_db, std::hypot(2.0, 1.0));
    EXPECT_EQ(sdr::level_at(one, 150e6)->when.unix_ns, 3) << "the older date";
    EXPECT_DOUBLE_EQ(sdr::level_at(one, 99.5e6)->offset_db, -20.0);
    EXPECT_DOUBLE_EQ(sdr::level_at(one, 201e6)->offset_db, -24.0);
    EXPECT_FALSE(sdr::level_at(one, 98e6).has_value());
    EXPECT_FALSE(sdr::level_at(one, 210e6).has_value());
    EXPECT_FALSE(sdr::level_at({}, 100e6).has_value());
}

TEST(Levels, AreKeptAndFoundByReceiverAndGain)
{
    const test::TemporaryFolder folder;
    const std::string path = (folder.path() / "a/levels.json").string();
    ASSERT_TRUE(sdr::read_levels(path).has_value()) << "none yet";
    ASSERT_TRUE(sdr::write_levels(path, {calibration()}));
    auto all = sdr::read_levels(path);
    ASSERT_TRUE(all.has_value());
    ASSERT_NE(sdr::find_levels(*all, calibration()), nullptr);
    EXPECT_EQ(sdr::find_levels(*all, calibration())->points.size(), 2U);
    auto other = calibration();
    other.gains["LNA"] = 23.0;
    EXPECT_EQ(sdr::find_levels(*all, other), nullptr);
    EXPECT_FALSE(sdr::parse_levels("[", "x").has_value());
    EXPECT_TRUE(sdr::parse_levels(R"({"levels":[{"driver":1},{}]})", "x")->empty());
}

TEST(Levels, PutsThemIntoWhatIsFound)
{
    Emission emission;
    emission.center_hz = 100e6;
    emission.power_dbfs = -40.0;
    emission.uncertainty.power_db = 1.0;
    calibrate_emission(calibration(), emission);
    EXPECT_DOUBLE_EQ(emission.power_dbm.value(), -60.0);
    EXPECT_DOUBLE_EQ(emission.uncertainty.level_db.value(), std::hypot(1.0, 1.0));
    for (const bool clipped : {true, false}) {
        Emission outside;
        outside.center_hz = clipped ? 100e6 : 500e6;
        outside.clipped = clipped;
        calibrate_emission(calibration(), outside);
        EXPECT_FALSE(outside.power_dbm.has_value());
    }
}

} // namespace gacsong::app
