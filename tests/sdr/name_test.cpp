// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/names/civil_time.hpp"
#include "sdr/names/name_facts.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace gacsong::sdr {
namespace {

struct NameCase {
    const char* name;
    const char* program;
    double center_hz; ///< 0: none
    double rate_hz;
    const char* type;  ///< "": none
    const char* start; ///< UTC, "": none
    const char* local; ///< zone not stated
};

void PrintTo(const NameCase& name, std::ostream* out) { *out << name.name; }

std::string text_of(const std::optional<SampleFormat>& type) { return type ? type->name() : ""; }

std::optional<Instant> time_of(const char* text)
{
    const auto stamp = parse_time(text);
    return stamp ? std::optional(stamp->instant) : std::nullopt;
}

class ProgramName : public ::testing::TestWithParam<NameCase> {};

TEST_P(ProgramName, GivesWhatItsProgramWroteIntoIt)
{
    const NameCase& expected = GetParam();
    const NameFacts facts = read_name(expected.name);
    EXPECT_EQ(facts.program, expected.program);
    EXPECT_DOUBLE_EQ(facts.center_hz.value_or(0.0), expected.center_hz);
    EXPECT_DOUBLE_EQ(facts.rate_hz.value_or(0.0), expected.rate_hz);
    EXPECT_EQ(text_of(facts.type), expected.type);
    EXPECT_EQ(facts.start, time_of(expected.start));
    EXPECT_EQ(facts.local_start, time_of(expected.local));
    EXPECT_EQ(facts.contradiction, "");
}

constexpr const char* at_utc = "2026-11-02T03:15:00Z";
constexpr const char* at_local = "2026-11-02T03:15:00";

INSTANTIATE_TEST_SUITE_P(
    Table, ProgramName,
    ::testing::Values(
        NameCase{"g001_433.92M_250k.cu8", "rtl_433", 433.92e6, 250e3, "cu8", "", ""},
        NameCase{"g1234_868.3M_1024k.cs16", "rtl_433", 868.3e6, 1024e3, "cs16", "", ""},
        NameCase{"g001_433.92M_250k.sigmf", "rtl_433", 433.92e6, 250e3, "", "", ""},
        NameCase{"gqrx_20261102_031500_98000000_2400000_fc.raw", "gqrx", 98e6, 2.4e6, "cf32", at_utc, ""},
        NameCase{"gqrx_20261102_031500_98000000_2400000_fc.sigmf-data", "gqrx", 98e6, 2.4e6, "cf32", at_utc, ""},
        NameCase{"baseband_98000000Hz_03-15-00_02-11-2026.wav", "SDR++", 98e6, 0, "", "", at_local},
        NameCase{"SDRSharp_20261102_031500Z_98000000Hz_IQ.wav", "SDR#", 98e6, 0, "", at_utc, ""},
        NameCase{"SDRSharp_20261102_031500_98000000Hz_IQ.wav", "SDR#", 98e6, 0, "", "", at_local},
        NameCase{"HDSDR_20261102_031500Z_98000kHz_RF.wav", "HDSDR", 98e6, 0, "", at_utc, ""},
        NameCase{"SDRuno_20261102_031500Z_98000kHz.wav", "SDRuno", 98e6, 0, "", at_utc, ""},
        NameCase{"SDRuno_20261102_031500Z_98000.5kHz.wav", "SDRuno", 98000500.0, 0, "", at_utc, ""},
        NameCase{"02-Nov-2026 101500.123 98.000MHz 000.wav", "SDR Console", 98e6, 0, "", "", "2026-11-02T10:15:00.123"},
        NameCase{"rec0_2026-11-02T03_15_00_123.sdriq", "SDRangel", 0, 0, "", "2026-11-02T03:15:00.123Z", ""},
        NameCase{"name.2026-11-02T03_15_00_123.sdriq", "SDRangel", 0, 0, "", "2026-11-02T03:15:00.123Z", ""},
        NameCase{"name_2026-11-02T03_15_00_123.wav", "SDRangel", 0, 0, "", "2026-11-02T03:15:00.123Z", ""},
        NameCase{"sigdigger_20261102_031500Z_250000_433920000_float32_iq.raw", "SigDigger", 433.92e6, 250e3, "cf32",
                 at_utc, ""},
        NameCase{"sigdigger_250000_433920000_float32_iq.raw", "SigDigger", 433.92e6, 250e3, "cf32", "", ""},
        NameCase{"sigdigger_250000_4.3392e+08_float32_iq.raw", "SigDigger", 433.92e6, 250e3, "cf32", "", ""},
        NameCase{"BBD_0001.C16", "PortaPack", 0, 0, "cs16", "", ""},
        NameCase{"BBD_0002.C8", "PortaPack", 0, 0, "cs8", "", ""},
        NameCase{"BBD_0001_20261102T31500_433920000Hz.C16", "PortaPack", 433.92e6, 0, "cs16", "", ""},
        NameCase{"RTL-SDR-20261102_101500-433_92MHz-1MSps-1MHz.complex16u", "URH", 433.92e6, 1e6, "cu8", "",
                 "2026-11-02T10:15:00"},
        NameCase{"HackRF_20261102_031500Z_98000kHz_IQ.wav", "hackrf_transfer", 98e6, 0, "", at_utc, ""}));

INSTANTIATE_TEST_SUITE_P(
    Tokens, ProgramName,
    ::testing::Values(NameCase{"fm_98MHz_2.4Msps.iq", "", 98e6, 2.4e6, "", "", ""},
                      NameCase{"x_868.3MHz_1024ksps.cs8", "", 868.3e6, 1024e3, "cs8", "", ""},
                      NameCase{"oregon_433.92M_250k.cu8", "", 433.92e6, 250e3, "cu8", "", ""},
                      NameCase{"adsb_1090M_2M.cu8", "", 1090e6, 2e6, "cu8", "", ""},
                      NameCase{"cell_1M92.cs8", "", 0, 0, "cs8", "", ""}, // a centre or a rate
                      NameCase{"dab_227M36_2048k.cu8", "", 227.36e6, 2048e3, "cu8", "", ""},
                      NameCase{"lte_1815M3_19M2.cs8", "", 1815.3e6, 19.2e6, "cs8", "", ""},
                      NameCase{"fm_98.7MHz_2.4M.bin", "", 98.7e6, 2.4e6, "", "", ""},
                      NameCase{"pager_466075000Hz_48000sps.cs16", "", 466.075e6, 48e3, "cs16", "", ""},
                      NameCase{"wifi_2.437GHz_20Msps_cf32.iq", "", 2.437e9, 20e6, "cf32", "", ""},
                      NameCase{"red_pitaya_7M_cf32_be.dat", "", 7e6, 0, "cf32_be", "", ""},
                      NameCase{"cfile_inside_is_no_token-cfile.raw", "", 0, 0, "cf32", "", ""},
                      NameCase{"lone_868M.cs16", "", 868e6, 0, "cs16", "", ""},
                      NameCase{"x2M_4Mb_data_3min_M_250kbit.iq", "", 0, 0, "", "", ""}, // nothing here is a token
                      NameCase{"2m_repeater.cu8", "", 0, 0, "cu8", "", ""},             // two metres, not 2 MHz
                      NameCase{"no_extension", "", 0, 0, "", "", ""}, NameCase{"", "", 0, 0, "", "", ""},
                      NameCase{"half_.5M.cu8", "", 500e3, 0, "cu8", "", ""},
                      NameCase{"1.2.3M_..M_5.M.cu8", "", 0, 0, "cu8", "", ""}));

TEST(Name, OfSoundIsRecognised)
{
    EXPECT_TRUE(read_name("SDRSharp_20261102_031500Z_98000000Hz_AF.wav").sound);
    EXPECT_TRUE(read_name("HDSDR_20261102_031500Z_98000kHz_AF.wav").sound);
    EXPECT_TRUE(read_name("audio_98000000Hz_03-15-00_02-11-2026.wav").sound);
    EXPECT_FALSE(read_name("SDRSharp_20261102_031500Z_98000000Hz_IQ.wav").sound);
    EXPECT_FALSE(read_name("baseband_98000000Hz_03-15-00_02-11-2026.wav").sound);
}

TEST(Name, ThatContradictsItselfIsNotBelieved)
{
    const NameFacts facts = read_name("ntsc_10MHz_5925Hz_500ksps_cf32.iq");
    EXPECT_FALSE(facts.center_hz);
    EXPECT_EQ(facts.contradiction, "center_hz");
    EXPECT_EQ(facts.rate_hz, 500e3);
    EXPECT_EQ(text_of(facts.type), "cf32");
}

TEST(Name, WithImpossibleDateGivesNoTime)
{
    const NameFacts facts = read_name("SDRSharp_20261345_031500Z_98000000Hz_IQ.wav");
    EXPECT_FALSE(facts.start);
    EXPECT_EQ(facts.center_hz, 98e6);
}

TEST(Name, OfAnyBytesIsHarmless)
{
    std::string name;
    for (int c = 255; c > 0; --c)
        name += static_cast<char>(c);
    EXPECT_FALSE(read_name(name).center_hz);
    EXPECT_FALSE(read_name(std::string(100000, '1')).rate_hz);
    EXPECT_EQ(text_of(read_name("\xFF\xFE_433.92M_250k.cu8").type), "cu8");
}

struct TypeCase {
    const char* extension;
    const char* type;
};

class ExtensionType : public ::testing::TestWithParam<TypeCase> {};

TEST_P(ExtensionType, IsWhatItsWritersMean)
{
    EXPECT_EQ(text_of(type_of_extension(GetParam().extension)), GetParam().type);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ExtensionType,
    ::testing::Values(TypeCase{"cu8", "cu8"}, TypeCase{"u8", "cu8"}, TypeCase{"uc8", "cu8"}, TypeCase{"data", "cu8"},
                      TypeCase{"complex16u", "cu8"}, TypeCase{"cs8", "cs8"}, TypeCase{"s8", "cs8"},
                      TypeCase{"sc8", "cs8"}, TypeCase{"C8", "cs8"}, TypeCase{"complex16s", "cs8"},
                      TypeCase{"cs16", "cs16"}, TypeCase{"sc16", "cs16"}, TypeCase{"C16", "cs16"},
                      TypeCase{"complex32s", "cs16"}, TypeCase{"cs24", "cs24"}, TypeCase{"cs32", "cs32"},
                      TypeCase{"cfile", "cf32"}, TypeCase{"cf32", "cf32"}, TypeCase{"fc32", "cf32"},
                      TypeCase{"32cf", "cf32"}, TypeCase{"complex", "cf32"}, TypeCase{"CF64", "cf64"},
                      TypeCase{"fc64", "cf64"}, TypeCase{"raw", ""}, TypeCase{"bin", ""}, TypeCase{"iq", ""},
                      TypeCase{"dat", ""}, TypeCase{"wav", ""}, TypeCase{"", ""}));

TEST(ExtensionTypeOfBladeRf, HasTwelveBits) { EXPECT_EQ(type_of_extension("sc16q11")->full_scale, 2048.0); }

struct TimeCase {
    const char* text;
    std::int64_t unix_ns; ///< −1: not a time
    bool zone;
};

class TimeText : public ::testing::TestWithParam<TimeCase> {};

TEST_P(TimeText, IsReadToTheNanosecond)
{
    const auto stamp = parse_time(GetParam().text);
    ASSERT_EQ(stamp.has_value(), GetParam().unix_ns >= 0);
    if (stamp) {
        EXPECT_EQ(stamp->instant.unix_ns, GetParam().unix_ns);
        EXPECT_EQ(stamp->zone_stated, GetParam().zone);
    }
}

constexpr std::int64_t at_s = 1793589300LL * 1'000'000'000; // 2026-11-02T03:15:00Z

INSTANTIATE_TEST_SUITE_P(
    Table, TimeText,
    ::testing::Values(TimeCase{"2026-11-02T03:15:00Z", at_s, true}, TimeCase{"2026-11-02T10:15:00+07:00", at_s, true},
                      TimeCase{"2026-11-02T10:15:00+0700", at_s, true}, TimeCase{"2026-11-01T22:15:00-05", at_s, true},
                      TimeCase{"2026-11-02 03:15:00", at_s, false}, TimeCase{"2026-11-02T03:15:00", at_s, false},
                      TimeCase{"2026-11-02T03:15:00.000000001Z", at_s + 1, true},
                      TimeCase{"2026-11-02T03:15:00.1234567891234Z", at_s + 123456789, true},
                      TimeCase{"2026-11-02T03:14:60Z", at_s, true}, TimeCase{"1970-01-01T00:00:00Z", 0, true},
                      TimeCase{"2026-11-02", -1, false}, TimeCase{"2026-02-30T00:00:00Z", -1, false},
                      TimeCase{"2026-11-02T24:00:00Z", -1, false}, TimeCase{"2026-11-02T03:15:00.Z", -1, false},
                      TimeCase{"2026-11-02T03:15:00Zx", -1, false}, TimeCase{"9999-11-02T03:15:00Z", -1, false},
                      TimeCase{"", -1, false}));

TEST(TimeWithoutZone, IsWrittenAsItStood)
{
    EXPECT_EQ(civil_text(Instant{at_s + 7}), "2026-11-02 03:15:00");
    EXPECT_EQ(civil_text(Instant{0}), "1970-01-01 00:00:00");
}

TEST(TimeAfterSamples, KeepsNanosecondsOverDays)
{
    const Instant start{at_s};
    // 10 days at 2.4 MS/s and one sample more.
    const double samples = 10.0 * 86400.0 * 2.4e6 + 1.0;
    const auto end = after_samples(start, samples, 2.4e6);
    ASSERT_TRUE(end);
    EXPECT_EQ(end->unix_ns, at_s + 864000LL * 1'000'000'000 + 417);
    EXPECT_FALSE(after_samples(start, 1e300, 1.0));
}

} // namespace
} // namespace gacsong::sdr
