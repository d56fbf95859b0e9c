// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace gacsong::detect::lte {

/// What a paging message says, counted: of an identity only its type is looked at.
struct PagingCounts {
    unsigned identities = 0; ///< of phones, at most 16 in a message
    unsigned imsis = 0;      ///< of these
    bool information_changes = false;
    bool earthquake_warning = false; ///< ETWS
    bool public_warning = false;     ///< CMAS
    bool operator==(const PagingCounts&) const = default;
};

/// Reads a PCCH-Message (3GPP TS 36.331 §6.2.1, §6.2.2 Paging), one bit for each element. Null where it is none or ends
/// too early. No digit of an identity leaves this function.
[[nodiscard]] std::optional<PagingCounts> read_paging(std::span<const std::uint8_t> bits);

/// When phones are paged: the first two figures of 3GPP TS 36.304 §7.1 as the system information has them.
struct PagingOccasions {
    unsigned every_frames = 1; ///< frames whose number is a multiple of this
    unsigned in_frame = 1;     ///< subframes of such a frame: 1, 2 or 4

    /// Of nB, `code` 0 … 7 for four times the paging cycle down to a 32nd of it.
    [[nodiscard]] static PagingOccasions of(unsigned code);

    /// Whether a subframe 0 … 9 of a frame is one.
    [[nodiscard]] bool holds(unsigned frame, unsigned subframe, bool tdd) const;

    bool operator==(const PagingOccasions&) const = default;
};

} // namespace gacsong::detect::lte
