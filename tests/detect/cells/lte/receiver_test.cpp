// SPDX-License-Identifier: GPL-3.0-or-later
// The LTE receiver on downlinks of our own builder, which shares no code with it.
#include "tests/detect/cells/lte_trials.hpp"
#include "tests/support/lte/messages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

namespace gacsong::test {
namespace {

/// How messages are announced.
enum class Announced { localised, distributed, second_gap, compact, compact_second_gap };

struct Layout {
    unsigned blocks;
    unsigned ports;
    bool tdd;
    bool normal_prefix;
    double rate_hz;
    Announced announced = Announced::localised;
};

class LteLayouts : public ::testing::TestWithParam<Layout> {};

TEST_P(LteLayouts, AreReadToTheLastBit)
{
    const Layout layout = GetParam();
    LteTrial trial;
    trial.settings.blocks = layout.blocks;
    trial.settings.ports = layout.ports;
    trial.settings.tdd = layout.tdd;
    trial.settings.normal_prefix = layout.normal_prefix;
    using enum Announced;
    trial.settings.compact = layout.announced == compact || layout.announced == compact_second_gap;
    trial.settings.distributed = layout.announced == distributed || layout.announced == second_gap;
    trial.settings.second_gap = layout.announced == second_gap || layout.announced == compact_second_gap;
    trial.settings.message_blocks = layout.blocks > 50 ? 8 : 6;
    trial.settings.phich_resource = layout.blocks > 6 ? 2 : 0;
    trial.settings.aggregation = layout.blocks > 15 ? 8 : 4;
    trial.settings.format_indicator = layout.ports == 4 ? 3 : 2;
    trial.settings.first_message = lte::example_first_message();
    trial.reception.rate_hz = layout.rate_hz;
    trial.reception.seconds = 0.05;
    trial.reception.carrier_hz = layout.tdd ? 2360e6 : 1855e6;
    const LteTrial one = random_lte_trial(
        trial, 20.0, layout.blocks + 1000 * layout.ports + 10000 * static_cast<unsigned>(layout.announced));
    const auto report = search_lte(lte::receive(one.settings, one.reception), one.reception);
    const LteOutcome outcome = judge_lte(report, one.settings, one.reception);
    EXPECT_TRUE(outcome.pci);
    EXPECT_TRUE(outcome.master);
    EXPECT_TRUE(outcome.first);
    EXPECT_EQ(outcome.wrong, 0U);
}

TEST(LteSharedChannel, ShareOfUsedBlocks)
{
    for (const double load : {0.0, 0.3, 1.0}) {
        LteTrial trial;
        trial.settings.ports = 2;
        trial.settings.load = load;
        trial.settings.first_message = lte::example_first_message();
        trial.reception.seconds = 0.16;
        trial.reception.snr_db = 10.0;
        trial.reception.taps = lte::pedestrian();
        const LteTrial one = random_lte_trial(trial, 5.0, 9);
        const auto report = search_lte(lte::receive(one.settings, one.reception), one.reception);
        ASSERT_EQ(report.cells.size(), 1U);
        ASSERT_TRUE(report.cells.front().pdsch_share);
        EXPECT_NEAR(*report.cells.front().pdsch_share, load, 0.1);
    }
}

struct Special {
    const char* name;
    unsigned blocks;
    unsigned ports;
    bool normal_prefix;
    unsigned pattern;
    double rate_hz;
    bool read = true;
};

void PrintTo(const Special& one, std::ostream* out) { *out << one.name; }

class LteSpecialSubframes : public ::testing::TestWithParam<Special> {};

/// System information and paging in the downlink part of special subframes, and nowhere else.
TEST_P(LteSpecialSubframes, AreReadAsFarAsTheyAreDownlink)
{
    const Special special = GetParam();
    LteTrial trial;
    trial.settings.blocks = special.blocks;
    trial.settings.ports = special.ports;
    trial.settings.tdd = true;
    trial.settings.normal_prefix = special.normal_prefix;
    trial.settings.special_subframe = special.pattern;
    trial.settings.phich_resource = 1;
    trial.settings.first_message = lte::tdd_first_message(trial.settings.tdd_configuration, special.pattern);
    trial.settings.others = {{lte::information_of(2, lte::second_block(0)), 16}};
    trial.settings.others_in = "S";
    lte::PagingMessage paged;
    paged.tmsis = {0xC0FFEE01};
    trial.settings.pagings = {lte::paging_message(paged)};
    trial.settings.paging_subframes = "16";
    trial.reception.rate_hz = special.rate_hz;
    trial.reception.seconds = 0.19;
    trial.reception.snr_db = 10.0;
    trial.reception.carrier_hz = 2360e6;
    trial.reception.taps = lte::pedestrian();
    const LteTrial one = random_lte_trial(trial, 5.0, special.blocks + special.pattern);
    const auto report = search_lte(lte::receive(one.settings, one.reception), one.reception);
    ASSERT_EQ(report.cells.size(), 1U);
    const Cell& cell = report.cells.front();
    const auto information = std::ranges::count(cell.messages, "SI", &CellMessage::name);
    if (!special.read) {
        EXPECT_EQ(information, 0);
        return;
    }
    EXPECT_GE(information, 1);
    ASSERT_TRUE(cell.paging);
    EXPECT_GT(cell.paging->requests, 20U);
    EXPECT_EQ(cell.paging->requests, cell.paging->identities);
    // Occasions are 0, 1, 5 and 6; only special ones carried anything, all but where system information was sent.
    EXPECT_NEAR(static_cast<double>(cell.paging->requests), static_cast<double>(cell.paging->blocks) / 2.0,
                0.15 * static_cast<double>(cell.paging->blocks));
}

INSTANTIATE_TEST_SUITE_P(All, LteSpecialSubframes,
                         ::testing::Values(Special{"TenSymbols", 25, 2, true, 7, 7.68e6},
                                           Special{"TwelveSymbols", 50, 1, true, 4, 11.52e6},
                                           Special{"NineSymbols", 25, 4, true, 1, 7.68e6},
                                           Special{"ExtendedPrefix", 25, 2, false, 2, 7.68e6},
                                           Special{"NoSharedChannel", 25, 2, true, 5, 7.68e6, false}),
                         [](const auto& one) { return one.param.name; });

INSTANTIATE_TEST_SUITE_P(All, LteLayouts,
                         ::testing::Values(Layout{6, 1, false, true, 1.92e6}, Layout{6, 2, false, true, 1.92e6},
                                           Layout{6, 1, true, true, 1.92e6}, Layout{6, 2, true, true, 2.4e6},
                                           Layout{6, 1, false, false, 1.92e6}, Layout{6, 2, true, false, 2.048e6},
                                           Layout{25, 1, false, true, 7.68e6}, Layout{25, 2, true, true, 7.68e6},
                                           Layout{50, 2, false, true, 11.52e6}, Layout{100, 2, false, true, 23.04e6},
                                           Layout{100, 1, true, true, 20e6}, Layout{6, 4, false, true, 1.92e6},
                                           Layout{6, 4, true, true, 1.92e6}, Layout{6, 4, false, false, 1.92e6},
                                           Layout{25, 4, false, true, 7.68e6}, Layout{15, 4, true, false, 3.84e6}));

// Formats 1A for distributed blocks and 1C, with the two gaps that wide cells have.
INSTANTIATE_TEST_SUITE_P(Formats, LteLayouts,
                         ::testing::Values(Layout{6, 2, false, true, 1.92e6, Announced::compact},
                                           Layout{6, 1, true, true, 1.92e6, Announced::distributed},
                                           Layout{15, 1, false, true, 3.84e6, Announced::compact},
                                           Layout{25, 2, true, true, 7.68e6, Announced::distributed},
                                           Layout{25, 4, false, true, 7.68e6, Announced::compact},
                                           Layout{50, 2, false, true, 11.52e6, Announced::compact_second_gap},
                                           Layout{50, 1, false, true, 11.52e6, Announced::second_gap},
                                           Layout{75, 1, false, true, 15.36e6, Announced::compact},
                                           Layout{75, 2, false, true, 15.36e6, Announced::distributed}));

} // namespace
} // namespace gacsong::test
