// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/json/json_text.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <cmath>

namespace gacsong {
namespace {

constexpr std::int64_t exact_limit = std::int64_t{1} << 53;

void replace_all(std::string& text, std::string_view what, std::string_view with)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

} // namespace

std::string json_number(double value)
{
    if (!std::isfinite(value))
        return "null";
    if (value == 0.0)
        return "0";
    const double magnitude = std::abs(value);
    const auto form = magnitude >= 1e-6 && magnitude < 1e15 ? std::chars_format::fixed : std::chars_format::scientific;
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, form);
    return {buffer.data(), end.ptr};
}

std::string json_string(std::string_view text)
{
    using nlohmann::json;
    std::string out = json(text).dump(-1, ' ', false, json::error_handler_t::replace);
    replace_all(out, "\u2028", "\\u2028");
    replace_all(out, "\u2029", "\\u2029");
    return out;
}

void JsonObject::key(std::string_view name)
{
    if (!first_)
        out_ += ',';
    first_ = false;
    out_ += json_string(name);
    out_ += ':';
}

void JsonObject::member(std::string_view name, std::int64_t value)
{
    const std::string digits = std::to_string(value);
    raw(name, value > exact_limit || value < -exact_limit ? json_string(digits) : digits);
}

void JsonObject::member(std::string_view name, std::uint64_t value)
{
    const std::string digits = std::to_string(value);
    raw(name, value > static_cast<std::uint64_t>(exact_limit) ? json_string(digits) : digits);
}

} // namespace gacsong
