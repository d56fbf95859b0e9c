// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/position/gpsd_report.hpp"

#include "sdr/names/civil_time.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace gacsong::sdr {

namespace {

using nlohmann::json;

constexpr std::size_t most_satellites = 400;

std::optional<double> number(const json& object, const char* key, double least, double most)
{
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number())
        return std::nullopt;
    const auto value = found->get<double>();
    return std::isfinite(value) && value >= least && value <= most ? std::optional(value) : std::nullopt;
}

std::string text(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

GpsdFix fix_of(const json& object)
{
    GpsdFix fix;
    fix.device = text(object, "device");
    fix.mode = static_cast<int>(number(object, "mode", 0.0, 3.0).value_or(0.0));
    if (const auto stamp = parse_time(text(object, "time")))
        fix.time = stamp->instant;
    fix.latitude = number(object, "lat", -90.0, 90.0);
    fix.longitude = number(object, "lon", -180.0, 180.0);
    if (!fix.latitude || !fix.longitude) {
        fix.latitude.reset();
        fix.longitude.reset();
    }
    fix.altitude_m = number(object, "altHAE", -1e4, 1e5);
    fix.error_m = number(object, "eph", 0.0, 1e7);
    fix.speed_m_s = number(object, "speed", 0.0, 1e4);
    return fix;
}

GpsdSky sky_of(const json& object)
{
    GpsdSky sky;
    sky.device = text(object, "device");
    if (const auto used = number(object, "uSat", 0.0, 1e4))
        sky.used = static_cast<std::int64_t>(*used);
    const auto list = object.find("satellites");
    if (list == object.end() || !list->is_array())
        return sky;
    double sum = 0.0;
    std::size_t count = 0;
    std::int64_t used = 0;
    for (const json& one : *list) {
        if (!one.is_object() || count >= most_satellites)
            continue;
        if (const auto ss = number(one, "ss", 1e-3, 100.0)) {
            sum += *ss;
            ++count;
        }
        const auto in_use = one.find("used");
        used += in_use != one.end() && in_use->is_boolean() && in_use->get<bool>() ? 1 : 0;
    }
    if (count > 0)
        sky.mean_ss_db = sum / static_cast<double>(count);
    if (!sky.used)
        sky.used = used;
    return sky;
}

} // namespace

std::optional<GpsdReport> parse_gpsd(std::string_view line)
{
    if (line.size() > longest_gpsd_line)
        return std::nullopt;
    const json object = json::parse(line, nullptr, false);
    if (!object.is_object())
        return std::nullopt;
    const std::string kind = text(object, "class");
    if (kind == "TPV")
        return fix_of(object);
    if (kind == "SKY")
        return sky_of(object);
    return std::nullopt;
}

} // namespace gacsong::sdr
