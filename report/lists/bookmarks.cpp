// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/lists/bookmarks.hpp"

#include "report/json/json_text.hpp"
#include "report/text/csv_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace gacsong {
namespace {

using nlohmann::json;

constexpr double lowest_hz = 3e3;
constexpr double highest_hz = 3e12;
constexpr std::size_t longest_name = 500;
constexpr int deepest = 16;

double number(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_number() ? found->get<double>() : 0.0;
}

std::string text(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

class Reader {
public:
    explicit Reader(std::string program) { all_.program = std::move(program); }

    void add(double center_hz, double bandwidth_hz, const std::string& name)
    {
        const bool usable = center_hz >= lowest_hz && center_hz <= highest_hz && bandwidth_hz >= 0.0 &&
                            bandwidth_hz <= highest_hz && all_.list.size() < most_bookmarks;
        if (usable)
            all_.list.push_back({center_hz, bandwidth_hz, name.substr(0, longest_name)});
        else
            ++all_.left_out;
    }
    /// `{NAME: {"frequency": …, "bandwidth": …}}`
    void add_named(const json& bookmarks)
    {
        for (const auto& [name, one] : bookmarks.items()) {
            if (one.is_object())
                add(number(one, "frequency"), number(one, "bandwidth"), name);
            else
                ++all_.left_out;
        }
    }
    Bookmarks take() { return std::move(all_); }

private:
    Bookmarks all_;
};

Bookmarks read_sdrpp(const json& root)
{
    Reader reader("SDR++");
    if (const auto lists = root.find("lists"); lists != root.end() && lists->is_object()) {
        for (const auto& [name, list] : lists->items()) {
            const auto inner = list.is_object() ? list.find("bookmarks") : list.end();
            if (list.is_object())
                reader.add_named(inner != list.end() && inner->is_object() ? *inner : list);
        }
    } else {
        reader.add_named(root.at("bookmarks"));
    }
    return reader.take();
}

/// bookmarks.json has `frequency`, bands.json has `lower_bound`, `upper_bound` and `frequencies`.
Bookmarks read_openwebrx(const json& root)
{
    Reader reader("OpenWebRX");
    for (const json& one : root) {
        if (!one.is_object())
            continue;
        const std::string name = text(one, "name");
        if (one.contains("frequency")) {
            reader.add(number(one, "frequency"), 0.0, name);
            continue;
        }
        const double low = number(one, "lower_bound");
        const double high = number(one, "upper_bound");
        reader.add(0.5 * (low + high), high - low, name);
        const auto frequencies = one.find("frequencies");
        if (frequencies == one.end() || !frequencies->is_object())
            continue;
        for (const auto& [what, value] : frequencies->items()) {
            const std::string label = name + " " + what;
            if (value.is_number())
                reader.add(value.get<double>(), 0.0, label);
            for (const json& each : value.is_array() ? value : json::array())
                reader.add(each.is_number() ? each.get<double>() : 0.0, 0.0, label);
        }
    }
    return reader.take();
}

std::string_view trimmed(std::string_view part)
{
    const auto first = part.find_first_not_of(" \t\r");
    return first == std::string_view::npos ? std::string_view{}
                                           : part.substr(first, part.find_last_not_of(" \t\r") - first + 1);
}

std::optional<double> whole(std::string_view digits)
{
    double value = 0.0;
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return end.ec == std::errc{} && end.ptr == digits.data() + digits.size() ? std::optional(value) : std::nullopt;
}

/// Tags, an empty line, then rows of exactly five fields.
Bookmarks read_gqrx(std::string_view text)
{
    constexpr std::size_t fields = 5;
    Reader reader("gqrx");
    bool rows = false;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        rows = rows || line.find("Frequency") != std::string_view::npos;
        if (!rows || line.empty() || line.starts_with('#'))
            continue;
        std::array<std::string_view, fields> parts{};
        std::string_view rest = line;
        const auto semicolons = static_cast<std::size_t>(std::ranges::count(line, ';'));
        for (std::size_t i = 0; i < fields; ++i) {
            const std::size_t at = std::min(rest.find(';'), rest.size());
            parts.at(i) = trimmed(rest.substr(0, at));
            rest.remove_prefix(std::min(at + 1, rest.size()));
        }
        const bool sound = semicolons == fields - 1;
        reader.add(sound ? whole(parts[0]).value_or(0.0) : 0.0, sound ? whole(parts[3]).value_or(0.0) : 0.0,
                   std::string(parts[1]));
    }
    return reader.take();
}

/// JSON whose depth is bounded; discarded where it is none.
json parsed(std::string_view text)
{
    return json::parse(
        text, [](int depth, json::parse_event_t, json&) { return depth <= deepest; }, false);
}

} // namespace

std::optional<Bookmarks> parse_bookmarks(std::string_view text)
{
    const std::string_view start = trimmed(text.substr(0, text.find_first_of("{[#") + 1));
    if (text.find("# Frequency") != std::string_view::npos)
        return read_gqrx(text);
    if (start.empty() || (start.back() != '{' && start.back() != '['))
        return std::nullopt;
    const json root = parsed(text);
    const bool bookmarks = root.is_object() && root.contains("bookmarks") && root.at("bookmarks").is_object();
    const bool lists = root.is_object() && root.contains("lists") && root.at("lists").is_object();
    if (bookmarks || lists)
        return read_sdrpp(root);
    const bool web = root.is_array() && !root.empty() && root.front().is_object() &&
                     (root.front().contains("frequency") || root.front().contains("lower_bound"));
    return web ? std::optional(read_openwebrx(root)) : std::nullopt;
}

std::string bookmark_table(const Bookmarks& bookmarks)
{
    std::string out = "center_hz,bandwidth_hz,reason,until\r\n";
    for (const Bookmark& one : bookmarks.list) {
        const std::array<std::string, 4> fields{json_number(one.center_hz),
                                                one.bandwidth_hz > 0.0 ? json_number(one.bandwidth_hz) : std::string{},
                                                bookmarks.program + ": " + one.name, std::string{}};
        out += csv_line(fields);
    }
    return out;
}

} // namespace gacsong
