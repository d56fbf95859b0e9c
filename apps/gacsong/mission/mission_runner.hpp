// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/mission/mission_file.hpp"

#include <cstdint>
#include <functional>
#include <span>

namespace gacsong::app {

/// The time of day, which a test moves by hand.
class WallClock {
public:
    virtual ~WallClock() = default;
    /// Seconds since 1970.
    [[nodiscard]] virtual std::int64_t now_s() const = 0;
    /// Returns when it is so late, or false where waiting was ended.
    [[nodiscard]] virtual bool wait_until(std::int64_t when_s) = 0;
};

/// What a runner of missions tells and does.
struct MissionCalls {
    /// Runs a mission for so many seconds; the exit status.
    std::function<int(const Mission& mission, double seconds)> run;
    std::function<void(const Message&)> say;
};

/// Runs missions by their schedules until waiting is ended, a mission is interrupted, or `stop_s` (seconds since 1970)
/// has come. One that fails is tried again after half a minute, as long as its time lasts; one that the program calls
/// wrong usage is left out from then on. The exit status: 130 where interrupted, 2 where nothing is left to do, 1 where
/// a mission failed, else 0.
[[nodiscard]] int run_missions(std::span<const Mission> missions, WallClock& clock, const MissionCalls& calls,
                               std::optional<std::int64_t> stop_s);

} // namespace gacsong::app
