// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sdr/support.hpp"

#include <algorithm>
#include <cstring>

namespace gacsong::sdr {
namespace {

using namespace testing;

TEST(Headerless, HandsOutItsBytesWhateverTheBlockSize)
{
    const TempFolder folder;
    const std::string bytes = pattern(2 * 10007);
    const std::string path = folder.write("x_98M_250k.cs8", bytes);
    for (const std::size_t most : {1U, 7U, 1000U, 10007U, 1000000U}) {
        const auto opened = open_recording(path, {});
        ASSERT_TRUE(opened) << opened.error().message.key;
        const Drained all = drain(*opened->source, most);
        EXPECT_EQ(all.bytes, bytes) << most;
        ASSERT_EQ(all.segments.size(), 1U);
        EXPECT_EQ(all.segments[0].center_hz, 98e6);
        EXPECT_FALSE(all.error);
        EXPECT_FALSE(opened->source->shortfall());
    }
}

TEST(Headerless, TellsWhereEachFactIsFrom)
{
    const TempFolder folder;
    const std::string path = folder.write("x_98M_250k.cs8", pattern(2000));
    InputFlags flags;
    flags.rate_hz = 1e6;
    const auto opened = open_recording(path, flags);
    ASSERT_TRUE(opened);
    const StreamInfo& info = opened->source->info();
    EXPECT_EQ(info.input, path);
    EXPECT_EQ(info.container, "raw");
    EXPECT_EQ(info.format_name, "cs8");
    EXPECT_EQ(info.sample_rate_hz, 1e6);
    EXPECT_EQ(info.center_hz, 98e6);
    EXPECT_EQ(info.length, 1000U);
    EXPECT_EQ(info.format_origin, Origin::file_name);
    EXPECT_EQ(info.rate_origin, Origin::flag);
    EXPECT_EQ(info.center_origin, Origin::file_name);
    EXPECT_EQ(info.start_origin, Origin::unknown);
}

TEST(Headerless, FlagsBeatTheName)
{
    const TempFolder folder;
    const std::string path = folder.write("x_98M_250k.cs8", pattern(2000));
    InputFlags flags = flags_of("cu8", 3e5);
    flags.center_hz = 1e8;
    flags.start = Instant{42};
    const auto opened = open_recording(path, flags);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->source->info().format_name, "cu8");
    EXPECT_EQ(opened->source->info().sample_rate_hz, 3e5);
    EXPECT_EQ(opened->source->info().center_hz, 1e8);
    EXPECT_EQ(opened->source->info().start, Instant{42});
    EXPECT_EQ(opened->source->info().start_origin, Origin::flag);
}

TEST(Headerless, FolderNamesSayNothing)
{
    const TempFolder folder;
    std::filesystem::create_directory(folder.path("2M_data_cf32"));
    const std::string path = folder.write("2M_data_cf32/x_250k.cu8", pattern(2000));
    const auto opened = open_recording(path, {});
    ASSERT_TRUE(opened);
    EXPECT_FALSE(opened->source->info().center_hz);
    EXPECT_EQ(opened->source->info().format_name, "cu8");
}

TEST(Headerless, AsksForWhatNobodySays)
{
    const TempFolder folder;
    const auto no_type = open_recording(folder.write("x.bin", pattern(2000)), {});
    ASSERT_FALSE(no_type);
    EXPECT_EQ(no_type.error().message.key, "file.unknown_format");
    EXPECT_EQ(no_type.error().fault, Fault::usage);
    const auto no_rate = open_recording(folder.write("x.cu8", pattern(2000)), {});
    ASSERT_FALSE(no_rate);
    EXPECT_EQ(no_rate.error().message.key, "file.needs_rate");
    EXPECT_EQ(no_rate.error().fault, Fault::usage);
}

TEST(Headerless, OpensWithUnknownCentre)
{
    const TempFolder folder;
    const auto opened = open_recording(folder.write("x.bin", pattern(2000)), flags_of("cs16", 1e6));
    ASSERT_TRUE(opened);
    EXPECT_FALSE(opened->source->info().center_hz);
    EXPECT_EQ(opened->source->info().center_origin, Origin::unknown);
    EXPECT_TRUE(says(opened->source->info().warnings, "file.needs_centre"));
}

TEST(Headerless, LoneMegaThatIsTheStatedRateIsNoCentre)
{
    const TempFolder folder;
    InputFlags flags;
    flags.rate_hz = 20e6;
    const std::string path = folder.write("wifi_20M.cs16", pattern(2000));
    EXPECT_FALSE(open_recording(path, flags)->source->info().center_hz);
    flags.rate_hz = 10e6;
    EXPECT_EQ(open_recording(path, flags)->source->info().center_hz, 20e6);
}

TEST(Headerless, DropsImpossibleValuesOfTheNameAndSaysSo)
{
    const TempFolder folder;
    const auto opened = open_recording(folder.write("x_400GHz_0k.cu8", pattern(2000)), flags_of("cu8", 1e6));
    ASSERT_TRUE(opened);
    EXPECT_FALSE(opened->source->info().center_hz);
    EXPECT_TRUE(says(opened->source->info().warnings, "fact.impossible"));
    const auto future = open_recording(folder.write("SDRSharp_22001102_031500Z_98000000Hz_IQ.bin", pattern(2000)),
                                       flags_of("cu8", 1e6));
    ASSERT_TRUE(future);
    EXPECT_FALSE(future->source->info().start);
    EXPECT_TRUE(says(future->source->info().warnings, "fact.impossible"));
    EXPECT_EQ(future->source->info().center_hz, 98e6);
}

TEST(Headerless, BrokenLastSampleIsLeftOutAndTold)
{
    const TempFolder folder;
    const std::string bytes = pattern(8001);
    const auto opened = open_recording(folder.write("x_250k.cs16", bytes), {});
    ASSERT_TRUE(opened);
    EXPECT_EQ(drain(*opened->source).bytes, bytes.substr(0, 8000));
    EXPECT_TRUE(says(opened->source->info().warnings, "file.odd_bytes"));
    EXPECT_FALSE(opened->source->shortfall()); // nothing had been promised
}

TEST(Headerless, ErrorsSayWhatIsWrong)
{
    const TempFolder folder;
    const InputFlags flags = flags_of("cs16", 1e6);
    EXPECT_EQ(open_recording(folder.path("absent.cu8"), flags).error().message.key, "file.not_found");
    EXPECT_EQ(open_recording(folder.path(""), flags).error().message.key, "file.is_folder");
    EXPECT_EQ(open_recording(folder.write("empty.cu8", ""), flags).error().message.key, "file.empty");
    EXPECT_EQ(open_recording(folder.write("less_than_a_sample.cs16", "abc"), flags).error().message.key, "file.empty");
    using namespace std::string_literals;
    EXPECT_EQ(open_recording(folder.write("x.iq.gz", "\x1F\x8B\x08\0abc"s), {}).error().message.key, "file.packed");
    EXPECT_EQ(open_recording(folder.path("x.iq.gz"), flags).error().message.key, "file.packed");
    const std::string secret = folder.write("secret.cs16", pattern(4000));
    std::filesystem::permissions(secret, std::filesystem::perms::none);
    if (::geteuid() != 0) {
        EXPECT_EQ(open_recording(secret, flags).error().message.key, "file.denied");
    }
}

TEST(Headerless, OneSampleIsARecording)
{
    const TempFolder folder;
    const auto opened = open_recording(folder.write("x.cu8", "\x10\x20"), flags_of("cu8", 1e6));
    ASSERT_TRUE(opened);
    EXPECT_EQ(drain(*opened->source).bytes, "\x10\x20");
    EXPECT_EQ(opened->history->end(), 1U);
}

TEST(Headerless, NamesThatAreNotUtf8Work)
{
    const TempFolder folder;
    const std::string path = folder.write("b\xE9lier\x1B[31m_98M_250k.cu8", pattern(200));
    const auto opened = open_recording(path, {});
    ASSERT_TRUE(opened);
    EXPECT_TRUE(opened->source->info().input.ends_with("b\xEF\xBF\xBDlier\xEF\xBF\xBD[31m_98M_250k.cu8"));
    EXPECT_EQ(opened->source->info().center_hz, 98e6);
    const auto vietnamese = open_recording(folder.write("đài phát_98M_250k.cu8", pattern(200)), {});
    EXPECT_TRUE(vietnamese->source->info().input.ends_with("đài phát_98M_250k.cu8"));
}

class EveryType : public ::testing::TestWithParam<const char*> {};

TEST_P(EveryType, HistoryEqualsTheStream)
{
    const TempFolder folder;
    std::string bytes = pattern(16 * 3000);
    if (std::string_view(GetParam()).starts_with("cf")) // any bytes are numbers there, but not NaN
        std::replace_if(
            bytes.begin(), bytes.end(), [](char) { return true; }, '\x3C');
    const auto opened = open_recording(folder.write("x.bin", bytes), flags_of(GetParam(), 1e6));
    ASSERT_TRUE(opened);
    const SampleFormat format = opened->source->info().format;
    const Drained all = drain(*opened->source, 777);
    std::vector<std::complex<float>> stream(all.samples);
    convert(format, std::as_bytes(std::span(all.bytes)), stream);
    std::vector<std::complex<float>> history(all.samples - 5);
    ASSERT_TRUE(opened->history->read(5, history));
    EXPECT_TRUE(std::equal(history.begin(), history.end(), stream.begin() + 5));
    EXPECT_EQ(opened->history->first(), 0U);
    EXPECT_EQ(opened->history->end(), all.samples);
    EXPECT_FALSE(opened->history->read(6, history));
    EXPECT_FALSE(opened->history->read(std::uint64_t{0} - 1, history));
}

INSTANTIATE_TEST_SUITE_P(Formats, EveryType,
                         ::testing::Values("cu8", "cs8", "cs16", "cs16_be", "cs24", "cs24_be", "cs32", "cs32_be",
                                           "cf32", "cf32_be", "cf64", "cf64_be"));

TEST(Headerless, SwapExchangesIAndQInBlocksAndHistory)
{
    const TempFolder folder;
    const std::string path = folder.write("x.cs16", "\x01\x02\x03\x04\x05\x06\x07\x08");
    InputFlags flags = flags_of("cs16", 1e6);
    flags.swap_iq = true;
    const auto opened = open_recording(path, flags);
    ASSERT_TRUE(opened);
    EXPECT_EQ(drain(*opened->source).bytes, "\x03\x04\x01\x02\x07\x08\x05\x06");
    std::vector<std::complex<float>> one(1);
    ASSERT_TRUE(opened->history->read(1, one));
    EXPECT_FLOAT_EQ(one[0].real(), 0x0807 / 32768.0F);
    EXPECT_FLOAT_EQ(one[0].imag(), 0x0605 / 32768.0F);
}

TEST(Headerless, FileThatShrinksEndsAsAShortfall)
{
    const TempFolder folder;
    const std::string path = folder.write("x_250k.cs8", pattern(20000));
    const auto opened = open_recording(path, {});
    ASSERT_TRUE(opened);
    ASSERT_TRUE(opened->source->next(1000));
    std::filesystem::resize_file(path, 5001);
    std::uint64_t samples = 1000;
    for (;;) {
        const auto block = opened->source->next(1000);
        ASSERT_TRUE(block);
        if (!*block)
            break;
        samples += (**block).bytes.size() / 2;
    }
    EXPECT_EQ(samples, 2500U);
    ASSERT_TRUE(opened->source->shortfall());
    EXPECT_EQ(opened->source->shortfall()->key, "file.truncated");
    std::vector<std::complex<float>> out(10);
    EXPECT_FALSE(opened->history->read(9000, out));
}

TEST(Headerless, ZeroTailAfterACrashEndsTheRecording)
{
    const TempFolder folder;
    const std::string path = folder.write("x_250k.cs16", pattern(10000));
    std::filesystem::resize_file(path, 10000 + (3U << 20U));
    const auto opened = open_recording(path, {});
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->source->info().length, 12288U / 4); // the third page is the last with data
    EXPECT_TRUE(says(opened->source->info().warnings, "file.zero_tail"));
    // Written zeros are found as well as holes.
    const auto written = open_recording(folder.write("y_250k.cs16", pattern(10000) + std::string(3U << 20U, '\0')), {});
    EXPECT_EQ(written->source->info().length, 12288U / 4);
    // A short run may be silence.
    const std::string silence = folder.write("z_250k.cs16", pattern(10000) + std::string(100000, '\0'));
    EXPECT_EQ(open_recording(silence, {})->source->info().length, 27500U);
}

TEST(Headerless, NothingButZerosIsARecordingOfSilence)
{
    const TempFolder folder;
    const auto opened = open_recording(folder.write("x_250k.cs16", std::string(2U << 20U, '\0')), {});
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->source->info().length, 524288U);
    EXPECT_TRUE(says(opened->source->info().warnings, "file.all_zero"));
}

TEST(Headerless, SixtyFourGibibytesOpenAtOnce)
{
    const TempFolder folder;
    const std::string path = folder.write("x_250k.cs8", "");
    constexpr std::uint64_t size = std::uint64_t{64} << 30U;
    std::filesystem::resize_file(path, size);
    {
        std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(static_cast<std::streamoff>(size - 4));
        file.write("\x01\x02\x03\x04", 4);
    }
    const auto opened = open_recording(path, {});
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->source->info().length, size / 2);
    std::vector<std::complex<float>> out(2);
    ASSERT_TRUE(opened->history->read(size / 2 - 2, out));
    EXPECT_FLOAT_EQ(out[1].imag(), 4.0F / 128.0F);
}

} // namespace
} // namespace gacsong::sdr
