// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/power/power_csv.hpp"
#include "report/power/power_file.hpp"
#include "report/power/power_meter.hpp"
#include "report/text/time_text.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/support/noise.hpp"
#include "tests/support/scene.hpp"
#include "tests/support/signals/carrier.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace gacsong {
namespace {

std::span<const std::byte> bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

} // namespace

TEST(PowerCsv, WritesWholeHertzAndReadsThemAgain)
{
    const PowerRow row{*parse_rfc3339("2026-11-02T03:15:07Z"), 3.3e9, 5000.0, 4096, {-71.25F, -80.5F, NAN}};
    const std::string line = power_line(row);
    EXPECT_EQ(line, "2026-11-02, 03:15:07, 3300000000, 3300015000, 5000, 4096, -71.25, -80.50, nan");
    const auto read = parse_power_line(line);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->time, row.time);
    EXPECT_EQ(read->low_hz, row.low_hz);
    EXPECT_EQ(read->samples, row.samples);
    ASSERT_EQ(read->levels.size(), 3U);
    EXPECT_EQ(read->levels[1], -80.5F);
    EXPECT_TRUE(std::isnan(read->levels[2]));
}

TEST(PowerCsv, ReadsWhatOtherProgramsWrite)
{
    // rtl_power: the last value twice; hackrf_sweep: fractions of a second.
    const auto rtl = parse_power_line("2026-11-02, 03:15:07, 88000000, 88030000, 10000.00, 16, -1.5, -2.5, -3.5, -3.5");
    ASSERT_TRUE(rtl);
    EXPECT_EQ(rtl->levels, (std::vector<float>{-1.5F, -2.5F, -3.5F}));
    const auto hackrf = parse_power_line("2026-11-02, 03:15:07.123456, 2400000000, 2405000000, 1000000.00, 20, "
                                         "-64.72, -63.36, -60.91, -61.74, -inf");
    ASSERT_TRUE(hackrf);
    EXPECT_EQ(hackrf->levels.size(), 5U);
    EXPECT_TRUE(std::isnan(hackrf->levels[4]));
    EXPECT_EQ(hackrf->time.unix_ns % 1'000'000'000, 123'456'000);
}

TEST(PowerCsv, LeavesOutWhatIsNoLine)
{
    for (const char* bad : {"", "a,b,c", "2026-11-02, 03:15:07, 2, 1, 1, 1, -1", "2026-13-02, 03:15:07, 1, 2, 1, 1, -1",
                            "2026-11-02, 03:15:07, 1, 2, 0, 1, -1", "2026-11-02, 03:15:07, 1, 2, 1, 1",
                            "2026-11-02, 03:15:07, 0, 1e12, 1, 1, -1", "2026-11-02, 03:15:07, 1, 2, 1, 1, x",
                            "2026-11-02, 03:15:07, nan, 2, 1, 1, -1"})
        EXPECT_FALSE(parse_power_line(bad)) << bad;
    const auto table =
        parse_power_csv(bytes("# made by hand\nnonsense\n2026-11-02, 03:15:07, 1, 3, 1, 1, -1, -2\r\n"), "x");
    ASSERT_TRUE(table);
    EXPECT_EQ(table->rows.size(), 1U);
    EXPECT_EQ(table->skipped, 1U);
    EXPECT_EQ(parse_power_csv(bytes("nonsense\n"), "x").error().message.key, "power.none");
    EXPECT_EQ(
        parse_power_csv(bytes("2026-11-02, 03:15:07, 1, 2, 1, 1, -1\n2026-11-02, 03:15:07, 1, 2, 1, 1, -1\n"), "x", 1)
            .error()
            .message.key,
        "power.too_large");
}

TEST(PowerFile, GetsItsNameWhenItIsWhole)
{
    const test::TemporaryFolder folder;
    const std::string path = (folder.path() / "x.csv").string();
    auto file = PowerFile::create(path, false);
    ASSERT_TRUE(file);
    ASSERT_TRUE((*file)->add({Instant{0}, 1e6, 1e3, 1, {-1.0F}}));
    EXPECT_FALSE(std::filesystem::exists(path));
    ASSERT_TRUE((*file)->finish());
    EXPECT_EQ(read_power_csv(path)->rows.size(), 1U);
    EXPECT_EQ(PowerFile::create(path, false).error().message.key, "output.exists");
    EXPECT_TRUE(PowerFile::create(path, true));
    EXPECT_EQ(PowerFile::create("/no/such/folder/x.csv", false).error().message.key, "output.write");
}

TEST(PowerMeter, MeasuresPowerByFrequency)
{
    test::Scene scene;
    scene.sample_rate_hz = 1e6;
    scene.duration_s = 0.1;
    scene.noise_dbfs_hz = -100.0;
    test::Placed tone;
    tone.waveform = test::carrier();
    tone.offset_hz = 123e3;
    tone.level = test::Level::dbfs(-20.0);
    scene.signals = {tone};
    const auto format = *parse_sample_format("cs16");
    const auto raw = scene.build(format);
    PowerMeter meter(format, scene.sample_rate_hz, 5e3);
    // In pieces that fit nowhere.
    const std::span<const std::byte> all(raw);
    for (std::size_t at = 0; at < all.size(); at += 4 * 1237)
        meter.add(all.subspan(at, std::min<std::size_t>(4 * 1237, all.size() - at)));
    EXPECT_NEAR(10.0 * std::log10(meter.power(113e3, 133e3)), -20.0, 0.1);
    // 100 kHz of noise: -100 + 50 dB; 75 000 independent values: ± 0.06 dB at four sigma.
    EXPECT_NEAR(10.0 * std::log10(meter.power(-300e3, -200e3)), -50.0, 0.15);
    EXPECT_EQ(PowerMeter(format, 1e6, 5e3).power(0.0, 1e3), 0.0);
}

} // namespace gacsong
