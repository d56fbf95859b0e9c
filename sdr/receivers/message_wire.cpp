// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/message_wire.hpp"

namespace gacsong::sdr {

using nlohmann::json;

json refusal(const Error& error)
{
    json arguments = json::array();
    for (const Argument& argument : error.message.arguments) {
        if (const auto* text = std::get_if<std::string>(&argument.value))
            arguments.push_back({{"name", argument.name}, {"text", *text}});
        else if (const auto* quantity = std::get_if<Quantity>(&argument.value))
            arguments.push_back({{"name", argument.name},
                                 {"value", quantity->value},
                                 {"unit", static_cast<int>(quantity->unit)},
                                 {"resolution", quantity->resolution}});
    }
    return {
        {"ok", false}, {"key", error.message.key}, {"arguments", arguments}, {"fault", static_cast<int>(error.fault)}};
}

Error refused(const json& message)
{
    try {
        Error error{Message(message.at("key").get<std::string>()), static_cast<Fault>(message.at("fault").get<int>())};
        for (const json& argument : message.at("arguments")) {
            const auto name = argument.at("name").get<std::string>();
            if (argument.contains("text"))
                error.message.arguments.push_back({name, argument.at("text").get<std::string>()});
            else
                error.message.arguments.push_back({name, Quantity{argument.at("value").get<double>(),
                                                                  static_cast<Unit>(argument.at("unit").get<int>()),
                                                                  argument.at("resolution").get<double>()}});
        }
        return error;
    } catch (const json::exception& wrong) {
        return Error{Message("receiver.driver", {{"why", std::string(wrong.what())}}), Fault::input};
    }
}

} // namespace gacsong::sdr
