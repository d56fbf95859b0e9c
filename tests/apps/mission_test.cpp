// SPDX-License-Identifier: GPL-3.0-or-later
// Missions: their files, whose turn it is, and what becomes of one that fails.
#include "apps/gacsong/exit_status.hpp"
#include "apps/gacsong/mission/mission_runner.hpp"
#include "report/wording/wording.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace gacsong::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::int64_t minute_s = 60;
constexpr std::int64_t hour_s = 3600;
/// Monday, 2 November 2026, 00:00 in Viet Nam.
constexpr std::int64_t monday_s = 1'793'552'400;

const Wording& words()
{
    static const Wording english = *load_wording(Language::en);
    return english;
}

std::string read(const std::string& toml)
{
    const auto missions = parse_missions(toml, "m.toml", words());
    return missions ? "fine" : words().text(missions.error().message);
}

std::string mission(const std::string& lines)
{
    return "receiver = \"soapy:driver=replay,file=x\"\n[[mission]]\nname = \"one\"\n" + lines;
}

Schedule at(std::vector<std::int64_t> times, std::int64_t for_s)
{
    Schedule schedule;
    schedule.at_s = std::move(times);
    schedule.for_s = for_s;
    schedule.zone_s = 7 * 3600;
    return schedule;
}

/// Passes only when somebody waits or works.
class TestClock final : public WallClock {
public:
    explicit TestClock(std::int64_t now_s) : now(now_s) {}
    [[nodiscard]] std::int64_t now_s() const override { return now; }
    [[nodiscard]] bool wait_until(std::int64_t when_s) override
    {
        now = std::max(now, when_s);
        return true;
    }
    std::int64_t now;
};

struct Ran {
    std::string name;
    std::int64_t at_s = 0; ///< since the Monday began
    double seconds = 0.0;
    bool operator==(const Ran&) const = default;
};

void PrintTo(const Ran& ran, std::ostream* out) { *out << ran.name << " at " << ran.at_s << " for " << ran.seconds; }

} // namespace

TEST(Mission, TheExampleIsGood)
{
    std::ifstream file(GACSONG_SOURCE_DIR "/packaging/missions.toml.example");
    std::ostringstream text;
    text << file.rdbuf();
    const auto missions = parse_missions(text.str(), "example", words());
    ASSERT_TRUE(missions.has_value()) << words().text(missions.error().message);
    ASSERT_EQ(missions->size(), 3U);
    const Mission& fm = missions->front();
    EXPECT_EQ(fm.arguments.command, "sweep");
    EXPECT_EQ(fm.arguments.span->low_hz, 87e6);
    EXPECT_EQ(fm.arguments.settings.store, "sqlite:/var/lib/gacsong/store.sqlite");
    EXPECT_EQ(fm.schedule.at_s, (std::vector<std::int64_t>{6 * hour_s, 18 * hour_s + 30 * minute_s}));
    EXPECT_EQ(fm.schedule.days, 0x1FU);
    EXPECT_EQ((*missions)[1].schedule.at_s.size(), 24U);
    EXPECT_TRUE((*missions)[2].schedule.filler());
    EXPECT_EQ((*missions)[2].arguments.trigger, "findings");
}

TEST(Mission, SaysWhatIsWrongWithAFile)
{
    const std::string good = "do = \"scan\"\nfor = \"1m\"\n";
    EXPECT_EQ(read(mission(good)), "fine");
    EXPECT_THAT(read("= 3"), HasSubstr("m.toml"));
    EXPECT_THAT(read("receiver = \"soapy:driver=x\""), HasSubstr("has no mission"));
    EXPECT_THAT(read("reciever = \"soapy:driver=x\""), HasSubstr("receiver"));
    EXPECT_THAT(read("zone = \"7\""), HasSubstr("+07:00"));
    EXPECT_THAT(read(mission("for = \"1m\"")), HasSubstr("does not say do"));
    EXPECT_THAT(read(mission("do = \"scan\"")), HasSubstr("does not say for"));
    EXPECT_THAT(read(mission("do = \"dance\"\nfor = \"1m\"")), HasSubstr("do = \"sweep\""));
    EXPECT_THAT(read(mission(good + "at = \"25:00\"")), HasSubstr("at cannot be read"));
    EXPECT_THAT(read(mission(good + "at = \"05:00\"\nevery = \"1h\"")), HasSubstr("exclude each other"));
    EXPECT_THAT(read(mission(good + "every = \"10s\"")), HasSubstr("every cannot be read"));
    EXPECT_THAT(read(mission(good + "at = \"05:00\"\ndays = [\"holiday\"]")), HasSubstr("days cannot be read"));
    EXPECT_THAT(read(mission(good + "days = [\"mon\"]")), HasSubstr("days cannot be read")) << "a filler has no days";
    EXPECT_THAT(read(mission(good + "centre = \"98M\"")), HasSubstr("the nearest is center"));
    EXPECT_THAT(read(mission(good + "center = \"many\"")), HasSubstr("Mission one in m.toml"));
    EXPECT_THAT(read(mission(good + "center = [1]")), HasSubstr("center cannot be read"));
    EXPECT_THAT(read(mission(good + "json = 1")), HasSubstr("json = true"));
    EXPECT_THAT(read(mission("do = \"sweep\"\nfor = \"1m\"")), HasSubstr("Mission one"));
    EXPECT_THAT(read("[[mission]]\nname = \"a\"\n" + good), HasSubstr("does not say receiver"));
    EXPECT_THAT(read(mission(good) + "[[mission]]\nname = \"one\"\n" + good), HasSubstr("two missions"));
    EXPECT_THAT(read(mission(good + "stop_after = \"1m\"")), HasSubstr("no stop_after")) << "that is for";
}

