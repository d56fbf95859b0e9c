// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace gacsong::papers {

/// `IV`; from XIII on as `13`.
[[nodiscard]] inline std::string roman(int number)
{
    constexpr std::array<const char*, 13> numerals{"0",   "I",    "II", "III", "IV", "V",  "VI",
                                                   "VII", "VIII", "IX", "X",   "XI", "XII"};
    return number >= 0 && number < 13 ? numerals[static_cast<std::size_t>(number)] : std::to_string(number);
}

} // namespace gacsong::papers
