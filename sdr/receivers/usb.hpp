// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gacsong::sdr {

/// A kind of receiver as it shows on the USB.
struct ReceiverKind {
    unsigned vendor = 0;
    unsigned product = 0; ///< 0: any of the vendor's
    std::string_view name;
    std::string_view driver;  ///< of SoapySDR
    std::string_view package; ///< of Debian; empty where there is none
};

/// One receiver that is plugged in, as the kernel shows it.
struct UsbReceiver {
    const ReceiverKind* kind = nullptr;
    std::string port;    ///< `1-1.3`
    std::string product; ///< as it calls itself
    std::string serial;
    std::string kernel_driver; ///< that holds it; empty: none
    double speed_mbit = 0.0;
    bool permitted = false; ///< this user may open it
};

[[nodiscard]] const std::vector<ReceiverKind>& receiver_kinds();

/// Looks below `devices` (/sys/bus/usb/devices) and for device files below `nodes` (/dev/bus/usb).
[[nodiscard]] std::vector<UsbReceiver> usb_receivers(const std::string& devices = "/sys/bus/usb/devices",
                                                     const std::string& nodes = "/dev/bus/usb");

} // namespace gacsong::sdr
