// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/inspection.hpp"
#include "sdr/resolve.hpp"
#include "tests/sdr/support.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cmath>
#include <cstring>
#include <random>

namespace gacsong::sdr {
namespace {

using namespace testing;

constexpr std::int64_t minute_ns = 60'000'000'000;
constexpr std::int64_t hour_ns = 60 * minute_ns;

TEST(Inspection, ListsWhatIsMissingInsteadOfFailing)
{
    const TempFolder folder;
    const auto seen = inspect_recording(folder.write("x.bin", pattern(20000)), {});
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->missing, (std::vector<std::string>{"format", "sample_rate_hz", "center_hz", "start"}));
    EXPECT_EQ(seen->container, "raw");
    EXPECT_EQ(seen->format, "headerless");
    EXPECT_EQ(seen->size_bytes, 20000U);
    EXPECT_FALSE(seen->samples);
    EXPECT_FALSE(seen->refusal);
}

TEST(Inspection, TellsEveryFactWithItsOrigin)
{
    const TempFolder folder;
    folder.write("x.sigmf-data", pattern(20000));
    const std::string meta = folder.write(
        "x.sigmf-meta",
        R"({"global":{"core:datatype":"ci8","core:sample_rate":1000,"core:hw":"dongle","core:author":"A","core:recorder":"R",)"
        R"("core:description":"D","core:sha512":"abc"},"captures":[{"core:sample_start":0,"core:frequency":98e6},)"
        R"({"core:sample_start":5000,"core:frequency":99e6}],"annotations":[{"core:sample_start":1},{"core:sample_start":2}]})");
    const auto seen = inspect_recording(meta, {});
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->format, "SigMF");
    EXPECT_EQ(seen->samples, 10000U);
    EXPECT_EQ(seen->duration_s, 10.0);
    EXPECT_EQ(seen->facts.center_hz.value, 98e6);
    EXPECT_EQ(seen->facts.center_hz.origin, Origin::sidecar);
    EXPECT_EQ(seen->missing, (std::vector<std::string>{"start"}));
    ASSERT_EQ(seen->segments.size(), 2U);
    EXPECT_EQ(seen->segments[1].center_hz, 99e6);
    EXPECT_EQ(seen->annotations, 2U);
    EXPECT_EQ(seen->sha512, "abc");
    EXPECT_EQ(seen->receiver, "dongle");
    EXPECT_EQ(seen->author, "A");
    EXPECT_EQ(seen->recorder, "R");
    EXPECT_EQ(seen->description, "D");
}

TEST(Inspection, KeepsTheReasonWhyAFileIsNotIq)
{
    const TempFolder folder;
    const std::string mono = riff(chunk("fmt ", wav_fmt(1, 1, 48000, 16)) + chunk("data", pattern(4000)));
    const auto seen = inspect_recording(folder.write("x.wav", mono), {});
    ASSERT_TRUE(seen);
    ASSERT_TRUE(seen->refusal);
    EXPECT_EQ(seen->refusal->message.key, "file.real_samples");
    EXPECT_EQ(seen->facts.rate_hz.value, 48000.0);
}

TEST(Inspection, DoesNotTouchAStream)
{
    InputFlags flags;
    flags.rate_hz = 1e6;
    const auto seen = inspect_recording("-", flags);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->container, "stdin");
    EXPECT_EQ(seen->facts.rate_hz.origin, Origin::flag);
    EXPECT_EQ(seen->missing, (std::vector<std::string>{"format", "center_hz", "start"}));
}

TEST(Inspection, FailsWhereThereIsNothingToSee)
{
    EXPECT_EQ(inspect_recording("/nowhere/at/all.cu8", {}).error().message.key, "file.not_found");
}

/// Gaussian noise of standard deviation 0.05 of full scale, coded in one type.
std::string noise_as(const std::string& type)
{
    std::mt19937 random(1);
    std::normal_distribution<double> normal(0.0, 0.05);
    std::string bytes;
    const auto put = [&](auto value) {
        std::string raw(sizeof(value), '\0');
        std::memcpy(raw.data(), &value, sizeof(value));
        bytes += raw;
    };
    for (int i = 0; i < 8192; ++i) {
        const double x = normal(random);
        if (type == "cu8")
            put(static_cast<std::uint8_t>(std::lround(127.5 + 128.0 * x)));
        else if (type == "cs8")
            put(static_cast<std::int8_t>(std::lround(128.0 * x)));
        else if (type == "cs16" || type == "cs16_be")
            put(static_cast<std::int16_t>(std::lround(8192.0 * x)));
        else if (type == "cf32")
            put(static_cast<float>(x));
        else
            put(x);
    }
    if (type == "cs16_be") {
        for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
            std::swap(bytes[i], bytes[i + 1]);
    }
    return bytes;
}

