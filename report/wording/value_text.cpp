// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/wording/value_text.hpp"

#include "report/text/time_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <string_view>

namespace gacsong {
namespace {

constexpr std::string_view no_break_space = "\u00A0";
constexpr std::string_view minus = "\u2212";

/// A unit as it is printed and what one of it counts in the base unit.
struct Scale {
    double size = 1.0;
    std::string_view unit;
};

/// Puts the marks of a language into plain digits such as `-1575.42`.
std::string with_marks(std::string_view digits, Language language)
{
    const char group = language == Language::vi ? '.' : ',';
    const char mark = language == Language::vi ? ',' : '.';
    const bool negative = digits.starts_with('-');
    if (negative)
        digits.remove_prefix(1);
    const std::size_t point = std::min(digits.find('.'), digits.size());
    std::string out(negative && digits.find_first_of("123456789") != std::string_view::npos ? minus : "");
    for (std::size_t i = 0; i < point; ++i) {
        if (i > 0 && (point - i) % 3 == 0)
            out += group;
        out += digits[i];
    }
    if (point < digits.size()) {
        out += mark;
        out += digits.substr(point + 1);
    }
    return out;
}

std::string plain_digits(double value, int decimals)
{
    std::array<char, 400> buffer{}; // the largest double has 309 digits before the mark
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed,
                                   std::clamp(decimals, 0, 15));
    return {buffer.data(), end.ptr};
}

std::string trimmed(std::string digits)
{
    if (digits.find('.') != std::string::npos) {
        digits.erase(digits.find_last_not_of('0') + 1);
        if (digits.back() == '.')
            digits.pop_back();
    }
    return digits;
}

std::string joined(std::string number, std::string_view unit)
{
    if (unit.empty())
        return number;
    return fmt::format("{}{}{}", number, unit == "%" || unit == "°" ? std::string_view{} : no_break_space, unit);
}

Scale frequency_scale(double magnitude)
{
    if (magnitude < 100.0)
        return {1.0, "Hz"};
    if (magnitude < 1e6)
        return {1e3, "kHz"};
    return magnitude < 1e10 ? Scale{1e6, "MHz"} : Scale{1e9, "GHz"};
}

Scale bandwidth_scale(double magnitude)
{
    if (magnitude < 1e3)
        return {1.0, "Hz"};
    return magnitude < 1e6 ? Scale{1e3, "kHz"} : Scale{1e6, "MHz"};
}

Scale rate_scale(double magnitude)
{
    if (magnitude < 1e3)
        return {1.0, "S/s"};
    return magnitude < 1e6 ? Scale{1e3, "kS/s"} : Scale{1e6, "MS/s"};
}

Scale byte_scale(double magnitude)
{
    if (magnitude < 1e6)
        return {1.0, "byte"};
    return magnitude < 1e9 ? Scale{1e6, "MB"} : Scale{1e9, "GB"};
}

Scale seconds_scale(double magnitude, Language language)
{
    if (magnitude > 0.0 && magnitude < 1e-3)
        return {1e-6, "µs"};
    if (magnitude > 0.0 && magnitude < 1.0)
        return {1e-3, "ms"};
    return {1.0, language == Language::vi ? "giây" : "s"};
}

Scale scale_of(const Quantity& q, Language language)
{
    const double magnitude = std::abs(q.value);
    switch (q.unit) {
    case Unit::frequency:
        return frequency_scale(magnitude);
    case Unit::bandwidth:
        return bandwidth_scale(magnitude);
    case Unit::sample_rate:
        return rate_scale(magnitude);
    case Unit::bytes:
        return byte_scale(magnitude);
    case Unit::seconds:
        return seconds_scale(magnitude, language);
    case Unit::at:
        return seconds_scale(1.0, language);
    case Unit::kilometres:
        return magnitude < 1.0 ? Scale{1e-3, "m"} : Scale{1.0, "km"};
    case Unit::dbfs:
        return {1.0, "dBFS"};
    case Unit::db:
        return {1.0, "dB"};
    case Unit::dbm:
        return {1.0, "dBm"};
    case Unit::percent:
        return {1.0, "%"};
    case Unit::parts:
        return {0.01, "%"};
    case Unit::degrees:
        return {1.0, "°"};
    case Unit::ppm:
    case Unit::none:
        break;
    }
    return {};
}

/// Decimals that show `digits` significant ones of `value`, at most `most`.
int decimals_for_digits(double value, int digits, int most)
{
    if (value == 0.0)
        return 0;
    const int before = static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-9)) + 1;
    return std::clamp(digits - before, 0, most);
}

struct Digits {
    int decimals = 0;
    bool trim = false;
};

/// How many decimals a value shows that says nothing of its own resolution.
Digits default_digits(Unit unit, double scaled)
{
    const double magnitude = std::abs(scaled);
    switch (unit) {
    case Unit::frequency:
        return {6, true};
    case Unit::bandwidth:
        return {magnitude >= 10.0 ? 1 : 2, true};
    case Unit::dbfs:
    case Unit::db:
    case Unit::dbm:
        return {1, false};
    case Unit::seconds:
        return {magnitude >= 10.0 ? 1 : 2, true};
    case Unit::at:
        return {3, true};
    case Unit::percent:
    case Unit::parts:
        return {decimals_for_digits(scaled, 2, 3), true};
    case Unit::ppm:
        return {decimals_for_digits(scaled, 3, 3), true};
    case Unit::kilometres:
        return {magnitude >= 100.0 ? 0 : 1, true};
    case Unit::bytes:
        return {magnitude >= 100.0 ? 0 : 1, true};
    case Unit::degrees:
        return {5, true};
    case Unit::sample_rate:
        return {6, true};
    case Unit::none:
        return {6, true};
    }
    return {};
}

