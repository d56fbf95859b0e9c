// SPDX-License-Identifier: GPL-3.0-or-later
// Remote controls and sensors as read by rtl_433.
#include "tests/support/check/program.hpp"
#include "tests/support/scene.hpp"
#include "tests/support/signals/remote.hpp"

#include <gtest/gtest.h>

#include <string>

namespace gacsong::test {
namespace {

std::string heard_by_rtl433(const WaveformPtr& waveform)
{
    Scene scene;
    scene.sample_rate_hz = 250e3;
    scene.center_hz = 433.92e6;
    scene.noise_dbfs_hz = -95.0;
    scene.duration_s = 0.8;
    scene.signals = {
        {.waveform = waveform, .offset_hz = 20e3, .level = Level::dbfs(-8.0), .start_s = 0.1, .end_s = 0.6}};
    const ScratchFolder folder;
    const auto file = folder.write("remote_433.92M_250k.cu8", scene.build(SampleFormat::of(Component::u8)));
    return output_of(find_program("rtl_433") + " -F json -r " + file.string());
}

TEST(Rtl433, ReadsTheThermometer)
{
    if (find_program("rtl_433").empty())
        GTEST_SKIP() << "rtl_433 (package rtl-433) is not installed";
    const std::string said =
        heard_by_rtl433(nexus_thermometer({.id = 0x9C, .channel = 2, .tenths_celsius = 273, .humidity = 71}));
    EXPECT_NE(said.find("\"model\" : \"Nexus-TH\""), std::string::npos) << said;
    EXPECT_NE(said.find("\"id\" : 156"), std::string::npos) << said;
    EXPECT_NE(said.find("\"channel\" : 2"), std::string::npos) << said;
    EXPECT_NE(said.find("\"temperature_C\" : 27.3"), std::string::npos) << said;
    EXPECT_NE(said.find("\"humidity\" : 71"), std::string::npos) << said;
}

TEST(Rtl433, ReadsTheRemoteControl)
{
    if (find_program("rtl_433").empty())
        GTEST_SKIP() << "rtl_433 (package rtl-433) is not installed";
    const std::string said = heard_by_rtl433(ev1527(0xA5C3E, 0x4));
    // It knows this button code under the name of one maker that uses the chip.
    EXPECT_NE(said.find("\"id\" : 678974, \"data\" : \"0x4"), std::string::npos) << said;
}

} // namespace
} // namespace gacsong::test
