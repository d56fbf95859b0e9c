// SPDX-License-Identifier: GPL-3.0-or-later
// Sweeping a wide recording with a narrow receiver, through the program itself and the replay driver.
#include "report/power/power_csv.hpp"
#include "report/store/store.hpp"
#include "tests/apps/run_program.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/support/scene.hpp"
#include "tests/support/signals/analogue.hpp"
#include "tests/support/signals/carrier.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace gacsong {
namespace {

using nlohmann::json;
using test::Ended;
using test::records;
using ::testing::HasSubstr;

constexpr double center = 434e6;
constexpr double wide_rate = 4e6;

class ProgramSweep : public ::testing::Test {
protected:
    Ended run(std::vector<std::string> arguments) const
    {
        test::Start start;
        start.arguments = std::move(arguments);
        start.environment["SOAPY_SDR_PLUGIN_PATH"] = GACSONG_SOAPY_MODULES;
        return test::run_program(start, home.path().string());
    }

    /// A scene around 434 MHz as a recording that the replay driver plays, round and round.
    std::string receiver(const std::vector<test::Placed>& signals, const std::string& more = "") const
    {
        test::Scene scene;
        scene.sample_rate_hz = wide_rate;
        scene.duration_s = 0.5;
        scene.noise_dbfs_hz = -108.0;
        scene.signals = signals;
        const auto bytes = scene.build(*parse_sample_format("cs16"));
        const auto base = (home.path() / "wide").string();
        std::ofstream(base + ".sigmf-data", std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        std::ofstream(base + ".sigmf-meta") << json{
            {"global", {{"core:datatype", "ci16_le"}, {"core:sample_rate", wide_rate}, {"core:version", "1.2.5"}}},
            {"captures", {{{"core:sample_start", 0}, {"core:frequency", center}}}},
            {"annotations", json::array()}};
        return "soapy:driver=replay,file=" + base + ".sigmf-meta,speed=0,loop=1" + more;
    }

    static std::vector<double> centers(const std::string& lines)
    {
        std::vector<double> all;
        for (const json& one : records(lines, "emission"))
            all.push_back(one["center_hz"].get<double>());
        std::ranges::sort(all);
        return all;
    }

    const test::TemporaryFolder home;
};

test::Placed at(double frequency_hz, test::WaveformPtr waveform, double level_dbfs)
{
    test::Placed placed;
    placed.waveform = std::move(waveform);
    placed.offset_hz = frequency_hz - center;
    placed.level = test::Level::dbfs(level_dbfs);
    return placed;
}

/// On a border of the steps, at a tuned centre, and two that are modulated.
std::vector<test::Placed> four()
{
    return {at(433.2e6, test::carrier(), -40.0), at(434.6e6, test::carrier(), -35.0), at(433.875e6, test::nfm(), -38.0),
            at(435.0125e6, test::nfm(), -42.0)};
}

} // namespace

TEST_F(ProgramSweep, FindsEveryEmissionOnce)
{
    const Ended ended =
        run({"sweep", receiver(four()), "-f", "432.4M:435.6M", "-s", "500k", "--json", "--no-store", "-q"});
    ASSERT_EQ(ended.status, 0) << ended.err;
    const auto found = centers(ended.out);
    ASSERT_EQ(found.size(), 4U) << ended.out;
    const double wanted[]{433.2e6, 433.875e6, 434.6e6, 435.0125e6};
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_NEAR(found[i], wanted[i], 1000.0);
    for (const json& one : records(ended.out, "emission"))
        EXPECT_NE(one["quality"], "poor") << one;
    const auto begin = records(ended.out, "run");
    ASSERT_EQ(begin.size(), 1U);
    EXPECT_EQ(begin[0]["low_hz"], 432.4e6);
    EXPECT_EQ(begin[0]["high_hz"], 435.6e6);
    EXPECT_TRUE(begin[0]["settings"].contains("sweep_intercept_burst"));
    EXPECT_EQ(records(ended.out, "look").size(), 8U + 9U);
    EXPECT_EQ(records(ended.out, "end")[0]["complete"], true);
}

TEST_F(ProgramSweep, WalksATonesAcrossABorderAndFindsItOnce)
{
    for (const double off : {-30e3, -1e3, 0.0, 15e3}) {
        const Ended ended = run({"sweep", receiver({at(433.6e6 + off, test::carrier(), -40.0)}), "-f", "432.8M:434.4M",
                                 "-s", "500k", "--dwell", "0.1", "--json", "--no-store", "-q"});
        ASSERT_EQ(ended.status, 0) << ended.err;
        const auto found = centers(ended.out);
        ASSERT_EQ(found.size(), 1U) << off << ended.out;
        EXPECT_NEAR(found[0], 433.6e6 + off, 1000.0);
    }
}

TEST_F(ProgramSweep, ListsNothingThatTheReceiverMakes)
{
    const Ended ended = run({"sweep", receiver(four(), ",dc=-30,image=-25"), "-f", "432.4M:435.6M", "-s", "500k",
                             "--json", "--no-store", "-q"});
    ASSERT_EQ(ended.status, 0) << ended.err;
    EXPECT_EQ(centers(ended.out).size(), 4U) << ended.out;
}

TEST_F(ProgramSweep, IsSilentWhereNobodyTransmits)
{
    const Ended ended = run(
        {"sweep", receiver({}), "-f", "432.4M:435.6M", "-s", "500k", "--rounds", "2", "--json", "--no-store", "-q"});
    ASSERT_EQ(ended.status, 0) << ended.err;
    EXPECT_TRUE(centers(ended.out).empty()) << ended.out;
}

TEST_F(ProgramSweep, WritesAPowerTableAndTheStore)
{
    const auto csv = (home.path() / "x.csv").string();
    const auto store = (home.path() / "runs.sqlite").string();
    const Ended ended = run({"sweep", receiver(four()), "-f", "432.4M:435.6M:10k", "-s", "500k", "-o", csv, "--store",
                             "sqlite:" + store, "--lang", "vi"});
    ASSERT_EQ(ended.status, 0) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("Xác suất"));
    EXPECT_THAT(ended.out, HasSubstr("433,2"));
    const auto table = read_power_csv(csv);
    ASSERT_TRUE(table);
    EXPECT_EQ(table->rows.size(), 17U);
    double strongest = -200.0;
    double where = 0.0;
    for (const PowerRow& row : table->rows) {
        EXPECT_EQ(row.step_hz, 10e3);
        EXPECT_EQ(std::fmod(row.low_hz, 1.0), 0.0);
        for (std::size_t i = 0; i < row.levels.size(); ++i) {
            if (row.levels[i] > strongest) {
                strongest = row.levels[i];
                where = row.low_hz + row.step_hz * static_cast<double>(i);
            }
        }
    }
    EXPECT_NEAR(strongest, -38.0, 0.5); // it stands on the border of two steps: half in each
    EXPECT_LE(std::abs(where - 434.6e6), 10e3);
    auto opened = Store::open(std::filesystem::path(store), false);
    ASSERT_TRUE(opened);
    EXPECT_EQ((*opened)->emissions(1)->size(), 4U);
    EXPECT_EQ((*opened)->looks(1)->size(), 17U);
    EXPECT_EQ((*opened)->run(1)->value().run.low_hz, 432.4e6);
}

TEST_F(ProgramSweep, SaysWhatCannotBeSwept)
{
    const std::string device = receiver({});
    EXPECT_EQ(run({"sweep", device, "-s", "500k"}).status, 2);
    EXPECT_EQ(run({"sweep", device, "-f", "440M:430M"}).status, 2);
    const Ended outside = run({"sweep", device, "-s", "500k", "-f", "420M:440M", "--no-store"});
    EXPECT_EQ(outside.status, 2);
    EXPECT_THAT(outside.err, HasSubstr("reaches"));
    const Ended ended =
        run({"sweep", "soapy:driver=replay,file=" + (home.path() / "wide.sigmf-meta").string() + ",speed=0", "-s",
             "500k", "-f", "432.4M:435.6M", "--rounds", "9", "--json", "--no-store"});
    EXPECT_EQ(ended.status, 1); // half a second is all there is
    EXPECT_EQ(records(ended.out, "end")[0]["complete"], false);
}

} // namespace gacsong
