// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/lists/append_row.hpp"

#include "sdr/files/atomic_write.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <system_error>

namespace gacsong {
namespace {

/// A heading taken apart: names without quotes and blanks, in lower case.
struct Heading {
    char separator = ',';
    std::vector<std::string> names;
};

Heading read_heading(std::string line)
{
    Heading heading;
    if (line.starts_with("\xEF\xBB\xBF"))
        line.erase(0, 3);
    const auto count = [&](char c) { return std::ranges::count(line, c); };
    for (const char candidate : {';', '\t'}) {
        if (count(candidate) > count(heading.separator))
            heading.separator = candidate;
    }
    std::istringstream in(line);
    for (std::string name; std::getline(in, name, heading.separator);) {
        std::erase_if(name, [](char c) { return c == '"' || c == ' ' || c == '\r'; });
        std::ranges::transform(name, name.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        heading.names.push_back(name);
    }
    return heading;
}

std::string quoted(std::string value, char separator)
{
    std::ranges::replace(value, '\n', ' ');
    std::ranges::replace(value, '\r', ' ');
    if (value.find_first_of(std::string("\"") + separator) == std::string::npos)
        return value;
    std::string out = "\"";
    for (const char c : value)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

std::string joined(const std::vector<std::string>& values, char separator)
{
    std::string line;
    for (std::size_t i = 0; i < values.size(); ++i)
        line += (i > 0 ? std::string(1, separator) : std::string()) + quoted(values[i], separator);
    return line + "\n";
}

std::string hertz(double value) { return fmt::format("{:.0f}", value); }

} // namespace

Status append_row(const std::filesystem::path& path, const ListRow& row, const std::vector<std::string>& needed)
{
    std::string text;
    std::error_code error;
    if (std::filesystem::exists(path, error)) {
        std::ifstream in(path, std::ios::binary);
        std::ostringstream all;
        all << in.rdbuf();
        if (!in)
            return failure("list.read", {{"file", path.string()}});
        text = all.str();
    }
    if (text.empty()) {
        std::vector<std::string> names;
        for (const auto& [name, value] : row)
            names.push_back(name);
        text = joined(names, ',');
    }
    const Heading heading = read_heading(text.substr(0, text.find('\n')));
    for (const std::string& name : needed) {
        if (std::ranges::find(heading.names, name) == heading.names.end())
            return failure("list.columns", {{"file", path.string()}, {"what", name}});
    }
    std::vector<std::string> values;
    for (const std::string& name : heading.names) {
        const auto found = std::ranges::find(row, name, [](const auto& item) { return item.first; });
        values.push_back(found == row.end() ? std::string() : found->second);
    }
    if (!text.ends_with('\n'))
        text += '\n';
    return write_atomically(path, text + joined(values, heading.separator));
}

ListRow ignore_row(const Emission& emission, double width_hz, const std::string& reason, const std::string& until)
{
    return {{"center_hz", hertz(emission.center_hz.value_or(0.0))},
            {"bandwidth_hz", hertz(width_hz)},
            {"reason", reason},
            {"until", until}};
}

ListRow licence_row(const Emission& emission, const std::string& id, const std::string& holder, const std::string& note)
{
    return {{"id", id},
            {"holder", holder},
            {"service", emission.service},
            {"center_hz", hertz(emission.center_hz.value_or(0.0))},
            {"bandwidth_hz", hertz(emission.bandwidth_hz)},
            {"designator", emission.designator},
            {"note", note}};
}

} // namespace gacsong
