// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/captures/demo.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace gacsong::test {
namespace {

const std::filesystem::path captures = std::filesystem::path(GACSONG_SOURCE_FOLDER) / "captures";

std::string contents(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// make_captures captures/ writes them anew after a builder has changed.
TEST(Captures, AreWhatTheBuildersMake)
{
    for (const DemoFile& file : demo_files()) {
        const std::string stored = contents(captures / file.path);
        const std::string made(reinterpret_cast<const char*>(file.bytes.data()), file.bytes.size());
        EXPECT_TRUE(stored == made) << file.path;
    }
}

TEST(Captures, AreSmallAndSayWhatTheyAre)
{
    std::uintmax_t total = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(captures)) {
        if (entry.is_regular_file())
            total += entry.file_size();
        if (entry.is_regular_file() && entry.path().extension() == ".sigmf-data") {
            EXPECT_LE(entry.file_size(), 900'000U) << entry.path();
        }
        if (entry.is_directory()) {
            EXPECT_TRUE(std::filesystem::exists(entry.path() / "README.md")) << entry.path();
        }
    }
    EXPECT_GT(total, 0U);
    EXPECT_LT(total, 3'000'000U);
}

// Noise of half a step for each component keeps the quantiser from making lines of its own (a tone at −40 dBFS makes
// harmonics 25 dB over the floor without it).
TEST(Captures, HaveNoiseEnoughForTheirConverter)
{
    for (const DemoFolder& folder : {fm_band_demo(), uhf_mix_demo(), dect6_demo(), empty_demo()}) {
        for (const DemoRecording& recording : folder.recordings) {
            const double power = std::pow(10.0, *recording.scene.noise_dbfs_hz / 10.0) * recording.scene.sample_rate_hz;
            EXPECT_GE(std::sqrt(power / 2.0) * recording.format.full_scale, 0.5) << recording.name;
        }
    }
}

TEST(Captures, ExpectSomethingForEachTransmitter)
{
    for (const DemoFolder& folder : {fm_band_demo(), uhf_mix_demo(), dect6_demo(), empty_demo()}) {
        for (const DemoRecording& recording : folder.recordings) {
            EXPECT_EQ(recording.expected.size(), recording.scene.signals.size()) << recording.name;
            for (const TrueEmission& emission : recording.scene.truth(recording.format).emissions) {
                const double half = 0.5 * recording.scene.sample_rate_hz;
                EXPECT_GT(emission.low_hz, -half) << emission.label;
                EXPECT_LT(emission.high_hz, half) << emission.label;
                EXPECT_GT(emission.snr_db.value_or(99.0), 20.0) << emission.label;
            }
        }
    }
}

} // namespace
} // namespace gacsong::test
