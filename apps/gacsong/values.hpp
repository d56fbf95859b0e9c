// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace gacsong::app {

/// Values as people write them on the command line and in settings files. Nothing: not such a value. A decimal comma is
/// refused, since it also separates thousands.

/// A frequency in hertz: `433.92M`, `250k`, `2.4 MHz`, `98000000`, `1e6`. Suffixes k, M, G, with or without `Hz`.
/// A bare number is in hertz. Not negative, at most 1e12.
[[nodiscard]] std::optional<double> parse_frequency(std::string_view text);

/// Seconds: `10`, `10s`, `250ms`, `5m`, `2h`, `1d`. Not negative, at most a hundred years.
[[nodiscard]] std::optional<double> parse_duration(std::string_view text);

/// A finite number without a unit.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// A whole number from `least` to `most`.
[[nodiscard]] std::optional<std::int64_t> parse_whole(std::string_view text, std::int64_t least, std::int64_t most);

/// `LOW:HIGH` or `LOW:HIGH:STEP`, frequencies each: `87M:1G`, `430M:440M:6.25k`. LOW < HIGH; STEP > 0 and not wider.
struct Span {
    double low_hz = 0.0;
    double high_hz = 0.0;
    std::optional<double> step_hz;
};
[[nodiscard]] std::optional<Span> parse_span(std::string_view text);

/// How much of an event is recorded, seconds each.
struct EventTimes {
    double before_s = 2.0;   ///< before it begins
    double after_s = 2.0;    ///< after it has ended
    double longest_s = 60.0; ///< of the event; the rest of it is left out
};

/// `LAT,LON` in degrees, WGS 84: `10.386,105.435`.
struct Coordinates {
    double latitude = 0.0;
    double longitude = 0.0;
};
[[nodiscard]] std::optional<Coordinates> parse_coordinates(std::string_view text);

/// `WIDTHxHEIGHT` of a picture in pixels: 640 … 8000 times 480 … 8000.
[[nodiscard]] std::optional<std::pair<unsigned, unsigned>> parse_size(std::string_view text);

} // namespace gacsong::app
