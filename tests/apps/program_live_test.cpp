// SPDX-License-Identifier: GPL-3.0-or-later
// Scanning a receiver, through the program itself and the replay driver.
#include "tests/apps/cell_recording.hpp"
#include "tests/apps/run_program.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <csignal>
#include <fstream>
#include <sstream>

namespace gacsong {
namespace {

using nlohmann::json;
using test::Ended;
using test::records;
using test::Start;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string captures = GACSONG_SOURCE_DIR "/captures";
const std::string fm = captures + "/fm_band/fm_98M_2M048.sigmf-meta";
const std::string uhf = captures + "/uhf_mix/uhf_442M_192k.sigmf-meta";

class ProgramLive : public ::testing::Test {
protected:
    Ended run(std::vector<std::string> arguments, Start start = {}) const
    {
        start.arguments = std::move(arguments);
        start.environment["SOAPY_SDR_PLUGIN_PATH"] = GACSONG_SOAPY_MODULES;
        return test::run_program(start, home.path().string());
    }

    /// What is found, without the time of day and what is said of it.
    static std::vector<json> emissions(const std::string& lines)
    {
        auto found = records(lines, "emission");
        for (json& one : found) {
            for (const char* key : {"start", "end", "reasons"})
                one.erase(key);
        }
        return found;
    }

