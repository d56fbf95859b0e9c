// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "dsp/result.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong::sdr {

/// By how much a level at the antenna in dBm is above what the receiver shows in dBFS, at one frequency.
struct LevelPoint {
    double frequency_hz = 0.0;
    double offset_db = 0.0; ///< dBm − dBFS, cable included
    double u_db = 0.0;      ///< expanded uncertainty, k = 2
    Instant when;
};

/// The levels of one receiver at one setting of its gains and one antenna socket.
struct LevelCalibration {
    std::string driver;
    std::string serial;
    std::map<std::string, double> gains; ///< dB by element
    std::string antenna;
    std::vector<LevelPoint> points; ///< ascending in frequency
};

/// Most points of one calibration that are kept.
inline constexpr std::size_t most_level_points = 10'000;

/// Offset at a frequency: between two points on the straight line, with a quarter of their difference added in
/// quadrature to the larger of their uncertainties; within 1 % of a single or outermost point its own. Nothing
/// elsewhere: nobody knows what a receiver does outside of where it was measured.
[[nodiscard]] std::optional<LevelPoint> level_at(const LevelCalibration& calibration, double frequency_hz);

/// Puts a point in, in the place of what stood within 1 kHz of it.
void add_point(LevelCalibration& calibration, LevelPoint point);

/// Reads what write_levels() wrote, at most 4 MiB; entries that are none are left out. A file that is not there holds
/// none. Error: config.broken.
[[nodiscard]] Result<std::vector<LevelCalibration>> read_levels(const std::string& path);
[[nodiscard]] Result<std::vector<LevelCalibration>> parse_levels(std::string_view text, const std::string& path);

/// Writes all of them. Errors: output.write, output.full.
[[nodiscard]] Status write_levels(const std::string& path, const std::vector<LevelCalibration>& all);

/// The entry of a receiver with these gains (to 0.1 dB) and this antenna; null where there is none.
[[nodiscard]] LevelCalibration* find_levels(std::vector<LevelCalibration>& all, const LevelCalibration& wanted);

} // namespace gacsong::sdr
