// SPDX-License-Identifier: GPL-3.0-or-later
// What the doctor says of a computer: for each thing that is missing the command that mends it.
#include "apps/gacsong/doctor/computer.hpp"
#include "report/wording/wording.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace gacsong::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string said(const std::vector<Message>& messages, Language language = Language::en)
{
    const auto words = load_wording(language);
    std::string text;
    for (const Message& message : messages)
        text += words->text(message) + "\n";
    return text;
}

} // namespace

TEST(Doctor, NamesTheCommandForEachThingThatIsMissing)
{
    for (const Language language : {Language::en, Language::vi}) {
        EXPECT_THAT(said(computer_advice({}), language),
                    AllOf(HasSubstr("sudo apt-get install soapysdr-module-rtlsdr"),
                          HasSubstr("sudo apt-get install systemd-timesyncd"), HasSubstr("sudo apt-get install gpsd"),
                          HasSubstr("sudo apt-get install rtl-433"), HasSubstr("GACSONG_FFT=patient gacsong scan"),
                          HasSubstr("sudo apt-get install gacsong-gui"),
                          HasSubstr("sudo apt-get install fonts-noto-core"),
                          HasSubstr("sudo apt-get install fonts-liberation2"), HasSubstr("gacsong key new")));
        ComputerFacts off;
        off.time_service = off.gpsd_installed = true;
        off.receivers = 2;
        off.usb_memory_mb = 16;
        EXPECT_THAT(said(computer_advice(off), language),
                    AllOf(HasSubstr("sudo timedatectl set-ntp true"), HasSubstr("systemctl enable --now gpsd.socket"),
                          HasSubstr("echo 256 | sudo tee")));
    }
    ComputerFacts good{{"rtlsdr"}, 1, 16, true, true, true, true, true, true, true, true, true, true, true};
    EXPECT_THAT(said(computer_advice(good)), AllOf(Not(HasSubstr("sudo")), Not(HasSubstr("Run")))) << "nothing to do";
}

TEST(Doctor, NamesTheCommandForEachReceiver)
{
    sdr::UsbReceiver receiver;
    receiver.kind = &sdr::receiver_kinds().front();
    receiver.port = "1-1";
    receiver.kernel_driver = "dvb_usb_rtl28xxu";
    const std::string text = said(receiver_advice(receiver, {}, false));
    const std::string vendor = "ATTRS{idVendor}==\"";
    EXPECT_THAT(text, AllOf(HasSubstr("sudo apt-get install " + std::string(receiver.kind->package)), HasSubstr(vendor),
                            HasSubstr("udevadm trigger"), HasSubstr("sudo modprobe -r dvb_usb_rtl28xxu"),
                            HasSubstr("blacklist dvb_usb_rtl28xxu")));
    EXPECT_THAT(said(receiver_advice(receiver, {}, true)),
                AllOf(HasSubstr("sudo adduser \"$USER\" plugdev"), Not(HasSubstr("ATTRS"))))
        << "the rules are there already";
    receiver.permitted = true;
    receiver.kernel_driver.clear();
    const auto fine = receiver_advice(receiver, {std::string(receiver.kind->driver)}, true);
    ASSERT_EQ(fine.size(), 1U);
    EXPECT_EQ(fine[0].key, "doctor.fine");
}

TEST(Doctor, LooksWhereThingsAre)
{
    const test::TemporaryFolder folder;
    constexpr int nobody_there = 1; // no user's program may listen there
    const auto nothing = computer_facts(folder.path(), folder.path() / "cache", nobody_there);
    EXPECT_FALSE(nothing.gpsd_installed || nothing.gpsd_answers || nothing.rtl_433 || nothing.wisdom ||
                 nothing.time_service || nothing.rules || nothing.paper_fonts || nothing.picture_fonts);
    EXPECT_EQ(nothing.usb_memory_mb, 0);
    for (const char* file :
         {"usr/sbin/gpsd", "usr/bin/rtl_433", "usr/lib/systemd/systemd-timesyncd",
          "usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
          "usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", "usr/lib/udev/rules.d/60-gacsong.rules",
          "cache/gacsong/fftw-wisdom", "sys/module/usbcore/parameters/usbfs_memory_mb"}) {
        const auto path = folder.path() / file;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << "16\n";
    }
    const auto all = computer_facts(folder.path(), folder.path() / "cache", nobody_there);
    EXPECT_TRUE(all.gpsd_installed && all.rtl_433 && all.wisdom && all.time_service);
    EXPECT_TRUE(all.rules && all.paper_fonts && all.picture_fonts);
    EXPECT_EQ(all.usb_memory_mb, 16);
}

} // namespace gacsong::app
