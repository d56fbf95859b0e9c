// SPDX-License-Identifier: GPL-3.0-or-later
// Clips of what was found, and the place from a gpsd of our own.
#include "report/store/store.hpp"
#include "tests/apps/cell_recording.hpp"
#include "tests/apps/run_program.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace gacsong {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::Ended;
using test::records;
using ::testing::HasSubstr;

const std::string captures = GACSONG_SOURCE_DIR "/captures";
const std::string fm = captures + "/fm_band/fm_98M_2M048.sigmf-meta";
const std::string licences = captures + "/fm_band/licences.csv";

class ProgramPlace : public ::testing::Test {
protected:
    Ended run(std::vector<std::string> arguments) const
    {
        test::Start start;
        start.arguments = std::move(arguments);
        start.environment["SOAPY_SDR_PLUGIN_PATH"] = GACSONG_SOAPY_MODULES;
        return test::run_program(start, home.path().string());
    }

    const test::TemporaryFolder home;
};

/// Tells everybody who connects the same place, as gpsd does.
class SmallGpsd {
public:
    SmallGpsd()
    {
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in here{};
        here.sin_family = AF_INET;
        here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof here;
        EXPECT_EQ(::bind(listener_, reinterpret_cast<const sockaddr*>(&here), size), 0);
        EXPECT_EQ(::listen(listener_, 4), 0);
        EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&here), &size), 0);
        port_ = ntohs(here.sin_port);
        thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
    }
    ~SmallGpsd()
    {
        thread_.request_stop();
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    SmallGpsd(const SmallGpsd&) = delete;
    SmallGpsd& operator=(const SmallGpsd&) = delete;

    [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

private:
    void serve(const std::stop_token& stop) const
    {
        const std::string fix =
            "{\"class\":\"VERSION\",\"proto_major\":3}\r\nnot json\r\n" + std::string(40'000, 'x') +
            "\r\n{\"class\":\"SKY\",\"uSat\":7,\"satellites\":[{\"ss\":40.0}]}\r\n"
            "{\"class\":\"TPV\",\"mode\":3,\"lat\":10.386,\"lon\":105.435,\"altHAE\":9.8,\"eph\":12.0}\r\n";
        while (!stop.stop_requested()) {
            const int client = ::accept(listener_, nullptr, nullptr);
            if (client < 0)
                return;
            while (!stop.stop_requested() &&
                   ::send(client, fix.data(), fix.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(fix.size()))
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
            ::close(client);
        }
    }

    int listener_ = -1;
    int port_ = 0;
    std::jthread thread_;
};

} // namespace

TEST_F(ProgramPlace, ClipsEveryFinding)
{
    for (const std::string& input : {fm, "soapy:driver=replay,file=" + fm + ",speed=0"}) {
        const fs::path folder = home.path() / (input == fm ? "file" : "live");
        const Ended ended =
            run({"scan", input, "--register", licences, "--clips", folder.string(), "--json", "--no-store", "-q"});
        ASSERT_EQ(ended.status, 0) << ended.err;
        const auto findings = records(ended.out, "finding");
        ASSERT_EQ(findings.size(), 2U);
        std::size_t clips = 0;
        for (const auto& entry : fs::directory_iterator(folder)) {
            if (entry.path().extension() != ".sigmf-meta")
                continue;
            ++clips;
            std::ifstream in(entry.path());
            const json meta = json::parse(in);
            ASSERT_EQ(meta["annotations"].size(), 1U);
            EXPECT_EQ(meta["global"]["core:sample_rate"], 2.048e6);
            const auto data = fs::file_size(fs::path(entry.path()).replace_extension(".sigmf-data"));
            EXPECT_GT(data, 100'000U);
        }
        EXPECT_EQ(clips, 2U) << input;
    }
    const Ended nowhere = run({"scan", fm, "--register", licences, "--clips", "/proc/none", "--no-store", "-q"});
    EXPECT_EQ(nowhere.status, 1) << "an output that cannot be written";
}

TEST_F(ProgramPlace, TakesThePlaceFromGpsd)
{
    const SmallGpsd gpsd;
    const std::string store = (home.path() / "runs.sqlite").string();
    const std::string name = (home.path() / "r").string();
    const Ended ended = run({"scan", "soapy:driver=replay,file=" + fm + ",speed=0", "--gpsd", gpsd.address(),
                             "--record", name, "--json", "--store", "sqlite:" + store});
    ASSERT_EQ(ended.status, 0) << ended.err;
    EXPECT_EQ(records(ended.out, "run")[0]["latitude"], 10.386);
    const auto track = records(ended.out, "position");
    ASSERT_EQ(track.size(), 1U) << ended.out;
    EXPECT_EQ(track[0]["longitude"], 105.435);
    EXPECT_EQ(track[0]["satellites"], 7);
    auto opened = Store::open(std::filesystem::path(store), false);
    ASSERT_TRUE(opened);
    EXPECT_EQ((*opened)->track(1)->size(), 1U);
    std::ifstream in(name + ".sigmf-meta");
    const json meta = json::parse(in);
    EXPECT_EQ(meta["captures"][0]["core:geolocation"]["coordinates"], json({105.435, 10.386, 9.8}));
}

/// A cell 452-04, LAC 12001, CI 30121 on ARFCN 62, as a receiver that replays it.
std::string cell_on_the_air(const fs::path& folder)
{
    const fs::path path = test::cell_recording(folder);
    return "soapy:driver=replay,file=" + path.string() + ",rate=541666.67,type=cs8,center=947400000,speed=0";
}

/// A list of base stations whose only row puts that cell at a place.
std::string listed_at(const fs::path& folder, const std::string& place)
{
    const fs::path path = folder / "register.csv";
    std::ofstream(path) << "technology,mcc,mnc,area,cell,channel,lat,lon\ngsm,452,04,12001,30121,62," << place << "\n";
    return path.string();
}

bool names(const json& list, const std::string& code)
{
    return std::ranges::any_of(list, [&](const json& one) { return one["code"] == code; });
}

TEST_F(ProgramPlace, JudgesACellByThePlaceThatGpsdTells)
{
    const SmallGpsd gpsd; // 10.386, 105.435
    const std::string receiver = cell_on_the_air(home.path());
    const auto judged = [&](const std::string& place, bool with_gpsd) {
        std::vector<std::string> arguments{"scan",   receiver,    "--cells", listed_at(home.path(), place),
                                           "--json", "--no-store"};
        if (with_gpsd)
            arguments.insert(arguments.end(), {"--gpsd", gpsd.address()});
        const Ended ended = run(arguments);
        EXPECT_EQ(ended.status, 0) << ended.err;
        const auto cells = records(ended.out, "cell");
        EXPECT_EQ(cells.size(), 1U);
        return cells.empty() ? json::object({{"indicators", json::array()}, {"left_out", json::array()}}) : cells[0];
    };
    const json far = judged("21.028,105.854", true); // Ha Noi
    EXPECT_TRUE(names(far["indicators"], "R06")) << far.dump();
    const json near = judged("10.390,105.430", true);
    EXPECT_FALSE(names(near["indicators"], "R06") || names(near["left_out"], "R06")) << "compared, and not far";
    EXPECT_EQ(near["verdict"], "registered");
    const json nowhere = judged("21.028,105.854", false);
    EXPECT_TRUE(names(nowhere["left_out"], "R06")) << "without a place there is nothing to compare";
    EXPECT_FALSE(names(nowhere["indicators"], "R06"));
}

TEST_F(ProgramPlace, GoesOnWithoutGpsd)
{
    const Ended ended =
        run({"scan", "soapy:driver=replay,file=" + fm + ",speed=0", "--gpsd", "127.0.0.1:1", "--json", "--no-store"});
    EXPECT_EQ(ended.status, 0) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("gpsd at 127.0.0.1:1 does not answer"));
    EXPECT_EQ(records(ended.out, "emission").size(), 5U);
    EXPECT_EQ(run({"scan", fm, "--gpsd", "host:x"}).status, 2);
    EXPECT_EQ(run({"scan", fm, "--gpsd", "localhost"}).status, 2) << "a recording was made elsewhere";
}

} // namespace gacsong
