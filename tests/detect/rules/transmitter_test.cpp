// SPDX-License-Identifier: GPL-3.0-or-later
// P05, P10, P11 and what is done where they fire on many cells: clocks, frames and modulation of transmitters.
#include "tests/detect/rules/cell_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace gacsong::test {

namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

/// TDD cells of one operator that begin their frames together, `count` of them.
World tdd_network(std::uint64_t count, double snr_db = 30.0)
{
    World world;
    for (std::uint64_t i = 0; i < count; ++i) {
        Cell cell = lte_cell("452-04", 6102, 6'102'000 + i, 1700, 40 + i, -70.0 - static_cast<double>(i));
        cell.duplex = "tdd";
        cell.snr_db = snr_db;
        cell.ppm = 0.01 * static_cast<double>(i);
        cell.frame_start_s = 0.0031 + 10e-6 * static_cast<double>(i % 3);
        world.scan.push_back(cell);
    }
    return world;
}

bool left_out(const Cell& cell, std::string_view code)
{
    return std::ranges::any_of(cell.left_out, [&](const CellLeftOut& one) { return one.code == code; });
}

/// GSM cells of good transmitters, of which the last `poor` are bad ones.
World gsm_network(std::uint64_t count, std::uint64_t poor)
{
    World world;
    for (std::uint64_t i = 0; i < count; ++i) {
        Cell cell = gsm_cell("452-04", 6102, 7100 + i, 50 + 2 * i, 10 + i, -60.0 - static_cast<double>(i));
        cell.id = "c" + std::to_string(i + 1);
        cell.snr_db = 30.0;
        cell.phase_error_deg = i + poor < count ? 2.0 : 9.0;
        cell.phase_error_peak_deg = 12.0;
        world.scan.push_back(cell);
    }
    return world;
}

} // namespace

