// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"

#include <optional>
#include <string_view>

namespace gacsong {

/// From when to when something holds: from ≤ t < until. An absent side is open.
struct Validity {
    std::optional<Instant> from;
    std::optional<Instant> until;

    [[nodiscard]] bool holds(Instant t) const { return (!from || t >= *from) && (!until || t < *until); }
    [[nodiscard]] bool over(Instant t) const { return until && t >= *until; }
    [[nodiscard]] bool empty() const { return from && until && *from >= *until; }
    [[nodiscard]] bool overlaps(const Validity& other) const
    {
        return (!until || !other.from || *other.from < *until) && (!other.until || !from || *from < *other.until);
    }
};

/// Beginning of a day in Viet Nam (UTC+7, no summer time), 1900 … 2200. Nothing for a day that does not exist.
[[nodiscard]] std::optional<Instant> start_of_day(int year, unsigned month, unsigned day);

/// Reads `2026-11-02` or `02/11/2026` (day first, as the office writes) as the beginning of that day in Viet Nam.
[[nodiscard]] std::optional<Instant> parse_day(std::string_view text);

/// The first moment after a day that began at `start`: the end of a `valid_to`, which counts its whole day.
[[nodiscard]] Instant day_after(Instant start);

} // namespace gacsong
