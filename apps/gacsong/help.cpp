// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/command_line.hpp"
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/option_table.hpp"
#include "report/text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gacsong::app {
namespace {

constexpr std::size_t indent = 2;
constexpr std::size_t description_column = 30;

/// `  -f, --center HZ      Centre frequency …`, the description wrapped beside its name.
std::string entry(std::string_view name, std::string_view description, std::size_t width)
{
    std::string out;
    std::string before = std::string(indent, ' ') + std::string(name);
    if (display_width(before) + 2 > description_column) {
        out = before + "\n";
        before.clear();
    }
    const std::size_t room = std::max<std::size_t>(width, description_column + 20) - description_column;
    for (const std::string& line : wrap(description, room)) {
        out += pad_to_width(before, description_column) + line + "\n";
        before.clear();
    }
    return out;
}

std::string option_name(const OptionSpec& option)
{
    std::string name(option.names);
    if (const std::size_t comma = name.find(','); comma != std::string::npos)
        name.insert(comma + 1, " ");
    else
        name.insert(0, "    "); // long names stand below each other
    return option.value.empty() ? name : fmt::format("{} {}", name, option.value);
}

std::string paragraphs(std::initializer_list<std::string> texts, std::size_t width)
{
    std::string out;
    for (const std::string& text : texts)
        for (const std::string& line : wrap(text, std::min<std::size_t>(width, 100)))
            out += line + "\n";
    return out;
}

std::string options_of(std::string_view command, const Wording& words, std::size_t width)
{
    std::string out = fmt::format("\n{}:\n", words.text("word.options"));
    for (const OptionSpec& option : option_table())
        if (takes(command, option))
            out += entry(option_name(option), words.text(fmt::format("option.{}", option.key)), width);
    if (command.empty())
        out += entry("    --version", words.text("option.version"), width);
    return out;
}

} // namespace

std::string help_text(std::string_view command, const Wording& words, std::size_t width)
{
    const std::string usage = words.text("word.usage");
    if (const Command* one = find_command(command)) {
        const std::string more = fmt::format("help.of.{}", command);
        return paragraphs({words.text(fmt::format("command.{}", command)) + "."}, width) +
               (words.find(more) ? paragraphs({words.text(more)}, width) : std::string{}) +
               fmt::format("\n{}: gacsong {} {} [{}]\n", usage, one->name, one->words, words.text("word.options")) +
               options_of(command, words, width) + "\n" +
               paragraphs({words.text("help.suffixes"), words.text("help.exit")}, width);
    }
    std::string out = paragraphs({words.text("help.about")}, width);
    out += fmt::format("\n{}: gacsong {} [{}]\n\n{}:\n", usage, words.text("help.command"), words.text("word.options"),
                       words.text("word.commands"));
    for (const Command& one : all_commands())
        out += entry(fmt::format("{} {}", one.name, one.words), words.text(fmt::format("command.{}", one.name)), width);
    out += options_of({}, words, width);
    return out + "\n" +
           paragraphs({words.text(Message("help.more", {{"command", words.text("help.command")}}))}, width);
}

} // namespace gacsong::app
