// SPDX-License-Identifier: GPL-3.0-or-later
// A receiver over the network: SoapySDRServer on loopback, with the replay driver behind it.
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

namespace gacsong {

namespace {

using nlohmann::json;

bool installed(const char* program) { return std::filesystem::exists(std::string("/usr/bin/") + program); }

/// Bandwidths by the middle of the channel in 100 kHz, of the records of one type.
std::map<long, double> found(const std::string& file, std::string_view type)
{
    std::map<long, double> widths;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        const json record = json::parse(line, nullptr, false);
        if (record.is_object() && record.value("type", "") == type)
            widths[std::lround(record["center_hz"].get<double>() / 1e5)] = record["bandwidth_hz"].get<double>();
    }
    return widths;
}

} // namespace

TEST(ProgramRemoteLong, FindsOverTheNetworkWhatItFindsInTheFile)
{
    for (const char* program : {"SoapySDRServer", "dbus-daemon", "unshare"}) {
        if (!installed(program))
            GTEST_SKIP() << program << " is not installed";
    }
    if (std::system("unshare -n true 2>/dev/null") != 0) // NOLINT(cert-env33-c): the test's own words
        GTEST_SKIP() << "no name space of the network for this user";
    const test::TemporaryFolder home;
    const std::string folder = home.path().string();
    const std::string fm = GACSONG_SOURCE_DIR "/captures/fm_band/fm_98M_2M048.sigmf-meta";
    ::setenv("SOAPY_SDR_PLUGIN_PATH", GACSONG_SOAPY_MODULES, 1);
    ::setenv("GACSONG_REPLAY_FOLDER", GACSONG_SOURCE_DIR "/captures", 1);
    const std::string remote = "unshare -n " GACSONG_SOURCE_DIR "/tests/apps/remote_loopback.sh " + folder +
                               " " GACSONG_PROGRAM " " + fm + " >" + folder + "/remote.jsonl";
    const std::string direct =
        std::string(GACSONG_PROGRAM) + " scan " + fm + " --no-store --json -q >" + folder + "/file.jsonl";
    ASSERT_EQ(std::system(remote.c_str()), 0); // NOLINT(cert-env33-c)
    ASSERT_EQ(std::system(direct.c_str()), 0); // NOLINT(cert-env33-c)
    const auto wanted = found(folder + "/file.jsonl", "emission");
    const auto got = found(folder + "/remote.jsonl", "emission");
    ASSERT_EQ(wanted.size(), 5U);
    ASSERT_EQ(got.size(), wanted.size());
    for (const auto& [channel, width] : wanted) {
        ASSERT_TRUE(got.contains(channel)) << channel;
        EXPECT_NEAR(got.at(channel), width, 0.05 * width);
    }
    EXPECT_EQ(found(folder + "/remote.jsonl", "started").size(), 5U);
}

} // namespace gacsong
