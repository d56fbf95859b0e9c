// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept of base stations: only what they broadcast.
#include "detect/line/line.hpp"
#include "detect/rules/context.hpp"
#include "report/clips/cell_clip.hpp"
#include "report/clips/cell_windows.hpp"
#include "report/clips/clips_sink.hpp"
#include "report/sinks/collector.hpp"
#include "sdr/recording.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/support/signals/gsm.hpp"
#include "tests/support/sources.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdlib>
#include <fstream>

namespace gacsong {
namespace {

constexpr double symbol_hz = 13e6 / 48.0;
constexpr double frame_s = 1250.0 / symbol_hz;
constexpr double burst_s = 148.0 / symbol_hz;

/// One GSM cell, and another carrier 200 kHz beside it that only carries traffic.
test::Scene two_carriers()
{
    test::GsmSettings cell;
    cell.first_frame = 1200000; // 1200000 mod 51 = 21
    cell.frames = 416;
    cell.bcch = test::gsm_system_information();
    cell.ccch = {test::gsm_empty_paging()};
    test::GsmSettings traffic = cell;
    traffic.sync = false;
    traffic.seed = 5;
    test::Scene scene;
    scene.sample_rate_hz = 13e6 / 12.0;
    scene.center_hz = 947.3e6;
    scene.start = Instant{1'700'000'000'000'000'000};
    scene.duration_s = 1.5;
    scene.noise_dbfs_hz = -110.0;
    scene.signals = {{.waveform = test::gsm(cell), .offset_hz = 100e3, .level = test::Level::dbfs(-20.0)},
                     {.waveform = test::gsm(traffic), .offset_hz = 300e3, .level = test::Level::dbfs(-20.0)}};
    return scene;
}

struct Heard {
    std::shared_ptr<const test::MemoryRecording> recording;
    Cell cell;
};

const Heard& heard()
{
    static const Heard one = [] {
        auto recording = std::make_shared<const test::MemoryRecording>(
            test::record(two_carriers(), SampleFormat::of(Component::s8)));
        test::MemorySource source(recording);
        const test::MemoryHistory history(recording);
        LineSettings settings;
        settings.emissions = false;
        Collector found;
        Sink* const sinks[] = {&found};
        static_cast<void>(run_line(source, history, Judge(std::make_shared<JudgeContext>()), settings, sinks, {}));
        EXPECT_EQ(found.cells.size(), 1U);
        return Heard{recording, found.cells.empty() ? Cell{} : found.cells.front()};
    }();
    return one;
}

std::vector<std::complex<float>> samples_of(const std::filesystem::path& meta)
{
    std::filesystem::path path = meta;
    std::ifstream file(path.replace_extension(".sigmf-data"), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    std::vector<std::complex<float>> samples(text.size() / sizeof(std::complex<float>));
    std::memcpy(samples.data(), text.data(), samples.size() * sizeof(std::complex<float>));
    return samples;
}

ClipSource source_of(const test::MemorySource& source, const History& history)
{
    const StreamInfo& info = source.info();
    return {info, Timeline({}, *info.length, info.sample_rate_hz), &history, "gacsong test"};
}

class CellClip : public ::testing::Test {
protected:
    Result<std::filesystem::path> clip(const Cell& cell, double from_s, double longest_s, const std::string& name)
    {
        return write_cell_clip(source_of(source, history), cell, from_s, longest_s, folder.path() / name,
                               test::words(Language::en));
    }

    test::MemorySource source{heard().recording};
    test::MemoryHistory history{heard().recording};
    test::TemporaryFolder folder;
};

} // namespace

TEST_F(CellClip, KeepsTheBroadcastBurstsAndNothingElse)
{
    const auto written = clip(heard().cell, 0.0, 5.0, "c");
    ASSERT_TRUE(written.has_value());
    const auto meta = nlohmann::json::parse(std::ifstream(*written));
    EXPECT_EQ(meta["global"]["gacsong:blanked"], true);
    const double rate = meta["global"]["core:sample_rate"];
    const auto samples = samples_of(*written);
    ASSERT_GT(samples.size(), static_cast<std::size_t>(rate));
    // The scene begins with frame 1200000, so frames stand at multiples of their length from its first sample.
    const double from_s = std::ceil(heard().cell.first_s * 13e6 / 12.0) / (13e6 / 12.0);
    std::size_t kept = 0;
    std::size_t filled = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double at_s = from_s + static_cast<double>(i) / rate;
        const auto frame = static_cast<std::uint64_t>(at_s / frame_s);
        const auto t3 = static_cast<unsigned>((1200000 + frame) % 51);
        const double within_s = at_s - static_cast<double>(frame) * frame_s;
        const bool broadcast = t3 != 50 && (t3 % 10 < 2 || (t3 >= 2 && t3 <= 5));
        constexpr double guard_s = 5.0 / symbol_hz; // of 8.25 symbols without a burst
        const bool between = within_s > burst_s + guard_s && within_s < frame_s - guard_s;
        if (between || (!broadcast && within_s < frame_s - guard_s)) {
            ASSERT_EQ(samples[i], std::complex<float>{}) << "frame " << t3 << " at " << within_s;
        } else if (!broadcast) {
            continue; // the first symbols of the next frame
        } else if (within_s > guard_s && within_s < burst_s - guard_s) {
            ++kept;
            filled += samples[i] != std::complex<float>{} ? 1U : 0U;
        }
    }
    EXPECT_GT(kept, 1000U);
    EXPECT_GE(static_cast<double>(filled), 0.99 * static_cast<double>(kept));
}

TEST_F(CellClip, FindsTheFramesWhereTheClockHasDrifted)
{
    Cell late = heard().cell;
    late.first_s += 20.0 / symbol_hz;
    const auto right = clip(heard().cell, 0.1, 0.6, "right");
    const auto moved = clip(late, 0.1, 0.6, "moved");
    ASSERT_TRUE(right && moved);
    const auto a = samples_of(*right);
    const auto b = samples_of(*moved);
    ASSERT_EQ(a.size(), b.size());
    std::size_t differ = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        differ += (a[i] == std::complex<float>{}) != (b[i] == std::complex<float>{}) ? 1U : 0U;
    EXPECT_LT(differ, 4U * 30U) << "two samples at each end of a burst at most";
}

TEST_F(CellClip, KeepsNothingWhereTheFramesAreNotWhereTheyShouldBe)
{
    Cell wrong = heard().cell;
    wrong.first_s += 0.4 * frame_s;
    const auto written = clip(wrong, 0.1, 0.6, "wrong");
    ASSERT_FALSE(written.has_value());
    EXPECT_EQ(written.error().message.key, "clip.cell_time");
    Cell unnumbered = heard().cell;
    unnumbered.frame_number.reset();
    EXPECT_FALSE(clip(unnumbered, 0.1, 0.6, "none").has_value());
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(CellClip, IsWrittenForAFindingAndOnlyThen)
{
    SegmentTap tap(source);
    while (const auto next = tap.next(1U << 20U)) {
        if (!*next)
            break;
    }
    std::vector<Message> warned;
    ClipsSink sink({folder.path() / "clips", "gacsong test", 2.0, 2.0, 10.0, 5.0, 1.0, 0}, tap, history,
                   test::words(Language::en), [&](const Message& message) { warned.push_back(message); });
    ASSERT_TRUE(sink.cell(heard().cell));
    EXPECT_EQ(sink.written(), 0U);
    Finding finding;
    finding.subject = heard().cell.id;
    finding.rule = "fake-base-station";
    ASSERT_TRUE(sink.finding(finding));
    EXPECT_EQ(sink.written(), 1U);
    Cell wrong = heard().cell;
    wrong.id = finding.subject = "c2";
    wrong.first_s += 0.4 * frame_s;
    ASSERT_TRUE(sink.cell(wrong));
    EXPECT_TRUE(sink.finding(finding)) << "one that cannot be cut leaves the others theirs";
    EXPECT_EQ(sink.written(), 1U);
    EXPECT_EQ(warned.size(), 1U);
}

TEST_F(CellClip, OfACellThatIsBeingReceivedWaitsUntilItIsLongEnough)
{
    SegmentTap tap(source);
    while (const auto next = tap.next(1U << 20U)) {
        if (!*next)
            break;
    }
    ClipsSink sink({folder.path() / "clips", "gacsong test", 2.0, 2.0, 10.0, 0.3, 0.3, 0}, tap, history,
                   test::words(Language::en), [](const Message&) {});
    Finding finding;
    finding.subject = heard().cell.id;
    finding.rule = "fake-base-station";
    const std::vector<Finding> findings{finding};
    ASSERT_TRUE(sink.heard(heard().cell, {}));
    sink.progress({100.0, {}, 0});
    EXPECT_EQ(sink.written(), 0U) << "nothing was found on it";
    ASSERT_TRUE(sink.heard(heard().cell, findings));
    sink.progress({heard().cell.first_s + 0.2, {}, 0});
    EXPECT_EQ(sink.written(), 0U) << "too short";
    sink.progress({heard().cell.first_s + 0.4, {}, 0});
    EXPECT_EQ(sink.written(), 1U);
    ASSERT_TRUE(sink.heard(heard().cell, findings));
    sink.progress({heard().cell.first_s + 1.0, {}, 0});
    ASSERT_TRUE(sink.cell(heard().cell));
    ASSERT_TRUE(sink.finding(finding));
    EXPECT_EQ(sink.written(), 1U) << "one clip a cell";
}

// Clips of LTE cells made by the network software of others are found again by the searcher.
TEST(LteCellClipLong, HoldsTheCellThatItWasCutFrom)
{
    const char* shared = std::getenv("SHARED");
    const std::filesystem::path folder =
        (shared != nullptr ? std::filesystem::path(shared) : std::filesystem::path(GACSONG_SOURCE_DIR) / "../shared") /
        "captures/lte-network";
    if (!std::filesystem::exists(folder))
        GTEST_SKIP() << "no recordings in " << folder;
    const struct {
        const char* file;
        double rate_hz;
    } captures[] = {{"rogue_clone_6rb_1M92.cs8", 1.92e6}, {"viettel_50rb_2port_11M52.cs8", 11.52e6}};
    const auto cells_of = [](const std::filesystem::path& path, double rate_hz, const std::filesystem::path* into) {
        sdr::InputFlags flags;
        flags.type = parse_sample_format(rate_hz > 0.0 ? "cs8" : "cf32");
        if (rate_hz > 0.0)
            flags.rate_hz = rate_hz;
        auto opened = sdr::open_recording(path.string(), flags);
        EXPECT_TRUE(opened.has_value()) << path;
        LineSettings settings;
        settings.emissions = false;
        Collector found;
        Sink* const sinks[] = {&found};
        static_cast<void>(
            run_line(*opened->source, *opened->history, Judge(std::make_shared<JudgeContext>()), settings, sinks, {}));
        if (into != nullptr && !found.cells.empty()) {
            const StreamInfo& info = opened->source->info();
            const auto written =
                write_cell_clip({info, Timeline({}, *info.length, info.sample_rate_hz), opened->history.get(), "test"},
                                found.cells.front(), 0.0, 1.0, *into, test::words(Language::en));
            EXPECT_TRUE(written.has_value());
        }
        return found.cells;
    };
    const test::TemporaryFolder home;
    for (const auto& one : captures) {
        const std::filesystem::path into = home.path() / one.file;
        const auto first = cells_of(folder / one.file, one.rate_hz, &into);
        ASSERT_FALSE(first.empty()) << one.file;
        const auto again = cells_of(into.string() + ".sigmf-meta", 0.0, nullptr);
        ASSERT_EQ(again.size(), 1U) << one.file;
        EXPECT_EQ(again[0].pci, first[0].pci);
        EXPECT_EQ(again[0].resource_blocks, first[0].resource_blocks) << "PBCH is in it";
        EXPECT_EQ(again[0].sfn, first[0].sfn);
        const auto samples = samples_of(into.string() + ".sigmf-meta");
        const auto zeros = std::ranges::count(samples, std::complex<float>{});
        EXPECT_GT(static_cast<double>(zeros), 0.88 * static_cast<double>(samples.size()));
    }
}

TEST(CellWindows, OfAnLteFrame)
{
    Cell cell;
    cell.technology = "lte";
    cell.duplex = "fdd";
    cell.cyclic_prefix = "normal";
    cell.pci = 7;
    cell.sfn = 1023; // odd: no SIB1; the next one, 0, has it
    cell.first_s = 0.25;
    const auto windows = cell_windows(cell, 0.0, 0.25, 0.27);
    double seconds = 0.0;
    std::size_t wide = 0;
    for (const CellWindow& window : windows) {
        EXPECT_GE(window.begin_s, 0.25);
        EXPECT_LE(window.end_s, 0.27);
        if (window.wide) {
            ++wide;
            EXPECT_NEAR(window.begin_s, 0.265, 1e-9);
            EXPECT_NEAR(window.end_s, 0.266, 1e-9);
        } else {
            seconds += window.end_s - window.begin_s;
        }
    }
    EXPECT_EQ(wide, 1U);
    // Four symbols of synchronisation and four of PBCH, the first of these with the longer prefix.
    EXPECT_NEAR(seconds, 2.0 * (8.0 * (2048 + 144) + 16.0) / 30.72e6, 1e-9);
    const auto anchor = std::ranges::find_if(windows, &CellWindow::anchor);
    ASSERT_NE(anchor, windows.end());
    EXPECT_NEAR(anchor->end_s, 0.2505, 1e-9) << "the PSS ends the first slot";
    cell.duplex = "tdd";
    const auto tdd = cell_windows(cell, 0.0, 0.25, 0.27);
    const auto primary = std::ranges::find_if(tdd, &CellWindow::anchor);
    ASSERT_NE(primary, tdd.end());
    EXPECT_NEAR(primary->begin_s, 0.251 + (2.0 * (2048 + 144) + 16.0) / 30.72e6, 1e-9) << "third symbol of subframe 1";
    EXPECT_TRUE(cell_windows(Cell{}, 0.0, 0.0, 1.0).empty());
}

} // namespace gacsong
