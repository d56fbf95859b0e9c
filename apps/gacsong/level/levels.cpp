// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/level/levels.hpp"

#include "apps/gacsong/commands/clock.hpp"
#include "apps/gacsong/commands/inputs.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "apps/gacsong/interrupt.hpp"
#include "apps/gacsong/level/level_table.hpp"
#include "detect/line/line.hpp"
#include "detect/plan/tables/text_file.hpp"
#include "report/json/json_text.hpp"
#include "report/sinks/collector.hpp"
#include "report/text/time_text.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>

namespace gacsong::app {
namespace {

constexpr double usual_s = 5.0;
constexpr double usual_u_db = 2.0;          ///< of a source or a table that does not say it
constexpr double usual_distance_hz = 250e3; ///< from the tuned centre, where receivers have a line of their own
constexpr std::uint64_t largest_table = 4U << 20U;

std::string levels_file() { return (std::filesystem::path(corrections_file()).parent_path() / "levels.json").string(); }

Instant now()
{
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Instant{std::chrono::duration_cast<std::chrono::nanoseconds>(since).count()};
}

sdr::LevelCalibration setting_of(const sdr::ReceiverFacts& facts)
{
    return {facts.driver, facts.serial, facts.gains, facts.antenna, {}};
}

/// Puts the points to what is known of the receiver at this setting.
Status keep(const sdr::ReceiverFacts& facts, const std::vector<sdr::LevelPoint>& points)
{
    auto all = sdr::read_levels(levels_file());
    if (!all)
        return tl::unexpected(all.error());
    sdr::LevelCalibration* known = sdr::find_levels(*all, setting_of(facts));
    if (known == nullptr) {
        all->push_back(setting_of(facts));
        known = &all->back();
    }
    for (const sdr::LevelPoint& point : points)
        if (known->points.size() < sdr::most_level_points)
            sdr::add_point(*known, point);
    return sdr::write_levels(levels_file(), *all);
}

/// What the receiver shows of a source of known power: the one emission that can be it, as far as frequencies are
/// known.
Result<sdr::LevelPoint> measure(const Arguments& arguments, Input& input, const std::stop_token& stop)
{
    LineSettings settings = line_settings(arguments);
    settings.cells = false;
    settings.recognise = false;
    Collector found;
    Sink* const sinks[] = {&found};
    const auto end = run_line(*input.opened.source, *input.opened.history, Judge(std::make_shared<JudgeContext>()),
                              settings, sinks, stop);
    if (!end)
        return tl::unexpected(end.error());
    const double carrier_hz = *arguments.carrier_hz;
    std::vector<const Emission*> near;
    for (const Emission& emission : found.emissions) {
        const double away_hz = std::abs(emission.center_hz.value_or(0.0) - carrier_hz);
        if (emission.quality != Quality::poor && away_hz <= emission.uncertainty.center_hz)
            near.push_back(&emission);
    }
    const Argument carrier{"carrier", Quantity{carrier_hz, Unit::frequency, 1.0}};
    if (near.empty())
        return failure("level.no_source", {carrier});
    if (near.size() > 1)
        return failure("level.several", {carrier, {"n", static_cast<std::int64_t>(near.size())}});
    const Emission* best = near.front();
    if (best->clipped)
        return failure("level.too_strong", {carrier});
    return sdr::LevelPoint{carrier_hz, *arguments.power_dbm - best->power_dbfs,
                           std::hypot(arguments.u_db.value_or(usual_u_db), best->uncertainty.power_db), now()};
}

Status say(const Arguments& arguments, Session& session, const sdr::ReceiverFacts& facts,
           const std::vector<sdr::LevelPoint>& points)
{
    const auto worst = std::ranges::max_element(points, {}, &sdr::LevelPoint::u_db)->u_db;
    if (!arguments.json)
        return session.out().line(session.words().text(
            Message("level.kept", {{"device", facts.name},
                                   {"n", static_cast<std::int64_t>(points.size())},
                                   {"low", Quantity{points.front().frequency_hz, Unit::frequency, 1e3}},
                                   {"high", Quantity{points.back().frequency_hz, Unit::frequency, 1e3}},
                                   {"u", Quantity{worst, Unit::db, 0.1}}})));
    for (const sdr::LevelPoint& point : points) {
        std::string text;
        JsonObject object(text);
        object.member("type", "level");
        object.member("driver", facts.driver);
        object.member("serial", facts.serial);
        object.member("center_hz", point.frequency_hz);
        object.member("offset_db", point.offset_db);
        object.member("u_db", point.u_db);
        object.member("date", rfc3339(point.when));
        object.close();
        if (const Status said = session.out().line(text); !said)
            return said;
    }
    return {};
}

Status complete(const Arguments& arguments)
{
    const bool source = arguments.carrier_hz && arguments.power_dbm;
    if (arguments.level_table && (arguments.carrier_hz || arguments.power_dbm))
        return failure("option.conflict", {{"option", "--table"}, {"other", "--carrier"}}, Fault::usage);
    if (!arguments.level_table && !source)
        return failure("level.what", {}, Fault::usage);
    return {};
}

} // namespace

int calibrate_level(const Arguments& arguments, Session& session)
{
    if (const Status enough = complete(arguments); !enough)
        return session.fail(enough.error());
    std::vector<sdr::LevelPoint> points;
    if (arguments.level_table) {
        const auto file = read_text_file(*arguments.level_table, largest_table);
        if (!file)
            return session.fail(file.error());
        std::vector<Message> problems;
        auto read =
            parse_level_table(file->text, *arguments.level_table, arguments.u_db.value_or(usual_u_db), now(), problems);
        for (const Message& problem : problems)
            session.warn(problem);
        if (!read)
            return session.fail(read.error());
        points = std::move(*read);
    }
    Interrupt interrupt; // before the first thread
    Arguments wish = arguments;
    wish.stop_after_s = arguments.stop_after_s.value_or(usual_s);
    if (!wish.center_hz && arguments.carrier_hz)
        wish.center_hz = *arguments.carrier_hz - usual_distance_hz;
    auto input = open_input(wish, arguments.words.front(), interrupt.token());
    if (!input)
        return interrupt.interrupted() ? status::interrupted : session.fail(input.error());
    if (!input->link)
        return session.fail(Error{Message("calibrate.receiver"), Fault::usage});
    const sdr::ReceiverFacts& facts = input->link->facts();
    if (points.empty()) {
        const auto point = measure(wish, *input, interrupt.token());
        if (interrupt.interrupted())
            return status::interrupted;
        if (!point)
            return session.fail(point.error());
        points.push_back(*point);
    }
    if (const Status kept = keep(facts, points); !kept)
        return session.fail(kept.error());
    const Status said = say(arguments, session, facts, points).and_then([&] { return session.out().flush(); });
    return said ? status::done : session.fail(said.error());
}

KnownLevels known_levels(const sdr::ReceiverFacts& facts)
{
    auto all = sdr::read_levels(levels_file());
    if (!all)
        return {std::nullopt, all.error().message};
    if (const sdr::LevelCalibration* known = sdr::find_levels(*all, setting_of(facts))) {
        const auto worst = std::ranges::max_element(known->points, {}, &sdr::LevelPoint::u_db)->u_db;
        const auto oldest = std::ranges::min_element(known->points, {}, &sdr::LevelPoint::when)->when;
        return {*known,
                Message("level.used", {{"device", facts.name},
                                       {"when", oldest},
                                       {"low", Quantity{known->points.front().frequency_hz, Unit::frequency, 1e3}},
                                       {"high", Quantity{known->points.back().frequency_hz, Unit::frequency, 1e3}},
                                       {"u", Quantity{worst, Unit::db, 0.1}}})};
    }
    const bool other = std::ranges::any_of(*all, [&](const sdr::LevelCalibration& one) {
        return one.driver == facts.driver && one.serial == facts.serial;
    });
    if (other)
        return {std::nullopt, Message("level.other_gain", {{"device", facts.name}})};
    return {std::nullopt, Message("warn.level")};
}

} // namespace gacsong::app