/// Whole minutes and hours of a long duration: `2 phút 5 giây`, `1 h 3 min`.
std::string long_duration(double seconds, Language language)
{
    const bool vi = language == Language::vi;
    const auto whole = static_cast<std::int64_t>(std::llround(std::abs(seconds)));
    const auto part = [&](std::int64_t count, std::string_view unit) {
        return fmt::format("{}{}{}", number_text(count, language), no_break_space, unit);
    };
    const std::string sign(seconds < 0 ? minus : "");
    const std::string minutes = part(whole / 60 % 60, vi ? "phút" : "min");
    if (whole >= 3600)
        return fmt::format("{}{}{}{}", sign, part(whole / 3600, vi ? "giờ" : "h"), no_break_space, minutes);
    return fmt::format("{}{}{}{}", sign, minutes, no_break_space, part(whole % 60, vi ? "giây" : "s"));
}

/// `13,0 MB (13.002.752 byte)`; below a megabyte the exact number alone.
std::string bytes_text(double value, Language language)
{
    const auto exact = static_cast<std::int64_t>(std::llround(value));
    const std::string_view unit = language == Language::vi || exact == 1 ? "byte" : "bytes";
    const std::string all = joined(number_text(exact, language), unit);
    const Scale scale = byte_scale(std::abs(value));
    if (scale.size == 1.0)
        return all;
    return fmt::format("{} ({})", joined(number_text(value / scale.size, 1, language), scale.unit), all);
}

constexpr std::array<std::string_view, 12> english_months{"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

} // namespace

std::string number_text(double value, int decimals, Language language)
{
    return with_marks(plain_digits(value, decimals), language);
}

std::string number_text_trimmed(double value, int decimals, Language language)
{
    return with_marks(trimmed(plain_digits(value, decimals)), language);
}

std::string number_text(std::int64_t value, Language language)
{
    return with_marks(fmt::format("{}", value), language);
}

int decimals_for(double resolution)
{
    return std::clamp(-static_cast<int>(std::floor(std::log10(resolution) + 1e-9)), 0, 9);
}

std::string quantity_text(const Quantity& quantity, Language language)
{
    if (!std::isfinite(quantity.value))
        return {};
    if (quantity.unit == Unit::bytes)
        return bytes_text(quantity.value, language);
    const bool time = quantity.unit == Unit::seconds || quantity.unit == Unit::at;
    if (time && std::abs(quantity.value) >= 59.95)
        return long_duration(quantity.value, language);
    const Scale scale = scale_of(quantity, language);
    const double scaled = quantity.value / scale.size;
    Digits digits = default_digits(quantity.unit, scaled);
    if (quantity.unit == Unit::bandwidth && scale.size == 1.0)
        digits.decimals = 0; // no receiver resolves fractions of a hertz
    if (quantity.resolution > 0.0) {
        digits = {decimals_for(quantity.resolution / scale.size), false};
        if (quantity.unit == Unit::bandwidth)
            digits.decimals = std::min(digits.decimals, decimals_for_digits(scaled, 4, 3));
    }
    return joined(digits.trim ? number_text_trimmed(scaled, digits.decimals, language)
                              : number_text(scaled, digits.decimals, language),
                  scale.unit);
}

std::string uncertainty_text(const Quantity& quantity, Language language)
{
    if (!std::isfinite(quantity.value))
        return {};
    const Scale scale = scale_of(quantity, language);
    const double scaled = std::abs(quantity.value) / scale.size;
    if (scaled == 0.0)
        return joined("0", scale.unit);
    const int exponent = static_cast<int>(std::floor(std::log10(scaled) + 1e-9));
    const double step = std::pow(10.0, exponent - 1);
    const double rounded = std::ceil(scaled / step - 1e-6) * step;
    return joined(number_text_trimmed(rounded, std::max(0, 1 - exponent), language), scale.unit);
}

std::string date_text(Instant moment, Language language)
{
    const CivilTime t = civil_time(moment, vietnam_utc_offset_s);
    if (language == Language::vi)
        return fmt::format("{:02}/{:02}/{:04}", t.day, t.month, t.year);
    return fmt::format("{} {} {}", t.day, english_months.at(t.month - 1), t.year);
}

std::string clock_text(Instant moment, Language language)
{
    const CivilTime t = civil_time(moment, vietnam_utc_offset_s);
    return fmt::format("{:02}:{:02}:{:02}{}{:03}", t.hour, t.minute, t.second, language == Language::vi ? ',' : '.',
                       t.nanosecond / 1'000'000);
}

std::string moment_text(Instant moment, Language language)
{
    std::string clock = clock_text(moment, language);
    if (clock.ends_with("000"))
        clock.resize(clock.size() - 4);
    return fmt::format("{} {} {} (UTC+7)", clock, language == Language::vi ? "ngày" : "on",
                       date_text(moment, language));
}

} // namespace gacsong
