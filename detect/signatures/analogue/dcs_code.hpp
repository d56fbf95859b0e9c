// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>

namespace gacsong::detect {

/// The code of a digital coded squelch (TIA-603: 134.4 bit/s below the speech; words of 23 bits of the Golay code,
/// again and again): three octal digits, for 1 on the upper frequency. `frequency`: instantaneous frequency, hertz, 0.5
/// s or more. Nothing where the words do not repeat, are none of the 104 that are in use, or their deviation is none of
/// a squelch: a stretch that repeats by chance passes 1 time in 3000.
[[nodiscard]] std::optional<std::string> dcs_code(std::span<const float> frequency, double rate_hz);

} // namespace gacsong::detect