class TypeHint : public ::testing::TestWithParam<const char*> {};

TEST_P(TypeHint, NamesTheTypeOfNoise)
{
    const std::string bytes = noise_as(GetParam());
    EXPECT_EQ(likely_type(std::as_bytes(std::span(bytes))), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Types, TypeHint, ::testing::Values("cu8", "cs8", "cs16", "cs16_be", "cf32", "cf64"));

TEST(TypeHintOfNothing, IsNothing)
{
    EXPECT_FALSE(likely_type({}));
    const std::string zeros(65536, '\0');
    EXPECT_FALSE(likely_type(std::as_bytes(std::span(zeros))));
    std::mt19937 random(1);
    std::string bytes(65536, '\0');
    for (char& c : bytes)
        c = static_cast<char>(random());
    EXPECT_FALSE(likely_type(std::as_bytes(std::span(bytes))));
}

TEST(Inspection, HintIsNeverUsed)
{
    const TempFolder folder;
    const std::string path = folder.write("x_98M_250k.bin", noise_as("cs16"));
    EXPECT_EQ(inspect_recording(path, {})->type_hint, "cs16");
    EXPECT_EQ(open_recording(path, {}).error().message.key, "file.unknown_format");
}

TEST(LocalStart, TakesTheZoneThatTheTimeOfWritingProves)
{
    const Instant local{1793589300LL * 1'000'000'000 + 7 * hour_ns}; // 10:15 in Viet Nam
    const Instant utc{1793589300LL * 1'000'000'000};
    const auto written = [&](std::int64_t after_ns) { return Instant{utc.unix_ns + after_ns}; };
    EXPECT_EQ(start_of_local(local, written(10 * minute_ns), 600.0), utc);
    EXPECT_EQ(start_of_local(local, written(11 * minute_ns), 600.0), utc);
    EXPECT_EQ(start_of_local(local, written(-1 * minute_ns), 600.0), utc);
    EXPECT_FALSE(start_of_local(local, written(13 * minute_ns), 600.0)); // no whole hour fits
    EXPECT_FALSE(start_of_local(local, written(1000 * hour_ns), 600.0)); // copied later
    EXPECT_FALSE(start_of_local(local, std::nullopt, 600.0));
    // Two hours later by UTC it is 10:15 in Pakistan (+5), which fits alone for a short recording.
    EXPECT_EQ(start_of_local(local, written(120 * minute_ns), 10.0), (Instant{utc.unix_ns + 2 * hour_ns}));
    // For two hours many zones fit: Viet Nam's comes first, without it none is taken.
    EXPECT_EQ(start_of_local(local, written(120 * minute_ns), 7200.0), utc);
    EXPECT_FALSE(start_of_local(local, written(300 * minute_ns), 7200.0));
}

TEST(LocalStart, OfANameIsUsedOnlyWithThatProof)
{
    const TempFolder folder;
    const std::string path = folder.write("baseband_98000000Hz_10-15-00_02-11-2025.bin", pattern(2000000));
    const auto set_time = [&](std::int64_t unix_s) {
        const timespec times[2] = {{unix_s, 0}, {unix_s, 0}};
        ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
    };
    set_time(1762053300 + 1); // 2025-11-02T03:15:01Z
    const auto proven = open_recording(path, flags_of("cs8", 1e6));
    ASSERT_TRUE(proven);
    EXPECT_EQ(proven->source->info().start, (Instant{1762053300LL * 1'000'000'000}));
    EXPECT_EQ(proven->source->info().start_origin, Origin::file_name);
    EXPECT_TRUE(says(proven->source->info().warnings, "name.local_time_taken"));
    set_time(1762053300 + 400);
    const auto unproven = open_recording(path, flags_of("cs8", 1e6));
    EXPECT_FALSE(unproven->source->info().start);
    EXPECT_TRUE(says(unproven->source->info().warnings, "name.local_time"));
    EXPECT_EQ(inspect_recording(path, flags_of("cs8", 1e6))->local_start, (Instant{1762078500LL * 1'000'000'000}));
}

} // namespace
} // namespace gacsong::sdr
