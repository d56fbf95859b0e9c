// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/rows.hpp"

#include "report/records/codes.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <QSqlRecord>
#include <cmath>

namespace gacsong {
namespace {

using Row = std::map<std::string, QVariant>;

template <class T> void fill_member(T& member, const Row& row, const std::string& name)
{
    if (const auto found = row.find(name); found != row.end())
        from_sql(found->second, member);
}

QVariant settings_to_sql(const std::vector<std::string>& settings)
{
    if (settings.empty())
        return {};
    const nlohmann::json list = settings;
    return to_sql(list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

void settings_from_sql(const QVariant& sql, std::vector<std::string>& settings)
{
    const auto list = nlohmann::json::parse(sql.toString().toStdString(), nullptr, false);
    if (!list.is_array())
        return;
    for (const auto& item : list)
        if (item.is_string())
            settings.push_back(item.get<std::string>());
}

std::optional<double> duration_s(const StreamInfo& stream)
{
    if (!stream.length || stream.sample_rate_hz <= 0.0)
        return std::nullopt;
    return static_cast<double>(*stream.length) / stream.sample_rate_hz;
}

Origin origin(const Row& row, const std::string& name)
{
    std::string text;
    fill_member(text, row, name);
    return from_code<Origin>(text).value_or(Origin::unknown);
}

QVariant origin_to_sql(Origin origin) { return to_sql(std::string(code(origin))); }

} // namespace

SqlRow row_of_run(const Run& run)
{
    const StreamInfo& stream = run.stream;
    return {{"program", to_sql(run.program)},
            {"input", to_sql(stream.input)},
            {"format", to_sql(stream.format_name)},
            {"sample_rate_hz", to_sql(stream.sample_rate_hz)},
            {"center_hz", to_sql(stream.center_hz)},
            {"start", to_sql(stream.start)},
            {"duration_s", to_sql(duration_s(stream))},
            {"format_from", origin_to_sql(stream.format_origin)},
            {"sample_rate_from", origin_to_sql(stream.rate_origin)},
            {"center_from", origin_to_sql(stream.center_origin)},
            {"start_from", origin_to_sql(stream.start_origin)},
            {"plan", to_sql(run.plan)},
            {"register", to_sql(run.register_name)},
            {"receiver", to_sql(stream.receiver)},
            {"container", to_sql(stream.container)},
            {"latitude", to_sql(stream.latitude)},
            {"longitude", to_sql(stream.longitude)},
            {"settings", settings_to_sql(run.settings)},
            {"low_hz", to_sql(run.low_hz)},
            {"high_hz", to_sql(run.high_hz)}};
}

void fill_run(Run& run, const Row& row)
{
    StreamInfo& stream = run.stream;
    fill_member(run.program, row, "program");
    fill_member(run.plan, row, "plan");
    fill_member(run.register_name, row, "register");
    fill_member(stream.input, row, "input");
    fill_member(stream.format_name, row, "format");
    fill_member(stream.sample_rate_hz, row, "sample_rate_hz");
    fill_member(stream.center_hz, row, "center_hz");
    fill_member(stream.start, row, "start");
    fill_member(stream.receiver, row, "receiver");
    fill_member(stream.container, row, "container");
    fill_member(stream.latitude, row, "latitude");
    fill_member(stream.longitude, row, "longitude");
    stream.format_origin = origin(row, "format_from");
    stream.rate_origin = origin(row, "sample_rate_from");
    stream.center_origin = origin(row, "center_from");
    stream.start_origin = origin(row, "start_from");
    std::optional<double> duration;
    fill_member(duration, row, "duration_s");
    if (duration)
        stream.length = static_cast<std::uint64_t>(std::llround(*duration * stream.sample_rate_hz));
    fill_member(run.low_hz, row, "low_hz");
    fill_member(run.high_hz, row, "high_hz");
    if (const auto found = row.find("settings"); found != row.end())
        settings_from_sql(found->second, run.settings);
}

QString insert_statement(const std::string& table, const SqlRow& row)
{
    std::string columns;
    std::string marks;
    for (const auto& [name, value] : row) {
        columns += fmt::format("{}\"{}\"", columns.empty() ? "" : ", ", name);
        marks += marks.empty() ? "?" : ", ?";
    }
    return QString::fromStdString(fmt::format("INSERT INTO \"{}\" ({}) VALUES ({})", table, columns, marks));
}

std::vector<QVariant> values_of(const SqlRow& row)
{
    std::vector<QVariant> values;
    for (const auto& cell : row)
        values.push_back(cell.second);
    return values;
}

Row named_row(const QSqlQuery& query)
{
    Row row;
    const QSqlRecord record = query.record();
    for (int i = 0; i < record.count(); ++i)
        row[record.fieldName(i).toStdString()] = query.value(i);
    row.erase(row_order);
    return row;
}

} // namespace gacsong
