// SPDX-License-Identifier: GPL-3.0-or-later
// Longer runs of a real base station stack: the bits of timeslot 0 through our modulator and the receiver.
#include "tests/detect/cells/captures.hpp"
#include "tests/detect/cells/gsm_scenes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

namespace gacsong::test {
namespace {

std::string bytes_of(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::uint32_t number_at(const std::string& bytes, std::size_t at, bool big)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value |= std::uint32_t{static_cast<std::uint8_t>(bytes.at(at + (big ? 3 - i : i)))} << (8 * i);
    return value;
}

struct SentRun {
    std::uint32_t first_frame = 0;
    std::vector<GsmBurst> bursts; ///< timeslot 0 of frame after frame
};

/// Records of a frame number and 148 bits.
SentRun run_of(const std::string& bytes)
{
    constexpr std::size_t record = 23;
    SentRun run;
    for (std::size_t at = 0; at + record <= bytes.size(); at += record) {
        const std::uint32_t frame = number_at(bytes, at, false);
        if (run.bursts.empty())
            run.first_frame = frame;
        EXPECT_EQ(frame, run.first_frame + run.bursts.size());
        GsmBurst& burst = run.bursts.emplace_back();
        for (std::size_t i = 0; i < burst.size(); ++i)
            burst.at(i) = static_cast<std::uint8_t>(
                static_cast<unsigned>(static_cast<std::uint8_t>(bytes[at + 4 + i / 8])) >> (7 - i % 8) & 1U);
    }
    return run;
}

using Blocks = std::map<std::uint64_t, std::vector<std::uint8_t>>;

/// Blocks of BCCH by frame number, from GSMTAP in IP and UDP.
Blocks broadcasts_of(const std::string& pcap)
{
    constexpr std::size_t packet = 20 + 8 + 16 + 23;
    constexpr char bcch = 1;
    Blocks blocks;
    for (std::size_t at = 24; at + 16 <= pcap.size();) {
        const std::size_t length = number_at(pcap, at + 8, false);
        const std::size_t gsmtap = at + 16 + 28;
        if (at + 16 + length > pcap.size())
            break;
        if (length == packet && pcap[gsmtap + 12] == bcch && pcap[gsmtap + 3] == 0)
            blocks[number_at(pcap, gsmtap + 8, true)].assign(pcap.begin() + static_cast<std::ptrdiff_t>(gsmtap + 16),
                                                             pcap.begin() + static_cast<std::ptrdiff_t>(gsmtap + 39));
        at += 16 + length;
    }
    return blocks;
}

class GsmRuns : public ::testing::TestWithParam<const char*> {};

TEST_P(GsmRuns, GiveEveryBlockThatTheStackSent)
{
    if (captures_folder().empty())
        GTEST_SKIP() << "the recordings with known content are not there";
    const auto folder = captures_folder() / "gsm-network";
    const std::string name = GetParam();
    const SentRun run = run_of(bytes_of(folder / "bits" / (name + ".ts0bits")));
    ASSERT_GT(run.bursts.size(), 2000U);
    Scene scene;
    scene.sample_rate_hz = 13e6 / 30.0;
    scene.center_hz = 947.4e6;
    scene.duration_s = static_cast<double>(run.bursts.size()) * 1250.0 * 48.0 / 13e6;
    scene.noise_dbfs_hz = -20.0 - 12.0 - 54.33; // 12 dB
    Placed placed;
    placed.waveform = gsm(gsm_bits(run.bursts));
    placed.level = Level::dbfs(-20.0);
    placed.offset_hz = 4321.0;
    placed.symbol_clock_ppm = 4.56;
    scene.signals.push_back(placed);
    const auto report = search_gsm(scene);
    ASSERT_EQ(report.cells.size(), 1U);

    Blocks ours;
    for (const BroadcastBlock& block : report.blocks)
        if (block.timeslot == 0)
            ours[block.frame_number] = block.octets;
    const Blocks sent = broadcasts_of(bytes_of(folder / "l2" / (name + ".gsmtap.pcap")));
    ASSERT_GT(sent.size(), 40U);
    std::size_t missing = 0;
    for (const auto& [frame, octets] : sent) {
        const auto found = ours.find(frame);
        missing += found == ours.end() ? 1 : 0;
        if (found != ours.end()) {
            EXPECT_EQ(found->second, octets) << "frame " << frame;
        }
    }
    EXPECT_EQ(missing, 0U);
    for (const auto& [frame, octets] : ours)
        EXPECT_TRUE(sent.contains(frame)) << "frame " << frame;
}

INSTANTIATE_TEST_SUITE_P(Networks, GsmRuns,
                         ::testing::Values("legit_viettel", "legit_vinaphone", "paging_load", "blaster_classic"));

} // namespace
} // namespace gacsong::test
