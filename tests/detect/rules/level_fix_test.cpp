// SPDX-License-Identifier: GPL-3.0-or-later
// Where a transmitter stands, from levels along a route, and P03 from two such positions.
#include "detect/rules/cells/level_fix.hpp"
#include "tests/detect/rules/cell_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <vector>

namespace gacsong::test {

namespace {

using ::testing::Contains;
using ::testing::Not;

constexpr double degrees_per_metre = 1.0 / 111'195.0;
constexpr std::int64_t second_ns = 1'000'000'000;

struct Point {
    double north_m = 0.0;
    double east_m = 0.0;
};

Place place_of(const Point& point)
{
    constexpr double narrowing = 0.98316; // cosine of 10.53°
    return {world_place.latitude + point.north_m * degrees_per_metre,
            world_place.longitude + point.east_m * degrees_per_metre / narrowing};
}

/// Level at a distance, 0 dB at one metre.
double level_db(const Point& source, const Point& at, double db_per_decade = 37.6)
{
    const double distance_m = std::hypot(source.north_m - at.north_m, source.east_m - at.east_m);
    return -db_per_decade * std::log10(std::max(20.0, distance_m));
}

/// Streets of a town: a walk along blocks of 120 m that turns at random and stays within 500 m of the middle; a point
/// each 60 m.
std::vector<Point> streets(std::mt19937_64& random, std::size_t count)
{
    std::vector<Point> out;
    Point at{120.0 * static_cast<double>(random() % 7) - 360.0, 120.0 * static_cast<double>(random() % 7) - 360.0};
    while (out.size() < count) {
        const double step_m = random() % 2 == 0 ? 60.0 : -60.0;
        const bool north = random() % 2 == 0;
        Point end = at;
        (north ? end.north_m : end.east_m) += 2.0 * step_m;
        if (std::max(std::abs(end.north_m), std::abs(end.east_m)) > 500.0)
            continue;
        Point half = at;
        (north ? half.north_m : half.east_m) += step_m;
        out.push_back(half);
        out.push_back(end);
        at = end;
    }
    return out;
}

/// Every street once: rows 120 m apart, a point each 60 m, the first and every second to the east.
std::vector<Point> every_street()
{
    std::vector<Point> out;
    for (int row = -3; row <= 3; ++row) {
        for (int i = -6; i <= 6; ++i)
            out.push_back({120.0 * row, 60.0 * (row % 2 == 0 ? i : -i)});
    }
    return out;
}

/// Shadows of 8 dB that a street shares over some 50 m.
std::vector<double> shadows(std::mt19937_64& random, std::size_t count)
{
    std::normal_distribution<double> normal(0.0, 8.0);
    constexpr double shared = 0.3; // exp(-60 m / 50 m)
    std::vector<double> out;
    double last = normal(random);
    for (std::size_t i = 0; i < count; ++i) {
        last = shared * last + std::sqrt(1.0 - shared * shared) * normal(random);
        out.push_back(last);
    }
    return out;
}

/// The cell that is judged, received at the last point; memory has it from all others, half a minute apart.
World passed_by(const std::vector<Point>& route, const std::vector<double>& levels_db)
{
    World world;
    world.add_network("lte", "452-04", {6101}, -85.0).without_register();
    world.scan.push_back(lte_cell("452-04", 6101, 555'777, 1700, 211, levels_db.back()));
    world.context.place = place_of(route.back());
    for (std::size_t i = 0; i + 1 < route.size(); ++i) {
        const auto before = static_cast<std::int64_t>(route.size() - 1 - i);
        world.memory->levels.push_back({{world_time_ns - 30 * second_ns * before}, place_of(route[i]), levels_db[i]});
    }
    return world;
}

bool p03_left_out(const Cell& cell)
{
    return std::ranges::any_of(cell.left_out, [](const CellLeftOut& one) { return one.code == "P03"; });
}

} // namespace

TEST(LevelFixTest, LiesWhereTheTransmitterStands)
{
    std::mt19937_64 random(1);
    constexpr int trials = 100;
    int fixes = 0;
    int within = 0;
    for (int trial = 0; trial < trials; ++trial) {
        const auto route = streets(random, 100);
        const auto shadow = shadows(random, route.size());
        const Point source{80.0, -130.0};
        std::vector<LevelAt> levels;
        for (std::size_t i = 0; i < route.size(); ++i)
            levels.push_back({{}, place_of(route[i]), level_db(source, route[i]) + shadow[i]});
        const auto fix = fix_by_levels(levels);
        if (!fix)
            continue;
        ++fixes;
        within += 1e3 * distance_km(fix->place, place_of(source)) <= 2.0 * fix->sigma_m ? 1 : 0;
    }
    EXPECT_GE(fixes, trials / 2);
    EXPECT_GE(within, 0.9 * fixes);
}

TEST(LevelFixTest, LeavesOpenWhatTheRouteLeavesOpen)
{
    std::vector<LevelAt> road; // straight: the transmitter is 200 m to the one side or to the other
    for (int i = -10; i <= 10; ++i)
        road.push_back({{}, place_of({0.0, 60.0 * i}), level_db({200.0, 0.0}, {0.0, 60.0 * i})});
    const auto fix = fix_by_levels(road);
    EXPECT_TRUE(!fix || fix->sigma_m >= 180.0);
    EXPECT_FALSE(fix_by_levels(std::span(road).first(5)));
    const std::vector<LevelAt> one_place(20, LevelAt{{}, world_place, -60.0});
    EXPECT_FALSE(fix_by_levels(one_place));
    std::vector<LevelAt> far; // 5 km away: anywhere
    for (int i = -10; i <= 10; ++i)
        far.push_back({{}, place_of({0.0, 60.0 * i}), level_db({5000.0, 0.0}, {0.0, 60.0 * i})});
    EXPECT_FALSE(fix_by_levels(far));
}

TEST(MovesBetweenFixes, FiresForOneThatWasElsewhereBefore)
{
    std::mt19937_64 random(2);
    auto route = every_street();
    const auto once = route.size();
    route.insert(route.end(), route.begin(), route.begin() + static_cast<std::ptrdiff_t>(once));
    const auto shadow = shadows(random, route.size());
    const auto along = [&](const Point& first, const Point& second) {
        std::vector<double> levels;
        for (std::size_t i = 0; i < route.size(); ++i)
            levels.push_back(level_db(i < once ? first : second, route[i]) + shadow[i]);
        return levels;
    };
    const Point home{-200.0, -180.0};
    World moved = passed_by(route, along(home, {200.0, 180.0}));
    const Cell cell = moved.judge();
    const auto found = std::ranges::find(cell.indicators, "P03", &CellIndicator::code);
    ASSERT_NE(found, cell.indicators.end());
    EXPECT_EQ(found->reason.key, "indicator.P03.why_fixes");
    EXPECT_NEAR(std::get<Quantity>(found->reason.arguments.at(0).value).value, 0.54, 0.15);
    const Cell stays = passed_by(route, along(home, home)).judge();
    EXPECT_THAT(fired(stays), Not(Contains("P03")));
    EXPECT_FALSE(p03_left_out(stays));
    World early = passed_by(route, along(home, {200.0, 180.0})); // the first half is older than two hours
    for (std::size_t i = 0; i < once; ++i)
        early.memory->levels[i].at.unix_ns -= 2 * 3600 * second_ns;
    EXPECT_THAT(fired(early.judge()), Not(Contains("P03")));
}

/// Sectors send to one side, and levels fall off faster or slower than the fix supposes.
TEST(MovesBetweenFixesLong, SectorsThatStandAreRarelyWronged)
{
    std::mt19937_64 random(3);
    constexpr int trials = 400;
    int evaluated = 0;
    int wronged = 0;
    for (int trial = 0; trial < trials; ++trial) {
        std::vector<Point> route; // every street twice, with gaps
        for (int turn = 0; turn < 2; ++turn)
            for (const Point& point : every_street())
                if (random() % 10 < 7)
                    route.push_back(point);
        const auto shadow = shadows(random, route.size());
        const Point site{static_cast<double>(random() % 600) - 300.0, static_cast<double>(random() % 600) - 300.0};
        const double towards = 1e-3 * static_cast<double>(random() % 6283);
        const double db_per_decade = 30.0 + static_cast<double>(random() % 13);
        std::vector<double> levels;
        for (std::size_t i = 0; i < route.size(); ++i) {
            const double bearing = std::atan2(route[i].east_m - site.east_m, route[i].north_m - site.north_m);
            const double off_deg =
                std::abs(std::remainder(bearing - towards, 2.0 * std::numbers::pi)) * 180.0 / std::numbers::pi;
            const double pattern_db = std::min(20.0, 12.0 * (off_deg / 70.0) * (off_deg / 70.0)); // TR 36.942 §4.2
            levels.push_back(level_db(site, route[i], db_per_decade) - pattern_db + shadow[i]);
        }
        std::vector<LevelAt> all;
        for (std::size_t i = 0; i < route.size(); ++i)
            all.push_back({{}, place_of(route[i]), levels[i]});
        const auto first = fix_by_levels(std::span(all).first(all.size() / 2));
        const auto second = fix_by_levels(std::span(all).subspan(all.size() / 2));
        evaluated += first && second && std::max(first->sigma_m, second->sigma_m) <= 100.0 ? 1 : 0;
        const Cell cell = passed_by(route, levels).judge();
        wronged += std::ranges::any_of(cell.indicators, [](const auto& one) { return one.code == "P03"; }) ? 1 : 0;
    }
    RecordProperty("evaluated", evaluated);
    RecordProperty("wronged", wronged);
    EXPECT_GE(evaluated, trials / 5);
    EXPECT_LE(wronged, 0.02 * trials) << "of " << evaluated;
}

} // namespace gacsong::test
