// SPDX-License-Identifier: GPL-3.0-or-later
// A few cases of every kind of the grid; recognition_matrix runs the whole.
#include "tests/detect/signatures/grid.hpp"
#include "tests/support/signals/fsk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace gacsong::test {

namespace {

struct Count {
    int family = 0;
    int wrong = 0;
    int cases = 0;
};

bool among(const std::vector<std::string>& names, const std::string& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

Count count_of(const GridClass& kind, double snr_db, std::uint64_t cases)
{
    Count count;
    for (std::uint64_t number = 0; number < cases; ++number) {
        const std::string name = recognised(grid_scene(kind, snr_db, number), number).modulation.name;
        count.family += among(kind.family, name) ? 1 : 0;
        count.wrong += !among(kind.right, name) && name != "unknown" ? 1 : 0;
        ++count.cases;
    }
    return count;
}

/// Kinds that cost little: a part of the grid for every day.
const std::set<std::string> quick{"FSK2", "GMSK", "BPSK", "QPSK", "8PSK", "DQPSK", "QAM16", "two QPSK"};

} // namespace

TEST(Modulation, OrdersAreToldAtTwelveDecibels)
{
    for (const GridClass& kind : grid_classes()) {
        if (!quick.contains(kind.name))
            continue;
        const Count count = count_of(kind, 12.0, 4);
        EXPECT_EQ(count.family, count.cases) << kind.name;
        EXPECT_EQ(count.wrong, 0) << kind.name;
    }
}

TEST(Modulation, SoundAndSlowKeyingAreToldAtFiveDecibels)
{
    for (const GridClass& kind : grid_classes()) {
        if (kind.name != "NFM" && kind.name != "FSK2")
            continue;
        const Count count = count_of(kind, 5.0, 5);
        EXPECT_GE(count.family, 4) << kind.name;
        EXPECT_EQ(count.wrong, 0) << kind.name;
    }
}

/// Its symbols are as long as the pieces of a syllable, and what is the same by chance does not last.
TEST(Modulation, SlowKeyingIsNotTakenForSound)
{
    for (const double symbol_rate_hz : {300.0, 600.0}) {
        for (const int levels : {2, 4}) {
            FskSettings slow;
            slow.symbol_rate_hz = symbol_rate_hz;
            slow.deviation_hz = 1800.0;
            slow.levels = levels;
            const GridClass kind{"slow", {"FSK2", "FSK4"}, {"FSK2", "FSK4"}, 100e3, 2.0, [slow](std::uint64_t seed) {
                                     FskSettings one = slow;
                                     one.seed = seed;
                                     return fsk(one);
                                 }};
            for (std::uint64_t number = 0; number < 3; ++number)
                EXPECT_NE(recognised(grid_scene(kind, 5.0, number), number).modulation.name, "NFM") << symbol_rate_hz;
        }
    }
}

TEST(ModulationLong, EveryKindGetsItsNameAtFifteenDecibels)
{
    for (const GridClass& kind : grid_classes()) {
        const Count count = count_of(kind, 15.0, 6);
        EXPECT_GE(count.family, 5) << kind.name;
        EXPECT_EQ(count.wrong, 0) << kind.name;
    }
}

/// 200 cases of a share of 0.9 stay above 0.86 with 97 %.
TEST(ModulationLong, MostKindsGetTheirNameAtTenDecibelsAndNearlyNoneAWrongOne)
{
    Count all;
    for (const GridClass& kind : grid_classes()) {
        const Count count = count_of(kind, 10.0, 8);
        all.family += count.family;
        all.wrong += count.wrong;
        all.cases += count.cases;
    }
    EXPECT_GE(all.family * 100, all.cases * 88);
    EXPECT_LE(all.wrong * 100, all.cases * 2);
}

TEST(ModulationLong, SevenOfTenGetTheirNameAtFiveDecibels)
{
    Count all;
    for (const GridClass& kind : grid_classes()) {
        const Count count = count_of(kind, 5.0, 8);
        all.family += count.family;
        all.cases += count.cases;
    }
    EXPECT_GE(all.family * 100, all.cases * 70);
}

} // namespace gacsong::test
