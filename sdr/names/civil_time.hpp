// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gacsong::sdr {

/// A calendar date and time without a zone.
struct CivilTime {
    int year = 0; ///< 1970 … 2261, what 64-bit nanoseconds hold
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0; ///< 60 (a leap second) is taken as the next second
    std::int64_t nanosecond = 0;
};

/// The instant of a civil time read as UTC; nothing where the date does not exist.
[[nodiscard]] std::optional<Instant> to_instant(const CivilTime& time);

/// A time stamp as found in metadata.
struct TimeStamp {
    Instant instant;
    bool zone_stated = false; ///< without a zone the text is read as UTC
};

/// Reads `YYYY-MM-DD(T| )HH:MM:SS[.digits][Z|±HH[:]MM]` (SigMF core:datetime and what writers make of it).
/// Digits beyond the nanosecond are cut. Nothing where the text is anything else.
[[nodiscard]] std::optional<TimeStamp> parse_time(std::string_view text);

/// `YYYY-MM-DD HH:MM:SS` of a time that is written as if it were UTC, without a zone.
[[nodiscard]] std::string civil_text(Instant time);

/// `base` moved by a number of samples; nothing where that leaves the range of an Instant.
[[nodiscard]] std::optional<Instant> after_samples(Instant base, double samples, double rate_hz);

} // namespace gacsong::sdr
