// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/service_notices.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "apps/gacsong/interrupt.hpp"
#include "apps/gacsong/mission/mission_runner.hpp"
#include "apps/gacsong/settings.hpp"
#include "report/text/time_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace gacsong::app {
namespace {

using namespace std::chrono_literals;

constexpr auto look_every = 500ms; ///< the clock may be set while it is waited for
constexpr std::size_t listed_starts = 20;

/// The computer's own, while a signal or the service's manager may want something.
class ComputersClock final : public WallClock {
public:
    explicit ComputersClock(const ServiceNotices* notices) : notices_(notices) {}

    [[nodiscard]] std::int64_t now_s() const override
    {
        return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    }

    [[nodiscard]] bool wait_until(std::int64_t when_s) override
    {
        const Interrupt interrupt;
        while (now_s() < when_s) {
            if (interrupt.token().stop_requested())
                return false;
            if (notices_ != nullptr)
                notices_->alive();
            std::this_thread::sleep_for(look_every);
        }
        return !interrupt.interrupted();
    }

private:
    const ServiceNotices* notices_;
};

/// `06:00:00 on Monday`-like is the reader's; here date and time stand as in the file's own zone.
std::string moment(std::int64_t when_s, int zone_s)
{
    const CivilTime time = civil_time(Instant{when_s * 1'000'000'000}, zone_s);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", time.year, time.month, time.day, time.hour, time.minute,
                       time.second);
}

/// What will be done next, one line each, without doing it.
Status list_starts(const std::vector<Mission>& missions, std::int64_t now_s, Session& session)
{
    std::vector<std::pair<std::int64_t, const Mission*>> starts;
    for (const Mission& mission : missions) {
        std::int64_t from_s = now_s;
        for (std::size_t i = 0; i < listed_starts; ++i) {
            const auto start_s = next_start(mission.schedule, from_s);
            if (!start_s)
                break;
            starts.emplace_back(*start_s, &mission);
            from_s = *start_s + 1;
        }
    }
    std::ranges::stable_sort(starts, {}, &std::pair<std::int64_t, const Mission*>::first);
    starts.resize(std::min(starts.size(), listed_starts));
    const auto line = [&](const std::string& when, const Mission& mission) {
        return session.out().line(
            fmt::format("{:<19}  {:<6}  {}  {}", when, mission.arguments.command,
                        session.words().text(Message(
                            "mission.length",
                            {{"duration", Quantity{static_cast<double>(mission.schedule.for_s), Unit::seconds}}})),
                        mission.name));
    };
    Status written;
    for (const auto& [start_s, mission] : starts)
        if (written)
            written = line(moment(start_s, mission->schedule.zone_s), *mission);
    for (const Mission& mission : missions)
        if (written && mission.schedule.filler())
            written = line(session.words().text("mission.between"), mission);
    return written;
}

} // namespace

int run_mission(const Arguments& arguments, Session& session)
{
    auto missions = read_missions(arguments.words.front(), session.words());
    if (!missions)
        return session.fail(missions.error());
    for (Mission& mission : *missions) {
        Arguments& own = mission.arguments;
        own.config_file = arguments.config_file;
        own.json = own.json || (arguments.json && own.command != "record");
        own.quiet = arguments.quiet;
        own.of_a_mission = true;
        auto settings = load_settings(own);
        if (!settings)
            return session.fail(settings.error());
        own.settings = std::move(*settings);
    }
    const auto notices = ServiceNotices::make(true);
    ComputersClock clock(notices.get());
    if (arguments.check) {
        const Status listed = list_starts(*missions, clock.now_s(), session);
        return listed ? status::done : session.fail(listed.error());
    }
    if (notices)
        notices->ready();
    MissionCalls calls;
    calls.say = [&](const Message& message) { session.warn(message); };
    calls.run = [&](const Mission& mission, double seconds) {
        Arguments own = mission.arguments;
        own.stop_after_s = seconds;
        if (!arguments.quiet)
            static_cast<void>(session.err().line(session.words().text(Message(
                "mission.begins", {{"mission", mission.name}, {"duration", Quantity{seconds, Unit::seconds}}}))));
        const int done = find_command(own.command)->run(own, session);
        return session.out().flush() ? done : status::failed;
    };
    std::optional<std::int64_t> stop_s;
    if (arguments.stop_after_s)
        stop_s = clock.now_s() + static_cast<std::int64_t>(*arguments.stop_after_s);
    const int result = run_missions(*missions, clock, calls, stop_s);
    if (result == status::usage)
        return session.fail({Message("mission.nothing_left", {{"file", arguments.words.front()}}), Fault::usage});
    return result;
}

} // namespace gacsong::app
