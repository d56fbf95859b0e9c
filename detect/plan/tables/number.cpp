// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/tables/number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <system_error>

namespace gacsong {

namespace {

constexpr std::size_t longest_number = 64;

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Takes the suffix off `text` and says what it multiplies by.
double take_suffix(std::string_view& text)
{
    if (text.ends_with("Hz") || text.ends_with("HZ") || text.ends_with("hz")) {
        text = trimmed(text.substr(0, text.size() - 2));
    }
    if (text.empty()) {
        return 1.0;
    }
    double factor = 1.0;
    switch (text.back()) {
    case 'k':
    case 'K':
        factor = 1e3;
        break;
    case 'M':
        factor = 1e6;
        break;
    case 'G':
        factor = 1e9;
        break;
    default:
        return 1.0;
    }
    text = trimmed(text.substr(0, text.size() - 1));
    return factor;
}

} // namespace

std::optional<double> parse_number(std::string_view text, bool decimal_comma)
{
    text = trimmed(text);
    const double factor = take_suffix(text);
    if (text.empty() || text.size() > longest_number) {
        return std::nullopt;
    }
    std::string digits(text);
    if (decimal_comma && std::count(digits.begin(), digits.end(), ',') == 1 && digits.find('.') == std::string::npos) {
        std::replace(digits.begin(), digits.end(), ',', '.');
    }
    const bool plus = digits.front() == '+';
    const char lead = digits[plus || digits.front() == '-' ? 1 : 0]; // one past the end reads '\0'
    if (!(lead >= '0' && lead <= '9') && lead != '.') {
        return std::nullopt; // from_chars would take `inf` and `nan`
    }
    double value = 0.0;
    const char* const begin = digits.data() + (plus ? 1 : 0); // from_chars knows no plus sign
    const auto [end, error] = std::from_chars(begin, digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size() || !std::isfinite(value * factor)) {
        return std::nullopt;
    }
    return value * factor;
}

} // namespace gacsong
