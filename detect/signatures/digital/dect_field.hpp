// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace gacsong::detect {

inline constexpr std::size_t dect_field_bits = 64;

/// A-field of a DECT packet (ETSI EN 300 175-3 §6.2.1, §7.1): header of 8 bits, tail of 40, check sequence of 16.
struct DectField {
    unsigned kind = 0;      ///< TA of the header: 2 and 3 carry the identity of the base (RFPI), 4 system information
    std::uint64_t tail = 0; ///< 40 bits
    bool corrected = false; ///< a weak bit or two were turned to make the check sequence fit

    [[nodiscard]] bool is_identity() const { return kind == 2 || kind == 3; }
};

/// A field whose R-CRC fits as it was sliced, or with up to two of the eight weakest bits turned. `soft`: distance of
/// each symbol from the middle of the two levels, above is 1. A random one fits with 1.5e-5 as sliced, with 6e-4 else.
[[nodiscard]] std::optional<DectField> dect_field(std::span<const float, dect_field_bits> soft);

} // namespace gacsong::detect
