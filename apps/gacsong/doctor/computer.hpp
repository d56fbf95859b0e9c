// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "sdr/receivers/usb.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gacsong::app {

/// What the program may need of the computer beside itself.
struct ComputerFacts {
    std::vector<std::string> drivers; ///< SoapySDR modules that are installed
    std::size_t receivers = 0;        ///< plugged in, of known kinds
    int usb_memory_mb = 0;            ///< for transfers; 0: not known
    bool clock_synchronised = false;
    bool time_service = false; ///< a program that could do that is installed
    bool gpsd_installed = false;
    bool gpsd_answers = false; ///< on this computer
    bool rtl_433 = false;
    bool wisdom = false; ///< the transforms were measured on this computer
    bool rules = false;  ///< the rules that let users open receivers are installed
    bool paper_fonts = false;
    bool picture_fonts = false;
    bool window = false;      ///< the program of the window is there
    bool signing_key = false; ///< the office has one
};

/// Looks for files below `root` and asks the kernel for the clock; `home` is where the user's cache is. gpsd is asked
/// on `gpsd_port` of this computer. The lists of drivers and receivers, the window and the key are the
/// caller's.
[[nodiscard]] ComputerFacts computer_facts(const std::filesystem::path& root, const std::filesystem::path& cache,
                                           int gpsd_port);

/// A sentence for each thing, with the command that mends what is missing.
[[nodiscard]] std::vector<Message> computer_advice(const ComputerFacts& facts);

/// The same of one receiver that is plugged in: module, permission, kernel driver, port. Where the rules for receivers
/// are installed (`rules`) and it may not be opened all the same, the user does not sit at the computer: the group then
/// helps.
[[nodiscard]] std::vector<Message> receiver_advice(const sdr::UsbReceiver& receiver,
                                                   const std::vector<std::string>& drivers, bool rules);

} // namespace gacsong::app
