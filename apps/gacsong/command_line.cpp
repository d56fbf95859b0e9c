// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/command_line.hpp"

#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/nearest.hpp"
#include "apps/gacsong/option_table.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace gacsong::app {
namespace {

tl::unexpected<Error> usage(std::string key, std::vector<Argument> arguments)
{
    return failure(std::move(key), std::move(arguments), Fault::usage);
}

/// The long spelling: `--center` of `-f,--center`.
std::string long_name(const OptionSpec& option) { return std::string(option.names.substr(option.names.find("--"))); }

/// Spellings of all options that a command takes.
std::vector<std::string> spellings(std::string_view command)
{
    std::vector<std::string> all;
    for (const OptionSpec& option : option_table()) {
        if (!takes(command, option))
            continue;
        all.push_back(long_name(option));
        if (!option.names.starts_with("--"))
            all.emplace_back(option.names.substr(0, option.names.find(',')));
    }
    return all;
}

std::vector<std::string> command_names()
{
    std::vector<std::string> names;
    for (const Command& command : all_commands())
        names.emplace_back(command.name);
    return names;
}

/// What CLI11 is told of a command, and what it found.
struct Parser {
    CLI::App app;
    Arguments arguments;
    std::optional<Error> wrong_value;

    explicit Parser(std::string_view command)
    {
        app.set_help_flag();
        app.allow_extras();
        app.add_option("WORDS", arguments.words);
        for (const OptionSpec& option : option_table()) {
            if (takes(command, option))
                add(option);
        }
        if (command.empty())
            app.add_flag("--version", arguments.version);
    }

    void add(const OptionSpec& option)
    {
        const std::string names(option.names);
        if (option.value.empty()) {
            app.add_flag_callback(names, [this, &option] { option.set(arguments, {}); });
            return;
        }
        const auto take = [this, &option](const std::string& value) {
            if (!option.set(arguments, value) && !wrong_value)
                wrong_value =
                    usage("option.bad_value",
                          {{"option", long_name(option)}, {"value", value}, {"example", std::string(option.example)}})
                        .value();
        };
        if (option.repeats) {
            const auto take_all = [take](const std::vector<std::string>& values) {
                for (const std::string& value : values)
                    take(value);
            };
            app.add_option_function<std::vector<std::string>>(names, take_all)->allow_extra_args(false);
            return;
        }
        app.add_option_function<std::string>(names, take)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    }
};

/// The option that stands last without its value.
tl::unexpected<Error> missing_value(const std::vector<std::string>& words)
{
    for (auto word = words.rbegin(); word != words.rend(); ++word) {
        for (const OptionSpec& option : option_table()) {
            const bool named =
                option.names == *word || long_name(option) == *word || option.names.starts_with(*word + ",");
            if (named && !option.value.empty())
                return usage("option.missing_value", {{"option", *word}, {"example", std::string(option.example)}});
        }
    }
    return usage("option.missing_value", {{"option", words.empty() ? std::string{} : words.back()}});
}

Status check_extras(const Parser& parser, const std::string& command)
{
    for (const std::string& extra : parser.app.remaining()) {
        if (!extra.starts_with('-') || extra == "--")
            continue;
        const std::string name = extra.substr(0, extra.find('='));
        return usage("option.unknown",
                     {{"option", name}, {"near", nearest(name, spellings(command))}, {"command", command}});
    }
    return {};
}

Status check_words(const Arguments& arguments)
{
    if (arguments.help || arguments.version)
        return {};
    const Command& command = *find_command(arguments.command);
    if (arguments.words.size() < command.least_words)
        return usage("input.missing", {{"command", arguments.command}, {"what", std::string(command.words)}});
    if (arguments.words.size() > command.most_words)
        return usage("input.too_many", {{"command", arguments.command}, {"what", arguments.words[command.most_words]}});
    if (arguments.no_store && arguments.settings.store)
        return usage("option.conflict", {{"option", "--store"}, {"other", "--no-store"}});
    if (arguments.quiet && arguments.verbose)
        return usage("option.conflict", {{"option", "--quiet"}, {"other", "--verbose"}});
    if (arguments.command == "scan" && !arguments.trigger.empty() && !arguments.record)
        return usage("option.needs", {{"option", "--trigger"}, {"other", "--record"}});
    if (arguments.from_s && arguments.to_s && *arguments.to_s <= *arguments.from_s)
        return usage("option.from_to", {});
    return {};
}

/// Position of the command among the words: the first that is neither an option nor the value of one.
std::size_t command_position(const std::vector<std::string>& words)
{
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!words[i].starts_with('-') || words[i] == "-")
            return i;
        if (words[i] == "--lang" || words[i] == "--config")
            ++i;
    }
    return words.size();
}

} // namespace

std::optional<Language> language_of(const std::vector<std::string>& words)
{
    constexpr std::string_view option = "--lang";
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].starts_with("--lang="))
            return parse_language(std::string_view(words[i]).substr(option.size() + 1));
        if (words[i] == option && i + 1 < words.size())
            return parse_language(words[i + 1]);
    }
    return std::nullopt;
}

Result<Arguments> parse_command_line(const std::vector<std::string>& words)
{
    std::vector<std::string> rest = words;
    const std::size_t position = command_position(words);
    std::string command;
    if (position < words.size()) {
        command = words[position];
        if (find_command(command) == nullptr)
            return usage("command.unknown", {{"command", command}, {"near", nearest(command, command_names())}});
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(position));
    }
    Parser parser(command);
    try {
        std::vector<std::string> reversed(rest.rbegin(), rest.rend()); // as CLI11 wants it
        parser.app.parse(reversed);
    } catch (const CLI::ArgumentMismatch&) {
        return missing_value(rest);
    } catch (const CLI::ParseError& error) {
        return usage("option.wrong", {{"why", std::string(error.what())}});
    }
    parser.arguments.command = command;
    if (const Status known = check_extras(parser, command); !known)
        return tl::unexpected(known.error());
    if (parser.wrong_value)
        return tl::unexpected(*parser.wrong_value);
    if (command.empty() && !parser.arguments.version)
        parser.arguments.help = true;
    if (const Status enough = check_words(parser.arguments); !enough)
        return tl::unexpected(enough.error());
    return std::move(parser.arguments);
}

} // namespace gacsong::app
