// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/values.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <span>

namespace gacsong::app {
namespace {

struct Suffix {
    std::string_view text;
    double factor;
};

// A small m would be milli to a physicist and mega to a hasty hand; it is refused for frequencies.
constexpr std::array<Suffix, 9> frequency_suffixes{
    {{"", 1.0}, {"k", 1e3}, {"K", 1e3}, {"M", 1e6}, {"G", 1e9}, {"Hz", 1.0}, {"kHz", 1e3}, {"MHz", 1e6}, {"GHz", 1e9}}};

constexpr std::array<Suffix, 7> duration_suffixes{
    {{"", 1.0}, {"s", 1.0}, {"ms", 1e-3}, {"us", 1e-6}, {"m", 60.0}, {"h", 3600.0}, {"d", 86400.0}}};

constexpr double highest_hz = 1e12;
constexpr double longest_s = 100.0 * 366.0 * 86400.0;

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

/// Reads a number and the suffix behind it.
std::optional<double> parse_with(std::string_view text, std::span<const Suffix> suffixes, double most)
{
    text = trimmed(text);
    double number = 0.0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{})
        return std::nullopt;
    const std::string_view unit = trimmed(text.substr(static_cast<std::size_t>(read.ptr - text.data())));
    for (const Suffix& suffix : suffixes) {
        if (suffix.text != unit)
            continue;
        const double value = number * suffix.factor;
        if (!std::isfinite(value) || value < 0.0 || value > most)
            return std::nullopt;
        return value;
    }
    return std::nullopt;
}

} // namespace

std::optional<double> parse_frequency(std::string_view text)
{
    return parse_with(text, frequency_suffixes, highest_hz);
}

std::optional<double> parse_duration(std::string_view text) { return parse_with(text, duration_suffixes, longest_s); }

std::optional<double> parse_number(std::string_view text)
{
    text = trimmed(text);
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double number = 0.0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

std::optional<std::int64_t> parse_whole(std::string_view text, std::int64_t least, std::int64_t most)
{
    text = trimmed(text);
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || number < least || number > most)
        return std::nullopt;
    return number;
}

std::optional<Span> parse_span(std::string_view text)
{
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const auto second = text.find(':', colon + 1);
    const auto low = parse_frequency(text.substr(0, colon));
    const auto high =
        parse_frequency(text.substr(colon + 1, second == std::string_view::npos ? second : second - colon - 1));
    if (!low || !high || *low >= *high)
        return std::nullopt;
    Span span{*low, *high, std::nullopt};
    if (second != std::string_view::npos) {
        span.step_hz = parse_frequency(text.substr(second + 1));
        if (!span.step_hz || *span.step_hz <= 0.0 || *span.step_hz > *high - *low)
            return std::nullopt;
    }
    return span;
}

std::optional<Coordinates> parse_coordinates(std::string_view text)
{
    const std::size_t comma = text.find(',');
    if (comma == std::string_view::npos)
        return std::nullopt;
    const auto latitude = parse_number(text.substr(0, comma));
    const auto longitude = parse_number(text.substr(comma + 1));
    if (!latitude || !longitude || std::abs(*latitude) > 90.0 || std::abs(*longitude) > 180.0)
        return std::nullopt;
    return Coordinates{*latitude, *longitude};
}

std::optional<std::pair<unsigned, unsigned>> parse_size(std::string_view text)
{
    constexpr std::int64_t most = 8'000;
    const std::size_t cross = text.find('x');
    if (cross == std::string_view::npos)
        return std::nullopt;
    const auto width = parse_whole(text.substr(0, cross), 640, most);
    const auto height = parse_whole(text.substr(cross + 1), 480, most);
    if (!width || !height)
        return std::nullopt;
    return std::pair{static_cast<unsigned>(*width), static_cast<unsigned>(*height)};
}

} // namespace gacsong::app
