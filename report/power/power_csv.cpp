// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/power/power_csv.hpp"

#include "detect/plan/tables/text_file.hpp"
#include "report/text/time_text.hpp"
#include "sdr/names/civil_time.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <filesystem>
#include <limits>

namespace gacsong {

namespace {

constexpr std::size_t most_values = 100'000;
constexpr std::size_t most_in_all = 20'000'000;
constexpr std::uint64_t most_bytes = 1ULL << 30U;
constexpr double most_hz = 1e12;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blank = " \t\r\n";
    const auto begin = text.find_first_not_of(blank);
    return begin == std::string_view::npos ? std::string_view{}
                                           : text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

/// Takes the field in front of the next comma off the line.
std::string_view take_field(std::string_view& line)
{
    const auto comma = line.find(',');
    const std::string_view field = trimmed(line.substr(0, comma));
    line = comma == std::string_view::npos ? std::string_view{} : line.substr(comma + 1);
    return field;
}

std::optional<double> number(std::string_view text)
{
    double value = 0.0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc{} || end.ptr != text.data() + text.size())
        return std::nullopt;
    return value;
}

/// `-inf` and `nan` occur in real files: there is no value.
std::optional<float> level(std::string_view text)
{
    const auto value = number(text);
    if (!value)
        return std::nullopt;
    const bool there = std::isfinite(*value) && std::abs(*value) < 1e6;
    return there ? static_cast<float>(*value) : std::numeric_limits<float>::quiet_NaN();
}

} // namespace

std::string power_line(const PowerRow& row)
{
    const CivilTime t = civil_time(row.time, 0);
    std::string line =
        fmt::format("{:04}-{:02}-{:02}, {:02}:{:02}:{:02}, {:.0f}, {:.0f}, {:.0f}, {}", t.year, t.month, t.day, t.hour,
                    t.minute, t.second, row.low_hz, row.high_hz(), row.step_hz, row.samples);
    for (const float value : row.levels)
        line += std::isfinite(value) ? fmt::format(", {:.2f}", value) : ", nan";
    return line;
}

std::optional<PowerRow> parse_power_line(std::string_view line)
{
    const std::string date(take_field(line));
    const std::string time(take_field(line));
    const auto when = sdr::parse_time(date + "T" + time);
    const auto low = number(take_field(line));
    const auto high = number(take_field(line));
    const auto step = number(take_field(line));
    const auto samples = number(take_field(line));
    if (!when || !low || !high || !step || !samples)
        return std::nullopt;
    const bool sound = *low >= 0.0 && *high > *low && *high <= most_hz && *step > 0.0 && *step <= *high - *low &&
                       *samples >= 0.0 && *samples <= 1e15;
    if (!sound)
        return std::nullopt;
    // The original writes the last value twice; what lies beyond the upper edge is none (formats-and-radios.md §3.2).
    const double wanted = std::floor((*high - *low) / *step + 0.5);
    if (wanted < 1.0 || wanted > static_cast<double>(most_values))
        return std::nullopt;
    PowerRow row{when->instant, *low, *step, static_cast<std::uint64_t>(*samples), {}};
    while (!line.empty() && row.levels.size() < static_cast<std::size_t>(wanted)) {
        const auto value = level(take_field(line));
        if (!value)
            return std::nullopt;
        row.levels.push_back(*value);
    }
    return row.levels.empty() ? std::nullopt : std::optional(std::move(row));
}

Result<PowerTable> parse_power_csv(std::span<const std::byte> text, const std::string& name, std::size_t most_rows)
{
    std::string_view rest(reinterpret_cast<const char*>(text.data()), text.size());
    PowerTable table;
    std::size_t values = 0;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        const std::string_view line = trimmed(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        if (line.empty() || line.front() == '#')
            continue;
        auto row = parse_power_line(line);
        if (!row) {
            ++table.skipped;
            continue;
        }
        values += row->levels.size();
        if (values > most_in_all || table.rows.size() >= most_rows)
            return failure("power.too_large", {{"file", name}});
        table.rows.push_back(std::move(*row));
    }
    if (table.rows.empty())
        return failure("power.none", {{"file", name}});
    return table;
}

Result<PowerTable> read_power_csv(const std::string& path)
{
    const auto file = read_text_file(path, most_bytes);
    if (!file)
        return tl::unexpected(file.error());
    return parse_power_csv(std::as_bytes(std::span(file->text)), path);
}

} // namespace gacsong
