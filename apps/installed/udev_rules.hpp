// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace gacsong::app {

/// Rules that let whoever sits at the computer, and the group plugdev, open the receivers that the program knows
/// (udev(7)). The file's number has to lie below 73, where `uaccess` is applied.
[[nodiscard]] std::string udev_rules();

} // namespace gacsong::app
