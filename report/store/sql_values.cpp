// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/sql_values.hpp"

#include "report/json/message_json.hpp"
#include "report/records/codes.hpp"
#include "report/text/time_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace gacsong {
namespace {

using nlohmann::ordered_json;

QVariant text(std::string_view value) { return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size())); }

std::string bytes(const QVariant& sql) { return sql.toString().toStdString(); }

QVariant json_or_null(const ordered_json& value)
{
    if (value.empty())
        return {};
    return text(value.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
}

/// The JSON of a column; a discarded value where it is NULL or broken.
ordered_json parsed(const QVariant& sql)
{
    return sql.isNull() ? ordered_json(ordered_json::value_t::discarded)
                        : ordered_json::parse(bytes(sql), nullptr, false);
}

template <class Enum> void enum_from_sql(const QVariant& sql, Enum& value)
{
    value = from_code<Enum>(bytes(sql)).value_or(value);
}

} // namespace

QVariant to_sql(const std::string& value) { return value.empty() ? QVariant{} : text(value); }
QVariant to_sql(double value) { return std::isfinite(value) ? QVariant(value) : QVariant{}; }
QVariant to_sql(bool value) { return value ? 1 : 0; }
QVariant to_sql(std::uint64_t value) { return static_cast<qlonglong>(value); }
QVariant to_sql(Instant value) { return text(rfc3339(value, 9)); }
QVariant to_sql(Quality value) { return text(code(value)); }
QVariant to_sql(Verdict value) { return text(code(value)); }
QVariant to_sql(Severity value) { return text(code(value)); }
QVariant to_sql(const Message& value) { return value.key.empty() ? QVariant{} : text(message_json(value)); }

QVariant to_sql(const std::vector<Message>& value) { return value.empty() ? QVariant{} : text(messages_json(value)); }

QVariant to_sql(const std::vector<Reason>& value)
{
    ordered_json list = ordered_json::array();
    for (const Reason& reason : value)
        list.push_back(
            {{"rule", reason.rule}, {"message", to_json_value(reason.message)}, {"reference", reason.reference}});
    return json_or_null(list);
}

QVariant to_sql(const std::vector<Burst>& value)
{
    ordered_json list = ordered_json::array();
    for (const Burst& burst : value)
        list.push_back({burst.start_s, burst.end_s});
    return json_or_null(list);
}

QVariant to_sql(const std::map<std::string, std::string>& value)
{
    return json_or_null(value.empty() ? ordered_json{} : ordered_json(value));
}

QVariant to_sql(const std::vector<std::string>& value)
{
    return json_or_null(value.empty() ? ordered_json{} : ordered_json(value));
}

namespace {

ordered_json contents_json(const BroadcastFields& contents)
{
    ordered_json out = ordered_json::object();
    for (const auto& [name, value] : contents)
        std::visit([&entry = out[name]](const auto& one) { entry = one; }, value);
    return out;
}

BroadcastFields contents_from(const ordered_json& object)
{
    BroadcastFields contents;
    for (const auto& [name, value] : object.items()) {
        if (value.is_boolean())
            contents.emplace_back(name, value.get<bool>());
        else if (value.is_number_integer())
            contents.emplace_back(name, value.get<std::int64_t>());
        else if (value.is_string())
            contents.emplace_back(name, value.get<std::string>());
        else if (value.is_array() && std::ranges::all_of(value, [](const auto& v) { return v.is_number_integer(); }))
            contents.emplace_back(name, value.get<std::vector<std::int64_t>>());
    }
    return contents;
}

} // namespace

QVariant to_sql(const std::vector<CellMessage>& value)
{
    ordered_json list = ordered_json::array();
    for (const CellMessage& message : value)
        list.push_back({{"name", message.name},
                        {"channel", message.channel},
                        {"hex", message.hex},
                        {"count", message.count},
                        {"fields", contents_json(message.contents)}});
    return json_or_null(list);
}

QVariant to_sql(const std::vector<Neighbour>& value)
{
    ordered_json list = ordered_json::array();
    for (const Neighbour& neighbour : value) {
        ordered_json item{{"technology", neighbour.technology}, {"channel", neighbour.channel}};
        if (neighbour.priority)
            item["priority"] = *neighbour.priority;
        list.push_back(std::move(item));
    }
    return json_or_null(list);
}

void from_sql(const QVariant& sql, std::vector<std::string>& value)
{
    value.clear();
    const ordered_json list = parsed(sql);
    if (!list.is_array())
        return;
    for (const ordered_json& item : list)
        if (item.is_string())
            value.push_back(item.get<std::string>());
}

void from_sql(const QVariant& sql, std::vector<CellMessage>& value)
{
    value.clear();
    const ordered_json list = parsed(sql);
    if (!list.is_array())
        return;
    for (const ordered_json& item : list) {
        if (!item.is_object() || !item.contains("count") || !item.at("count").is_number_unsigned())
            continue;
        CellMessage message;
        message.name = item.value("name", "");
        message.channel = item.value("channel", "");
        message.hex = item.value("hex", "");
        message.count = item.at("count").get<std::uint64_t>();
        if (item.contains("fields") && item.at("fields").is_object())
            message.contents = contents_from(item.at("fields"));
        value.push_back(std::move(message));
    }
}

