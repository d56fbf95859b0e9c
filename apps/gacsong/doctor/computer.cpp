// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/doctor/computer.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/timex.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

namespace gacsong::app {
namespace {

namespace fs = std::filesystem;

constexpr double needed_mbit = 480.0;
constexpr int enough_usb_memory_mb = 64;

bool there(const fs::path& path)
{
    std::error_code error;
    return fs::exists(path, error);
}

bool installed(const fs::path& root, std::string_view program)
{
    constexpr std::array<std::string_view, 4> folders{"usr/bin", "usr/sbin", "usr/local/bin", "usr/lib/systemd"};
    return std::ranges::any_of(folders, [&](std::string_view folder) { return there(root / folder / program); });
}

/// Whether anything listens on a port of this computer; that takes no time there.
bool answers(int port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return false;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool connected = ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(descriptor);
    return connected;
}

bool any_receiver_driver(const std::vector<std::string>& drivers)
{
    const auto& kinds = sdr::receiver_kinds();
    return std::ranges::any_of(drivers, [&](const std::string& driver) {
        return std::ranges::find(kinds, driver, &sdr::ReceiverKind::driver) != kinds.end();
    });
}

/// Lets whoever sits at the computer, and the group plugdev, open the receivers of a vendor (udev(7)).
std::string udev_rule(const std::string& vendor)
{
    return fmt::format(R"(SUBSYSTEM=="usb", ATTRS{{idVendor}}=="{}", MODE="0660", GROUP="plugdev", TAG+="uaccess")",
                       vendor);
}

} // namespace

ComputerFacts computer_facts(const fs::path& root, const fs::path& cache, int gpsd_port)
{
    ComputerFacts facts;
    std::ifstream memory(root / "sys/module/usbcore/parameters/usbfs_memory_mb");
    if (!(memory >> facts.usb_memory_mb))
        facts.usb_memory_mb = 0;
    timex clock{};
    facts.clock_synchronised = ::adjtimex(&clock) >= 0 && (clock.status & STA_UNSYNC) == 0;
    for (const char* program : {"systemd-timesyncd", "chronyd", "ntpd"})
        facts.time_service = facts.time_service || installed(root, program);
    facts.gpsd_installed = installed(root, "gpsd");
    facts.gpsd_answers = answers(gpsd_port);
    facts.rtl_433 = installed(root, "rtl_433");
    for (const char* folder :
         {"usr/lib/udev/rules.d", "lib/udev/rules.d", "etc/udev/rules.d", "usr/local/lib/udev/rules.d"})
        facts.rules = facts.rules || there(root / folder / "60-gacsong.rules");
    const fs::path fonts = root / "usr/share/fonts/truetype";
    facts.paper_fonts = there(fonts / "liberation2/LiberationSerif-Regular.ttf");
    facts.picture_fonts = there(fonts / "noto/NotoSans-Regular.ttf");
    facts.wisdom = !cache.empty() && there(cache / "gacsong" / "fftw-wisdom");
    return facts;
}

std::vector<Message> computer_advice(const ComputerFacts& facts)
{
    std::vector<Message> said;
    if (!any_receiver_driver(facts.drivers))
        said.push_back(Message("doctor.no_driver"));
    if (facts.receivers > 1 && facts.usb_memory_mb > 0 && facts.usb_memory_mb < enough_usb_memory_mb)
        said.push_back(Message("doctor.usb_memory", {{"n", std::int64_t{facts.usb_memory_mb}}}));
    if (facts.clock_synchronised)
        said.push_back(Message("doctor.clock"));
    else
        said.push_back(Message(facts.time_service ? "doctor.clock_off" : "doctor.no_time_service"));
    if (facts.gpsd_answers)
        said.push_back(Message("doctor.gpsd"));
    else
        said.push_back(Message(facts.gpsd_installed ? "doctor.gpsd_off" : "doctor.no_gpsd"));
    said.push_back(Message(facts.rtl_433 ? "doctor.rtl_433" : "doctor.no_rtl_433"));
    said.push_back(Message(facts.wisdom ? "doctor.wisdom" : "doctor.no_wisdom"));
    if (!facts.window)
        said.push_back(Message("doctor.no_window"));
    if (!facts.picture_fonts)
        said.push_back(Message("doctor.no_picture_fonts"));
    if (!facts.paper_fonts)
        said.push_back(Message("doctor.no_paper_fonts"));
    if (!facts.signing_key)
        said.push_back(Message("doctor.no_key"));
    return said;
}

std::vector<Message> receiver_advice(const sdr::UsbReceiver& receiver, const std::vector<std::string>& drivers,
                                     bool rules)
{
    std::vector<Message> said;
    const Argument device{"device", fmt::format("{} ({}{}{})", receiver.kind->name, receiver.port,
                                                receiver.serial.empty() ? "" : ", ", receiver.serial)};
    if (std::ranges::find(drivers, receiver.kind->driver) == drivers.end()) {
        if (receiver.kind->package.empty())
            said.push_back(Message("doctor.no_package", {device, {"driver", std::string(receiver.kind->driver)}}));
        else
            said.push_back(Message("doctor.module", {device, {"package", std::string(receiver.kind->package)}}));
    }
    if (!receiver.permitted && rules) {
        said.push_back(Message("doctor.permission_group", {device}));
    } else if (!receiver.permitted) {
        const std::string vendor = fmt::format("{:04x}", receiver.kind->vendor);
        said.push_back(Message("doctor.permission", {device, {"vendor", vendor}, {"rule", udev_rule(vendor)}}));
    }
    if (!receiver.kernel_driver.empty())
        said.push_back(Message("doctor.kernel_driver", {device, {"driver", receiver.kernel_driver}}));
    if (receiver.speed_mbit > 0.0 && receiver.speed_mbit < needed_mbit)
        said.push_back(Message("doctor.slow_port", {device}));
    // librtlsdr of Debian 12 tunes it wrongly below 28.8 MHz (formats-and-radios.md §4.3).
    if (receiver.product.find("Blog V4") != std::string::npos)
        said.push_back(Message("doctor.blog_v4", {device}));
    if (said.empty())
        said.push_back(Message("doctor.fine", {device}));
    return said;
}

} // namespace gacsong::app
