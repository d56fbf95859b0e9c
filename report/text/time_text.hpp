// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gacsong {

/// A moment taken apart, in the zone that was asked for.
struct CivilTime {
    int year = 1970;
    unsigned month = 1; ///< 1 … 12
    unsigned day = 1;   ///< 1 … 31
    int hour = 0;
    int minute = 0;
    int second = 0;
    int nanosecond = 0;
};

/// Viet Nam's time is UTC+7 all year round.
constexpr int vietnam_utc_offset_s = 7 * 3600;

/// Date and time of a moment, `utc_offset_s` seconds east of UTC.
[[nodiscard]] CivilTime civil_time(Instant moment, int utc_offset_s);

/// `2026-11-02T03:15:00.412Z` (RFC 3339, UTC). `digits` is the number of decimals, 0 … 9; nothing: as many as needed.
[[nodiscard]] std::string rfc3339(Instant moment, std::optional<int> digits = std::nullopt);

/// Reads `YYYY-MM-DDTHH:MM:SS[.digits](Z|±HH:MM)`, also with a space in place of the T and with the date alone
/// (midnight UTC). A time without a zone is refused: nobody could say which moment it is. Years 1970 … 2261.
[[nodiscard]] std::optional<Instant> parse_rfc3339(std::string_view text);

} // namespace gacsong
