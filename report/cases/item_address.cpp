// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/cases/item_address.hpp"

#include <charconv>

namespace gacsong {
namespace {

constexpr std::size_t most_digits = 9;

std::optional<std::int64_t> positive(std::string_view digits)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool whole = error == std::errc{} && end == digits.data() + digits.size() && digits.size() <= most_digits;
    return whole && value > 0 ? std::optional(value) : std::nullopt;
}

bool names_item(std::string_view id)
{
    if (id == "all")
        return true;
    return id.size() > 1 && (id[0] == 'f' || id[0] == 'e' || id[0] == 'c') && id[1] != '0' &&
           positive(id.substr(1)).has_value();
}

} // namespace

std::optional<ItemAddress> parse_item_address(std::string_view text)
{
    ItemAddress address;
    if (const auto slash = text.find('/'); slash != std::string_view::npos) {
        address.run = positive(text.substr(0, slash));
        if (!address.run)
            return std::nullopt;
        text.remove_prefix(slash + 1);
    }
    if (!names_item(text))
        return std::nullopt;
    address.id = std::string(text);
    return address;
}

} // namespace gacsong
