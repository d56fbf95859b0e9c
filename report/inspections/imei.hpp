// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace gacsong {

/// Whether the check digit of an IMEI is right (3GPP TS 23.003, Annex B: the formula of Luhn). Blanks, dots, slashes
/// and hyphens between digits do not count. Nothing where there is none to check: 14 digits, or 16 with the version of
/// the software. False for anything that is no IMEI.
[[nodiscard]] std::optional<bool> imei_check(std::string_view imei);

} // namespace gacsong
