// SPDX-License-Identifier: GPL-3.0-or-later
// Real recordings of others, where the folder with them is at hand.
#include "sdr/inspection.hpp"
#include "tests/sdr/support.hpp"

#include <cstdlib>

namespace gacsong::sdr {
namespace {

using namespace testing;

std::filesystem::path captures()
{
    const char* shared = std::getenv("SHARED");
    const std::filesystem::path root =
        shared != nullptr ? shared : std::filesystem::path(GACSONG_SOURCE_DIR) / "../shared";
    return root / "captures";
}

struct CaptureCase {
    const char* file;
    const char* container;
    const char* type;
    double rate_hz;
    double center_hz; ///< 0: unknown
    std::uint64_t samples;
    bool complete;
};

void PrintTo(const CaptureCase& capture, std::ostream* out) { *out << capture.file; }

class Capture : public ::testing::TestWithParam<CaptureCase> {};

TEST_P(Capture, OpensByWhatItSaysOfItself)
{
    const CaptureCase& expected = GetParam();
    if (!std::filesystem::exists(captures()))
        GTEST_SKIP() << captures() << " is not there";
    const auto opened = open_recording((captures() / expected.file).string(), {});
    ASSERT_TRUE(opened) << opened.error().message.key;
    const StreamInfo& info = opened->source->info();
    EXPECT_EQ(info.container, expected.container);
    EXPECT_EQ(info.format_name, expected.type);
    EXPECT_EQ(info.sample_rate_hz, expected.rate_hz);
    EXPECT_EQ(info.center_hz.value_or(0.0), expected.center_hz);
    EXPECT_EQ(info.length, expected.samples);
    EXPECT_EQ(drain(*opened->source, 10000).samples, expected.samples);
    EXPECT_EQ(!opened->source->shortfall(), expected.complete);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Capture,
    ::testing::Values(
        CaptureCase{"odd/HDSDR_20260301_120000Z_144440kHz_RF.wav", "wav", "cu8", 280e3, 144.44e6, 420000, true},
        CaptureCase{"odd/SDRSharp_20150601_120000Z_433920000Hz_IQ.wav", "wav", "cs16", 250e3, 433.92e6, 196608, true},
        CaptureCase{"odd/dfmIQ_truncated.wav", "wav", "cu8", 100e3, 0, 400000, false},
        CaptureCase{"odd/auriol-wind_oddbytes_433.92M_250k.cu8", "raw", "cu8", 250e3, 433.92e6, 262143, true},
        CaptureCase{"odd/oregon-cm180.sigmf-data", "sigmf", "cu8", 250e3, 433.92e6, 65536, true},
        CaptureCase{"ism/BLUE.C16", "portapack", "cs16", 500e3, 433.92e6, 199999, true},
        CaptureCase{"ism/rtlsdr_868.950M_1M6_samples2.cu8", "raw", "cu8", 1.6e6, 868.95e6, 480000, true},
        CaptureCase{"ism/rc-car-light_2475M_2M.complex16s", "raw", "cs8", 2e6, 2475e6, 123861, true},
        CaptureCase{"data/modes1_1090M_2M.cu8", "raw", "cu8", 2e6, 1090e6, 356868, true},
        CaptureCase{"data/is7spino.wav", "wav", "cf32", 100e3, 0, 39355, true},
        CaptureCase{"gsm/narrow_953M6_500k.cf32", "raw", "cf32", 500e3, 953.6e6, 80000, true},
        CaptureCase{"gsm-network/legit_viettel.sigmf-meta", "sigmf", "cs8", 1083333, 947.2e6, 2112499, true},
        CaptureCase{"lte/fdd_1815M_two_cells_header128_1M92.cu8", "lte-cell-scanner", "cu8", 1.92e6, 1815e6, 153600,
                    true},
        CaptureCase{"lte/fdd_1815M3_100rb_sib1_19M2.cs8", "raw", "cs8", 19.2e6, 1815.3e6, 1536000, true}));

struct RefusedCase {
    const char* file;
    const char* key;
};

void PrintTo(const RefusedCase& refused, std::ostream* out) { *out << refused.file; }

class RefusedCapture : public ::testing::TestWithParam<RefusedCase> {};

TEST_P(RefusedCapture, SaysWhy)
{
    if (!std::filesystem::exists(captures()))
        GTEST_SKIP() << captures() << " is not there";
    const auto opened = open_recording((captures() / GetParam().file).string(), {});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().message.key, GetParam().key);
}

INSTANTIATE_TEST_SUITE_P(Table, RefusedCapture,
                         ::testing::Values(RefusedCase{"odd/gqrx-20150211-143803.wav", "file.is_sound"},
                                           RefusedCase{"odd/sigmf_logo.sigmf-data", "file.real_samples"},
                                           RefusedCase{"odd/esaver.complex16s", "file.needs_rate"},
                                           RefusedCase{"gnss/GPS_L1_recording_10ms_4MHz_cf32.iq", "file.needs_rate"},
                                           RefusedCase{"odd", "file.is_folder"}));

TEST(Captures, CanAllBeInspected)
{
    if (!std::filesystem::exists(captures()))
        GTEST_SKIP() << captures() << " is not there";
    int seen = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(captures())) {
        const std::string extension = entry.path().extension().string();
        if (!entry.is_regular_file() || extension == ".json" || extension == ".md" || extension == ".csv")
            continue;
        EXPECT_TRUE(inspect_recording(entry.path().string(), {})) << entry.path();
        ++seen;
    }
    EXPECT_GT(seen, 50);
}

} // namespace
} // namespace gacsong::sdr
