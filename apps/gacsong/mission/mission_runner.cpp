// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/mission/mission_runner.hpp"

#include "apps/gacsong/exit_status.hpp"

#include <algorithm>

namespace gacsong::app {
namespace {

constexpr std::int64_t again_after_s = 30;

} // namespace

int run_missions(std::span<const Mission> missions, WallClock& clock, const MissionCalls& calls,
                 std::optional<std::int64_t> stop_s)
{
    std::vector<Schedule> schedules;
    for (const Mission& mission : missions)
        schedules.push_back(mission.schedule);
    Roster roster(schedules, clock.now_s());
    int result = status::done;
    const auto until = [&](std::int64_t when_s) { return stop_s ? std::min(when_s, *stop_s) : when_s; };
    for (;;) {
        const std::int64_t now_s = clock.now_s();
        if (stop_s && now_s >= *stop_s)
            return result;
        const Turn turn = roster.next(now_s);
        for (const std::size_t missed : turn.missed)
            calls.say(Message("mission.missed", {{"mission", missions[missed].name}}));
        if (turn.kind == Turn::Kind::over)
            return status::usage;
        if (turn.kind == Turn::Kind::wait) {
            if (!clock.wait_until(until(turn.until_s)))
                return status::interrupted;
            continue;
        }
        const Mission& mission = missions[turn.mission];
        const int done =
            calls.run(mission, static_cast<double>(std::max<std::int64_t>(1, until(turn.until_s) - now_s)));
        if (done == status::interrupted)
            return done;
        if (done == status::usage) {
            calls.say(Message("mission.left_out", {{"mission", mission.name}}));
            roster.leave_out(turn.mission);
        } else if (done == status::failed) {
            result = status::failed;
            const std::int64_t again_s = clock.now_s() + again_after_s;
            if (again_s >= turn.until_s)
                roster.done(turn);
            if (!clock.wait_until(until(again_s)))
                return status::interrupted;
        } else {
            roster.done(turn);
            // One that ended before its time, as a recording that is played may, shall not be begun over and over.
            if (mission.schedule.filler() && clock.now_s() == now_s && !clock.wait_until(now_s + 1))
                return status::interrupted;
        }
    }
}

} // namespace gacsong::app
