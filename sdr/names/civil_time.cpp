// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/names/civil_time.hpp"

#include <chrono>
#include <cmath>

namespace gacsong::sdr {

namespace {

/// Takes fixed pieces off the front of a text; `ok` turns false at the first that is missing and stays so.
struct Scanner {
    std::string_view rest;
    bool ok = true;

    int digits(std::size_t count)
    {
        if (!ok || rest.size() < count) {
            ok = false;
            return 0;
        }
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (rest[i] < '0' || rest[i] > '9') {
                ok = false;
                return 0;
            }
            value = value * 10 + (rest[i] - '0');
        }
        rest.remove_prefix(count);
        return value;
    }

    bool take(char wanted)
    {
        if (rest.empty() || rest.front() != wanted)
            return false;
        rest.remove_prefix(1);
        return true;
    }

    void need(char wanted) { ok = take(wanted) && ok; }
};

std::int64_t fraction(Scanner& scan)
{
    if (!scan.take('.') && !scan.take(','))
        return 0;
    std::int64_t value = 0;
    std::int64_t place = 100'000'000;
    scan.ok = scan.ok && !scan.rest.empty() && scan.rest.front() >= '0' && scan.rest.front() <= '9';
    while (!scan.rest.empty() && scan.rest.front() >= '0' && scan.rest.front() <= '9') {
        value += place * (scan.rest.front() - '0');
        place /= 10;
        scan.rest.remove_prefix(1);
    }
    return value;
}

/// Offset from UTC in seconds; nothing where no zone follows.
std::optional<int> zone(Scanner& scan)
{
    if (scan.take('Z') || scan.take('z'))
        return 0;
    const bool east = scan.take('+');
    if (!east && !scan.take('-'))
        return std::nullopt;
    const int hours = scan.digits(2);
    int minutes = 0;
    if (scan.take(':') || !scan.rest.empty())
        minutes = scan.digits(2);
    scan.ok = scan.ok && hours <= 14 && minutes < 60;
    const int seconds = hours * 3600 + minutes * 60;
    return east ? seconds : -seconds;
}

} // namespace

std::optional<Instant> to_instant(const CivilTime& time)
{
    using namespace std::chrono;
    const year_month_day date{year{time.year}, month{static_cast<unsigned>(time.month)},
                              day{static_cast<unsigned>(time.day)}};
    const bool clock = time.hour >= 0 && time.hour < 24 && time.minute >= 0 && time.minute < 60 && time.second >= 0 &&
                       time.second <= 60 && time.nanosecond >= 0 && time.nanosecond < 1'000'000'000;
    if (!clock || !date.ok() || time.year < 1970 || time.year > 2261)
        return std::nullopt;
    const auto since =
        sys_days{date}.time_since_epoch() + hours{time.hour} + minutes{time.minute} + seconds{time.second};
    return Instant{duration_cast<nanoseconds>(since).count() + time.nanosecond};
}

std::optional<TimeStamp> parse_time(std::string_view text)
{
    Scanner scan{text};
    CivilTime time;
    time.year = scan.digits(4);
    scan.need('-');
    time.month = scan.digits(2);
    scan.need('-');
    time.day = scan.digits(2);
    scan.ok = scan.ok && (scan.take('T') || scan.take('t') || scan.take(' '));
    time.hour = scan.digits(2);
    scan.need(':');
    time.minute = scan.digits(2);
    scan.need(':');
    time.second = scan.digits(2);
    time.nanosecond = fraction(scan);
    const auto offset_s = zone(scan);
    if (!scan.ok || !scan.rest.empty())
        return std::nullopt;
    const auto instant = to_instant(time);
    if (!instant)
        return std::nullopt;
    return TimeStamp{Instant{instant->unix_ns - std::int64_t{1'000'000'000} * offset_s.value_or(0)},
                     offset_s.has_value()};
}

std::string civil_text(Instant time)
{
    using namespace std::chrono;
    const sys_seconds whole{floor<seconds>(nanoseconds{time.unix_ns})};
    const sys_days days = floor<std::chrono::days>(whole);
    const year_month_day date{days};
    const hh_mm_ss clock{whole - days};
    const auto pad = [](auto value, int width) {
        std::string text = std::to_string(value);
        while (static_cast<int>(text.size()) < width)
            text.insert(text.begin(), '0');
        return text;
    };
    return pad(static_cast<int>(date.year()), 4) + '-' + pad(static_cast<unsigned>(date.month()), 2) + '-' +
           pad(static_cast<unsigned>(date.day()), 2) + ' ' + pad(clock.hours().count(), 2) + ':' +
           pad(clock.minutes().count(), 2) + ':' + pad(clock.seconds().count(), 2);
}

std::optional<Instant> after_samples(Instant base, double samples, double rate_hz)
{
    const double step_ns = samples / rate_hz * 1e9;
    if (!std::isfinite(step_ns) || std::abs(step_ns) > 4.0e18)
        return std::nullopt;
    // Whole seconds apart from the rest: a double holds 53 bits, an Instant needs 63.
    const double step_s = std::floor(samples / rate_hz);
    const double rest_ns = std::round((samples - step_s * rate_hz) / rate_hz * 1e9);
    const std::int64_t step = static_cast<std::int64_t>(step_s) * 1'000'000'000 + static_cast<std::int64_t>(rest_ns);
    std::int64_t sum = 0;
    if (__builtin_add_overflow(base.unix_ns, step, &sum))
        return std::nullopt;
    return Instant{sum};
}

} // namespace gacsong::sdr
