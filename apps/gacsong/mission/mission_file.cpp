// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/mission/mission_file.hpp"

#include "apps/gacsong/command_line.hpp"
#include "apps/gacsong/nearest.hpp"
#include "apps/gacsong/option_table.hpp"
#include "detect/plan/tables/text_file.hpp"
#include "report/text/time_text.hpp"
#include "sdr/receivers/address.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <sstream>

namespace gacsong::app {
namespace {

constexpr std::size_t largest = std::size_t{1} << 20U;
constexpr std::size_t most_missions = 100;
constexpr double longest_s = 86'400.0;
constexpr double least_every_s = 60.0;

/// Keys of a mission that are no options of a command, with a value that would be right.
struct OwnKey {
    std::string_view name;
    std::string_view example;
};
constexpr std::array<OwnKey, 7> mission_keys{{{"name", "\"FM\""},
                                              {"do", "\"sweep\""},
                                              {"receiver", "\"soapy:driver=rtlsdr\""},
                                              {"at", "[\"06:00\", \"18:30\"]"},
                                              {"every", "\"1h\""},
                                              {"days", "[\"mon\", \"sat\"]"},
                                              {"for", "\"10m\""}}};
constexpr std::array<std::string_view, 3> commands{"scan", "sweep", "record"};
/// Options that a mission does not take: the schedule says when it ends, the program what is printed and how.
constexpr std::array<std::string_view, 6> not_in_a_mission{"stop-after", "help", "config", "lang", "quiet", "verbose"};

std::string long_name(const OptionSpec& option)
{
    return std::string(option.names.substr(option.names.find("--") + 2));
}

/// Option of a command by its name in the file, where `_` may stand for `-`; null where it takes none of that name.
const OptionSpec* option_of(std::string_view command, std::string key)
{
    std::ranges::replace(key, '_', '-');
    if (std::ranges::find(not_in_a_mission, key) != not_in_a_mission.end())
        return nullptr;
    for (const OptionSpec& option : option_table())
        if (long_name(option) == key && takes(command, option))
            return &option;
    return nullptr;
}

bool any_takes(const std::string& key)
{
    return std::ranges::any_of(commands, [&](std::string_view command) { return option_of(command, key) != nullptr; });
}

/// A value as it would stand on the command line; nothing where it is none.
std::optional<std::string> as_word(const toml::node& node)
{
    if (const auto text = node.value_exact<std::string>())
        return text;
    if (const auto whole = node.value_exact<std::int64_t>())
        return std::to_string(*whole);
    if (const auto number = node.value_exact<double>())
        return fmt::format("{}", *number);
    return std::nullopt;
}

/// Texts of an array, or the one text that stands in its place.
std::optional<std::vector<std::string>> as_texts(const toml::node& node)
{
    if (const auto one = node.value_exact<std::string>())
        return std::vector<std::string>{*one};
    const toml::array* array = node.as_array();
    if (array == nullptr || array->empty())
        return std::nullopt;
    std::vector<std::string> texts;
    for (const toml::node& element : *array) {
        const auto text = element.value_exact<std::string>();
        if (!text)
            return std::nullopt;
        texts.push_back(*text);
    }
    return texts;
}

/// Reads one file; says what is wrong with which mission.
class Reader {
public:
    Reader(const std::string& path, const Wording& words) : path_(path), words_(words) {}

    Result<std::vector<Mission>> read(const toml::table& table)
    {
        const toml::array* list = nullptr;
        for (const auto& [given, node] : table) {
            const std::string key(given.str());
            if (key == "mission")
                list = node.as_array();
            else if (key == "zone") {
                const auto zone = parse_zone(node.value_or(std::string{}));
                if (!zone)
                    return wrong_value(key, "\"+07:00\"");
                zone_s_ = *zone;
            } else if (key == "receiver") {
                receiver_ = node.value_or(std::string{});
                if (receiver_.empty())
                    return wrong_value(key, "\"soapy:driver=rtlsdr\"");
            } else if (any_takes(key)) {
                shared_.emplace_back(key, &node);
            } else {
                return unknown(key, {"mission", "zone", "receiver"});
            }
        }
        std::vector<Mission> missions;
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
            const toml::table* one = list->get(i)->as_table();
            name_ = fmt::format("{}", i + 1);
            if (one == nullptr || missions.size() == most_missions)
                return wrong_value("mission", "[[mission]]");
            auto mission = read_mission(*one);
            if (!mission)
                return tl::unexpected(mission.error());
            if (std::ranges::any_of(missions, [&](const Mission& other) { return other.name == mission->name; }))
                return wrong("mission.same", {});
            missions.push_back(std::move(*mission));
        }
        if (missions.empty())
            return failure("mission.none", {{"file", path_}}, Fault::usage);
        return missions;
    }

private:
    tl::unexpected<Error> wrong(const char* key, std::vector<Argument> more) const
    {
        more.push_back({"file", path_});
        more.push_back({"mission", name_});
        return failure(key, std::move(more), Fault::usage);
    }

    tl::unexpected<Error> wrong_value(const std::string& key, std::string_view example) const
    {
        if (name_.empty())
            return failure("config.value", {{"key", key}, {"file", path_}, {"example", std::string(example)}},
                           Fault::usage);
        return wrong("mission.value", {{"key", key}, {"example", std::string(example)}});
    }

    tl::unexpected<Error> unknown(const std::string& key, std::vector<std::string> known) const
    {
        for (const OptionSpec& option : option_table())
            if (any_takes(long_name(option)))
                known.push_back(long_name(option));
        if (name_.empty())
            return failure("config.key", {{"key", key}, {"file", path_}, {"near", nearest(key, known)}}, Fault::usage);
        return wrong("mission.key", {{"key", key}, {"near", nearest(key, known)}});
    }

