// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/levels.hpp"

#include "sdr/receivers/kept_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace gacsong::sdr {

namespace {

using nlohmann::json;

constexpr std::size_t largest = std::size_t{4} << 20U;
constexpr double same_gain_db = 0.1;
constexpr double same_place_hz = 1e3;
constexpr double edge = 0.01; ///< share of its frequency by which an outermost point reaches
constexpr double most_db = 300.0;
constexpr double highest_hz = 1e12;

std::optional<LevelPoint> point_of(const json& entry)
{
    LevelPoint point{entry.at("frequency_hz").get<double>(), entry.at("offset_db").get<double>(),
                     entry.at("u_db").get<double>(), Instant{entry.at("unix_ns").get<std::int64_t>()}};
    const bool good = point.frequency_hz > 0.0 && point.frequency_hz <= highest_hz &&
                      std::abs(point.offset_db) <= most_db && point.u_db >= 0.0 && point.u_db <= most_db;
    return good ? std::optional(point) : std::nullopt;
}

std::optional<LevelCalibration> calibration_of(const json& entry)
{
    try {
        LevelCalibration one{entry.at("driver").get<std::string>(),
                             entry.at("serial").get<std::string>(),
                             entry.at("gains").get<std::map<std::string, double>>(),
                             entry.value("antenna", ""),
                             {}};
        for (const json& value : entry.at("points")) {
            if (const auto point = point_of(value); point && one.points.size() < most_level_points)
                one.points.push_back(*point);
        }
        std::ranges::sort(one.points, {}, &LevelPoint::frequency_hz);
        if (!one.points.empty())
            return one;
    } catch (const json::exception&) { // left out, as said
    }
    return std::nullopt;
}

bool same_gains(const std::map<std::string, double>& a, const std::map<std::string, double>& b)
{
    return std::ranges::equal(a, b, [](const auto& x, const auto& y) {
        return x.first == y.first && std::abs(x.second - y.second) <= same_gain_db;
    });
}

} // namespace

std::optional<LevelPoint> level_at(const LevelCalibration& calibration, double frequency_hz)
{
    const auto& points = calibration.points;
    const auto above = std::ranges::lower_bound(points, frequency_hz, {}, &LevelPoint::frequency_hz);
    const auto near = [&](const LevelPoint& point) {
        return std::abs(frequency_hz - point.frequency_hz) <= edge * point.frequency_hz;
    };
    if (above == points.end())
        return !points.empty() && near(points.back()) ? std::optional(points.back()) : std::nullopt;
    if (above == points.begin())
        return near(*above) ? std::optional(*above) : std::nullopt;
    const LevelPoint& low = *std::prev(above);
    const LevelPoint& high = *above;
    const double share = (frequency_hz - low.frequency_hz) / (high.frequency_hz - low.frequency_hz);
    LevelPoint between;
    between.frequency_hz = frequency_hz;
    between.offset_db = std::lerp(low.offset_db, high.offset_db, share);
    between.u_db = std::hypot(std::max(low.u_db, high.u_db), 0.25 * (high.offset_db - low.offset_db));
    between.when = std::min(low.when, high.when);
    return between;
}

void add_point(LevelCalibration& calibration, LevelPoint point)
{
    std::erase_if(calibration.points, [&](const LevelPoint& old) {
        return std::abs(old.frequency_hz - point.frequency_hz) <= same_place_hz;
    });
    const auto place = std::ranges::lower_bound(calibration.points, point.frequency_hz, {}, &LevelPoint::frequency_hz);
    calibration.points.insert(place, point);
}

Result<std::vector<LevelCalibration>> parse_levels(std::string_view text, const std::string& path)
{
    return kept_entries<LevelCalibration>(text, path, "levels", calibration_of);
}

Result<std::vector<LevelCalibration>> read_levels(const std::string& path)
{
    const auto text = read_kept(path, largest);
    return text ? parse_levels(*text, path) : std::vector<LevelCalibration>{};
}

Status write_levels(const std::string& path, const std::vector<LevelCalibration>& all)
{
    json list = json::array();
    for (const LevelCalibration& one : all) {
        json points = json::array();
        for (const LevelPoint& point : one.points)
            points.push_back({{"frequency_hz", point.frequency_hz},
                              {"offset_db", point.offset_db},
                              {"u_db", point.u_db},
                              {"unix_ns", point.when.unix_ns}});
        list.push_back({{"driver", one.driver},
                        {"serial", one.serial},
                        {"gains", one.gains},
                        {"antenna", one.antenna},
                        {"points", std::move(points)}});
    }
    return write_kept(path, "levels", list);
}

LevelCalibration* find_levels(std::vector<LevelCalibration>& all, const LevelCalibration& wanted)
{
    const auto found = std::ranges::find_if(all, [&](const LevelCalibration& one) {
        return one.driver == wanted.driver && one.serial == wanted.serial && one.antenna == wanted.antenna &&
               same_gains(one.gains, wanted.gains);
    });
    return found == all.end() ? nullptr : &*found;
}

} // namespace gacsong::sdr
