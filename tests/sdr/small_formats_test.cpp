// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/formats.hpp"
#include "sdr/formats/portapack.hpp"
#include "sdr/formats/sdriq.hpp"
#include "tests/sdr/support.hpp"

#include <algorithm>
#include <bit>
#include <set>

namespace gacsong::sdr {
namespace {

using namespace testing;

std::string sdriq_header(std::uint32_t rate, std::uint64_t center, std::uint64_t start, std::uint32_t bits)
{
    const std::string head = le(rate, 4) + le(center, 8) + le(start, 8) + le(bits, 4) + le(0, 4);
    return head + le(crc32(std::as_bytes(std::span(head))), 4);
}

TEST(Crc32, IsTheOneOfZlib)
{
    const std::string text = "123456789";
    EXPECT_EQ(crc32(std::as_bytes(std::span(text))), 0xCBF43926U); // the check value of CRC-32/ISO-HDLC
}

TEST(Sdriq, SixteenBitsAreRead)
{
    const TempFolder folder;
    const std::string samples = pattern(4000);
    const auto opened =
        open_recording(folder.write("x.sdriq", sdriq_header(48000, 5'800'000'000, 1793589300123, 16) + samples), {});
    ASSERT_TRUE(opened) << opened.error().message.key;
    const StreamInfo& info = opened->source->info();
    EXPECT_EQ(info.container, "sdriq");
    EXPECT_EQ(info.format, SampleFormat::of(Component::s16));
    EXPECT_EQ(info.sample_rate_hz, 48000.0);
    EXPECT_EQ(info.center_hz, 5.8e9);
    EXPECT_EQ(info.start, (Instant{1793589300123LL * 1'000'000}));
    EXPECT_EQ(info.center_origin, Origin::header);
    EXPECT_EQ(drain(*opened->source).bytes, samples);
    EXPECT_TRUE(info.warnings.empty());
}

TEST(Sdriq, TwentyFourBitsHaveTheirOwnFullScale)
{
    const TempFolder folder;
    const auto opened = open_recording(
        folder.write("x.sdriq", sdriq_header(48000, 98000000, 0, 24) + le(4194304, 4) + le(0x100000000 - 4194304, 4)),
        {});
    ASSERT_TRUE(opened);
    std::vector<std::complex<float>> out(1);
    ASSERT_TRUE(opened->history->read(0, out));
    EXPECT_FLOAT_EQ(out[0].real(), 0.5F);
    EXPECT_FLOAT_EQ(out[0].imag(), -0.5F);
    EXPECT_FALSE(opened->source->info().start);
}

TEST(Sdriq, SecondsOfOldFilesAreUnderstood)
{
    const std::string header = sdriq_header(48000, 98000000, 1500000000, 16);
    EXPECT_EQ(read_sdriq_header(std::as_bytes(std::span(header)), "x")->start, (Instant{1500000000LL * 1'000'000'000}));
}

TEST(Sdriq, WrongChecksumIsForgivenWhereTheValuesAreSane)
{
    const TempFolder folder;
    std::string bytes = sdriq_header(48000, 98000000, 0, 16) + pattern(400);
    bytes[28] = static_cast<char>(bytes[28] ^ 1);
    const auto opened = open_recording(folder.write("x.sdriq", bytes), {});
    ASSERT_TRUE(opened);
    EXPECT_TRUE(says(opened->source->info().warnings, "sdriq.checksum"));
}

TEST(Sdriq, DamagedHeadersAreRefused)
{
    const TempFolder folder;
    const auto key = [&](const std::string& bytes) {
        const auto opened = open_recording(folder.write("x.sdriq", bytes), {});
        return opened ? "opened" : opened.error().message.key;
    };
    const std::string good = sdriq_header(48000, 98000000, 0, 16);
    EXPECT_EQ(key(""), "file.empty");
    EXPECT_EQ(key(good.substr(0, 31)), "file.bad_header");
    EXPECT_EQ(key(good), "file.empty");
    EXPECT_EQ(key(sdriq_header(0, 98000000, 0, 16) + "abcd"), "file.bad_header");
    EXPECT_EQ(key(sdriq_header(48000, 98000000, 0, 17) + "abcd"), "file.bad_header");
    EXPECT_EQ(key(good + "abcd"), "opened");
}

TEST(Portapack, SidecarGivesRateAndCentre)
{
    const TempFolder folder;
    const std::string samples = pattern(4000);
    const std::string path = folder.write("BBD_0001.C16", samples);
    folder.write("BBD_0001.TXT",
                 "sample_rate=500000\r\ncenter_frequency=433920000\r\nlatitude=10.78\r\nlongitude=106.7\r\n");
    const auto opened = open_recording(path, {});
    ASSERT_TRUE(opened) << opened.error().message.key;
    const StreamInfo& info = opened->source->info();
    EXPECT_EQ(info.container, "portapack");
    EXPECT_EQ(info.sample_rate_hz, 500e3);
    EXPECT_EQ(info.rate_origin, Origin::sidecar);
    EXPECT_EQ(info.center_hz, 433.92e6);
    EXPECT_EQ(info.format_name, "cs16");
    EXPECT_EQ(info.format_origin, Origin::file_name);
    EXPECT_EQ(info.latitude, 10.78);
    EXPECT_EQ(drain(*opened->source).bytes, samples);
}

TEST(Portapack, WithoutSidecarTheRateIsAskedFor)
{
    const TempFolder folder;
    const auto opened = open_recording(folder.write("BBD_0001.C8", pattern(400)), {});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().message.key, "file.needs_rate");
}

TEST(Portapack, ImpossibleValuesAreDroppedAndTold)
{
    const TempFolder folder;
    folder.write("a.TXT", "sample_rate=0\ncenter_frequency=433920000");
    const auto opened = open_recording(folder.write("a.C16", pattern(400)), flags_of("cs16", 1e6));
    ASSERT_TRUE(opened);
    EXPECT_TRUE(says(opened->source->info().warnings, "fact.impossible"));
    EXPECT_EQ(opened->source->info().center_hz, 433.92e6);
}

TEST(PortapackText, IsReadLineByLine)
{
    const PortapackFacts facts =
        read_portapack_text("\n=\nsample_rate=1e6x\ncenter_frequency=\nsatinuse=3\nlatitude=0\nlongitude=0");
    EXPECT_FALSE(facts.rate_hz);
    EXPECT_FALSE(facts.center_hz);
    EXPECT_FALSE(facts.latitude); // zeros are what is written without a fix
    EXPECT_FALSE(read_portapack_text("latitude=100\nlongitude=10").latitude);
}

TEST(LteCellScanner, HeaderIsNotTakenForSamples)
{
    const TempFolder folder;
    std::string bytes;
    const double marks[] = {73492.215,  -0.7923597,   -189978508, 93.126712,
                            -53243.129, 0.0008123898, -6.0098321, 237.09983};
    const std::uint64_t values[] = {739000000, 739000058, 1920000, 1919999, 0, 0, 0, 0};
    for (std::size_t i = 0; i < 8; ++i)
        bytes += le(std::bit_cast<std::uint64_t>(marks[i]), 8) + le(values[i], 8);
    const std::string samples = pattern(4000);
    const auto opened = open_recording(folder.write("x.cu8", bytes + samples), {});
    ASSERT_TRUE(opened) << opened.error().message.key;
    EXPECT_EQ(drain(*opened->source).bytes, samples);
    EXPECT_EQ(opened->source->info().center_hz, 739000058.0);
    EXPECT_EQ(opened->source->info().sample_rate_hz, 1919999.0);
    EXPECT_EQ(opened->source->info().center_origin, Origin::header);
    bytes[127] = static_cast<char>(bytes[127] ^ 1); // a value, not a mark
    EXPECT_TRUE(open_recording(folder.write("y.cu8", bytes + samples), {}));
    bytes[112] = static_cast<char>(bytes[112] ^ 1);
    EXPECT_FALSE(open_recording(folder.write("y.cu8", bytes + samples), {})); // now only samples: no rate
}

TEST(Formats, AreListedOnceWithTheHeaderlessLast)
{
    const auto formats = all_formats();
    std::set<std::string_view> names;
    for (const auto& format : formats) {
        EXPECT_TRUE(names.insert(format.name).second) << format.name;
        EXPECT_FALSE(format.extensions.empty());
        ASSERT_NE(format.claims, nullptr);
        ASSERT_NE(format.read, nullptr);
    }
    EXPECT_EQ(formats.back().name, "headerless");
}

} // namespace
} // namespace gacsong::sdr
