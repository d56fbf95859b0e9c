// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/cells/level_fix.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace gacsong {

namespace {

constexpr double metres_per_degree = 111'195.0; ///< of latitude, on the sphere of the Earth's mean radius
constexpr double step_m = 40.0;
constexpr int steps = 25; ///< to each side
constexpr double db_per_decade = 37.6;
constexpr double least_shadow_db = 8.0;
constexpr double nearest_m = 20.0; ///< nobody stands closer, and antennas are above
constexpr std::size_t least_places = 6;

/// A level on the plane that touches the Earth where it was loudest, metres.
struct Sample {
    double north_m = 0.0;
    double east_m = 0.0;
    double level_db = 0.0;
    double count = 0.0;
};

/// What was received within 50 m, averaged.
std::vector<Sample> gathered(std::span<const LevelAt> levels, const Place& origin, double narrowing)
{
    constexpr double alike_m = 50.0;
    std::vector<Sample> out;
    for (const auto& one : levels) {
        const double north_m = (one.place.latitude - origin.latitude) * metres_per_degree;
        const double east_m = (one.place.longitude - origin.longitude) * metres_per_degree * narrowing;
        const auto near = std::find_if(out.begin(), out.end(), [&](const Sample& sample) {
            return std::hypot(sample.north_m - north_m, sample.east_m - east_m) < alike_m;
        });
        if (near == out.end()) {
            out.push_back({north_m, east_m, one.level_dbfs, 1.0});
            continue;
        }
        near->count += 1.0;
        near->level_db += (one.level_dbfs - near->level_db) / near->count;
    }
    return out;
}

/// Sum of squares of what the levels miss if the transmitter stands there, its power being free; dB².
double misfit(const std::vector<Sample>& samples, double north_m, double east_m)
{
    double sum = 0.0;
    double squares = 0.0;
    for (const auto& one : samples) {
        const double distance_m = std::max(nearest_m, std::hypot(one.north_m - north_m, one.east_m - east_m));
        const double power_db = one.level_db + db_per_decade * std::log10(distance_m);
        sum += power_db;
        squares += power_db * power_db;
    }
    return squares - sum * sum / static_cast<double>(samples.size());
}

} // namespace

std::optional<LevelFix> fix_by_levels(std::span<const LevelAt> levels)
{
    if (levels.size() < least_places)
        return std::nullopt;
    const Place origin = std::max_element(levels.begin(), levels.end(), [](const auto& a, const auto& b) {
                             return a.level_dbfs < b.level_dbfs;
                         })->place;
    const double narrowing = std::max(0.01, std::cos(origin.latitude * std::numbers::pi / 180.0));
    const auto samples = gathered(levels, origin, narrowing);
    if (samples.size() < least_places)
        return std::nullopt;
    std::vector<double> misfits;
    for (int i = -steps; i <= steps; ++i)
        for (int j = -steps; j <= steps; ++j)
            misfits.push_back(misfit(samples, step_m * i, step_m * j));
    const double least = *std::min_element(misfits.begin(), misfits.end());
    constexpr double free_values = 3.0; // place and power
    const double variance =
        std::max(least_shadow_db * least_shadow_db, least / (static_cast<double>(samples.size()) - free_values));
    double all = 0.0;
    double border = 0.0;
    double north = 0.0;
    double east = 0.0;
    double squares = 0.0;
    std::size_t at = 0;
    for (int i = -steps; i <= steps; ++i) {
        for (int j = -steps; j <= steps; ++j) {
            const double likely = std::exp(-0.5 * (misfits[at++] - least) / variance);
            const double north_m = step_m * i;
            const double east_m = step_m * j;
            all += likely;
            border += std::max(std::abs(i), std::abs(j)) == steps ? likely : 0.0;
            north += likely * north_m;
            east += likely * east_m;
            squares += likely * (north_m * north_m + east_m * east_m);
        }
    }
    constexpr double open_share = 0.01;
    if (border > open_share * all)
        return std::nullopt;
    north /= all;
    east /= all;
    const double sigma_m = std::sqrt(std::max(0.0, squares / all - north * north - east * east));
    return LevelFix{
        {origin.latitude + north / metres_per_degree, origin.longitude + east / (metres_per_degree * narrowing)},
        std::max(sigma_m, step_m)};
}

} // namespace gacsong
