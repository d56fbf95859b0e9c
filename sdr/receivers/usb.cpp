// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/usb.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>

namespace gacsong::sdr {

namespace {

namespace fs = std::filesystem;

/// The first line of a small file of the kernel's; empty where there is none.
std::string line_of(const fs::path& path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    constexpr std::size_t longest = 256;
    line.resize(std::min(line.size(), longest));
    return line;
}

unsigned number_of(const std::string& text, int base)
{
    unsigned value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value, base);
    return value;
}

const ReceiverKind* kind_of(unsigned vendor, unsigned product)
{
    const auto& kinds = receiver_kinds();
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const ReceiverKind& kind) {
        return kind.vendor == vendor && (kind.product == 0 || kind.product == product);
    });
    return found == kinds.end() ? nullptr : &*found;
}

/// Which kernel driver holds one of the interfaces (`1-1.3:1.0`), other than usbfs, which a program uses.
std::string kernel_driver(const fs::path& device)
{
    std::error_code error;
    const std::string port = device.filename().string();
    for (const auto& entry : fs::directory_iterator(device, error)) {
        if (!entry.path().filename().string().starts_with(port + ":"))
            continue;
        const std::string name = fs::read_symlink(entry.path() / "driver", error).filename().string();
        if (!name.empty() && name != "usbfs")
            return name;
    }
    return {};
}

std::string node_name(unsigned number)
{
    const std::string digits = std::to_string(number);
    return std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

} // namespace

const std::vector<ReceiverKind>& receiver_kinds()
{
    // formats-and-radios.md §4.1 (packages) and §4.5 (identities)
    static const std::vector<ReceiverKind> kinds{
        {0x0bda, 0x2832, "RTL-SDR", "rtlsdr", "soapysdr-module-rtlsdr"},
        {0x0bda, 0x2838, "RTL-SDR", "rtlsdr", "soapysdr-module-rtlsdr"},
        {0x1d50, 0x6089, "HackRF One", "hackrf", "soapysdr-module-hackrf"},
        {0x1d50, 0x60a1, "Airspy", "airspy", "soapysdr-module-airspy"},
        {0x03eb, 0x800c, "Airspy HF+", "airspyhf", ""},
        {0x0456, 0xb673, "ADALM-Pluto", "plutosdr", ""},
        {0x2cf0, 0x5246, "bladeRF", "bladerf", "soapysdr-module-bladerf"},
        {0x2cf0, 0x5250, "bladeRF 2.0", "bladerf", "soapysdr-module-bladerf"},
        {0x1d50, 0x6108, "LimeSDR-USB", "lime", "soapysdr-module-lms7"},
        {0x0403, 0x601f, "LimeSDR Mini", "lime", "soapysdr-module-lms7"},
        {0x2500, 0x0020, "USRP B200", "uhd", "soapysdr-module-uhd"},
        {0x1df7, 0, "SDRplay", "sdrplay", ""},
    };
    return kinds;
}

std::vector<UsbReceiver> usb_receivers(const std::string& devices, const std::string& nodes)
{
    std::vector<UsbReceiver> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(devices, error)) {
        const fs::path& device = entry.path();
        const auto* kind =
            kind_of(number_of(line_of(device / "idVendor"), 16), number_of(line_of(device / "idProduct"), 16));
        if (kind == nullptr)
            continue;
        UsbReceiver one;
        one.kind = kind;
        one.port = device.filename().string();
        one.product = line_of(device / "manufacturer") + " " + line_of(device / "product");
        one.serial = line_of(device / "serial");
        one.kernel_driver = kernel_driver(device);
        one.speed_mbit = number_of(line_of(device / "speed"), 10);
        const fs::path node = fs::path(nodes) / node_name(number_of(line_of(device / "busnum"), 10)) /
                              node_name(number_of(line_of(device / "devnum"), 10));
        one.permitted = ::access(node.c_str(), R_OK | W_OK) == 0;
        found.push_back(std::move(one));
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.port < b.port; });
    return found;
}

} // namespace gacsong::sdr