    Result<Mission> read_mission(const toml::table& table)
    {
        if (const auto name = table["name"].value_exact<std::string>(); name && !name->empty())
            name_ = *name;
        else
            return missing("name");
        const std::string command = table["do"].value_or(std::string{});
        if (std::ranges::find(commands, command) == commands.end())
            return table.contains("do") ? wrong_value("do", "\"sweep\"") : Result<Mission>(missing("do"));
        const std::string receiver = table["receiver"].value_or(receiver_);
        if (receiver.empty())
            return missing("receiver");
        if (!sdr::is_receiver(receiver))
            return wrong_value("receiver", "\"soapy:driver=rtlsdr\"");
        auto schedule = read_schedule(table);
        if (!schedule)
            return tl::unexpected(schedule.error());
        std::vector<std::string> line{command, receiver};
        for (const auto& [key, node] : shared_) {
            if (table.contains(key) || option_of(command, key) == nullptr)
                continue;
            if (const Status added = add_option(command, key, *node, line); !added)
                return tl::unexpected(added.error());
        }
        for (const auto& [given, node] : table) {
            const std::string key(given.str());
            if (std::ranges::find(mission_keys, key, &OwnKey::name) != mission_keys.end())
                continue;
            if (const Status added = add_option(command, key, node, line); !added)
                return tl::unexpected(added.error());
        }
        auto arguments = parse_command_line(line);
        if (!arguments)
            return wrong("mission.option", {{"why", words_.text(arguments.error().message)}});
        if (command == "sweep" && !arguments->span)
            return wrong("mission.option", {{"why", words_.text("sweep.no_span")}});
        return Mission{name_, std::move(*schedule), std::move(*arguments)};
    }

    tl::unexpected<Error> missing(const std::string& key) const
    {
        const auto known = std::ranges::find(mission_keys, key, &OwnKey::name);
        return wrong("mission.missing", {{"key", key}, {"example", std::string(known->example)}});
    }

    Status add_option(std::string_view command, const std::string& key, const toml::node& node,
                      std::vector<std::string>& line) const
    {
        const OptionSpec* option = option_of(command, key);
        if (option == nullptr) {
            std::vector<std::string> known;
            for (const OwnKey& own : mission_keys)
                known.emplace_back(own.name);
            return unknown(key, std::move(known));
        }
        if (option->value.empty()) {
            const auto flag = node.value_exact<bool>();
            if (!flag)
                return wrong_value(key, "true");
            if (*flag)
                line.push_back("--" + long_name(*option));
            return {};
        }
        const auto word = as_word(node);
        if (!word)
            return wrong_value(key, fmt::format("\"{}\"", option->example));
        line.push_back("--" + long_name(*option) + "=" + *word);
        return {};
    }

    Result<Schedule> read_schedule(const toml::table& table) const
    {
        Schedule schedule;
        schedule.zone_s = zone_s_;
        if (!table.contains("for"))
            return missing("for");
        const auto length_s = parse_duration(table["for"].value_or(std::string{}));
        if (!length_s || *length_s < 1.0 || *length_s > longest_s)
            return wrong_value("for", "\"10m\"");
        schedule.for_s = static_cast<std::int64_t>(*length_s);
        if (table.contains("at") && table.contains("every"))
            return wrong("mission.both", {});
        if (const toml::node* at = table.get("at")) {
            const auto times = as_texts(*at);
            for (const std::string& time : times.value_or(std::vector<std::string>{""})) {
                const auto second = parse_time_of_day(time);
                if (!second)
                    return wrong_value("at", "[\"06:00\", \"18:30\"]");
                schedule.at_s.push_back(*second);
            }
        }
        if (const toml::node* every = table.get("every")) {
            const auto step_s = parse_duration(every->value_or(std::string{}));
            if (!step_s || *step_s < least_every_s || *step_s > longest_s)
                return wrong_value("every", "\"1h\"");
            for (std::int64_t at_s = 0; at_s < static_cast<std::int64_t>(longest_s);
                 at_s += static_cast<std::int64_t>(*step_s))
                schedule.at_s.push_back(at_s);
        }
        std::ranges::sort(schedule.at_s);
        if (const toml::node* days = table.get("days")) {
            schedule.days = 0;
            for (const std::string& day : as_texts(*days).value_or(std::vector<std::string>{""})) {
                const auto number = parse_weekday(day);
                if (!number || schedule.filler())
                    return wrong_value("days", "[\"mon\", \"sat\"]");
                schedule.days |= 1U << *number;
            }
        }
        return schedule;
    }

    const std::string& path_;
    const Wording& words_;
    std::string name_; ///< of the mission that is being read
    std::string receiver_;
    int zone_s_ = vietnam_utc_offset_s;
    std::vector<std::pair<std::string, const toml::node*>> shared_; ///< options of all missions
};

} // namespace

Result<std::vector<Mission>> parse_missions(std::string_view toml, const std::string& path, const Wording& words)
{
    toml::table table;
    try {
        table = toml::parse(toml, path);
    } catch (const toml::parse_error& error) {
        return failure("config.broken",
                       {{"file", path},
                        {"row", static_cast<std::int64_t>(error.source().begin.line)},
                        {"why", std::string(error.description())}},
                       Fault::usage);
    }
    return Reader(path, words).read(table);
}

Result<std::vector<Mission>> read_missions(const std::string& path, const Wording& words)
{
    const auto file = read_text_file(path, largest);
    if (!file)
        return tl::unexpected(file.error());
    return parse_missions(file->text, path, words);
}

} // namespace gacsong::app
