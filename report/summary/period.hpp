// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"

#include <optional>
#include <string_view>

namespace gacsong::summary {

/// Whole days in Viet Nam's time.
struct Period {
    Instant from;
    Instant until; ///< the first moment after it

    [[nodiscard]] bool holds(Instant moment) const
    {
        return moment.unix_ns >= from.unix_ns && moment.unix_ns < until.unix_ns;
    }
    friend bool operator==(const Period&, const Period&) = default;
};

struct Quarter {
    int year = 1970;
    int number = 1; ///< 1 … 4
    friend bool operator==(const Quarter&, const Quarter&) = default;
};

/// Reads `2026-07-01..2026-09-30`, the last day included. Either end may also be a month (`2026-07`), a quarter
/// (`2026-Q3`) or a year (`2026`), of which the first or the last day is meant. Nothing for what is no day, and where
/// the end comes before the beginning.
[[nodiscard]] std::optional<Period> parse_period(std::string_view text);

[[nodiscard]] Quarter quarter_of(Instant moment);
[[nodiscard]] Quarter quarters_before(Quarter quarter, int count);
[[nodiscard]] Period days_of(Quarter quarter);

/// The quarter that a period is; nothing where it is another stretch of time.
[[nodiscard]] std::optional<Quarter> as_quarter(const Period& period);

/// What lies before it, of the same length: as many months where it is whole months, else as many days.
[[nodiscard]] Period before(const Period& period);
/// The same days of the year before; of 29 February the 28th.
[[nodiscard]] Period year_before(const Period& period);
/// From the first day of the year of its last day to its end.
[[nodiscard]] Period year_to_end(const Period& period);

} // namespace gacsong::summary
