// SPDX-License-Identifier: GPL-3.0-or-later
// Recordings of what happens, and what becomes of a scan whose disk or receiver goes away, through the program itself.
#include "tests/apps/run_program.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/support/scene.hpp"
#include "tests/support/signals/carrier.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/mount.h>

#include <filesystem>
#include <fstream>

namespace gacsong {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::Ended;
using test::records;
using ::testing::HasSubstr;

const std::string uhf = GACSONG_SOURCE_DIR "/captures/uhf_mix/uhf_442M_192k.sigmf-meta";
const std::string licences = GACSONG_SOURCE_DIR "/captures/uhf_mix/licences.csv";
constexpr double rate_hz = 96e3;

/// Two carriers that come and go in silence.
std::string write_scene(const fs::path& folder)
{
    test::Scene scene;
    scene.sample_rate_hz = rate_hz;
    scene.duration_s = 16.0;
    scene.noise_dbfs_hz = -90.0;
    scene.signals = {{.waveform = test::carrier(),
                      .offset_hz = 20e3,
                      .level = test::Level::dbfs(-20.0),
                      .start_s = 5.0,
                      .end_s = 6.0},
                     {.waveform = test::carrier(),
                      .offset_hz = -15e3,
                      .level = test::Level::dbfs(-20.0),
                      .start_s = 9.0,
                      .end_s = 13.0}};
    const fs::path path = folder / "two.cs8";
    const auto bytes = scene.build(SampleFormat::of(Component::s8));
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return path.string();
}

std::string text_of(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t count(const std::string& text, const std::string& part)
{
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

class ProgramEvents : public ::testing::Test {
protected:
    Ended run(std::vector<std::string> arguments) const
    {
        test::Start start;
        start.arguments = std::move(arguments);
        start.environment["SOAPY_SDR_PLUGIN_PATH"] = GACSONG_SOAPY_MODULES;
        return test::run_program(start, home.path().string());
    }

    static std::vector<fs::path> recordings(const fs::path& folder)
    {
        std::vector<fs::path> found;
        for (const auto& entry : fs::directory_iterator(folder)) {
            if (entry.path().extension() == ".sigmf-meta")
                found.push_back(entry.path());
        }
        std::ranges::sort(found, {}, [](const fs::path& path) {
            return json::parse(text_of(path))["captures"][0]["core:datetime"].get<std::string>();
        });
        return found;
    }

    const test::TemporaryFolder home;
};

std::string replay(const std::string& file, const std::string& more)
{
    return "soapy:driver=replay,file=" + file + more;
}

} // namespace

TEST_F(ProgramEvents, RecordEachFromBeforeItBegan)
{
    const std::string file = write_scene(home.path());
    const fs::path folder = home.path() / "events";
    const Ended ended = run({"record", replay(file, ",rate=96000,type=cs8,center=442000000,speed=0"), "--trigger",
                             "emissions", "--before", "1s", "--after", "0.5s", "-o", folder.string()});
    ASSERT_EQ(ended.status, 0) << ended.err;
    const auto made = recordings(folder);
    ASSERT_EQ(made.size(), 2U) << ended.out << ended.err;
    const std::string all = text_of(file);
    const double begins[] = {4.0, 8.0};
    const double lasts[] = {2.5, 5.5};
    for (std::size_t i = 0; i < made.size(); ++i) {
        const json meta = json::parse(text_of(made[i]));
        EXPECT_EQ(meta["global"]["gacsong:complete"], true);
        const std::string data = text_of(fs::path(made[i]).replace_extension(".sigmf-data"));
        const double at_s = static_cast<double>(all.find(data)) / 2.0 / rate_hz;
        EXPECT_NEAR(at_s, begins[i], 0.06) << "the bytes are those of the input";
        EXPECT_NEAR(static_cast<double>(data.size()) / 2.0 / rate_hz, lasts[i], 0.12);
        ASSERT_EQ(meta["annotations"].size(), 1U);
        EXPECT_NEAR(meta["annotations"][0]["core:sample_start"].get<double>(), rate_hz, 0.06 * rate_hz);
    }
}

TEST_F(ProgramEvents, LeaveOutWhatGoesOnForTooLong)
{
    const std::string file = write_scene(home.path());
    const fs::path folder = home.path() / "events";
    const Ended ended =
        run({"scan", replay(file, ",rate=96000,type=cs8,center=442000000,speed=0"), "--record", folder.string(),
             "--trigger", "emissions", "--before", "0", "--after", "0", "--longest", "1.5s", "--no-store", "-q"});
    ASSERT_EQ(ended.status, 0) << ended.err;
    const auto made = recordings(folder);
    ASSERT_EQ(made.size(), 2U);
    EXPECT_NEAR(static_cast<double>(fs::file_size(fs::path(made[1]).replace_extension(".sigmf-data"))) / 2.0 / rate_hz,
                1.5, 0.12);
}

TEST_F(ProgramEvents, RecordOnlyFindingsWhereTheseAreAsked)
{
    const fs::path folder = home.path() / "events";
    const auto scan = [&](const std::string& list) {
        return run({"scan", replay(uhf, ",speed=0"), "--record", folder.string(), "--trigger", "findings", "--register",
                    list, "--no-store", "--json", "-q"});
    };
    const Ended with = scan(licences);
    ASSERT_EQ(with.status, 0) << with.err;
    const auto findings = records(with.out, "finding");
    const auto made = recordings(folder);
    ASSERT_EQ(made.empty(), findings.empty());
    ASSERT_EQ(made.size(), 1U) << "they overlap";
    EXPECT_EQ(json::parse(text_of(made[0]))["annotations"].size(), findings.size());
}

TEST_F(ProgramEvents, AreRefusedWhereTheMemoryDoesNotReach)
{
    const Ended ended = run({"record", replay(uhf, ",speed=0"), "--trigger", "emissions", "--before", "1h"});
    EXPECT_EQ(ended.status, 2);
    EXPECT_THAT(ended.err, HasSubstr("--before"));
    EXPECT_EQ(run({"scan", replay(uhf, ",speed=0"), "--trigger", "findings"}).status, 2) << "where to?";
}

// Two missions in turn on one receiver, until the time is over; both runs stand in the store that the file names.
TEST_F(ProgramEvents, RunMissions)
{
    const fs::path file = home.path() / "missions.toml";
    const std::string store = "sqlite:" + (home.path() / "runs.sqlite").string();
    std::ofstream(file) << "receiver = \"" << replay(uhf, ",speed=0,loop=1") << "\"\nstore = \"" << store << R"("
[[mission]]
name = "one"
do = "scan"
for = "1s"
[[mission]]
name = "two"
do = "scan"
for = "1s"
only = "emissions"
)";
    const Ended ended = run({"mission", file.string(), "-T", "6s", "--json"}); // a slow machine is late with the first;
    EXPECT_EQ(ended.status, 0) << ended.err;
    EXPECT_GE(records(ended.out, "end").size(), 2U);
    EXPECT_THAT(ended.err, HasSubstr("Mission one"));
    EXPECT_THAT(ended.err, HasSubstr("Mission two"));
    EXPECT_EQ(run({"explain", "e1", "--run", "2", "--store", store}).status, 0);
    const Ended checked = run({"mission", file.string(), "--check"});
    EXPECT_EQ(checked.status, 0);
    EXPECT_EQ(count(checked.out, "\n"), 2U);
    std::ofstream(file, std::ios::app) << "centre = \"98M\"\n";
    EXPECT_EQ(run({"mission", file.string()}).status, 2);
}

// The stick is full while the receiver is pulled out and comes back: one sentence each, and the scan goes on to its
// end.
TEST_F(ProgramEvents, DoNotStopAScanWhoseDiskIsFullAndWhoseReceiverIsLost)
{
    const fs::path stick = home.path() / "stick";
    fs::create_directory(stick);
    if (::mount("none", stick.c_str(), "tmpfs", 0, "size=110m") != 0)
        GTEST_SKIP() << "a small disk cannot be mounted here";
    const std::string fm = GACSONG_SOURCE_DIR "/captures/fm_band/fm_98M_2M048.sigmf-meta";
    const Ended ended = run({"scan", replay(fm, ",speed=0,loop=1,unplug_after=32"), "-T", "40s", "--record",
                             (stick / "all").string(), "--no-store", "--json", "--only", "cells"});
    const Ended read = run({"info", (stick / "all.sigmf-meta").string(), "--json"});
    ::umount2(stick.c_str(), MNT_DETACH);
    EXPECT_EQ(ended.status, 1) << "not everything was recorded";
    EXPECT_EQ(count(ended.err, "there is no room left"), 1U) << ended.err;
    const auto gaps = records(ended.out, "gap");
    ASSERT_EQ(gaps.size(), 1U);
    const auto end = records(ended.out, "end");
    ASSERT_EQ(end.size(), 1U);
    EXPECT_EQ(end[0]["samples"].get<int>() + gaps[0]["samples"].get<int>(), 40 * 2'048'000);
    EXPECT_EQ(read.status, 0) << read.err;
}

} // namespace gacsong
