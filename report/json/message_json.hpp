// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// Messages before they have a language, as the store keeps them: `{"key":…,"arguments":[{"name":…,"quantity":…}]}`.
/// Reading gives back an equal message.
[[nodiscard]] std::string message_json(const Message& message);
[[nodiscard]] std::string messages_json(const std::vector<Message>& messages);

/// Nothing where the text is not JSON of this shape. Nesting is read to a depth of 8.
[[nodiscard]] std::optional<Message> parse_message(std::string_view json);
[[nodiscard]] std::optional<std::vector<Message>> parse_messages(std::string_view json);

/// The same on parsed values, for records that hold messages.
[[nodiscard]] nlohmann::ordered_json to_json_value(const Message& message);
[[nodiscard]] std::optional<Message> message_from_json(const nlohmann::ordered_json& value);

} // namespace gacsong
