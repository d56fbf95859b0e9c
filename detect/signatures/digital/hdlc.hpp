// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace gacsong::detect {

/// One frame: its octets between the flags, without the check sequence, each sent lowest bit first.
using HdlcFrame = std::vector<std::uint8_t>;

/// Frames of HDLC (ISO/IEC 13239) whose 16-bit check sequence fits, from levels of the line that are coded NRZI (a
/// change is 0): between flags 01111110, with the zero after five ones taken out, `least` … 400 octets. Random bits
/// pass once in 65536 stretches of whole octets between two flags.
[[nodiscard]] std::vector<HdlcFrame> hdlc_frames(std::span<const std::uint8_t> levels, std::size_t least);

} // namespace gacsong::detect