/// Cells of one LTE station, of which the last one has another frame and another clock: a copy from elsewhere.
World station_with_a_copy(std::uint64_t count)
{
    World world;
    for (std::uint64_t i = 0; i < count; ++i) {
        Cell cell = lte_cell("452-04", 6102, (std::uint64_t{24'000} << 8U) + i, 1650 + 100 * (i % 2), 40 + i, -75.0);
        cell.ppm = 0.01 * static_cast<double>(i);
        cell.frame_start_s = 0.0031 + 0.4e-6 * static_cast<double>(i);
        world.scan.push_back(cell);
    }
    world.scan.back().ppm = 0.35;
    world.scan.back().frame_start_s = 0.0031 + 140e-6 - 10e-3;
    return world;
}

TEST(StationClock, OfACellThatIsSentFromElsewhereFires)
{
    World copied = station_with_a_copy(3);
    const Cell copy = copied.judge();
    EXPECT_THAT(fired(copy), Contains("P07"));
    const auto why = std::ranges::find(copy.indicators, "P07", &CellIndicator::code)->reason;
    EXPECT_EQ(why.key, "indicator.P07.why_station");
    ASSERT_EQ(why.arguments.size(), 2U);
    EXPECT_NEAR(std::get<Quantity>(why.arguments[0].value).value, 139.6, 0.01);
    EXPECT_NEAR(std::get<Quantity>(why.arguments[1].value).value, 0.34, 1e-6);
    // The station's others have one frame and one clock, and say nothing of each other.
    World other = station_with_a_copy(4);
    std::rotate(other.scan.begin(), other.scan.end() - 1, other.scan.end());
    EXPECT_THAT(fired(other.judge()), Not(Contains("P07")));
}

/// Two receptions of one carrier and code with frames 1.2 ms apart, beside five cells of one clock; the second is
/// judged.
World two_on_one_carrier(double first_ppm, double second_ppm, std::uint64_t second_cell)
{
    constexpr std::uint64_t first_cell = 24'000U << 8U;
    World world;
    for (std::uint64_t i = 0; i < 5; ++i) {
        Cell cell = lte_cell("452-04", 6102, (std::uint64_t{24'100 + i} << 8U), 1750, 60 + i, -80.0);
        cell.ppm = 0.01 * static_cast<double>(i);
        world.scan.push_back(cell);
    }
    for (const auto& [number, ppm] : {std::pair{first_cell, first_ppm}, std::pair{second_cell, second_ppm}}) {
        Cell cell = lte_cell("452-04", 6102, number, 1650, 40, -75.0);
        cell.id = "c" + std::to_string(world.scan.size() + 1);
        cell.ppm = ppm;
        cell.frame_start_s = number == first_cell && ppm == first_ppm ? 0.0031 : 0.0043;
        world.scan.push_back(cell);
    }
    return world;
}

TEST(TwoOnOneCarrier, OfOneIdentityTheOneWithTheNetworksClockIsLeftAlone)
{
    constexpr std::uint64_t itself = 24'000U << 8U;
    EXPECT_THAT(fired(two_on_one_carrier(0.02, 0.8, itself).judge()), Contains("P07"));
    EXPECT_THAT(fired(two_on_one_carrier(0.8, 0.02, itself).judge()), Not(Contains("P07")));
    EXPECT_THAT(fired(two_on_one_carrier(0.03, 0.02, itself).judge()), Contains("P07")) << "which one, nobody can tell";
}

TEST(TwoOnOneCarrier, OfTwoRegisteredIdentitiesIsReuseOfACode)
{
    World world = two_on_one_carrier(0.03, 0.02, (24'001U << 8U) + 3);
    world.with_register("lte,452,04,6102,6144000,1650,,40,,,\nlte,452,04,6102,6144259,1650,,40,,,\n");
    EXPECT_THAT(fired(world.judge()), Contains("P07 0.5"));
    // A twin of its own identity tells more, whichever is heard first.
    World both = two_on_one_carrier(0.03, 0.02, 24'000U << 8U);
    both.context.cells = world.context.cells;
    Cell reuse = lte_cell("452-04", 6102, (24'001U << 8U) + 3, 1650, 40, -85.0);
    reuse.id = "c9";
    both.scan.insert(both.scan.begin(), reuse);
    EXPECT_THAT(fired(both.judge()), Contains("P07"));
}

TEST(StationClock, IsNoSignWithoutTwoCellsThatAgree)
{
    const auto silent = [](World world) { EXPECT_THAT(fired(world.judge()), Not(Contains("P07"))); };
    silent(station_with_a_copy(2));
    World repeated = station_with_a_copy(3); // its own oscillator, but no other frame
    repeated.scan.back().frame_start_s = 0.0031 + 12e-6;
    silent(repeated);
    World board = station_with_a_copy(3); // frames elsewhere, but the station's clock
    board.scan.back().ppm = 0.08;
    silent(board);
    World homes = station_with_a_copy(3); // numbers in a row, each with a frame of its own
    homes.scan.front().frame_start_s = 0.0077;
    silent(homes);
    World clocks = station_with_a_copy(3);
    clocks.scan.front().ppm = 0.2;
    silent(clocks);
    World strangers = station_with_a_copy(3);
    strangers.scan.front().cell = *strangers.scan.front().cell + 256;
    silent(strangers);
    World weak = station_with_a_copy(3);
    weak.scan.front().reference_evm_percent.reset();
    weak.scan.front().snr_db = 20.0;
    silent(weak);
}

/// What its own reference signals are off by is no noise.
TEST(FrequencyErrorOf, APoorTransmitterIsTold)
{
    World world;
    world.add_network("lte", "452-04", {6102});
    Cell poor = lte_cell("452-04", 6102, 77'000, 1700, 99, -60.0);
    poor.reference_evm_percent = 21.0;
    poor.snr_db = 13.6;
    poor.ppm = 0.6;
    world.scan.push_back(poor);
    EXPECT_THAT(fired(world.judge()), testing::IsSupersetOf({"P05", "P11"}));
    world.scan.back().reference_evm_percent.reset();
    EXPECT_THAT(fired(world.judge()), Not(Contains("P05")));
}

TEST(TimingDrift, OfACellBesideTheCommonFrameFires)
{
    World apart = tdd_network(4);
    apart.scan.back().frame_start_s = *apart.scan.front().frame_start_s + 140e-6 - 10e-3;
    EXPECT_THAT(fired(apart.judge()), Contains("P10"));
    apart.scan.back().snr_db = 23.0;
    apart.scan.back().reference_evm_percent.reset();
    EXPECT_THAT(fired(apart.judge()), Contains("P10 0.5"));
    World together = tdd_network(4);
    const Cell fine = together.judge();
    EXPECT_THAT(fired(fine), Not(Contains("P10")));
    EXPECT_FALSE(left_out(fine, "P10"));
}

TEST(TimingDrift, IsNotEvaluatedWhereNobodyIsAlignedNorWhereTheClockIsOff)
{
    World few = tdd_network(3);
    few.scan.back().frame_start_s = 0.0077;
    EXPECT_TRUE(left_out(few.judge(), "P10"));
    World scattered = tdd_network(5);
    scattered.scan.front().frame_start_s = 0.0066;
    EXPECT_TRUE(left_out(scattered.judge(), "P10"));
    World clock = tdd_network(6);
    clock.scan.back().frame_start_s = 0.0077;
    clock.scan.back().ppm = 0.9;
    const Cell off = clock.judge();
    EXPECT_THAT(fired(off), Contains("P05"));
    EXPECT_TRUE(left_out(off, "P10"));
    World fdd = tdd_network(5);
    for (Cell& cell : fdd.scan)
        cell.duplex = "fdd";
    EXPECT_TRUE(left_out(fdd.judge(), "P10"));
}

TEST(TimingDrift, OfAGsmCellCountsWhereTheOthersBeginTogether)
{
    World world = gsm_network(5, 0);
    constexpr double frame_s = 0.06 / 13.0;
    for (std::size_t i = 0; i < world.scan.size(); ++i)
        world.scan[i].frame_start_s = 0.001 + frame_s * static_cast<double>(i) + 1e-6 * static_cast<double>(i);
    EXPECT_THAT(fired(world.judge()), Not(Contains("P10")));
    world.scan.back().frame_start_s = 0.003;
    EXPECT_THAT(fired(world.judge()), Contains("P10"));
    world.scan.front().frame_start_s = 0.0004;
    EXPECT_TRUE(left_out(world.judge(), "P10")) << "a network that is not synchronised";
}

TEST(NoTraffic, IsWhatATddCellBesideTheCommonFrameHas)
{
    World apart = tdd_network(4);
    EXPECT_THAT(fired(apart.judge()), Not(Contains("P12")));
    apart.scan.back().frame_start_s = *apart.scan.front().frame_start_s + 140e-6;
    const Cell cell = apart.judge();
    EXPECT_THAT(fired(cell), Contains("P12"));
    EXPECT_EQ(std::ranges::find(cell.indicators, "P12", &CellIndicator::code)->reason.key, "indicator.P12.why_frames");
}

TEST(FrequencyError, IsMeasuredAgainstTheNearestQuarterOfTheOthers)
{
    World world = gsm_network(6, 0);
    const std::vector<double> spread{-0.12, -0.06, 0.0, 0.07, 0.13};
    for (std::size_t i = 0; i < spread.size(); ++i)
        world.scan[i].ppm = spread[i];
    world.scan.back().ppm = 0.6;
    EXPECT_THAT(fired(world.judge()), Not(Contains("P05"))) << "four times a spread of 0.19 ppm";
    world.scan.back().ppm = 0.9;
    EXPECT_THAT(fired(world.judge()), Contains("P05"));
}

TEST(PoorTransmitter, FiresBesideThreeGoodOnes)
{
    EXPECT_THAT(fired(gsm_network(5, 1).judge()), Contains("P11"));
    EXPECT_THAT(fired(gsm_network(5, 0).judge()), Not(Contains("P11")));
    EXPECT_TRUE(left_out(gsm_network(3, 1).judge(), "P11", "reference_cells")) << "only two others pass";
    World weak = gsm_network(5, 1);
    weak.scan.back().snr_db = 20.0;
    EXPECT_TRUE(left_out(weak.judge(), "P11", "modulation")) << "noise of 20 dB is an error of its own";
}

/// LTE: four other good cells, and one of 21 %.
World poor_lte_cell()
{
    World world;
    world.add_network("lte", "452-04", {6102}, -70.0);
    Cell poor = lte_cell("452-04", 6102, 77'000, 1725, 99, -60.0);
    poor.reference_evm_percent = 21.0;
    world.scan.push_back(poor);
    return world;
}

TEST(PoorTransmitter, IsNotToldBesideAnotherCellOfTheCarrierNorUnderNoise)
{
    EXPECT_THAT(fired(poor_lte_cell().judge()), Contains("P11"));
    const auto beside = [](double level_dbm) {
        World world = poor_lte_cell();
        world.scan.insert(world.scan.end() - 1, lte_cell("452-04", 6102, 77'001, 1725, 33, level_dbm));
        return world.judge();
    };
    const Cell near = beside(-75.0); // 15 dB below: 18 % of its own
    EXPECT_THAT(fired(near), Not(Contains("P11")));
    EXPECT_TRUE(left_out(near, "P11", "other_cells"));
    EXPECT_THAT(fired(beside(-77.0)), Contains("P11"));
    World noisy = poor_lte_cell(); // noise beside the channel is not 25 dB down: the receiver states no error
    noisy.scan.back().reference_evm_percent.reset();
    EXPECT_TRUE(left_out(noisy.judge(), "P11", "modulation"));
}

TEST(ReceiverFaults, AreWhatFiresOnManyCells)
{
    World world = gsm_network(8, 3);
    std::vector<Cell> cells = world.scan;
    (void)judge_cells(cells, {}, world.context, Instant{world_time_ns});
    EXPECT_THAT(receiver_faults(cells), ElementsAre("P11"));
    EXPECT_THAT(fired(cells.back()), Not(Contains("P11")));
    World fine = gsm_network(8, 1);
    cells = fine.scan;
    (void)judge_cells(cells, {}, fine.context, Instant{world_time_ns});
    EXPECT_THAT(receiver_faults(cells), IsEmpty());
}

} // namespace gacsong::test
