// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/address.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

namespace gacsong::sdr {

namespace {

constexpr std::string_view scheme = "soapy:";
constexpr std::size_t longest = 4096;

bool key_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':';
}

/// Whether `text` begins with a key and `=`.
bool begins_pair(std::string_view text)
{
    const auto end = std::find_if_not(text.begin(), text.end(), key_letter);
    return end != text.begin() && end != text.end() && *end == '=';
}

std::vector<std::string_view> pairs(std::string_view text)
{
    std::vector<std::string_view> found;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (at < text.size() && (text[at] != ',' || !begins_pair(text.substr(at + 1))))
            continue;
        found.push_back(text.substr(begin, at - begin));
        begin = at + 1;
    }
    return found;
}

} // namespace

bool is_receiver(std::string_view input) { return input.starts_with(scheme); }

Result<std::map<std::string, std::string>> parse_receiver(std::string_view input)
{
    const auto wrong = [&] { return failure("receiver.address", {{"value", std::string(input)}}, Fault::usage); };
    if (!is_receiver(input) || input.size() > longest)
        return wrong();
    std::map<std::string, std::string> args;
    for (const std::string_view pair : pairs(input.substr(scheme.size()))) {
        if (!begins_pair(pair))
            return wrong();
        const std::size_t equals = pair.find('=');
        args[std::string(pair.substr(0, equals))] = pair.substr(equals + 1);
    }
    if (args["driver"].empty())
        return failure("receiver.no_driver", {{"value", std::string(input)}}, Fault::usage);
    return args;
}

std::optional<std::map<std::string, double>> parse_gains(std::string_view text)
{
    std::map<std::string, double> gains;
    while (!text.empty()) {
        std::string_view part = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
        const std::size_t equals = part.find('=');
        const std::string name(equals == std::string_view::npos ? std::string_view{} : part.substr(0, equals));
        if (equals != std::string_view::npos)
            part.remove_prefix(equals + 1);
        double value = 0.0;
        const auto end = std::from_chars(part.data(), part.data() + part.size(), value);
        if (part.empty() || end.ec != std::errc{} || end.ptr != part.data() + part.size() || !std::isfinite(value))
            return std::nullopt;
        gains[name] = value;
    }
    return gains.empty() ? std::nullopt : std::optional(gains);
}

} // namespace gacsong::sdr
