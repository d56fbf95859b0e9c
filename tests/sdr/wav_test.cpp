// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/formats/wav.hpp"
#include "tests/sdr/support.hpp"

namespace gacsong::sdr {
namespace {

using namespace testing;

const std::string fmt16 = chunk("fmt ", wav_fmt(1, 2, 250000, 16));

std::string auxi_payload(std::size_t size, std::uint32_t center)
{
    std::string text = le(2026, 2) + le(11, 2) + le(1, 2) + le(2, 2) + le(3, 2) + le(15, 2) + le(0, 2) + le(412, 2);
    text += le(2026, 2) + le(11, 2) + le(1, 2) + le(2, 2) + le(3, 2) + le(16, 2) + le(0, 2) + le(0, 2);
    text += le(center, 4) + le(0, 4);
    text.resize(size, '\0');
    return text;
}

Result<Opened> open_wav(const TempFolder& folder, const std::string& bytes, const std::string& name = "x.wav")
{
    return open_recording(folder.write(name, bytes), {});
}

TEST(Wav, PlainHeaderGivesRateAndType)
{
    const TempFolder folder;
    const std::string samples = pattern(4000);
    const auto opened = open_wav(folder, riff(fmt16 + chunk("data", samples)));
    ASSERT_TRUE(opened) << opened.error().message.key;
    EXPECT_EQ(drain(*opened->source).bytes, samples);
    EXPECT_EQ(opened->source->info().container, "wav");
    EXPECT_EQ(opened->source->info().sample_rate_hz, 250000.0);
    EXPECT_EQ(opened->source->info().rate_origin, Origin::header);
    EXPECT_EQ(opened->source->info().format_name, "cs16");
    ASSERT_EQ(opened->source->info().warnings.size(), 1U);
    EXPECT_EQ(opened->source->info().warnings[0].key, "file.needs_centre");
}

struct CodingCase {
    unsigned tag;
    unsigned bits;
    const char* type; ///< "": refused
};

class WavCoding : public ::testing::TestWithParam<CodingCase> {};

TEST_P(WavCoding, IsRead)
{
    const TempFolder folder;
    const std::string fmt = wav_fmt(GetParam().tag, 2, 250000, GetParam().bits);
    const std::string guid("\0\0\0\0\x10\0\x80\0\0\xAA\0\x38\x9B\x71", 14);
    const std::string extended = wav_fmt(0xFFFE, 2, 250000, GetParam().bits) + le(22, 2) + le(GetParam().bits, 2) +
                                 le(0, 4) + le(GetParam().tag, 2) + guid;
    for (const std::string& payload : {fmt, extended}) {
        const auto opened = open_wav(folder, riff(chunk("fmt ", payload) + chunk("data", pattern(4800))));
        ASSERT_EQ(opened.has_value(), GetParam().type[0] != '\0');
        if (opened) {
            EXPECT_EQ(opened->source->info().format_name, GetParam().type);
        } else {
            EXPECT_EQ(opened.error().message.key, "file.coding");
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Table, WavCoding,
                         ::testing::Values(CodingCase{1, 8, "cu8"}, CodingCase{1, 16, "cs16"},
                                           CodingCase{1, 24, "cs24"}, CodingCase{1, 32, "cs32"},
                                           CodingCase{3, 32, "cf32"}, CodingCase{3, 64, "cf64"}, CodingCase{2, 4, ""},
                                           CodingCase{6, 8, ""}, CodingCase{3, 16, ""}, CodingCase{1, 12, "cs16"}));

TEST(Wav, ChunksMayStandAnywhere)
{
    const TempFolder folder;
    const std::string samples = pattern(4002 - 2);
    const auto before = open_wav(folder, riff(chunk("LIST", "odd") + chunk("auxi", auxi_payload(164, 98000000)) +
                                              fmt16 + chunk("data", samples)));
    ASSERT_TRUE(before);
    EXPECT_EQ(drain(*before->source).bytes, samples);
    EXPECT_EQ(before->source->info().center_hz, 98e6);
    EXPECT_EQ(before->source->info().center_origin, Origin::header);
    EXPECT_EQ(before->source->info().start, (Instant{1793589300412000000}));
    const auto after =
        open_wav(folder, riff(fmt16 + chunk("data", samples) + chunk("auxi", auxi_payload(68, 433920000))));
    ASSERT_TRUE(after);
    EXPECT_EQ(drain(*after->source).bytes, samples);
    EXPECT_EQ(after->source->info().center_hz, 433.92e6);
}

TEST(Wav, AuxiOfAnySizeIsHarmless)
{
    const TempFolder folder;
    for (std::size_t size = 0; size < 200; ++size) {
        const auto opened =
            open_wav(folder, riff(fmt16 + chunk("auxi", auxi_payload(size, 98000000)) + chunk("data", pattern(4000))));
        ASSERT_TRUE(opened);
        EXPECT_EQ(opened->source->info().center_hz.has_value(), size >= 36) << size;
    }
}

TEST(Wav, AboveTheRangeOfAuxiTheNameIsRight)
{
    const TempFolder folder;
    const std::string bytes = riff(fmt16 + chunk("auxi", auxi_payload(164, 1505032704)) + chunk("data", pattern(4000)));
    const auto opened = open_wav(folder, bytes, "SDRSharp_20251102_031500Z_5800000000Hz_IQ.wav");
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->source->info().center_hz, 5.8e9);
    EXPECT_EQ(opened->source->info().center_origin, Origin::file_name);
}

TEST(Wav, HeaderAndNameThatDifferAreTold)
{
    const TempFolder folder;
    const std::string bytes = riff(fmt16 + chunk("auxi", auxi_payload(164, 98000400)) + chunk("data", pattern(4000)));
    const auto rounded = open_wav(folder, bytes, "HDSDR_20251102_031500Z_98000kHz_RF.wav");
    EXPECT_FALSE(says(rounded->source->info().warnings, "name.differs"));
    EXPECT_EQ(rounded->source->info().center_hz, 98000400.0);
    const auto other = open_wav(folder, bytes, "HDSDR_20251102_031500Z_99000kHz_RF.wav");
    EXPECT_TRUE(says(other->source->info().warnings, "name.differs"));
    const auto label = open_wav(folder, bytes, "fm_98.01M.wav");
    EXPECT_FALSE(says(label->source->info().warnings, "name.differs")) << "a round number inside the recording";
    const auto elsewhere = open_wav(folder, bytes, "fm_101M.wav");
    EXPECT_TRUE(says(elsewhere->source->info().warnings, "name.differs"));
    EXPECT_EQ(other->source->info().center_hz, 98000400.0);
}

std::string utf16(std::string_view text)
{
    std::string wide;
    for (const char c : text) {
        wide += c;
        wide += '\0';
    }
    return wide + std::string(2, '\0');
}

constexpr std::string_view console_xml =
    R"(<?xml version="1.0"?><SDR-XML-Root Description="Saved recording data"><Definition )"
    R"(CurrentTimeUTC="04-01-2023 13:03:07" RadioModel="Airspy" SoftwareName="SDR Console" UTC="04-01-2023 13:03:07" )"
    R"(RadioCenterFreq="500512500" SampleRate="375000" UTCSeconds="1672837387" /></SDR-XML-Root>)";

TEST(Wav, XmlOfSdrConsoleIsRead)
{
    const TempFolder folder;
    for (const std::string& payload :
         {utf16(console_xml), "\xFF\xFE" + utf16(console_xml), std::string(console_xml) + '\0'}) {
        const auto opened = open_wav(folder, riff(fmt16 + chunk("auxi", payload) + chunk("data", pattern(4000))));
        ASSERT_TRUE(opened);
        EXPECT_EQ(opened->source->info().center_hz, 500512500.0);
        EXPECT_EQ(opened->source->info().start, (Instant{1672837387LL * 1'000'000'000}));
        EXPECT_EQ(opened->source->info().receiver, "Airspy");
    }
}

TEST(Wav, XmlEntitiesAreNotExpanded)
{
    const std::string bomb = R"(<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "7">]><SDR-XML-Root><Definition )"
                             R"(RadioModel="&a;&lt;" RadioCenterFreq="98000000"/></SDR-XML-Root>)";
    const WavFacts facts = read_auxi(std::as_bytes(std::span(bomb)), 250000.0);
    EXPECT_EQ(facts.center_hz, 98e6);
    EXPECT_EQ(facts.receiver, "&a;&lt;");
    const std::string long_xml = std::string(console_xml) + std::string(70000, ' ');
    EXPECT_FALSE(read_auxi(std::as_bytes(std::span(long_xml)), 250000.0).center_hz);
}

TEST(Wav, PerseusChunkIsRead)
{
    const TempFolder folder;
    const std::string rcvr = le(7100000, 4) + le(3, 4) + le(1793589300, 4) + std::string(22, '\0');
    const auto opened = open_wav(folder, riff(fmt16 + chunk("rcvr", rcvr) + chunk("data", pattern(4000))));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->source->info().center_hz, 7.1e6);
    EXPECT_EQ(opened->source->info().start, (Instant{1793589300LL * 1'000'000'000}));
}

TEST(Wav, LocalTimeOfSdrangelIsNotTakenForUtc)
{
    std::string payload = auxi_payload(164, 98000000);
    payload.replace(16, 16, std::string(16, '\0'));
    payload.replace(36, 4, le(250000, 4));
    const WavFacts facts = read_auxi(std::as_bytes(std::span(payload)), 250000.0);
    EXPECT_FALSE(facts.start);
    EXPECT_EQ(facts.local_start, (Instant{1793589300412000000}));
}

std::string ds64(std::uint64_t data_bytes)
{
    return chunk("ds64", le(0, 8) + le(data_bytes, 8) + le(1000, 8) + le(0, 4));
}

/// A file whose 32-bit size says that ds64 holds it.
std::string long_form(const std::string& magic, const std::string& chunks)
{
    return magic + le(0xFFFFFFFFU, 4) + "WAVE" + chunks;
}

TEST(Rf64, LongSizesComeFromDs64)
{
    const TempFolder folder;
    const std::string samples = pattern(4000);
    for (const char* magic : {"RF64", "BW64"}) {
        const std::string data = "data" + le(0xFFFFFFFFU, 4) + samples + chunk("LIST", "tail");
        const auto opened = open_wav(folder, long_form(magic, ds64(samples.size()) + fmt16 + data));
        ASSERT_TRUE(opened);
        EXPECT_EQ(drain(*opened->source).bytes, samples);
        EXPECT_FALSE(opened->source->shortfall());
    }
    const auto by_chunk = open_wav(folder, long_form("RF64", ds64(1) + fmt16 + chunk("data", samples)));
    EXPECT_EQ(drain(*by_chunk->source).bytes, samples); // a 32-bit size that is not −1 is right
}

struct LengthCase {
    const char* what;
    std::uint64_t declared;
    std::uint64_t available;
    bool riff32;
    bool follows;
    bool reach_end;
    std::uint64_t bytes;
    LengthRule rule;
};

class WavLength : public ::testing::TestWithParam<LengthCase> {};

TEST_P(WavLength, FollowsTheRules)
{
    const LengthCase& c = GetParam();
    const DataLength length = judge_data_length({c.declared, c.available, c.riff32, c.follows, c.reach_end});
    EXPECT_EQ(length.bytes, c.bytes) << c.what;
    EXPECT_EQ(length.rule, c.rule) << c.what;
}

constexpr std::uint64_t gib = std::uint64_t{1} << 30U;

INSTANTIATE_TEST_SUITE_P(
    Table, WavLength,
    ::testing::Values(
        LengthCase{"right", 4000, 4000, true, true, true, 4000, LengthRule::stated},
        LengthCase{"never closed", 0, 4000, true, false, false, 4000, LengthRule::unknown},
        LengthCase{"streamed", 0xFFFFFFFF, 4000, true, false, false, 4000, LengthRule::unknown},
        LengthCase{"streamed by sox", 0x7FFFFFFF - 36, 4000, true, false, false, 4000, LengthRule::unknown},
        LengthCase{"streamed, aligned", 0x7FFFFFFC, 4000, true, false, false, 4000, LengthRule::unknown},
        LengthCase{"streamed, signed", 0x80000000, 4000, true, false, false, 4000, LengthRule::unknown},
        LengthCase{"ds64 never closed", ~std::uint64_t{0}, 4000, false, false, false, 4000, LengthRule::unknown},
        LengthCase{"two-gigabyte piece with chunks behind it", 0x7FFFFFF0, 0x80000100, true, true, true, 0x7FFFFFF0,
                   LengthRule::stated},
        LengthCase{"empty but closed", 0, 40, true, true, true, 0, LengthRule::stated},
        LengthCase{"cut short", 8000, 4000, true, false, false, 4000, LengthRule::truncated},
        LengthCase{"wrapped once", 4000, 4 * gib + 4000, true, true, true, 4 * gib + 4000, LengthRule::wrapped},
        LengthCase{"wrapped and off", 5000, 4 * gib + 4000, true, true, true, 4 * gib + 4000, LengthRule::wrapped},
        LengthCase{"too long for RIFF", 3 * gib, 4 * gib + 4, true, true, true, 4 * gib + 4, LengthRule::wrapped},
        LengthCase{"long RF64 with chunks behind", 5 * gib, 5 * gib + 100, false, true, true, 5 * gib,
                   LengthRule::stated},
        LengthCase{"chunks behind", 4000, 4100, true, true, true, 4000, LengthRule::stated},
        LengthCase{"samples behind", 4000, 5000, true, false, false, 5000, LengthRule::contrary}));

TEST(Wav, CutShortIsReadToItsEnd)
{
    const TempFolder folder;
    const std::string samples = pattern(4001);
    const auto opened = open_wav(folder, riff(fmt16 + "data" + le(40000, 4) + samples));
    ASSERT_TRUE(opened);
    EXPECT_EQ(drain(*opened->source).bytes, samples.substr(0, 4000));
    ASSERT_TRUE(opened->source->shortfall());
    EXPECT_EQ(*opened->source->shortfall(), (Message{"file.truncated",
                                                     {{"file", opened->source->info().input},
                                                      {"expected", Quantity{40000.0, Unit::bytes}},
                                                      {"actual", Quantity{4001.0, Unit::bytes}}}}));
}

TEST(Wav, HeaderNeverClosedIsReadToTheEnd)
{
    const TempFolder folder;
    const std::string samples = pattern(4000);
    for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{0xFFFFFFFF}}) {
        const auto opened = open_wav(folder, riff(fmt16 + "data" + le(size, 4) + samples));
        ASSERT_TRUE(opened);
        EXPECT_EQ(drain(*opened->source).bytes, samples);
        EXPECT_FALSE(opened->source->shortfall());
        EXPECT_TRUE(says(opened->source->info().warnings, "wav.no_length"));
    }
}

TEST(Wav, MoreSamplesThanStatedAreRead)
{
    const TempFolder folder;
    const std::string samples = pattern(4000);
    const auto opened = open_wav(folder, riff(fmt16 + "data" + le(1000, 4) + samples));
    ASSERT_TRUE(opened);
    EXPECT_EQ(drain(*opened->source).bytes, samples);
    EXPECT_TRUE(says(opened->source->info().warnings, "wav.wrong_length"));
}

TEST(Wav, OverFourGibibytesWithAWrappedSizeIsWhole)
{
    const TempFolder folder;
    const std::string head = riff(fmt16 + "data" + le(8192, 4));
    const std::string path = folder.write("x.wav", head + pattern(4000));
    const std::uint64_t size = head.size() + 4 * gib + 8192;
    std::filesystem::resize_file(path, size);
    const auto opened = open_recording(path, {});
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->source->info().length, (4 * gib + 8192) / 4);
    EXPECT_TRUE(says(opened->source->info().warnings, "wav.wrong_length"));
}

TEST(Wav, DamagedHeadersSayWhere)
{
    const TempFolder folder;
    const auto key = [&](const std::string& bytes) { return open_wav(folder, bytes).error().message.key; };
    EXPECT_EQ(key(pattern(4000)), "file.bad_header");
    EXPECT_EQ(key("RIFF"), "file.bad_header");
    EXPECT_EQ(key(riff(fmt16)), "file.bad_header");                                // no data
    EXPECT_EQ(key(riff(chunk("data", pattern(4000)) + fmt16)), "file.bad_header"); // data before fmt
    EXPECT_EQ(key(riff(chunk("fmt ", "short") + chunk("data", pattern(4000)))), "file.bad_header");
    EXPECT_EQ(key(riff(chunk("fmt ", wav_fmt(1, 0, 250000, 16)) + chunk("data", pattern(4000)))), "file.bad_header");
    const auto at = open_wav(folder, riff(fmt16 + "LIST" + le(0x7FFFFFFF, 4) + pattern(4000)));
    EXPECT_EQ(at.error().message.key, "file.bad_header");
    EXPECT_EQ(at.error().message.arguments[1].value, Value{std::int64_t{36}});
    EXPECT_EQ(key(""), "file.empty");
    EXPECT_EQ(key(riff(fmt16 + "data" + le(0, 4))), "file.empty");
}

TEST(Wav, DamagedHeaderIsReadAsRawWhereFlagsSayHow)
{
    const TempFolder folder;
    const std::string bytes = pattern(4000);
    const auto opened = open_recording(folder.write("x.wav", bytes), flags_of("cs16", 1e6));
    ASSERT_TRUE(opened);
    EXPECT_EQ(drain(*opened->source).bytes, bytes);
    EXPECT_TRUE(says(opened->source->info().warnings, "file.bad_header"));
}

TEST(Wav, WithoutTwoChannelsIsNotIq)
{
    const TempFolder folder;
    const std::string mono = riff(chunk("fmt ", wav_fmt(1, 1, 48000, 16)) + chunk("data", pattern(4000)));
    EXPECT_EQ(open_wav(folder, mono).error().message.key, "file.real_samples");
    EXPECT_EQ(open_wav(folder, mono).error().fault, Fault::input);
}

TEST(Wav, EqualChannelsAreSound)
{
    const TempFolder folder;
    std::string sound;
    const std::string mono = pattern(200000);
    for (std::size_t i = 0; i < mono.size(); i += 2)
        sound += mono.substr(i, 2) + mono.substr(i, 2);
    EXPECT_EQ(open_wav(folder, riff(fmt16 + chunk("data", sound))).error().message.key, "file.is_sound");
    std::string iq = sound;
    iq[200001] = static_cast<char>(iq[200001] ^ 1); // unseen between the stretches: still taken for sound
    EXPECT_FALSE(open_wav(folder, riff(fmt16 + chunk("data", iq))));
    EXPECT_TRUE(open_wav(folder, riff(fmt16 + chunk("data", pattern(400000)))));
    EXPECT_TRUE(open_wav(folder, riff(fmt16 + chunk("data", std::string(4000, '\0'))))); // silence proves nothing
    EXPECT_TRUE(open_recording(folder.write("y.wav", riff(fmt16 + chunk("data", sound))), flags_of("cs16", 1e6)));
}

TEST(Wav, NameOfSoundIsBelieved)
{
    const TempFolder folder;
    const auto opened =
        open_wav(folder, riff(fmt16 + chunk("data", pattern(4000))), "SDRSharp_20251102_031500Z_98000000Hz_AF.wav");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().message.key, "file.is_sound");
}

TEST(Wav, OfFourChannelsGivesTheFirstPair)
{
    const TempFolder folder;
    const std::string one("\x01\x02\x03\x04\x05\x06\x07\x08", 8);
    const auto opened = open_wav(folder, riff(chunk("fmt ", wav_fmt(1, 4, 250000, 16)) + chunk("data", one + one)));
    ASSERT_TRUE(opened);
    EXPECT_EQ(drain(*opened->source).bytes, "\x01\x02\x03\x04\x01\x02\x03\x04");
    EXPECT_TRUE(says(opened->source->info().warnings, "file.channels"));
}

} // namespace
} // namespace gacsong::sdr
