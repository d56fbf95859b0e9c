// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/occupancy/from_power.hpp"
#include "report/occupancy/from_runs.hpp"
#include "report/occupancy/occupancy.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>
#include <string_view>

namespace gacsong {
namespace {

constexpr std::int64_t second = 1'000'000'000;

/// Looks of some channels as rows of 0 and 1, a look a second.
std::vector<ChannelSample> matrix(const std::vector<std::string_view>& channels)
{
    std::vector<ChannelSample> samples;
    for (std::size_t c = 0; c < channels.size(); ++c)
        for (std::size_t i = 0; i < channels[c].size(); ++i)
            samples.push_back({c, Instant{static_cast<std::int64_t>(i) * second}, channels[c][i] == '1'});
    return samples;
}

/// Noise of `averages` averages with channels that are `level_db` above it now and then.
PowerTable table(double low_hz, std::size_t values, std::size_t rows, std::uint64_t samples,
                 const std::function<double(double f, std::size_t row)>& signal)
{
    std::mt19937_64 random(7);
    const double averages = 0.25 * static_cast<double>(samples) / static_cast<double>(values);
    std::gamma_distribution<double> noise(averages, 1.0 / averages);
    PowerTable t;
    for (std::size_t r = 0; r < rows; ++r) {
        PowerRow row{Instant{static_cast<std::int64_t>(r) * 10 * second}, low_hz, 5e3, samples, {}};
        for (std::size_t i = 0; i < values; ++i) {
            const double f = low_hz + (static_cast<double>(i) + 0.5) * 5e3;
            row.levels.push_back(static_cast<float>(-80.0 + 10.0 * std::log10(noise(random) + signal(f, r))));
        }
        t.rows.push_back(std::move(row));
    }
    return t;
}

} // namespace

TEST(Shares, WilsonsInterval)
{
    // monitoring.md §8, row 13.
    const auto expect = [](double on, double n, double low, double high) {
        const auto interval = wilson(on / n, n);
        EXPECT_NEAR(interval.low, low, 1e-5);
        EXPECT_NEAR(interval.high, high, 1e-5);
    };
    expect(30, 300, .07095, .13917);
    expect(0, 100, 0.0, .03699);
    expect(5, 20, .11186, .46870);
    expect(1200, 3600, .31812, .34890);
    EXPECT_EQ(wilson(0.5, 0.0).high, 1.0);
}

TEST(Shares, CorrelatedLooksCountForLess)
{
    // monitoring.md §8, row 14.
    EXPECT_NEAR(samples_needed(0.1, 0.1), 3457.0, 1.0);
    EXPECT_NEAR(samples_needed(0.3, 0.1), 896.0, 1.0);
    EXPECT_NEAR(independent_share(1.0, 10.0, 90.0), 0.05550, 5e-5);
    EXPECT_NEAR(independent_share(10.0, 2.0, 18.0), 0.992, 1e-3);
    const auto interval = wilson(0.1, 3600.0 * independent_share(1.0, 10.0, 90.0));
    EXPECT_NEAR(interval.low, .0657, 1e-4);
    EXPECT_NEAR(interval.high, .1494, 1e-4);
}

TEST(Shares, TheCorrelationIsFoundInTheLooksThemselves)
{
    // On and off as a Markov chain, 10 s and 90 s in the mean, a look a second: row 14 says 0.0555.
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> dice(0.0, 1.0);
    std::vector<bool> looks;
    bool on = false;
    for (int i = 0; i < 200'000; ++i) {
        const double rho = std::exp(-(1.0 / 10.0 + 1.0 / 90.0));
        on = dice(random) < (on ? 0.1 + 0.9 * rho : 0.1 * (1.0 - rho));
        looks.push_back(on);
    }
    EXPECT_NEAR(independent_share(looks), 0.0555, 0.005);
    EXPECT_EQ(independent_share(std::vector<bool>(50, true)), 1.0);
}

TEST(Occupancy, OfAMatrix)
{
    // monitoring.md §8, row 15.
    const OccupancyOrder order{100e6, 100.1e6, 25e3, 5.0};
    const auto o = sum_up(order, matrix({"10100", "00000", "11111", "00100"}), 20, 8);
    ASSERT_EQ(o.channels.size(), 4U);
    EXPECT_DOUBLE_EQ(o.channels[0].fco, 0.4);
    EXPECT_DOUBLE_EQ(o.channels[1].fco, 0.0);
    EXPECT_DOUBLE_EQ(o.channels[2].fco, 1.0);
    EXPECT_DOUBLE_EQ(o.channels[3].fco, 0.2);
    EXPECT_DOUBLE_EQ(o.sro, 0.4);
    EXPECT_DOUBLE_EQ(o.fbo, 0.4);
    EXPECT_DOUBLE_EQ(o.coverage, 1.0);
    EXPECT_DOUBLE_EQ(o.revisit_s, 1.0);
    EXPECT_DOUBLE_EQ(o.duration_s, 4.0);
    EXPECT_TRUE(o.statistical);
    EXPECT_DOUBLE_EQ(o.channels[1].center_hz, 100.0375e6);
    EXPECT_FALSE(sum_up(order, matrix({"0011100"}), 1, 1).statistical);
    EXPECT_DOUBLE_EQ(sum_up(order, matrix({"0011100"}), 1, 1).coverage, 0.25);
}

TEST(Occupancy, OfAPowerTable)
{
    // One channel of ten is on in each fifth row, one always; 600 rows.
    const auto t = table(430e6, 400, 600, 400 * 400, [](double f, std::size_t row) {
        if (f >= 430.25e6 && f < 430.26e6)
            return row % 5 == 0 ? 10.0 : 0.0;
        return f >= 431.0e6 && f < 431.02e6 ? 100.0 : 0.0;
    });
    const OccupancyOrder order{430e6, 432e6, 25e3, 5.0};
    const auto o = occupancy_from(t, order);
    ASSERT_TRUE(o);
    ASSERT_EQ(o->channels.size(), 80U);
    EXPECT_NEAR(*o->floor_db, -80.0, 0.3);
    EXPECT_EQ(o->threshold_db, 5.0);
    for (const auto& channel : o->channels) {
        if (channel.center_hz == 430.2625e6) {
            EXPECT_DOUBLE_EQ(channel.fco, 0.2);
            EXPECT_LT(channel.interval.low, 0.2);
            EXPECT_GT(channel.interval.high, 0.2);
        } else if (channel.center_hz == 431.0125e6) {
            EXPECT_DOUBLE_EQ(channel.fco, 1.0);
        } else {
            EXPECT_DOUBLE_EQ(channel.fco, 0.0) << channel.center_hz;
        }
    }
    EXPECT_NEAR(o->sro, 1.2 / 80.0, 1e-9);
    EXPECT_NEAR(o->fbo, (2.0 * 0.2 + 4.0) / 400.0, 1e-9);
}

TEST(Occupancy, NoisyTablesRaiseTheThreshold)
{
    // One average a value: noise reaches 5 dB above the floor all the time.
    const auto t = table(430e6, 400, 200, 400 * 4, [](double, std::size_t) { return 0.0; });
    const auto o = occupancy_from(t, {430e6, 432e6, 25e3, 5.0});
    ASSERT_TRUE(o);
    EXPECT_GT(*o->threshold_db, 8.0);
    double most = 0.0;
    for (const auto& channel : o->channels)
        most = std::max(most, channel.fco);
    EXPECT_LE(o->sro, 0.002); // one look of a thousand, 16 000 looks: 0.001 ± 0.00025
    EXPECT_LE(most, 0.05);
}

TEST(Occupancy, ABandThatIsAlwaysFullIsNotTakenForQuiet)
{
    // 8 MHz of television in 40 MHz (W86).
    const auto t =
        table(600e6, 8000, 20, 8000 * 400, [](double f, std::size_t) { return f >= 616e6 && f < 624e6 ? 100.0 : 0.0; });
    const auto o = occupancy_from(t, {600e6, 640e6, 1e6, 5.0});
    ASSERT_TRUE(o);
    for (const auto& channel : o->channels)
        EXPECT_EQ(channel.fco, channel.center_hz > 616e6 && channel.center_hz < 624e6 ? 1.0 : 0.0) << channel.center_hz;
}

TEST(Occupancy, SaysWhatATableCannotTell)
{
    const auto t = table(430e6, 400, 2, 400, [](double, std::size_t) { return 0.0; });
    EXPECT_EQ(occupancy_from(t, {430e6, 432e6, 2e3, 5.0}).error().message.key, "occupancy.step");
    EXPECT_EQ(occupancy_from(t, {440e6, 442e6, 25e3, 5.0}).error().message.key, "occupancy.nothing");
}

TEST(Occupancy, OfStoredRuns)
{
    WatchedRun sweep;
    sweep.run.stream.start = Instant{0};
    sweep.run.low_hz = 430e6;
    sweep.run.high_hz = 432e6;
    for (int i = 0; i < 10; ++i)
        sweep.looks.push_back({10.0 * i, 0.2, 431e6, 430e6, 432e6, "sweep"});
    Emission e;
    e.center_hz = 430.5125e6;
    e.bandwidth_hz = 10e3;
    e.low_hz = 430.5075e6;
    e.high_hz = 430.5175e6;
    e.start_s = 20.0;
    e.end_s = 50.2;
    e.bursts = 2;
    e.burst_list = {{20.0, 20.2}, {50.0, 50.2}};
    sweep.emissions = {e};
    const OccupancyOrder order{430e6, 432e6, 25e3, 5.0};
    const auto o = occupancy_from(std::vector{sweep}, order);
    ASSERT_TRUE(o);
    EXPECT_EQ(o->channels.size(), 80U);
    for (const auto& channel : o->channels)
        EXPECT_DOUBLE_EQ(channel.fco, channel.center_hz == 430.5125e6 ? 0.2 : 0.0) << channel.center_hz;
    EXPECT_NEAR(o->fbo, 0.2 * 0.4 / 80.0, 1e-9);

    WatchedRun scan;
    scan.run.stream.start = Instant{0};
    scan.run.stream.center_hz = 430.5e6;
    scan.run.stream.sample_rate_hz = 1e6;
    scan.end.samples = 10'000'000;
    e.start_s = 2.0;
    e.end_s = 4.5;
    e.bursts = 1;
    e.burst_list.clear();
    scan.emissions = {e};
    scan.gaps = {{7.2, 100'000, "overflow"}};
    const auto s = occupancy_from(std::vector{scan}, {430.1e6, 430.9e6, 25e3, 5.0});
    ASSERT_TRUE(s);
    EXPECT_EQ(s->channels.size(), 32U);
    for (const auto& channel : s->channels) {
        EXPECT_EQ(channel.looks, 10U); // ten seconds of samples and a tenth that is missing: one look is blind
        EXPECT_EQ(channel.occupied, std::abs(channel.center_hz - 430.5125e6) < 1.0 ? 3U : 0U);
    }
    EXPECT_FALSE(occupancy_from(std::vector{scan}, {500e6, 501e6, 25e3, 5.0}));
}

} // namespace gacsong
