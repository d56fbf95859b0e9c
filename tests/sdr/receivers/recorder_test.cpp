// SPDX-License-Identifier: GPL-3.0-or-later
// A recording is good up to its last block whatever happens to who writes it.
#include "sdr/recorder/recorder.hpp"
#include "tests/sdr/support.hpp"

#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/wait.h>

#include <atomic>
#include <csignal>
#include <cstring>
#include <random>

namespace gacsong::sdr::testing {

namespace {

constexpr std::size_t block_samples = 16384;
constexpr std::uint64_t last_block = 1U << 20U; ///< bytes that may be on their way

StreamInfo stream_info()
{
    StreamInfo info;
    info.input = "test";
    info.format = SampleFormat::of(Component::s16);
    info.format_name = "cs16";
    info.sample_rate_hz = 1e6;
    info.center_hz = 100e6;
    info.start = Instant{1'793'000'000'250'000'000};
    return info;
}

/// Samples that carry their number, as one block.
Block numbered(std::uint64_t first, std::size_t count)
{
    auto words = std::make_shared<std::vector<std::uint32_t>>(count);
    for (std::size_t i = 0; i < count; ++i)
        (*words)[i] = static_cast<std::uint32_t>(first + i);
    Block block;
    block.bytes = std::as_bytes(std::span(*words));
    block.first_sample = first;
    block.owner = words;
    if (first == 0)
        block.begins = Segment{0, 100e6, Instant{1'793'000'000'250'000'000}, 0, {}};
    return block;
}

std::uint64_t check_numbers(const std::string& meta)
{
    const auto opened = open_recording(meta, {});
    EXPECT_TRUE(opened.has_value()) << (opened ? "" : opened.error().message.key);
    if (!opened)
        return 0;
    const Drained all = drain(*opened->source, 100'000);
    EXPECT_FALSE(all.error.has_value());
    for (std::uint64_t i = 0; i < all.samples; ++i) {
        std::uint32_t number = 0;
        std::memcpy(&number, all.bytes.data() + 4 * i, 4);
        if (number != i) {
            ADD_FAILURE() << "sample " << i << " is " << number;
            break;
        }
    }
    return all.samples;
}

/// Lets a child record for ever and kills it when it has handed over `enough` samples; what it had handed over then.
std::uint64_t record_until_killed(const std::string& base, std::uint64_t enough)
{
    void* memory = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    auto* handed = new (memory) std::atomic<std::uint64_t>(0);
    const pid_t child = ::fork();
    if (child == 0) {
        auto recorder = Recorder::create(stream_info(), {.base = base, .force = true});
        for (std::uint64_t n = 0; recorder; n += block_samples) {
            if (!(*recorder)->write(numbered(n, block_samples)))
                break;
            *handed = n + block_samples;
        }
        ::_exit(1);
    }
    while (*handed < enough)
        ::usleep(50);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const std::uint64_t count = *handed;
    ::munmap(memory, 4096);
    return count;
}

void kill_at_random_moments(const std::string& base, int times)
{
    std::mt19937 random(7);
    std::uniform_int_distribution<std::uint64_t> moments(0, 2'000'000);
    for (int i = 0; i < times; ++i) {
        const std::uint64_t handed = record_until_killed(base, moments(random));
        if (handed == 0)
            continue; // not a sample yet
        const auto size = std::filesystem::file_size(base + ".sigmf-data");
        EXPECT_GE(size + last_block, 4 * handed);
        if (size > 0) {
            EXPECT_EQ(check_numbers(base + ".sigmf-meta"), size / 4);
        }
    }
}

} // namespace

TEST(Recorder, WritesWhatItIsGivenAndItsHash)
{
    const TempFolder folder;
    auto recorder = Recorder::create(stream_info(), {.base = folder.path("r"),
                                                     .program = "gacsong test",
                                                     .hardware = "x",
                                                     .gains = {{"LNA", 12.0}},
                                                     .latitude = 10.5,
                                                     .longitude = 105.25});
    ASSERT_TRUE(recorder.has_value());
    const std::size_t count = 700'001;
    ASSERT_TRUE((*recorder)->write(numbered(0, count)).has_value());
    const auto end = (*recorder)->close();
    ASSERT_TRUE(end.has_value());
    EXPECT_EQ(end->samples, count);
    EXPECT_EQ(end->taken, count);
    EXPECT_EQ(end->sha512.size(), 128U);
    EXPECT_EQ(check_numbers(end->meta_path), count);
    const auto opened = open_recording(end->meta_path, {});
    ASSERT_TRUE(opened.has_value());
    const StreamInfo& info = opened->source->info();
    EXPECT_EQ(info.start, stream_info().start);
    EXPECT_EQ(info.center_hz, 100e6);
    EXPECT_EQ(info.latitude, 10.5);
    EXPECT_EQ(info.longitude, 105.25);
    EXPECT_TRUE(info.warnings.empty());
}

TEST(Recorder, HashesAsTheStandardSays)
{
    Sha512 hash; // FIPS 180-4, "abc"
    const std::string text = "abc";
    hash.add(std::as_bytes(std::span(text)));
    EXPECT_EQ(hash.hex(), "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                          "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

TEST(Recorder, KeepsGapsAndTunings)
{
    const TempFolder folder;
    auto recorder = Recorder::create(stream_info(), {.base = folder.path("r")});
    ASSERT_TRUE(recorder.has_value());
    ASSERT_TRUE((*recorder)->write(numbered(0, 1000)).has_value());
    Block after = numbered(1000, 500);
    after.begins = Segment{1000, 101e6, Instant{1'793'000'000'300'000'000}, 250, "overflow"};
    ASSERT_TRUE((*recorder)->write(after).has_value());
    const auto end = (*recorder)->close();
    ASSERT_TRUE(end.has_value());
    EXPECT_EQ(end->gaps, 1U);
    const auto opened = open_recording(end->meta_path, {});
    ASSERT_TRUE(opened.has_value());
    const Drained all = drain(*opened->source);
    ASSERT_EQ(all.segments.size(), 2U);
    EXPECT_EQ(all.segments[1].first_sample, 1000U);
    EXPECT_EQ(all.segments[1].center_hz, 101e6);
    EXPECT_EQ(all.segments[1].lost_before, 250U);
    EXPECT_EQ(all.segments[1].lost_why, "overflow");
    EXPECT_EQ(all.samples, 1500U);
}

TEST(Recorder, StopsAtItsSizeAndOverwritesOnlyWhatItMay)
{
    const TempFolder folder;
    const RecorderSettings settings{.base = folder.path("r"), .most_bytes = 4'002};
    auto recorder = Recorder::create(stream_info(), settings);
    ASSERT_TRUE(recorder.has_value());
    ASSERT_TRUE((*recorder)->write(numbered(0, 5000)).has_value());
    EXPECT_TRUE((*recorder)->full());
    EXPECT_EQ((*recorder)->close()->samples, 1000U);
    EXPECT_EQ(check_numbers(folder.path("r.sigmf-meta")), 1000U);
    EXPECT_EQ(Recorder::create(stream_info(), settings).error().message.key, "output.exists");
    EXPECT_EQ(check_numbers(folder.path("r.sigmf-meta")), 1000U);
    EXPECT_EQ(Recorder::create(stream_info(), {.base = folder.path("no/r")}).error().message.key, "output.write");
}

TEST(Recorder, ClosesWhatItHasOnAFullDisk)
{
    const TempFolder folder;
    if (::mount("none", folder.path("").c_str(), "tmpfs", 0, "size=4m") != 0)
        GTEST_SKIP() << "a small disk cannot be mounted here";
    auto recorder = Recorder::create(stream_info(), {.base = folder.path("r"), .keep_free = 0});
    ASSERT_TRUE(recorder.has_value());
    Status written;
    std::uint64_t taken = 0;
    while (written && taken < 8'000'000) {
        written = (*recorder)->write(numbered(taken, block_samples));
        taken += block_samples;
    }
    ASSERT_FALSE(written.has_value());
    EXPECT_EQ(written.error().message.key, "output.full");
    static_cast<void>((*recorder)->close());
    EXPECT_GE(4 * check_numbers(folder.path("r.sigmf-meta")), 2U << 20U);
    ::umount2(folder.path("").c_str(), MNT_DETACH);
}

TEST(Recorder, LeavesAGoodFileWhenKilled)
{
    const TempFolder folder;
    kill_at_random_moments(folder.path("r"), 10);
    const auto opened = open_recording(folder.path("r.sigmf-meta"), {});
    ASSERT_TRUE(opened.has_value());
    EXPECT_TRUE(says(opened->source->info().warnings, "sigmf.unfinished"));
}

TEST(RecorderLong, LeavesAGoodFileWhenKilledTwoHundredTimes)
{
    const TempFolder folder;
    kill_at_random_moments(folder.path("r"), 200);
}

} // namespace gacsong::sdr::testing