    const test::TemporaryFolder home;
};

std::string replay(const std::string& file, const std::string& more = ",speed=0")
{
    return "soapy:driver=replay,file=" + file + more;
}

} // namespace

TEST_F(ProgramLive, FindsInAReceiverWhatItFindsInTheFile)
{
    for (const std::string& file : {fm, uhf}) {
        const Ended from_file = run({"scan", file, "--json", "--no-store", "-q"});
        const Ended live = run({"scan", replay(file), "--json", "--no-store", "-q"});
        ASSERT_EQ(live.status, 0) << live.err;
        const auto wanted = emissions(from_file.out);
        ASSERT_GT(wanted.size(), 2U);
        EXPECT_EQ(emissions(live.out), wanted);
        const auto end = records(live.out, "end");
        ASSERT_EQ(end.size(), 1U);
        EXPECT_EQ(end[0]["complete"], true);
        EXPECT_EQ(end[0]["samples"], records(from_file.out, "end")[0]["samples"]);
    }
}

TEST_F(ProgramLive, CountsEachGap)
{
    const Ended live = run({"scan", replay(uhf, ",speed=0,drop_every=0.2,drop=0.05"), "--json", "--no-store", "-q"});
    ASSERT_EQ(live.status, 0) << live.err;
    const auto gaps = records(live.out, "gap");
    ASSERT_GE(gaps.size(), 2U) << live.out;
    EXPECT_EQ(gaps[0]["why"], "overflow");
    EXPECT_EQ(records(live.out, "end")[0]["gaps"], gaps.size());
}

TEST_F(ProgramLive, TellsOfWhatIsStillOn)
{
    const std::string licences = captures + "/fm_band/licences.csv";
    const Ended live =
        run({"scan", replay(fm, ",speed=0,loop=1"), "-T", "5s", "--json", "--no-store", "-q", "--register", licences});
    ASSERT_EQ(live.status, 0) << live.err;
    const auto started = records(live.out, "started");
    const auto ended = records(live.out, "emission");
    ASSERT_EQ(started.size(), 5U);
    ASSERT_EQ(ended.size(), 5U);
    std::size_t with_findings = 0;
    for (const json& one : started) {
        with_findings += one["findings"].empty() ? 0U : 1U;
        EXPECT_LT(one["end_s"], 3.0);
        const auto same = std::ranges::find_if(ended, [&](const json& other) { return other["id"] == one["id"]; });
        ASSERT_NE(same, ended.end());
        EXPECT_NEAR((*same)["center_hz"].get<double>(), one["center_hz"].get<double>(), 2e3);
        EXPECT_EQ((*same)["verdict"], one["verdict"]);
    }
    EXPECT_EQ(with_findings, 2U);
    EXPECT_EQ(records(live.out, "finding").size(), 2U);
    EXPECT_EQ(records(live.out, "end")[0]["emissions"], 5);
}

TEST_F(ProgramLive, StopsAfterTheTimeThatWasAskedFor)
{
    const Ended live = run({"scan", replay(uhf, ",speed=0,loop=1"), "-T", "3s", "--json", "--no-store", "-q"});
    ASSERT_EQ(live.status, 0) << live.err;
    const auto end = records(live.out, "end");
    ASSERT_EQ(end.size(), 1U);
    EXPECT_EQ(end[0]["samples"], 576'000);
    EXPECT_EQ(end[0]["complete"], true);
}

TEST_F(ProgramLive, KeepsEverythingWhenInterrupted)
{
    const Ended live =
        run({"scan", replay(uhf, ",loop=1"), "--json"}, {.first_of = "\"type\":\"run\"", .signal = SIGINT});
    EXPECT_EQ(live.status, 130);
    const auto end = records(live.out, "end");
    ASSERT_EQ(end.size(), 1U) << live.out;
    EXPECT_EQ(end[0]["complete"], false);
}

TEST_F(ProgramLive, KeepsEverythingWhenInterruptedOnASilentInput)
{
    const Ended ended = run(
        {"scan", "-", "-t", "cu8", "-s", "2.4M", "--json"},
        {.input = std::string(64, 'x'), .input_stays_open = true, .first_of = "\"type\":\"run\"", .signal = SIGINT});
    EXPECT_EQ(ended.status, 130);
    EXPECT_THAT(ended.out, HasSubstr("\"type\":\"end\""));
}

TEST_F(ProgramLive, RecordsAndScansTheRecordingAlike)
{
    const std::string name = (home.path() / "recorded").string();
    const Ended record = run({"record", replay(fm), "-o", name, "--place", "10.38,105.43"});
    ASSERT_EQ(record.status, 0) << record.err;
    const Ended first = run({"scan", fm, "--json", "--no-store", "-q"});
    const Ended again = run({"scan", name + ".sigmf-meta", "--json", "--no-store", "-q"});
    EXPECT_EQ(emissions(again.out), emissions(first.out));
    EXPECT_EQ(run({"record", replay(fm), "-o", name}).status, 2) << "it exists";
    EXPECT_EQ(run({"record", replay(fm), "-o", "/proc/none/x"}).status, 1);
}

TEST_F(ProgramLive, RecordsBesideAScan)
{
    const std::string name = (home.path() / "beside").string();
    const Ended good = run({"scan", replay(uhf), "--record", name, "--json", "--no-store", "-q"});
    EXPECT_EQ(good.status, 0) << good.err;
    const Ended again = run({"scan", name + ".sigmf-meta", "--json", "--no-store", "-q"});
    EXPECT_EQ(emissions(again.out), emissions(good.out));
    EXPECT_EQ(run({"scan", fm, "--record", name, "--no-store"}).status, 2) << "a file need not be recorded";
}

TEST_F(ProgramLive, CalibratesAgainstACarrierAndUsesWhatItFound)
{
    // The clock runs 20 ppm fast, so everything appears 20 ppm too low.
    const std::string receiver = replay(uhf, ",speed=0,loop=1,ppm=20");
    const Ended calibrated = run({"calibrate", receiver, "--carrier", "442.0125M", "-f", "442M", "--json"});
    ASSERT_EQ(calibrated.status, 0) << calibrated.err;
    const json found = json::parse(calibrated.out);
    EXPECT_NEAR(found["ppm"].get<double>(), -20.0, 0.05);
    EXPECT_LT(found["u_ppm"], 0.1);
    const Ended live = run({"scan", receiver, "-T", "1s", "--json", "--no-store"});
    EXPECT_THAT(live.err, HasSubstr("Frequency calibrated on"));
    const auto seen = emissions(live.out);
    EXPECT_TRUE(std::ranges::any_of(seen, [](const json& one) {
        return std::abs(one["center_hz"].get<double>() - 442.0125e6) < 100.0;
    })) << live.out;
    const Ended nothing = run({"calibrate", receiver, "--carrier", "442.07M", "-f", "442M", "-T", "1s"});
    EXPECT_EQ(nothing.status, 1);
    EXPECT_EQ(run({"calibrate", uhf, "--carrier", "442M"}).status, 2) << "a file has no clock to keep";
}

TEST_F(ProgramLive, KeepsWhatABaseStationShowsOfTheClock)
{
    const auto path = test::cell_recording(home.path(), 947.4e6 * 5e-6);
    const std::string receiver = replay(path.string(), ",rate=541666.67,type=cs8,center=947400000,speed=0");
    const Ended calibrated = run({"calibrate", receiver, "--json"});
    ASSERT_EQ(calibrated.status, 0) << calibrated.err;
    EXPECT_NEAR(json::parse(calibrated.out)["ppm"].get<double>(), 5.0, 0.05);
    const Ended live = run({"scan", receiver, "--json", "--no-store"});
    EXPECT_THAT(live.err, HasSubstr("GSM"));
    const auto cells = records(live.out, "cell");
    ASSERT_EQ(cells.size(), 1U);
    EXPECT_NEAR(cells[0]["offset_hz"].get<double>(), 0.0, 50.0) << "its error is taken out";
}

TEST_F(ProgramLive, CalibratesItsLevelsWithAKnownSource)
{
    const std::string receiver = replay(uhf, ",speed=0,loop=1");
    const auto scan = [&] {
        const Ended live = run({"scan", receiver, "-T", "1s", "--json", "--no-store"});
        EXPECT_EQ(live.status, 0) << live.err;
        return live;
    };
    const Ended before = scan();
    EXPECT_THAT(before.err, HasSubstr("not calibrated; dBFS"));
    EXPECT_THAT(before.out, ::testing::Not(HasSubstr("power_dbm")));
    const Ended calibrated = run({"calibrate", receiver, "--level", "--carrier", "442.0125M", "--power", "-57",
                                  "--uncertainty", "1", "-f", "442M", "-T", "1s", "--json"});
    ASSERT_EQ(calibrated.status, 0) << calibrated.err;
    const json kept = json::parse(calibrated.out);
    EXPECT_NEAR(kept["offset_db"].get<double>(), -57.0 + 37.0, 1.0);
    EXPECT_GE(kept["u_db"].get<double>(), 1.0);
    const Ended after = scan();
    EXPECT_THAT(after.err, HasSubstr("Levels of replay"));
    for (const json& one : records(after.out, "emission")) {
        ASSERT_TRUE(one.contains("power_dbm")) << one; // all within 1 % of the point
        EXPECT_NEAR(one["power_dbm"].get<double>(), one["power_dbfs"].get<double>() + kept["offset_db"].get<double>(),
                    1e-9);
        EXPECT_GT(one["uncertainty"]["level_db"], one["uncertainty"]["power_db"]);
    }
    EXPECT_EQ(run({"calibrate", receiver, "--level"}).status, 2) << "with what?";
    EXPECT_EQ(run({"calibrate", receiver, "--power", "-57"}).status, 2) << "only with --level";
    EXPECT_EQ(
        run({"calibrate", receiver, "--level", "--carrier", "442.09M", "--power", "-57", "-f", "442M", "-T", "1s"})
            .status,
        1)
        << "nothing is there";
}

TEST_F(ProgramLive, SaysWhatIsWrongWithAReceiver)
{
    const auto error = [&](std::vector<std::string> arguments, int status) {
        const Ended ended = run(std::move(arguments));
        EXPECT_EQ(ended.status, status) << ended.err;
        EXPECT_THAT(ended.out, IsEmpty());
        EXPECT_EQ(std::ranges::count(ended.err, '\n'), 1) << ended.err;
        return ended.err;
    };
    EXPECT_THAT(error({"scan", "soapy:serial=1", "--no-store"}, 2), HasSubstr("does not name a driver"));
    EXPECT_THAT(error({"scan", "soapy:driver=nonesuch", "-f", "98M", "--no-store"}, 1),
                HasSubstr("Receiver nonesuch was not found"));
    EXPECT_THAT(error({"scan", replay(fm), "-s", "1.9M", "--no-store"}, 2), HasSubstr("does not offer 1.9\u00a0MS/s"));
    EXPECT_THAT(error({"scan", replay(fm), "-f", "433.9M", "--no-store"}, 2), HasSubstr("outside the range"));
    EXPECT_THAT(error({"scan", replay(fm), "--from", "1s", "--no-store"}, 2), HasSubstr("--from"));
    EXPECT_THAT(error({"scan", fm, "--gain", "20", "--no-store"}, 2), HasSubstr("--gain"));
    EXPECT_THAT(error({"scan", replay("/absent"), "--no-store"}, 1), HasSubstr("/absent"));
}

} // namespace gacsong
