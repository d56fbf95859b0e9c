// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/mission/schedule.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace gacsong::app {
namespace {

constexpr std::int64_t day_s = 86'400;
constexpr std::int64_t thursday = 3; ///< 1970-01-01, from Monday on

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

/// Two digits below a limit.
std::optional<std::int64_t> two_digits(std::string_view text, std::int64_t limit)
{
    std::int64_t value = 0;
    if (text.size() != 2)
        return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + 2, value);
    const bool good = error == std::errc{} && end == text.data() + 2 && value >= 0 && value < limit;
    return good ? std::optional(value) : std::nullopt;
}

} // namespace

std::optional<std::int64_t> parse_time_of_day(std::string_view text)
{
    if ((text.size() != 5 && text.size() != 8) || text[2] != ':' || (text.size() == 8 && text[5] != ':'))
        return std::nullopt;
    const auto hour = two_digits(text.substr(0, 2), 24);
    const auto minute = two_digits(text.substr(3, 2), 60);
    const auto second = text.size() == 8 ? two_digits(text.substr(6, 2), 60) : std::optional<std::int64_t>(0);
    if (!hour || !minute || !second)
        return std::nullopt;
    return *hour * 3600 + *minute * 60 + *second;
}

std::optional<unsigned> parse_weekday(std::string_view text)
{
    constexpr std::array<std::string_view, 7> names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    const auto found = std::ranges::find(names, text);
    return found == names.end() ? std::nullopt : std::optional(static_cast<unsigned>(found - names.begin()));
}

std::optional<int> parse_zone(std::string_view text)
{
    if (text == "Z")
        return 0;
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':')
        return std::nullopt;
    const auto hours = two_digits(text.substr(1, 2), 15);
    const auto minutes = two_digits(text.substr(4, 2), 60);
    if (!hours || !minutes)
        return std::nullopt;
    const auto seconds = static_cast<int>(*hours * 3600 + *minutes * 60);
    return text[0] == '-' ? -seconds : seconds;
}

std::optional<std::int64_t> next_start(const Schedule& schedule, std::int64_t from_s)
{
    const std::int64_t local_s = from_s + schedule.zone_s;
    const std::int64_t today = floor_div(local_s, day_s);
    for (std::int64_t day = today; day <= today + 7; ++day) {
        const auto weekday = static_cast<unsigned>(((day + thursday) % 7 + 7) % 7);
        if (((schedule.days >> weekday) & 1U) == 0)
            continue;
        for (const std::int64_t at_s : schedule.at_s) {
            if (day * day_s + at_s >= local_s)
                return day * day_s + at_s - schedule.zone_s;
        }
    }
    return std::nullopt;
}

Roster::Roster(std::span<const Schedule> missions, std::int64_t now_s)
{
    for (const Schedule& schedule : missions)
        entries_.push_back({schedule, now_s - schedule.for_s, false});
    filler_ = entries_.empty() ? 0 : entries_.size() - 1;
}

/// The start of which the mission's turn is now, or the next one to come.
std::optional<std::int64_t> Roster::due(Entry& entry, std::int64_t now_s, bool& missed) const
{
    for (;;) {
        const auto start_s = next_start(entry.schedule, entry.handled_s + 1);
        if (!start_s || *start_s + entry.schedule.for_s > now_s)
            return start_s;
        entry.handled_s = *start_s;
        missed = true;
    }
}

Turn Roster::next(std::int64_t now_s)
{
    Turn turn;
    std::optional<std::int64_t> coming_s;
    std::optional<std::int64_t> first_s;
    bool fillers = false;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        Entry& entry = entries_[i];
        if (entry.out)
            continue;
        if (entry.schedule.filler()) {
            fillers = true;
            continue;
        }
        bool missed = false;
        const auto start_s = due(entry, now_s, missed);
        if (missed)
            turn.missed.push_back(i);
        if (!start_s)
            continue;
        if (*start_s > now_s) {
            coming_s = std::min(coming_s.value_or(*start_s), *start_s);
        } else if (!first_s || *start_s < *first_s) {
            first_s = start_s;
            turn.mission = i;
        }
    }
    if (first_s) {
        turn.kind = Turn::Kind::run;
        turn.started_s = *first_s;
        turn.until_s = *first_s + entries_[turn.mission].schedule.for_s;
    } else if (fillers) {
        do
            filler_ = (filler_ + 1) % entries_.size();
        while (entries_[filler_].out || !entries_[filler_].schedule.filler());
        turn.kind = Turn::Kind::run;
        turn.mission = filler_;
        turn.started_s = now_s;
        turn.until_s = now_s + entries_[filler_].schedule.for_s;
        if (coming_s)
            turn.until_s = std::min(turn.until_s, *coming_s);
    } else if (coming_s) {
        turn.kind = Turn::Kind::wait;
        turn.until_s = *coming_s;
    }
    return turn;
}

void Roster::done(const Turn& turn)
{
    if (turn.mission < entries_.size() && !entries_[turn.mission].schedule.filler())
        entries_[turn.mission].handled_s = std::max(entries_[turn.mission].handled_s, turn.started_s);
}

void Roster::leave_out(std::size_t mission)
{
    if (mission < entries_.size())
        entries_[mission].out = true;
}

} // namespace gacsong::app
