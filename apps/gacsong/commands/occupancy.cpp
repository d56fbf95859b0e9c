// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/usable_store.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/json/json_text.hpp"
#include "report/occupancy/from_power.hpp"
#include "report/occupancy/from_runs.hpp"
#include "report/text/time_text.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

namespace gacsong::app {
namespace {

constexpr double day_s = 86'400.0; ///< monitoring.md §1.1: less says little where the pattern is unknown
constexpr std::size_t column = 16;

std::string summary_json(const Occupancy& o, const OccupancyOrder& order)
{
    std::string line;
    JsonObject object(line);
    object.member("type", "occupancy");
    object.member("low_hz", order.low_hz);
    object.member("high_hz", order.high_hz);
    object.member("channel_hz", order.channel_hz);
    object.member("channels", static_cast<std::uint64_t>(o.channels.size()));
    object.member("fbo", o.fbo);
    object.member("sro", o.sro);
    object.member("sro_low", o.sro_interval.low);
    object.member("sro_high", o.sro_interval.high);
    object.member("confidence", 0.95);
    object.member("coverage", o.coverage);
    object.member("revisit_s", o.revisit_s);
    object.member("duration_s", o.duration_s);
    if (o.start && o.end) {
        object.member("start", rfc3339(*o.start));
        object.member("end", rfc3339(*o.end));
    }
    if (o.floor_db && o.threshold_db && o.step_hz) {
        object.member("floor_db", *o.floor_db);
        object.member("threshold_db", *o.threshold_db);
        object.member("step_hz", *o.step_hz);
    }
    object.member("statistical", o.statistical);
    object.close();
    return line;
}

std::string channel_json(const ChannelOccupancy& channel)
{
    std::string line;
    JsonObject object(line);
    object.member("type", "channel");
    object.member("center_hz", channel.center_hz);
    object.member("fco", channel.fco);
    object.member("fco_low", channel.interval.low);
    object.member("fco_high", channel.interval.high);
    object.member("looks", channel.looks);
    object.member("occupied", channel.occupied);
    object.member("independent", channel.independent);
    object.close();
    return line;
}

Quantity percent(double share) { return {100.0 * share, Unit::percent, 0.1}; }

Message summary(const Occupancy& o, const OccupancyOrder& order)
{
    return Message("occupancy.summary", {{"n", static_cast<std::int64_t>(o.channels.size())},
                                         {"low", Quantity{order.low_hz, Unit::frequency, 1e3}},
                                         {"high", Quantity{order.high_hz, Unit::frequency, 1e3}},
                                         {"channel", Quantity{order.channel_hz, Unit::bandwidth}},
                                         {"sro", percent(o.sro)},
                                         {"sro_low", percent(o.sro_interval.low)},
                                         {"sro_high", percent(o.sro_interval.high)},
                                         {"fbo", percent(o.fbo)},
                                         {"coverage", percent(o.coverage)},
                                         {"duration", Quantity{o.duration_s, Unit::seconds}},
                                         {"revisit", Quantity{o.revisit_s, Unit::seconds}}});
}

std::vector<Message> remarks(const Occupancy& o)
{
    std::vector<Message> all;
    if (o.threshold_db && o.floor_db && o.step_hz)
        all.push_back(Message("occupancy.threshold", {{"threshold", Quantity{*o.threshold_db, Unit::db, 0.1}},
                                                      {"floor", Quantity{*o.floor_db, Unit::db, 0.1}},
                                                      {"step", Quantity{*o.step_hz, Unit::bandwidth}}}));
    if (o.statistical)
        all.push_back(Message("occupancy.statistical", {{"revisit", Quantity{o.revisit_s, Unit::seconds}}}));
    if (o.duration_s < day_s)
        all.push_back(Message("occupancy.short", {{"duration", Quantity{o.duration_s, Unit::seconds}}}));
    return all;
}

Status write_table(const Occupancy& o, const OccupancyOrder& order, Session& session)
{
    const Wording& words = session.words();
    const Language language = words.language();
    std::string text = pad_to_width(words.text("occupancy.column.center"), column) +
                       pad_to_width(words.text("occupancy.column.fco"), column) +
                       pad_to_width(words.text("occupancy.column.interval"), column) +
                       words.text("occupancy.column.looks") + "\n";
    for (const ChannelOccupancy& channel : o.channels) {
        if (channel.occupied == 0)
            continue;
        text += pad_to_width(quantity_text({channel.center_hz, Unit::frequency, 100.0}, language), column) +
                pad_to_width(quantity_text(percent(channel.fco), language), column) +
                pad_to_width(fmt::format("{}–{}", number_text(100.0 * channel.interval.low, 1, language),
                                         number_text(100.0 * channel.interval.high, 1, language)),
                             column) +
                fmt::format("{}/{}\n", channel.occupied, channel.looks);
    }
    Section section{words.text(summary(o, order)), {}};
    for (const Message& remark : remarks(o))
        section.sentences.push_back(words.text(remark));
    Status written = session.out().text(text + "\n");
    return written ? session.write_sections({section}) : written;
}

Result<Occupancy> from_tables(const Arguments& arguments, const OccupancyOrder& order, Session& session)
{
    PowerTable all;
    for (const std::string& input : arguments.words) {
        auto table = read_power_csv(input);
        if (!table)
            return tl::unexpected(table.error());
        if (table->skipped > 0)
            session.warn(Message("power.skipped", {{"file", input}, {"n", static_cast<std::int64_t>(table->skipped)}}));
        all.rows.insert(all.rows.end(), std::make_move_iterator(table->rows.begin()),
                        std::make_move_iterator(table->rows.end()));
    }
    return occupancy_from(all, order);
}

Result<Occupancy> from_store(const Arguments& arguments, const OccupancyOrder& order)
{
    const auto store = open_store(arguments, false);
    if (!store)
        return tl::unexpected(store.error());
    const auto runs = watched_runs(**store, order, arguments.run);
    if (!runs)
        return tl::unexpected(runs.error());
    return occupancy_from(*runs, order);
}

} // namespace

int run_occupancy(const Arguments& arguments, Session& session)
{
    if (!arguments.span)
        return session.fail({Message("occupancy.no_span"), Fault::usage});
    OccupancyOrder order;
    order.low_hz = arguments.span->low_hz;
    order.high_hz = arguments.span->high_hz;
    order.channel_hz = std::min(arguments.span->step_hz.value_or(order.channel_hz), order.high_hz - order.low_hz);
    order.margin_db = arguments.margin_db.value_or(order.margin_db);
    if (order.channels() > 1'000'000)
        return session.fail({Message("occupancy.channels"), Fault::usage});
    const auto occupancy =
        arguments.words.empty() ? from_store(arguments, order) : from_tables(arguments, order, session);
    if (!occupancy)
        return session.fail(occupancy.error());
    Status written;
    if (arguments.json) {
        for (const ChannelOccupancy& channel : occupancy->channels)
            if (written)
                written = session.out().line(channel_json(channel));
        if (written)
            written = session.out().line(summary_json(*occupancy, order));
    } else {
        written = write_table(*occupancy, order, session);
    }
    if (written)
        written = session.out().flush();
    return written ? status::done : session.fail(written.error());
}

} // namespace gacsong::app
