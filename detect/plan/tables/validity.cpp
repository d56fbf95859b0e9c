// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/tables/validity.hpp"

#include <array>
#include <charconv>
#include <chrono>

namespace gacsong {

namespace {

constexpr std::int64_t second_ns = 1'000'000'000;
constexpr std::int64_t day_ns = 86'400 * second_ns;
constexpr std::int64_t viet_nam_ns = 7 * 3'600 * second_ns;

/// Three numbers parted by `mark`, nothing else in `text`.
std::optional<std::array<int, 3>> three_numbers(std::string_view text, char mark)
{
    std::array<int, 3> numbers{};
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0) {
            if (at == end || *at != mark) {
                return std::nullopt;
            }
            ++at;
        }
        if (at == end || *at < '0' || *at > '9') {
            return std::nullopt; // from_chars would take a minus sign
        }
        const auto [next, error] = std::from_chars(at, end, numbers[i]);
        if (error != std::errc{}) {
            return std::nullopt;
        }
        at = next;
    }
    return at == end ? std::optional(numbers) : std::nullopt;
}

} // namespace

std::optional<Instant> start_of_day(int year, unsigned month, unsigned day)
{
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (year < 1900 || year > 2200 || !date.ok()) {
        return std::nullopt;
    }
    return Instant{std::chrono::sys_days(date).time_since_epoch().count() * day_ns - viet_nam_ns};
}

std::optional<Instant> parse_day(std::string_view text)
{
    if (const auto iso = three_numbers(text, '-')) {
        return start_of_day((*iso)[0], static_cast<unsigned>((*iso)[1]), static_cast<unsigned>((*iso)[2]));
    }
    if (const auto local = three_numbers(text, '/')) {
        return start_of_day((*local)[2], static_cast<unsigned>((*local)[1]), static_cast<unsigned>((*local)[0]));
    }
    return std::nullopt;
}

Instant day_after(Instant start) { return Instant{start.unix_ns + day_ns}; }

} // namespace gacsong
