// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/summary/period.hpp"

#include "detect/plan/tables/validity.hpp"
#include "report/text/time_text.hpp"

#include <algorithm>
#include <charconv>

namespace gacsong::summary {
namespace {

/// A day by its numbers; the day is put back to the last of its month.
Instant day_start(int year, int month, int day)
{
    while (day > 28 && !start_of_day(year, static_cast<unsigned>(month), static_cast<unsigned>(day)))
        --day;
    return start_of_day(year, static_cast<unsigned>(month), static_cast<unsigned>(day)).value_or(Instant{});
}

CivilTime civil(Instant moment) { return civil_time(moment, vietnam_utc_offset_s); }

/// The first of a month, counted from January of year 0.
Instant month_start(int months) { return day_start(months / 12, 1 + months % 12, 1); }
int month_number(Instant moment) { return 12 * civil(moment).year + static_cast<int>(civil(moment).month) - 1; }
bool first_of_month(Instant moment) { return month_start(month_number(moment)) == moment; }

std::optional<int> whole(std::string_view text)
{
    int value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// A day, month, quarter or year.
std::optional<Period> parse_one(std::string_view text)
{
    if (text.size() > 7) {
        const auto day = parse_day(text);
        return day ? std::optional(Period{*day, day_after(*day)}) : std::nullopt;
    }
    const auto year = whole(text.substr(0, 4));
    if (text.size() < 4 || !year || *year < 1970 || *year > 2199 || (text.size() > 4 && text[4] != '-'))
        return std::nullopt;
    const int january = 12 * *year;
    if (text.size() == 4)
        return Period{month_start(january), month_start(january + 12)};
    const std::string_view rest = text.substr(5);
    if (rest.size() == 2 && (rest[0] == 'Q' || rest[0] == 'q')) {
        const auto quarter = whole(rest.substr(1));
        return quarter && *quarter >= 1 && *quarter <= 4 ? std::optional(days_of({*year, *quarter})) : std::nullopt;
    }
    const auto month = whole(rest);
    if (rest.size() != 2 || !month || *month < 1 || *month > 12)
        return std::nullopt;
    return Period{month_start(january + *month - 1), month_start(january + *month)};
}

Instant a_year_earlier(Instant moment)
{
    const CivilTime t = civil(moment);
    return day_start(t.year - 1, static_cast<int>(t.month), static_cast<int>(t.day));
}

} // namespace

std::optional<Period> parse_period(std::string_view text)
{
    const std::size_t dots = text.find("..");
    const auto first = parse_one(text.substr(0, dots));
    const auto last = dots == std::string_view::npos ? first : parse_one(text.substr(dots + 2));
    if (!first || !last || last->until.unix_ns <= first->from.unix_ns)
        return std::nullopt;
    return Period{first->from, last->until};
}

Quarter quarter_of(Instant moment)
{
    const int months = month_number(moment);
    return {months / 12, 1 + months % 12 / 3};
}

Quarter quarters_before(Quarter quarter, int count)
{
    const int quarters = 4 * quarter.year + quarter.number - 1 - count;
    return {quarters / 4, 1 + quarters % 4};
}

Period days_of(Quarter quarter)
{
    const int months = 12 * quarter.year + 3 * (quarter.number - 1);
    return {month_start(months), month_start(months + 3)};
}

std::optional<Quarter> as_quarter(const Period& period)
{
    const Quarter quarter = quarter_of(period.from);
    return days_of(quarter) == period ? std::optional(quarter) : std::nullopt;
}

Period before(const Period& period)
{
    if (first_of_month(period.from) && first_of_month(period.until)) {
        const int months = month_number(period.until) - month_number(period.from);
        return {month_start(month_number(period.from) - months), period.from};
    }
    return {{2 * period.from.unix_ns - period.until.unix_ns}, period.from};
}

Period year_before(const Period& period) { return {a_year_earlier(period.from), a_year_earlier(period.until)}; }

Period year_to_end(const Period& period)
{
    const Instant last{period.until.unix_ns - 1};
    return {day_start(civil(last).year, 1, 1), period.until};
}

} // namespace gacsong::summary
