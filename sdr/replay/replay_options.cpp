// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/replay/replay_options.hpp"

#include <charconv>
#include <cmath>
#include <filesystem>
#include <limits>

namespace gacsong::sdr {

namespace {

std::optional<double> number(const std::string& text, double least, double most)
{
    double value = 0.0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc{} || end.ptr != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value >= least && value <= most ? std::optional(value) : std::nullopt;
}

/// Hands the value of a key to `take`; false where it is wrong.
template <class Take> bool with_number(const std::string& text, double least, double most, Take take)
{
    const auto value = number(text, least, most);
    if (value)
        take(*value);
    return value.has_value();
}

bool set(ReplayOptions& o, const std::string& key, const std::string& value)
{
    constexpr double most = 1e9;
    constexpr double tiny = std::numeric_limits<double>::min();
    const auto into = [&](auto& target, double least, double limit) {
        return with_number(value, least, limit, [&](double v) { target = v; });
    };
    if (key == "file")
        return !(o.file = value).empty();
    if (key == "serial")
        return !(o.serial = value).empty();
    if (key == "present")
        return !(o.present = value).empty();
    if (key == "type")
        return (o.flags.type = parse_sample_format(value)).has_value();
    if (key == "loop")
        return with_number(value, 0, 1, [&](double v) { o.loop = v != 0.0; });
    if (key == "rate")
        return into(o.flags.rate_hz, 1.0, 1e12);
    if (key == "center")
        return into(o.flags.center_hz, 0.0, 1e12);
    if (key == "speed")
        return into(o.speed, 0.0, 1e6);
    if (key == "ppm")
        return into(o.ppm, -1000.0, 1000.0);
    if (key == "dc")
        return into(o.dc_dbfs, -200.0, 0.0);
    if (key == "image")
        return into(o.image_db, -200.0, 0.0);
    if (key == "time_scale")
        return into(o.time_scale, 0.0, 1000.0);
    if (key == "drop_every")
        return into(o.drop_every_s, tiny, most);
    if (key == "drop")
        return into(o.drop_s, tiny, most);
    if (key == "unplug_after")
        return into(o.unplug_after_s, 0.0, most);
    if (key == "freeze_after")
        return into(o.freeze_after_s, 0.0, most);
    if (key == "timeout_every")
        return into(o.timeout_every_s, tiny, most);
    return true; // driver, label, …: added by SoapySDR and by programs
}

} // namespace

Result<ReplayOptions> replay_options(const std::map<std::string, std::string>& args)
{
    ReplayOptions options;
    for (const auto& [key, value] : args) {
        if (!set(options, key, value))
            return failure("replay.option", {{"key", key}, {"value", value}}, Fault::usage);
    }
    if (options.file.empty())
        return failure("replay.no_file", {}, Fault::usage);
    return options;
}

Status replay_permitted(const std::string& file, const std::optional<std::string>& folder, bool served)
{
    namespace fs = std::filesystem;
    if (!folder)
        return served ? Status(failure("replay.folder", {{"file", file}})) : Status();
    std::error_code error;
    const fs::path inside = fs::canonical(*folder, error);
    const fs::path asked = error ? fs::path() : fs::canonical(file, error);
    if (error || asked.lexically_relative(inside).empty() || *asked.lexically_relative(inside).begin() == "..")
        return failure("replay.folder", {{"file", file}});
    return {};
}

} // namespace gacsong::sdr
