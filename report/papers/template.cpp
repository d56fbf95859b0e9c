// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/papers/template.hpp"

#include "report/wording/data_paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace gacsong::papers {
namespace {

constexpr std::size_t most_bytes = 64 << 10;
constexpr std::int64_t most_lines = 1'000;

bool name_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; }

bool take(std::string_view& text, std::string_view beginning)
{
    if (!text.starts_with(beginning))
        return false;
    text.remove_prefix(beginning.size());
    while (text.starts_with(' '))
        text.remove_prefix(1);
    return true;
}

/// Whether every brace that opens closes around a name.
bool sound_braces(std::string_view text)
{
    for (std::size_t at = text.find_first_of("{}"); at != std::string_view::npos; at = text.find_first_of("{}", at)) {
        if (text[at] == '}')
            return false;
        const std::size_t close = text.find('}', at);
        if (close == std::string_view::npos || close == at + 1)
            return false;
        const std::string_view name = text.substr(at + 1, close - at - 1);
        if (!std::ranges::all_of(name, name_character))
            return false;
        at = close + 1;
    }
    return true;
}

} // namespace

Result<std::vector<TemplateLine>> parse_template(std::string_view text, std::string_view name)
{
    std::vector<TemplateLine> lines;
    std::int64_t row = 0;
    const auto wrong = [&](const char* why) {
        return failure("papers.template",
                       {{"file", std::string(name)}, {"row", row}, {"why", std::vector<Message>{Message(why)}}},
                       Fault::usage);
    };
    if (text.size() > most_bytes)
        return wrong("papers.why_long");
    while (!text.empty()) {
        ++row;
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        while (line.ends_with('\r') || line.ends_with(' '))
            line.remove_suffix(1);
        if (line.empty() || line.starts_with(';'))
            continue;
        if (row > most_lines)
            return wrong("papers.why_long");
        TemplateLine made;
        made.row = row;
        if (take(line, "?")) {
            const std::size_t length = std::min(line.find(' '), line.size());
            made.only_with = std::string(line.substr(0, length));
            line.remove_prefix(std::min(length + 1, line.size()));
            if (made.only_with.empty() || !std::ranges::all_of(made.only_with, name_character) || line.empty())
                return wrong("papers.why_condition");
        }
        using Kind = TemplateLine::Kind;
        made.kind = take(line, "## ")  ? Kind::section
                    : take(line, "# ") ? Kind::part
                    : take(line, "- ") ? Kind::dash
                    : take(line, "@")  ? Kind::insert
                                       : Kind::paragraph;
        if (!sound_braces(line))
            return wrong("papers.why_braces");
        made.text = std::string(line);
        lines.push_back(std::move(made));
    }
    return lines;
}

Result<std::vector<TemplateLine>> load_template(std::string_view stem, Language language)
{
    const std::string name = fmt::format("{}.{}.paper", stem, code(language));
    for (const auto& folder : plan_folders()) {
        const auto path = folder / "papers" / name;
        std::error_code error;
        if (!std::filesystem::exists(path, error))
            continue;
        std::ifstream in(path, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        return parse_template(text.str(), path.string());
    }
    return failure("wording.missing", {{"file", name}}, Fault::output);
}

} // namespace gacsong::papers
