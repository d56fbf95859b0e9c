// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace gacsong::sdr {

/// TPV of gpsd's protocol (formats-and-radios.md §4.4). Every field may be missing in every mode.
struct GpsdFix {
    std::string device;
    int mode = 0; ///< 0 unknown, 1 no fix, 2 without altitude, 3 with it
    std::optional<Instant> time;
    std::optional<double> latitude; ///< degrees, WGS 84
    std::optional<double> longitude;
    std::optional<double> altitude_m; ///< above the ellipsoid
    std::optional<double> error_m;    ///< horizontal, 95 %
    std::optional<double> speed_m_s;
};

/// SKY: what of the satellites tells of jamming.
struct GpsdSky {
    std::string device;
    std::optional<std::int64_t> used;
    std::optional<double> mean_ss_db; ///< signal strength over those in view
};

using GpsdReport = std::variant<GpsdFix, GpsdSky>;

/// Longest line that is read; gpsd's own limit is 10 240 octets.
inline constexpr std::size_t longest_gpsd_line = 16'384;

/// Reads one line. Nothing for classes that are not used here, and for what is no such line.
[[nodiscard]] std::optional<GpsdReport> parse_gpsd(std::string_view line);

} // namespace gacsong::sdr
