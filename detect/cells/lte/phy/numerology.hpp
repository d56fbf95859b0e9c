// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace gacsong::detect::lte {

/// Lengths of symbols, as parts of a symbol without prefix of 2048 units (3GPP TS 36.211 §6.12).
struct Numerology {
    bool normal_prefix = true;

    [[nodiscard]] constexpr unsigned symbols_in_slot() const { return normal_prefix ? 7U : 6U; }
    [[nodiscard]] constexpr unsigned symbols_in_subframe() const { return 2 * symbols_in_slot(); }

    /// Prefix of a symbol of a subframe.
    [[nodiscard]] constexpr unsigned prefix(unsigned symbol) const
    {
        if (!normal_prefix)
            return 512;
        return symbol % 7 == 0 ? 160 : 144;
    }

    /// From the begin of the subframe to the end of the symbol's prefix.
    [[nodiscard]] constexpr unsigned start(unsigned symbol) const
    {
        unsigned at = prefix(0);
        for (unsigned l = 1; l <= symbol; ++l)
            at += 2048 + prefix(l);
        return at;
    }

    /// Symbols of a slot that carry reference signals of ports 0 and 1: the first and this one.
    [[nodiscard]] constexpr unsigned second_reference() const { return symbols_in_slot() - 3; }
};

inline constexpr double unit_s = 1.0 / 30.72e6;

} // namespace gacsong::detect::lte
