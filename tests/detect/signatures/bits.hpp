// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace gacsong::test {

/// Bits of a frame in the order of sending, each 0 or 1.
using Bits = std::vector<std::uint8_t>;

/// Adds the `count` lowest bits of a value, the highest of them first.
inline void append(Bits& bits, std::uint64_t value, unsigned count)
{
    for (unsigned bit = count; bit-- > 0;)
        bits.push_back(static_cast<std::uint8_t>(value >> bit & 1U));
}

} // namespace gacsong::test