void from_sql(const QVariant& sql, std::vector<Neighbour>& value)
{
    value.clear();
    const ordered_json list = parsed(sql);
    if (!list.is_array())
        return;
    for (const ordered_json& item : list) {
        if (!item.is_object() || !item.contains("channel") || !item.at("channel").is_number_unsigned())
            continue;
        Neighbour neighbour;
        neighbour.technology = item.value("technology", "");
        neighbour.channel = item.at("channel").get<std::uint64_t>();
        if (item.contains("priority") && item.at("priority").is_number_unsigned())
            neighbour.priority = item.at("priority").get<std::uint64_t>();
        value.push_back(std::move(neighbour));
    }
}

void from_sql(const QVariant& sql, std::string& value) { value = bytes(sql); }
void from_sql(const QVariant& sql, double& value) { value = sql.toDouble(); }
void from_sql(const QVariant& sql, bool& value) { value = sql.toInt() != 0; }
void from_sql(const QVariant& sql, std::uint64_t& value) { value = static_cast<std::uint64_t>(sql.toLongLong()); }
void from_sql(const QVariant& sql, Instant& value) { value = parse_rfc3339(bytes(sql)).value_or(value); }
void from_sql(const QVariant& sql, Quality& value) { enum_from_sql(sql, value); }
void from_sql(const QVariant& sql, Verdict& value) { enum_from_sql(sql, value); }
void from_sql(const QVariant& sql, Severity& value) { enum_from_sql(sql, value); }
void from_sql(const QVariant& sql, Message& value) { value = parse_message(bytes(sql)).value_or(Message{}); }

void from_sql(const QVariant& sql, std::vector<Message>& value)
{
    value = parse_messages(bytes(sql)).value_or(std::vector<Message>{});
}

void from_sql(const QVariant& sql, std::vector<Reason>& value)
{
    value.clear();
    const ordered_json list = parsed(sql);
    if (!list.is_array())
        return;
    for (const ordered_json& item : list) {
        if (!item.is_object() || !item.contains("message"))
            continue;
        Reason reason;
        reason.rule = item.value("rule", "");
        reason.message = message_from_json(item.at("message")).value_or(Message{});
        reason.reference = item.value("reference", "");
        value.push_back(std::move(reason));
    }
}

void from_sql(const QVariant& sql, std::vector<Burst>& value)
{
    value.clear();
    const ordered_json list = parsed(sql);
    if (!list.is_array())
        return;
    for (const ordered_json& item : list)
        if (item.is_array() && item.size() == 2 && item[0].is_number() && item[1].is_number())
            value.push_back({item[0].get<double>(), item[1].get<double>()});
}

void from_sql(const QVariant& sql, std::map<std::string, std::string>& value)
{
    value.clear();
    const ordered_json object = parsed(sql);
    if (!object.is_object())
        return;
    for (const auto& [key, item] : object.items())
        if (item.is_string())
            value[key] = item.get<std::string>();
}

QVariant to_sql(const std::vector<CellIndicator>& value)
{
    ordered_json list = ordered_json::array();
    for (const CellIndicator& one : value)
        list.push_back({{"code", one.code},
                        {"weight", one.weight},
                        {"q", one.q},
                        {"group", one.group},
                        {"points", one.points},
                        {"core", one.core},
                        {"reason", to_json_value(one.reason)}});
    return json_or_null(list);
}

QVariant to_sql(const std::vector<CellGroup>& value)
{
    ordered_json list = ordered_json::array();
    for (const CellGroup& one : value)
        list.push_back({{"group", one.group}, {"points", one.points}});
    return json_or_null(list);
}

QVariant to_sql(const std::vector<CellLeftOut>& value)
{
    ordered_json list = ordered_json::array();
    for (const CellLeftOut& one : value)
        list.push_back({{"code", one.code}, {"reason", to_json_value(one.reason)}});
    return json_or_null(list);
}

namespace {

/// Calls take(item) for each object of a JSON list.
template <class Take> void each_object(const QVariant& sql, Take take)
{
    const ordered_json list = parsed(sql);
    if (!list.is_array())
        return;
    for (const ordered_json& item : list) {
        if (item.is_object())
            take(item);
    }
}

double number_of(const ordered_json& item, const char* key)
{
    return item.contains(key) && item.at(key).is_number() ? item.at(key).get<double>() : 0.0;
}

std::string text_of(const ordered_json& item, const char* key)
{
    return item.contains(key) && item.at(key).is_string() ? item.at(key).get<std::string>() : std::string{};
}

Message reason_of(const ordered_json& item)
{
    return item.contains("reason") ? message_from_json(item.at("reason")).value_or(Message{}) : Message{};
}

} // namespace

void from_sql(const QVariant& sql, std::vector<CellIndicator>& value)
{
    value.clear();
    each_object(sql, [&value](const ordered_json& item) {
        const bool core = item.contains("core") && item.at("core").is_boolean() && item.at("core").get<bool>();
        value.push_back({text_of(item, "code"), number_of(item, "weight"), number_of(item, "q"), text_of(item, "group"),
                         number_of(item, "points"), core, reason_of(item)});
    });
}

void from_sql(const QVariant& sql, std::vector<CellGroup>& value)
{
    value.clear();
    each_object(sql, [&value](const ordered_json& item) {
        value.push_back({text_of(item, "group"), number_of(item, "points")});
    });
}

void from_sql(const QVariant& sql, std::vector<CellLeftOut>& value)
{
    value.clear();
    each_object(sql, [&value](const ordered_json& item) { value.push_back({text_of(item, "code"), reason_of(item)}); });
}

} // namespace gacsong
