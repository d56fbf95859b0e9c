// SPDX-License-Identifier: GPL-3.0-or-later
// Tables that users keep, and clips: what is written must be read again.
#include "detect/plan/tables/ignore_list.hpp"
#include "detect/plan/tables/licences.hpp"
#include "report/clips/clip.hpp"
#include "report/lists/append_row.hpp"
#include "sdr/recording.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/support/sources.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

namespace gacsong {
namespace {

Emission found()
{
    Emission e;
    e.id = "e1";
    e.center_hz = 97.7e6;
    e.offset_hz = 50e3;
    e.bandwidth_hz = 150e3;
    e.start_s = 0.010;
    e.end_s = 0.020;
    e.start = Instant{test::morning.unix_ns + 10'000'000};
    return e;
}

std::string text_of(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

TEST(Lists, AreMadeAndReadAgain)
{
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "ignore.csv";
    ASSERT_TRUE(append_row(path, ignore_row(found(), 180e3, "của \"chúng tôi\", đã xem", "2026-12-31"), {"center_hz"}));
    ASSERT_TRUE(append_row(path, ignore_row(found(), 5e3, "hai", ""), {"center_hz"}));
    std::vector<Message> problems;
    const auto list = load_ignore_list(path, problems);
    ASSERT_TRUE(list);
    EXPECT_TRUE(problems.empty());
    ASSERT_EQ(list->rows.size(), 2U);
    EXPECT_EQ(list->rows[0].reason, "của \"chúng tôi\", đã xem");
    EXPECT_EQ(list->rows[0].bandwidth_hz, 180e3);
    EXPECT_TRUE(list->rows[0].until);
    EXPECT_FALSE(list->rows[1].until);
}

TEST(Lists, KeepTheOrderAndTheRestOfATable)
{
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "licences.csv";
    const std::string before = "\xEF\xBB\xBF"
                               "holder;center_hz;own;id\r\nA;98000000;x;AG-1";
    std::ofstream(path, std::ios::binary) << before;
    ASSERT_TRUE(append_row(path, licence_row(found(), "AG-2", "B; C", ""), {"id", "center_hz"}));
    EXPECT_TRUE(text_of(path).starts_with(before));
    std::vector<Message> problems;
    const auto list = load_register(path, problems);
    ASSERT_TRUE(list);
    ASSERT_EQ(list->licences().size(), 2U);
    EXPECT_EQ(list->licences()[0].id, "AG-2");
    EXPECT_EQ(list->licences()[0].holder, "B; C");
    const auto missing = append_row(path, ignore_row(found(), 1e3, "r", ""), {"reason"});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().message.key, "list.columns");
}

class Clips : public testing::TestWithParam<const char*> {};

TEST_P(Clips, HoldTheSamplesToTheLastBit)
{
    const auto format = *parse_sample_format(GetParam());
    test::MemoryRecording recording;
    recording.format = format;
    recording.sample_rate_hz = 100e3;
    recording.center_hz = 97.65e6;
    recording.start = test::morning;
    std::mt19937 random(7); // NOLINT: the same bytes in every run
    recording.bytes.resize(4'000 * format.bytes_per_sample());
    for (std::byte& byte : recording.bytes)
        byte = static_cast<std::byte>(random() & 0x7FU);
    if (format.component == Component::f32) {
        std::vector<std::complex<float>> samples(4'000);
        for (auto& sample : samples)
            sample = {static_cast<float>(random() % 1000) / 1000.0F, -0.25F};
        recording.bytes = test::to_bytes(samples);
    }
    const auto shared = std::make_shared<const test::MemoryRecording>(recording);
    const test::MemoryHistory history(shared);
    const test::MemorySource source(shared);
    ClipSource from{.stream = source.info(),
                    .timeline = Timeline({}, 4'000, 100e3),
                    .history = &history,
                    .program = "gacsong test"};
    from.before_s = from.after_s = 0.001;
    const test::TemporaryFolder folder;
    const auto path = folder.path() / clip_name(found());
    const auto written = write_clip(from, found(), {"unlicensed-emission"}, path, test::words(Language::vi), {});
    ASSERT_TRUE(written);
    auto opened = sdr::open_recording(written->string(), {});
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->source->info().center_hz, 97.65e6);
    EXPECT_EQ(opened->source->info().start->unix_ns, test::morning.unix_ns + 9'000'000);
    const auto block = opened->source->next(10'000);
    ASSERT_TRUE(block && *block);
    const auto bytes = (*block)->bytes;
    const std::size_t first = 900 * format.bytes_per_sample();
    ASSERT_EQ(bytes.size(), 1'200 * format.bytes_per_sample());
    EXPECT_TRUE(std::equal(bytes.begin(), bytes.end(), recording.bytes.begin() + static_cast<std::ptrdiff_t>(first)));
    EXPECT_NE(text_of(*written).find("unlicensed-emission"), std::string::npos);
    EXPECT_FALSE(write_clip(from, found(), {}, path, test::words(Language::vi), {}));
}

INSTANTIATE_TEST_SUITE_P(Types, Clips, testing::Values("cu8", "cs8", "cs16", "cf32"));

} // namespace
} // namespace gacsong
