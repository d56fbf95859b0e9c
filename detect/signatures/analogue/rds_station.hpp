// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace gacsong::detect {

/// What an FM station says of itself (IEC 62106). Texts are UTF-8.
struct RdsStation {
    std::uint16_t pi = 0;
    std::string ps;         ///< up to 8 characters, spaces at the end left out; empty where not all of it was heard
    std::string text;       ///< radiotext, up to 64; empty where not all of it was heard
    std::size_t groups = 0; ///< whose kind is sure
};

/// Reads groups out of soft bits as sent (RdsSubcarrier), the first 8000. Nothing is decided bit by bit: the check
/// words and offset words say how likely each block is, what groups repeat adds up. There is RDS where the first blocks
/// carry one identification e^16 times likelier than random bits would look so, all places and identifications that
/// were tried taken off, and the second blocks fit e^8 times better than random ones; a word of a text is taken where
/// it is e^8 times likelier than every other.
[[nodiscard]] std::optional<RdsStation> read_rds(std::span<const float> soft);

} // namespace gacsong::detect
