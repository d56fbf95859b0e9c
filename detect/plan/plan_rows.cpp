// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/row_reader.hpp"

#include <array>

namespace gacsong {

namespace {

using std::string_view_literals::operator""sv;

constexpr std::array verified_words{"no"sv, "partly"sv, "yes"sv};
constexpr std::array licensing_words{"station"sv, "broadcaster"sv, "network"sv, "amateur"sv,
                                     "moving"sv,  "state"sv,       "space"sv,   "closed"sv};
constexpr std::array role_words{"network"sv, "virtual"sv, "withdrawn"sv, "foreign"sv};
constexpr double longest_s = 1e7;

std::optional<ChannelRaster> take_channels(RowReader& reader)
{
    std::optional<ChannelRaster> channels;
    for (const auto* table : reader.tables("raster")) {
        RowReader inner(*table);
        channels = ChannelRaster{.raster = Raster{.first_hz = inner.required_number("first_hz", 0.0, plan_highest_hz),
                                                  .step_hz = inner.required_number("step_hz", 1.0, plan_highest_hz)},
                                 .numbering = inner.text("numbering"),
                                 .verified = take_verified(inner)};
        if (auto problem = inner.finish()) {
            reader.fail(std::move(*problem));
        }
    }
    return channels;
}

Expected take_expected(const toml::table& table, RowReader& outer)
{
    RowReader reader(table);
    Expected expected{.low_hz = reader.number("low_hz", 0.0, plan_highest_hz),
                      .high_hz = reader.number("high_hz", 0.0, plan_highest_hz),
                      .min_bandwidth_hz = reader.number("min_bandwidth_hz", 0.0, plan_highest_hz),
                      .max_bandwidth_hz = reader.number("max_bandwidth_hz", 0.0, plan_highest_hz),
                      .max_duty = reader.number("max_duty", 0.0, 1.0),
                      .max_on_s = reader.number("max_on_s", 0.0, longest_s),
                      .raster = take_raster(reader),
                      .raster_tolerance_hz = reader.number("raster_tolerance_hz", 0.0, 1e9).value_or(0.0)};
    if (auto problem = reader.finish()) {
        outer.fail(std::move(*problem));
    }
    return expected;
}

} // namespace

Verified take_verified(RowReader& reader) { return static_cast<Verified>(reader.word("verified", verified_words, 0)); }

Tolerance take_tolerance(RowReader& reader)
{
    Tolerance tolerance;
    for (const auto* table : reader.tables("tolerance")) {
        RowReader inner(*table);
        tolerance.hz = inner.number("hz", 0.0, 1e9).value_or(0.0);
        tolerance.ppm = inner.number("ppm", 0.0, 1e4).value_or(0.0);
        tolerance.reference = inner.text("reference");
        tolerance.verified = take_verified(inner);
        if (auto problem = inner.finish()) {
            reader.fail(std::move(*problem));
        }
    }
    return tolerance;
}

std::optional<Raster> take_raster(RowReader& reader)
{
    std::optional<Raster> raster;
    for (const auto* table : reader.tables("raster")) {
        RowReader inner(*table);
        raster = Raster{.first_hz = inner.required_number("first_hz", 0.0, plan_highest_hz),
                        .step_hz = inner.required_number("step_hz", 1.0, plan_highest_hz)};
        if (auto problem = inner.finish()) {
            reader.fail(std::move(*problem));
        }
    }
    return raster;
}

PlanRow take_plan_row(RowReader& reader, const toml::table& table, std::string_view file, bool with_band)
{
    PlanRow row;
    row.file = file;
    row.line = static_cast<std::int64_t>(table.source().begin.line);
    if (with_band) {
        row.low_hz = reader.required_number("low_hz", 0.0, plan_highest_hz);
        row.high_hz = reader.required_number("high_hz", 0.0, plan_highest_hz);
        if (row.high_hz <= row.low_hz) {
            reader.fail(Message("why.ends_before_start"));
        }
    }
    row.reference = reader.required_text("reference");
    row.verified = take_verified(reader);
    row.validity.from = reader.day("valid_from");
    if (const auto last = reader.day("valid_to")) {
        row.validity.until = day_after(*last);
    }
    if (row.validity.empty()) {
        reader.fail(Message("why.ends_before_start"));
    }
    row.note = reader.text("note");
    return row;
}

Band take_band(RowReader& reader, const toml::table& table, std::string_view file)
{
    return Band{.row = take_plan_row(reader, table, file),
                .service = reader.required_text("service"),
                .licensing = static_cast<Licensing>(
                    reader.word("licensing", licensing_words, static_cast<std::size_t>(Licensing::closed))),
                .tolerance = take_tolerance(reader),
                .channels = take_channels(reader),
                .bandwidth_margin = reader.number("bandwidth_margin", 0.0, 1.0).value_or(0.0),
                .block_licences = reader.flag("block_licences")};
}

ExemptClass take_exempt(RowReader& reader, const toml::table& table, std::string_view file)
{
    return ExemptClass{.row = take_plan_row(reader, table, file),
                       .device = reader.required_text("device"),
                       .service = reader.required_text("service"),
                       .class_min_bandwidth_hz = reader.number("class_min_bandwidth_hz", 0.0, plan_highest_hz),
                       .class_max_bandwidth_hz = reader.number("class_max_bandwidth_hz", 0.0, plan_highest_hz),
                       .max_bandwidth_hz = reader.number("max_bandwidth_hz", 0.0, plan_highest_hz),
                       .max_duty = reader.number("max_duty", 0.0, 1.0),
                       .duty_window_s = reader.number("duty_window_s", 1e-3, longest_s).value_or(3'600.0),
                       .usual_duty = reader.number("usual_duty", 0.0, 1.0),
                       .look_alike = reader.flag("look_alike"),
                       .systems = reader.texts("systems"),
                       .not_systems = reader.texts("not_systems"),
                       .not_measured = reader.texts("not_measured")};
}

ProhibitedDevice take_prohibited(RowReader& reader, const toml::table& table, std::string_view file)
{
    return ProhibitedDevice{.row = take_plan_row(reader, table, file),
                            .device = reader.required_text("device"),
                            .systems = reader.texts("systems"),
                            .min_bandwidth_hz = reader.number("min_bandwidth_hz", 0.0, plan_highest_hz),
                            .max_bandwidth_hz = reader.number("max_bandwidth_hz", 0.0, plan_highest_hz),
                            .periods_s = reader.numbers("periods_s", 1e-6, longest_s),
                            .min_duty = reader.number("min_duty", 0.0, 1.0),
                            .max_duty = reader.number("max_duty", 0.0, 1.0),
                            .min_duration_s = reader.number("min_duration_s", 0.0, longest_s).value_or(0.0),
                            .modulations = reader.texts("modulations"),
                            .raster = take_raster(reader),
                            .raster_tolerance_hz = reader.number("raster_tolerance_hz", 0.0, 1e9).value_or(0.0),
                            .by_traits = reader.flag("by_traits"),
                            .except = reader.texts("except")};
}

ProtectedBand take_protected(RowReader& reader, const toml::table& table, std::string_view file)
{
    ProtectedBand band{.row = take_plan_row(reader, table, file),
                       .service = reader.required_text("service"),
                       .distress = reader.flag("distress"),
                       .expected = {},
                       .narrow_notice_hz = reader.number("narrow_notice_hz", 0.0, plan_highest_hz),
                       .jamming_width_hz = reader.number("jamming_width_hz", 0.0, plan_highest_hz)};
    for (const auto* expected : reader.tables("expected")) {
        band.expected.push_back(take_expected(*expected, reader));
    }
    return band;
}

MobileBlock take_block(RowReader& reader, const toml::table& table, std::string_view file)
{
    return MobileBlock{.row = take_plan_row(reader, table, file),
                       .name = reader.required_text("name"),
                       .holder = reader.text("holder"),
                       .plmn = reader.texts("plmn"),
                       .technologies = reader.texts("technologies"),
                       .uplink_low_hz = reader.number("uplink_low_hz", 0.0, plan_highest_hz),
                       .uplink_high_hz = reader.number("uplink_high_hz", 0.0, plan_highest_hz)};
}

SwitchedOff take_switched_off(RowReader& reader, const toml::table& table, std::string_view file)
{
    SwitchedOff off{.row = take_plan_row(reader, table, file, false),
                    .technology = reader.required_text("technology"),
                    .plmn = reader.texts("plmn"),
                    .exception = reader.text("exception")};
    if (const auto last = reader.day("last_day")) {
        off.row.validity.from = day_after(*last);
    } else {
        reader.fail(Message("why.no_key", {{"column", std::string("last_day")}}));
    }
    return off;
}

MobileNetwork take_network(RowReader& reader, const toml::table& table, std::string_view file)
{
    return MobileNetwork{.row = take_plan_row(reader, table, file, false),
                         .plmn = reader.required_text("plmn"),
                         .name = reader.required_text("name"),
                         .role = std::string(role_words.at(reader.word("role", role_words, 0))),
                         .country = reader.required_text("country")};
}

Border take_border(RowReader& reader, const toml::table& table, std::string_view file)
{
    Border border{
        .row = take_plan_row(reader, table, file, false), .country = reader.required_text("country"), .line = {}};
    const auto latitudes = reader.numbers("latitudes", -90.0, 90.0);
    const auto longitudes = reader.numbers("longitudes", -180.0, 180.0);
    if (latitudes.size() != longitudes.size() || latitudes.size() < 2)
        reader.fail(Message("why.border_points"));
    for (std::size_t i = 0; i < std::min(latitudes.size(), longitudes.size()); ++i)
        border.line.push_back({latitudes[i], longitudes[i]});
    return border;
}

} // namespace gacsong
