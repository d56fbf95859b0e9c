// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/installed/man_page.hpp"

#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/option_table.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace gacsong::app {
namespace {

/// `**gacsong** *INPUT*...`: what is typed in bold, what stands for something else in italics.
std::string bold(std::string_view text) { return fmt::format("\\fB{}\\fR", roff(text)); }
std::string italic(std::string_view text) { return fmt::format("\\fI{}\\fR", roff(text)); }

std::string section(std::string_view title) { return fmt::format(".SH {}\n", title); }

/// A paragraph with its term outdented.
std::string item(const std::string& term, std::string_view text)
{
    return fmt::format(".TP\n{}\n{}\n", term, roff(text));
}

std::string option_term(const OptionSpec& option)
{
    std::string term;
    std::string_view names = option.names;
    while (!names.empty()) {
        const std::size_t comma = names.find(',');
        term += (term.empty() ? "" : ", ") + bold(names.substr(0, comma));
        names.remove_prefix(comma == std::string_view::npos ? names.size() : comma + 1);
    }
    return option.value.empty() ? term : term + " " + italic(option.value);
}

std::string options_of(std::string_view command, const Wording& words)
{
    std::string out = section(words.text("man.section.options"));
    for (const OptionSpec& option : option_table())
        if (takes(command, option))
            out += item(option_term(option), words.text(fmt::format("option.{}", option.key)));
    if (command.empty())
        out += item(bold("--version"), words.text("option.version"));
    return out;
}

std::string synopsis(const Command* command, const Wording& words)
{
    const std::string rest = fmt::format(" [{}]\n", italic(words.text("word.options")));
    if (command == nullptr)
        return bold("gacsong") + " " + italic(words.text("help.command")) + rest;
    std::string line = bold(fmt::format("gacsong {}", command->name));
    if (!command->words.empty())
        line += " " + italic(command->words);
    line += rest;
    if (command->name == "gui")
        line += ".br\n" + bold("gacsong-gui") + " " + italic(command->words) + rest;
    return line;
}

std::string commands(const Wording& words)
{
    std::string out = section(words.text("man.section.commands"));
    for (const Command& one : all_commands()) {
        std::string term = bold(one.name);
        if (!one.words.empty())
            term += " " + italic(one.words);
        out +=
            item(term, fmt::format("{}; {}(1)", words.text(fmt::format("command.{}", one.name)), page_name(one.name)));
    }
    return out;
}

/// What is the same for every command: suffixes, exit status, environment and files.
std::string common(const Wording& words)
{
    std::string out = section(words.text("man.section.exit")) + roff(words.text("help.exit")) + "\n";
    out += section(words.text("man.section.environment"));
    for (const char* name : {"GACSONG_STORE", "GACSONG_PLAN", "GACSONG_LANG", "NO_COLOR"})
        out += item(bold(name), words.text(fmt::format("man.environment.{}", name)));
    out += section(words.text("man.section.files"));
    constexpr std::array<std::pair<const char*, const char*>, 5> files{
        {{"/etc/gacsong/gacsong.toml", "man.files.settings"},
         {"~/.config/gacsong/gacsong.toml", "man.files.own_settings"},
         {"~/.local/share/gacsong/store.sqlite", "man.files.store"},
         {"~/.local/share/gacsong/plans, /etc/gacsong/plans", "man.files.plans"},
         {"/usr/share/doc/gacsong", "man.files.documents"}}};
    for (const auto& [file, key] : files)
        out += item(italic(file), words.text(key));
    return out;
}

std::string see_also(std::string_view command, const Wording& words)
{
    std::string out = section(words.text("man.section.see_also"));
    if (!command.empty())
        out += fmt::format("{}(1)", bold("gacsong"));
    for (const Command& one : all_commands()) {
        if (one.name == command)
            continue;
        if (!command.empty() && one.name != "doctor" && one.name != "explain")
            continue;
        out += fmt::format("{}{}(1)", out.ends_with('\n') ? "" : ",\n", bold(page_name(one.name)));
    }
    return out + "\n";
}

} // namespace

std::string roff(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const bool begins_line = out.empty() || out.back() == '\n';
        if (begins_line && (c == '.' || c == '\''))
            out += "\\&";
        if (c == '\\')
            out += "\\e";
        else if (c == '-')
            out += "\\-";
        else if (c == '\'')
            out += "\\(aq";
        else if (c == '"')
            out += "\\(dq"; // a macro's line would take it for the end of a word
        else if (c == '^')
            out += "\\(ha";
        else if (c == '`')
            out += "\\(ga";
        else if (c == '~')
            out += "\\(ti";
        else
            out += c;
    }
    return out;
}

std::string page_name(std::string_view command)
{
    return command.empty() ? std::string("gacsong") : fmt::format("gacsong-{}", command);
}

std::string man_page(std::string_view command, const Wording& words, std::string_view day)
{
    const Command* one = find_command(command);
    const std::string name = page_name(command);
    const std::string what = words.text(one == nullptr ? "man.about" : fmt::format("command.{}", command));
    std::string out = fmt::format(".\\\" SPDX-License-Identifier: GPL-3.0-or-later\n.TH {} 1 {} \"Gác Sóng {}\" \"Gác "
                                  "Sóng\"\n.nh\n.ad l\n",
                                  name, roff(day), GACSONG_VERSION);
    out += section(words.text("man.section.name")) + fmt::format("{} \\- {}\n", roff(name), roff(what));
    out += section(words.text("man.section.synopsis")) + synopsis(one, words);
    out += section(words.text("man.section.description"));
    out += roff(one == nullptr ? words.text("help.about") : what + ".") + "\n";
    if (const std::string more = fmt::format("help.of.{}", command); words.find(more))
        out += ".PP\n" + roff(words.text(more)) + "\n";
    if (one != nullptr)
        out += ".PP\n" + roff(words.text("help.suffixes")) + "\n";
    if (one == nullptr)
        out += commands(words);
    return out + options_of(command, words) + common(words) + see_also(command, words);
}

} // namespace gacsong::app
