// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/json/message_json.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <limits>

namespace gacsong {
namespace {

using nlohmann::ordered_json;

constexpr int most_nesting = 8;

// In the order of the enumeration Unit; names are kept in stores, so they only grow.
constexpr std::array<std::string_view, 15> units{"none",  "frequency",  "bandwidth", "dbfs",        "db",
                                                 "dbm",   "seconds",    "at",        "percent",     "ppm",
                                                 "bytes", "kilometres", "degrees",   "sample_rate", "parts"};
static_assert(units.size() == static_cast<std::size_t>(Unit::parts) + 1);

std::string dump(const ordered_json& value)
{
    return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::optional<Message> read_message(const ordered_json& value, int depth);

std::optional<std::vector<Message>> read_messages(const ordered_json& value, int depth)
{
    if (!value.is_array() || depth > most_nesting)
        return std::nullopt;
    std::vector<Message> messages;
    for (const ordered_json& item : value) {
        auto message = read_message(item, depth);
        if (!message)
            return std::nullopt;
        messages.push_back(std::move(*message));
    }
    return messages;
}

struct ValueWriter {
    ordered_json& out;

    void operator()(const std::string& text) const { out["text"] = text; }
    void operator()(std::int64_t number) const { out["number"] = number; }
    void operator()(const Instant& moment) const { out["unix_ns"] = moment.unix_ns; }
    void operator()(const Term& term) const { out["term"] = term.key; }
    void operator()(const Quantity& quantity) const
    {
        out["quantity"] = quantity.value;
        out["unit"] = units.at(static_cast<std::size_t>(quantity.unit));
        if (quantity.resolution > 0.0)
            out["resolution"] = quantity.resolution;
    }
    void operator()(const std::vector<Message>& messages) const
    {
        ordered_json list = ordered_json::array();
        for (const Message& message : messages)
            list.push_back(to_json_value(message));
        out["messages"] = std::move(list);
    }
};

std::optional<Quantity> read_quantity(const ordered_json& value)
{
    Quantity quantity;
    const std::string unit = value.value("unit", "none");
    for (std::size_t i = 0; i < units.size(); ++i)
        if (units[i] == unit)
            quantity.unit = static_cast<Unit>(i);
    const ordered_json& number = value.at("quantity");
    quantity.value = number.is_number() ? number.get<double>() : std::numeric_limits<double>::quiet_NaN();
    quantity.resolution = value.value("resolution", 0.0);
    return quantity;
}

std::optional<Value> read_value(const ordered_json& value, int depth)
{
    if (value.contains("text"))
        return value.at("text").get<std::string>();
    if (value.contains("number"))
        return value.at("number").get<std::int64_t>();
    if (value.contains("unix_ns"))
        return Instant{value.at("unix_ns").get<std::int64_t>()};
    if (value.contains("term"))
        return Term{value.at("term").get<std::string>()};
    if (value.contains("quantity"))
        return read_quantity(value);
    if (!value.contains("messages"))
        return std::nullopt;
    auto messages = read_messages(value.at("messages"), depth + 1);
    if (!messages)
        return std::nullopt;
    return std::move(*messages);
}

std::optional<Message> read_message(const ordered_json& value, int depth)
{
    if (!value.is_object() || !value.contains("key"))
        return std::nullopt;
    Message message(value.at("key").get<std::string>());
    if (!value.contains("arguments"))
        return message;
    for (const ordered_json& item : value.at("arguments")) {
        auto filled = read_value(item, depth);
        if (!filled)
            return std::nullopt;
        message.arguments.push_back({item.at("name").get<std::string>(), std::move(*filled)});
    }
    return message;
}

/// nlohmann throws on members of another type; here that is simply not a message.
template <class Read> auto guarded(Read&& read) -> decltype(read())
{
    try {
        return read();
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

} // namespace

ordered_json to_json_value(const Message& message)
{
    ordered_json out;
    out["key"] = message.key;
    if (message.arguments.empty())
        return out;
    ordered_json& arguments = out["arguments"];
    for (const Argument& argument : message.arguments) {
        ordered_json item;
        item["name"] = argument.name;
        std::visit(ValueWriter{item}, argument.value);
        arguments.push_back(std::move(item));
    }
    return out;
}

std::optional<Message> message_from_json(const ordered_json& value)
{
    return guarded([&] { return read_message(value, 0); });
}

std::string message_json(const Message& message) { return dump(to_json_value(message)); }

std::string messages_json(const std::vector<Message>& messages)
{
    ordered_json list = ordered_json::array();
    for (const Message& message : messages)
        list.push_back(to_json_value(message));
    return dump(list);
}

std::optional<Message> parse_message(std::string_view json)
{
    return guarded([&] { return read_message(ordered_json::parse(json), 0); });
}

std::optional<std::vector<Message>> parse_messages(std::string_view json)
{
    return guarded([&] { return read_messages(ordered_json::parse(json), 0); });
}

} // namespace gacsong
