// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/text/time_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace gacsong {
namespace {

using std::chrono::days;
using std::chrono::nanoseconds;
using std::chrono::seconds;

/// Reads exactly `digits` decimal digits from the front of `text` and takes them away.
std::optional<int> take_number(std::string_view& text, std::size_t digits)
{
    if (text.size() < digits)
        return std::nullopt;
    int value = 0;
    for (const char c : text.substr(0, digits)) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, std::string_view any_of)
{
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos)
        return false;
    text.remove_prefix(1);
    return true;
}

/// Nanoseconds of a decimal fraction; digits beyond the ninth are cut off.
std::optional<std::int64_t> take_fraction(std::string_view& text)
{
    std::int64_t value = 0;
    std::size_t count = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (count < 9)
            value = value * 10 + (text.front() - '0');
        ++count;
        text.remove_prefix(1);
    }
    if (count == 0)
        return std::nullopt;
    for (; count < 9; ++count)
        value *= 10;
    return value;
}

/// Seconds east of UTC from `Z`, `+07:00` or `+0700`.
std::optional<int> take_zone(std::string_view& text)
{
    if (take(text, "Zz"))
        return 0;
    const int sign = !text.empty() && text.front() == '-' ? -1 : 1;
    if (!take(text, "+-"))
        return std::nullopt;
    const auto hours = take_number(text, 2);
    take(text, ":");
    const auto minutes = take_number(text, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59)
        return std::nullopt;
    return sign * (*hours * 3600 + *minutes * 60);
}

std::optional<std::chrono::sys_days> take_date(std::string_view& text)
{
    const auto year = take_number(text, 4);
    if (!year || *year < 1970 || *year > 2261 || !take(text, "-"))
        return std::nullopt;
    const auto month = take_number(text, 2);
    if (!month || !take(text, "-"))
        return std::nullopt;
    const auto day = take_number(text, 2);
    if (!day)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok())
        return std::nullopt;
    return std::chrono::sys_days{date};
}

/// Nanoseconds since midnight UTC from `HH:MM:SS[.f]zone`; a leap second counts as the second after it.
std::optional<nanoseconds> take_time(std::string_view& text)
{
    const auto hour = take_number(text, 2);
    if (!hour || *hour > 23 || !take(text, ":"))
        return std::nullopt;
    const auto minute = take_number(text, 2);
    if (!minute || *minute > 59 || !take(text, ":"))
        return std::nullopt;
    const auto second = take_number(text, 2);
    if (!second || *second > 60)
        return std::nullopt;
    std::int64_t fraction = 0;
    if (take(text, ".,")) {
        const auto read = take_fraction(text);
        if (!read)
            return std::nullopt;
        fraction = *read;
    }
    const auto zone = take_zone(text);
    if (!zone)
        return std::nullopt;
    return seconds{*hour * 3600 + *minute * 60 + *second - *zone} + nanoseconds{fraction};
}

} // namespace

CivilTime civil_time(Instant moment, int utc_offset_s)
{
    const std::chrono::sys_time<nanoseconds> time{nanoseconds{moment.unix_ns} + seconds{utc_offset_s}};
    const auto midnight = std::chrono::floor<days>(time);
    const std::chrono::year_month_day date{midnight};
    const std::chrono::hh_mm_ss clock{time - midnight};
    return {int{date.year()},
            unsigned{date.month()},
            unsigned{date.day()},
            static_cast<int>(clock.hours().count()),
            static_cast<int>(clock.minutes().count()),
            static_cast<int>(clock.seconds().count()),
            static_cast<int>(clock.subseconds().count())};
}

std::string rfc3339(Instant moment, std::optional<int> digits)
{
    const CivilTime t = civil_time(moment, 0);
    std::string out =
        fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", t.year, t.month, t.day, t.hour, t.minute, t.second);
    std::string fraction = fmt::format("{:09}", t.nanosecond);
    if (digits)
        fraction.resize(static_cast<std::size_t>(*digits));
    else
        fraction.erase(fraction.find_last_not_of('0') + 1);
    if (!fraction.empty())
        out += "." + fraction;
    return out + "Z";
}

std::optional<Instant> parse_rfc3339(std::string_view text)
{
    const auto date = take_date(text);
    if (!date)
        return std::nullopt;
    nanoseconds time{0};
    if (!text.empty()) {
        if (!take(text, "Tt "))
            return std::nullopt;
        const auto read = take_time(text);
        if (!read || !text.empty())
            return std::nullopt;
        time = *read;
    }
    return Instant{(date->time_since_epoch() + time).count()};
}

} // namespace gacsong
