// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/paint/ticks.hpp"

#include "report/text/time_text.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace gacsong::paint {
namespace {

constexpr std::size_t most_ticks = 2'000; ///< of an axis, whatever it is asked for

/// Decimals that tell neighbouring multiples of `step` apart.
int decimals_of_step(double step) { return std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 9); }

/// Marks at multiples of `step` / `parts`; label(value) for those at multiples of `step`.
template <class Label> std::vector<Tick> marks(double low, double high, double step, int parts, Label label)
{
    std::vector<Tick> ticks;
    const double minor = step / parts;
    const double first = std::ceil(low / minor - 1e-6);
    const double last = std::floor(high / minor + 1e-6);
    if (!(last - first < static_cast<double>(most_ticks)))
        return ticks;
    for (double k = first; k <= last; k += 1.0) {
        const bool major = std::abs(std::remainder(k, parts)) < 0.5;
        const double value = k * minor;
        ticks.push_back({value, major, major ? label(value) : std::string{}});
    }
    return ticks;
}

int parts_of(double step)
{
    const double lead = step / std::pow(10.0, std::floor(std::log10(step) + 1e-9));
    return lead > 1.5 && lead < 3.0 ? 4 : 5;
}

struct FrequencyUnit {
    double hz;
    const char* name;
};

FrequencyUnit unit_for(double largest_hz, bool relative)
{
    if (relative)
        return {1e3, "kHz"};
    if (largest_hz >= 1e10)
        return {1e9, "GHz"};
    if (largest_hz >= 1e6)
        return {1e6, "MHz"};
    if (largest_hz >= 1e3)
        return {1e3, "kHz"};
    return {1.0, "Hz"};
}

double nice_time_step(double least)
{
    if (least <= 1.0)
        return nice_step(least, 1.0, 1.0);
    constexpr std::array steps{1.0,   2.0,   5.0,    10.0,   15.0,   30.0,    60.0,    120.0,  300.0,
                               600.0, 900.0, 1800.0, 3600.0, 7200.0, 10800.0, 21600.0, 43200.0};
    const auto found = std::ranges::find_if(steps, [&](double step) { return step >= least; });
    return found == steps.end() ? 86400.0 * std::ceil(least / 86400.0) : *found;
}

} // namespace

double nice_step(double span, double length_px, double least_px)
{
    const double least = span * least_px / std::max(1.0, length_px);
    if (!(least > 0.0) || !std::isfinite(least))
        return 1.0;
    const double decade = std::pow(10.0, std::floor(std::log10(least) + 1e-12));
    for (const double lead : {1.0, 2.0, 5.0}) {
        if (lead * decade >= least * (1.0 - 1e-9))
            return lead * decade;
    }
    return 10.0 * decade;
}

Ticks frequency_ticks(double low_hz, double high_hz, double length_px, double least_px, Language language,
                      bool relative)
{
    Ticks ticks;
    const double step = nice_step(high_hz - low_hz, length_px, least_px);
    const double largest = std::max(std::abs(low_hz), std::abs(high_hz));
    const FrequencyUnit unit = unit_for(largest, relative);
    const int decimals = decimals_of_step(step / unit.hz);
    const int whole = static_cast<int>(std::floor(std::log10(std::max(1.0, largest / unit.hz)))) + 1;
    constexpr int most_digits = 7;
    ticks.major_step = step;
    ticks.unit = unit.name;
    if (whole + decimals <= most_digits || unit.hz <= 1e3) {
        ticks.ticks = marks(low_hz, high_hz, step, parts_of(step),
                            [&](double hz) { return number_text(hz / unit.hz, decimals, language); });
        return ticks;
    }
    const double base = std::floor(low_hz / 1e6) * 1e6;
    const int rest = decimals_of_step(step / 1e3);
    ticks.unit = "kHz";
    ticks.common = fmt::format("{}\u00A0MHz\u00A0+", number_text(base / 1e6, 0, language));
    ticks.ticks = marks(low_hz, high_hz, step, parts_of(step),
                        [&](double hz) { return number_text((hz - base) / 1e3, rest, language); });
    return ticks;
}

Ticks level_ticks(double low_db, double high_db, double length_px, double least_px, Language language)
{
    Ticks ticks;
    const double least = (high_db - low_db) * least_px / std::max(1.0, length_px);
    constexpr std::array steps{1.0, 2.0, 5.0, 10.0, 20.0, 50.0};
    const auto found = std::ranges::find_if(steps, [&](double step) { return step >= least; });
    ticks.major_step = found == steps.end() ? 100.0 : *found;
    ticks.ticks = marks(low_db, high_db, ticks.major_step, 1, [&](double db) { return number_text(db, 0, language); });
    return ticks;
}

std::string clock_label(double at_s, std::optional<Instant> start, int decimals, bool hours, Language language)
{
    const double factor = std::pow(10.0, decimals);
    const double rounded = std::round(at_s * factor) / factor;
    double second = 0.0;
    std::int64_t minutes = 0;
    if (start) {
        const Instant moment{start->unix_ns + std::llround(rounded * 1e9)};
        const CivilTime t = civil_time(moment, vietnam_utc_offset_s);
        minutes = 60 * t.hour + t.minute;
        second = t.second + std::floor(1e-9 * t.nanosecond * factor + 0.5) / factor;
    } else {
        const double positive = std::abs(rounded);
        minutes = static_cast<std::int64_t>(positive / 60.0);
        second = positive - 60.0 * static_cast<double>(minutes);
    }
    const int width = decimals > 0 ? 3 + decimals : 2;
    std::string seconds = fmt::format("{:0{}.{}f}", second, width, decimals);
    if (language == Language::vi)
        std::ranges::replace(seconds, '.', ',');
    const char* sign = !start && rounded < 0.0 ? "\u2212" : "";
    if (hours && (start || minutes >= 60))
        return fmt::format("{}{:02}:{:02}:{}", sign, minutes / 60, minutes % 60, seconds);
    return fmt::format("{}{:02}:{}", sign, minutes % 60, seconds);
}

Ticks time_ticks(double from_s, double to_s, double length_px, double least_px, Language language,
                 std::optional<Instant> start)
{
    Ticks ticks;
    const double step = nice_time_step((to_s - from_s) * least_px / std::max(1.0, length_px));
    // Marks stand at round moments of the clock, not of the recording.
    const double shift = start ? static_cast<double>(start->unix_ns % 86'400'000'000'000) * 1e-9 : 0.0;
    const int decimals = step < 1.0 ? std::min(6, decimals_of_step(step)) : (step < 2.0 ? 1 : 0);
    ticks.major_step = step;
    ticks.ticks = marks(from_s + shift, to_s + shift, step, 5,
                        [&](double at) { return clock_label(at - shift, start, decimals, step >= 3600.0, language); });
    for (Tick& tick : ticks.ticks)
        tick.value -= shift;
    return ticks;
}

} // namespace gacsong::paint
