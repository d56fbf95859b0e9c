// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace gacsong::app {

/// When one mission is to run. Days and times of day are those of a zone.
struct Schedule {
    std::vector<std::int64_t> at_s; ///< starts, seconds since midnight, ascending; empty: whenever nothing else is due
    unsigned days = 0x7F;           ///< bit 0: Monday … bit 6: Sunday
    std::int64_t for_s = 0;         ///< how long, ≥ 1
    int zone_s = 0;                 ///< seconds east of UTC

    [[nodiscard]] bool filler() const { return at_s.empty(); }
};

/// `06:00` … `23:59`, also with seconds; seconds since midnight.
[[nodiscard]] std::optional<std::int64_t> parse_time_of_day(std::string_view text);
/// `mon` … `sun`; 0 is Monday.
[[nodiscard]] std::optional<unsigned> parse_weekday(std::string_view text);
/// `+07:00`, `-03:30`, `Z`; seconds east of UTC.
[[nodiscard]] std::optional<int> parse_zone(std::string_view text);

/// The first start at or after a moment, seconds since 1970; nothing where there is none (a filler).
[[nodiscard]] std::optional<std::int64_t> next_start(const Schedule& schedule, std::int64_t from_s);

/// What is to be done now, of several missions that share one receiver.
struct Turn {
    enum class Kind { run, wait, over } kind = Kind::over;
    std::size_t mission = 0;           ///< of run
    std::int64_t until_s = 0;          ///< end of it, or of waiting
    std::int64_t started_s = 0;        ///< of run: when it was due
    std::vector<std::size_t> missed{}; ///< missions of which a whole turn passed while another was at work
};

/// Whose turn it is. One that is due while another is at work begins late, and ends when it would have ended; one whose
/// time passed altogether is missed. Between them come those without times, in turn.
class Roster {
public:
    /// `now_s`: a mission that is due at this moment or in progress begins at once.
    Roster(std::span<const Schedule> missions, std::int64_t now_s);

    [[nodiscard]] Turn next(std::int64_t now_s);
    /// The mission of a turn is not to be run again before its next start.
    void done(const Turn& turn);
    /// It is never to be run again.
    void leave_out(std::size_t mission);

private:
    struct Entry {
        Schedule schedule;
        std::int64_t handled_s = 0; ///< starts up to here have been taken care of
        bool out = false;
    };
    [[nodiscard]] std::optional<std::int64_t> due(Entry& entry, std::int64_t now_s, bool& missed) const;

    std::vector<Entry> entries_;
    std::size_t filler_ = 0; ///< whose turn it was last
};

} // namespace gacsong::app
