// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/inspections/imei.hpp"

#include <cstddef>
#include <string>

namespace gacsong {

std::optional<bool> imei_check(std::string_view imei)
{
    constexpr std::string_view between = " .-/";
    constexpr std::size_t with_check_digit = 15;
    constexpr std::size_t with_version = 16;
    std::string digits;
    for (const char c : imei) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (between.find(c) == std::string_view::npos)
            return false;
    }
    if (digits.size() == with_check_digit - 1 || digits.size() == with_version)
        return std::nullopt;
    if (digits.size() != with_check_digit)
        return false;
    int sum = 0;
    for (std::size_t i = 0; i < with_check_digit; ++i) {
        const int digit = digits[i] - '0';
        const int doubled = i % 2 == 1 ? 2 * digit : digit;
        sum += doubled / 10 + doubled % 10;
    }
    return sum % 10 == 0;
}

} // namespace gacsong
