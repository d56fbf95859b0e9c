// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/installed/completion.hpp"

#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/option_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace gacsong::app {
namespace {

std::vector<std::string> spellings(const OptionSpec& option)
{
    std::vector<std::string> all;
    std::string_view names = option.names;
    while (!names.empty()) {
        const std::size_t comma = names.find(',');
        all.emplace_back(names.substr(0, comma));
        names.remove_prefix(comma == std::string_view::npos ? names.size() : comma + 1);
    }
    return all;
}

/// `scan|record` of what stands for a value: words to choose from. Nothing where a part is in capitals, which stands
/// for something else.
std::vector<std::string> choices(std::string_view value)
{
    std::vector<std::string> all;
    if (value.find('|') == std::string_view::npos)
        return all;
    while (!value.empty()) {
        const std::size_t bar = value.find('|');
        std::string_view one = value.substr(0, bar);
        one = one.substr(0, one.find(' '));
        if (std::ranges::any_of(one, [](char c) { return (c >= 'A' && c <= 'Z') || c == ':' || c == '.'; }))
            return {};
        all.emplace_back(one);
        value.remove_prefix(bar == std::string_view::npos ? value.size() : bar + 1);
    }
    return all;
}

/// What a value or a word of a command is completed with.
enum class Kind { nothing, files, folders, words };

Kind kind_of(std::string_view value)
{
    if (!choices(value).empty())
        return Kind::words;
    if (value == "DIR" || value.find("FOLDER") != std::string_view::npos)
        return Kind::folders;
    // A name of a recording to be made is a path as well.
    const bool path = value.find("FILE") != std::string_view::npos || value.find("INPUT") != std::string_view::npos;
    return path ? Kind::files : Kind::nothing;
}

/// What `_gacsong_values` takes: words to choose from, or FILES or FOLDERS.
std::string bash_values(std::string_view value)
{
    switch (kind_of(value)) {
    case Kind::words:
        return fmt::format("{}", fmt::join(choices(value), " "));
    case Kind::folders:
        return "FOLDERS";
    case Kind::files:
        return "FILES";
    case Kind::nothing:
        break;
    }
    return "";
}

std::string bash_command(std::string_view name, std::string_view words)
{
    std::vector<std::string> options;
    std::string values;
    for (const OptionSpec& option : option_table()) {
        if (!takes(name, option))
            continue;
        const auto all = spellings(option);
        options.insert(options.end(), all.begin(), all.end());
        if (!option.value.empty())
            values +=
                fmt::format("        {}) taken=1 values='{}' ;;\n", fmt::join(all, "|"), bash_values(option.value));
    }
    return fmt::format(
        "    {})\n        case $before in\n{}        esac\n        options='{}' words='{}'\n        ;;\n", name, values,
        fmt::join(options, " "), bash_values(words));
}

/// Within single quotes and brackets of an _arguments specification.
std::string zsh_text(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '\'')
            out += "'\\''";
        else if (c == '[' || c == ']' || c == ':' || c == '\\')
            out += std::string("\\") + c;
        else
            out += c;
    }
    return out;
}

std::string zsh_action(std::string_view value)
{
    switch (kind_of(value)) {
    case Kind::words:
        return fmt::format("({})", fmt::join(choices(value), " "));
    case Kind::folders:
        return "_files -/";
    case Kind::files:
        return "_files";
    case Kind::nothing:
        break;
    }
    return " ";
}

std::string zsh_option(const OptionSpec& option, const Wording& words)
{
    const auto all = spellings(option);
    const std::string text = zsh_text(words.text(fmt::format("option.{}", option.key)));
    const std::string value =
        option.value.empty() ? "" : fmt::format(":{}:{}", zsh_text(option.value), zsh_action(option.value));
    std::string out;
    for (const std::string& name : all)
        out += fmt::format("        '({}){}[{}]{}'\n", fmt::join(all, " "), name, text, value);
    return out;
}

} // namespace

std::string bash_completion()
{
    std::vector<std::string_view> names;
    std::string cases;
    for (const Command& one : all_commands()) {
        names.push_back(one.name);
        cases += bash_command(one.name, one.words);
    }
    return fmt::format(R"(# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of gacsong and gacsong-gui for bash; made from the program's own table of options.
_gacsong_values() {{
    case $1 in
    FILES | FOLDERS)
        compopt -o filenames 2>/dev/null
        local kind=-f
        [[ $1 == FOLDERS ]] && kind=-d
        mapfile -t COMPREPLY < <(compgen $kind -- "$cur")
        ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur") ;;
    esac
}}

_gacsong() {{
    local cur=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}}
    local command='' options='' words='' values='' taken='' i
    COMPREPLY=()
    [[ ${{COMP_WORDS[0]##*/}} == gacsong-gui ]] && command=gui
    for ((i = 1; i < COMP_CWORD && ${{#command}} == 0; ++i)); do
        case ${{COMP_WORDS[i]}} in
        --lang | --config) ((++i)) ;;
        -*) ;;
        *) command=${{COMP_WORDS[i]}} ;;
        esac
    done
    case $command in
{}    '') options='--lang --config --quiet --verbose --help --version -q -v -h' words='{}' ;;
    esac
    if [[ $taken ]]; then
        _gacsong_values "$values"
    elif [[ $cur == -* ]]; then
        _gacsong_values "$options"
    else
        _gacsong_values "$words"
    fi
}}
complete -F _gacsong gacsong gacsong-gui
)",
                       cases, fmt::join(names, " "));
}

std::string zsh_completion(const Wording& words)
{
    std::string names;
    std::string cases;
    for (const Command& one : all_commands()) {
        names += fmt::format("    '{}:{}'\n", one.name, zsh_text(words.text(fmt::format("command.{}", one.name))));
        cases += fmt::format("{})\n    options=(\n", one.name);
        for (const OptionSpec& option : option_table())
            if (takes(one.name, option))
                cases += zsh_option(option, words);
        cases += fmt::format("        '*:{}:{}'\n    )\n    ;;\n", zsh_text(one.words), zsh_action(one.words));
    }
    return fmt::format(R"(#compdef gacsong gacsong-gui
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of gacsong and gacsong-gui for zsh; made from the program's own table of options.
local -a options commands
local command=''
commands=(
{})
if [[ $service == gacsong-gui ]]; then
    command=gui
elif (( CURRENT == 2 )); then
    if [[ $words[2] == -* ]]; then
        _arguments '--lang[vi|en]:language:(vi en)' '--config[FILE]:file:_files' '--help' '--version'
    else
        _describe command commands
    fi
    return
else
    command=$words[2]
    words=("${{words[1]}}" "${{(@)words[3,-1]}}")
    (( CURRENT -= 1 ))
fi
case $command in
{}*) return 1 ;;
esac
_arguments -s $options
)",
                       names, cases);
}

} // namespace gacsong::app