TEST(Schedule, KnowsTheNextStart)
{
    Schedule schedule = at({6 * hour_s, 18 * hour_s}, hour_s);
    EXPECT_EQ(next_start(schedule, monday_s), monday_s + 6 * hour_s);
    EXPECT_EQ(next_start(schedule, monday_s + 6 * hour_s), monday_s + 6 * hour_s);
    EXPECT_EQ(next_start(schedule, monday_s + 6 * hour_s + 1), monday_s + 18 * hour_s);
    EXPECT_EQ(next_start(schedule, monday_s + 20 * hour_s), monday_s + 30 * hour_s);
    schedule.days = 1U << 6U; // Sundays
    EXPECT_EQ(next_start(schedule, monday_s), monday_s + 6 * 24 * hour_s + 6 * hour_s);
    schedule.zone_s = 0;
    EXPECT_EQ(next_start(schedule, monday_s), monday_s + hour_s) << "there it is Sunday, five in the afternoon";
    EXPECT_EQ(next_start(at({}, hour_s), monday_s), std::nullopt);
}

TEST(MissionRun, TakesTurnsAndFillsTheTimeBetween)
{
    std::vector<Mission> missions(3);
    missions[0] = {"long", at({hour_s}, 40 * minute_s), {}};
    missions[1] = {"short", at({hour_s + 30 * minute_s}, 20 * minute_s), {}};
    missions[2] = {"rest", at({}, 25 * minute_s), {}};
    TestClock clock(monday_s + 20 * minute_s);
    std::vector<Ran> ran;
    MissionCalls calls;
    calls.say = [](const Message& message) { ADD_FAILURE() << message.key; };
    calls.run = [&](const Mission& one, double seconds) {
        ran.push_back({one.name, clock.now - monday_s, seconds});
        clock.now += static_cast<std::int64_t>(seconds);
        return status::done;
    };
    EXPECT_EQ(run_missions(missions, clock, calls, monday_s + 2 * hour_s), status::done);
    EXPECT_THAT(ran, ElementsAre(Ran{"rest", 20 * minute_s, 25 * 60.0}, Ran{"rest", 45 * minute_s, 15 * 60.0},
                                 Ran{"long", hour_s, 40 * 60.0}, Ran{"short", hour_s + 40 * minute_s, 10 * 60.0},
                                 Ran{"rest", hour_s + 50 * minute_s, 10 * 60.0}));
}

TEST(MissionRun, SaysWhatWasMissedAndTriesAgain)
{
    std::vector<Mission> missions(2);
    missions[0] = {"long", at({hour_s}, 2 * hour_s), {}};
    missions[1] = {"short", at({2 * hour_s}, 10 * minute_s), {}};
    TestClock clock(monday_s);
    std::vector<std::string> said;
    int tries = 0;
    MissionCalls calls;
    calls.say = [&](const Message& message) { said.push_back(message.key); };
    calls.run = [&](const Mission&, double seconds) {
        if (++tries < 4)
            return status::failed; // at once: no receiver
        clock.now += static_cast<std::int64_t>(seconds);
        return status::done;
    };
    EXPECT_EQ(run_missions(missions, clock, calls, monday_s + 10 * hour_s), status::failed);
    EXPECT_EQ(tries, 4) << "three failures half a minute apart, then the rest of its time";
    EXPECT_THAT(said, ElementsAre("mission.missed"));
}

TEST(MissionRun, LeavesOutWhatCanNeverBe)
{
    std::vector<Mission> missions(1);
    missions[0] = {"never", at({}, hour_s), {}};
    TestClock clock(monday_s);
    std::vector<std::string> said;
    MissionCalls calls;
    calls.say = [&](const Message& message) { said.push_back(message.key); };
    calls.run = [](const Mission&, double) { return status::usage; };
    EXPECT_EQ(run_missions(missions, clock, calls, {}), status::usage);
    EXPECT_THAT(said, ElementsAre("mission.left_out"));
    calls.run = [](const Mission&, double) { return status::interrupted; };
    EXPECT_EQ(run_missions(missions, clock, calls, {}), status::interrupted);
}

} // namespace gacsong::app
