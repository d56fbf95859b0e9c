// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/settings.hpp"

#include "apps/gacsong/nearest.hpp"
#include "report/wording/data_paths.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace gacsong::app {
namespace {

namespace fs = std::filesystem;

template <class T, class U> bool put(std::optional<T>& target, const std::optional<U>& found)
{
    if (found)
        target = static_cast<T>(*found);
    return found.has_value();
}

/// A text, or a list of texts.
bool put_texts(std::vector<std::string>& target, const toml::node& node)
{
    std::vector<std::string> out;
    const auto put_one = [&out](const toml::node& one) {
        const auto text = one.value_exact<std::string>();
        out.push_back(text.value_or(std::string()));
        return text && !text->empty();
    };
    bool good = true;
    if (const auto* list = node.as_array()) {
        for (const auto& one : *list)
            good = put_one(one) && good;
    } else {
        good = put_one(node);
    }
    if (good)
        target = std::move(out);
    return good;
}

/// One key of a settings file and what its value does; false where the value is none.
struct Key {
    std::string_view name;
    std::string_view example;
    bool (*read)(Settings&, const toml::node&);
};

constexpr std::array<Key, 10> keys{{
    {"store", "\"sqlite:FILE\"",
     [](Settings& s, const toml::node& n) { return put(s.store, n.value_exact<std::string>()); }},
    {"plan", "\"vn\"", [](Settings& s, const toml::node& n) { return put(s.plan, n.value_exact<std::string>()); }},
    {"lang", "\"vi\"",
     [](Settings& s, const toml::node& n) {
         const auto name = n.value_exact<std::string>();
         return name && put(s.lang, parse_language(*name));
     }},
    {"register", "\"licences.csv\"",
     [](Settings& s, const toml::node& n) { return put(s.register_file, n.value_exact<std::string>()); }},
    {"cells", "\"cells.csv\"", [](Settings& s, const toml::node& n) { return put_texts(s.cells_files, n); }},
    {"blocks", "\"blocks.csv\"",
     [](Settings& s, const toml::node& n) { return put(s.blocks_file, n.value_exact<std::string>()); }},
    {"ignore", "\"ignore.csv\"",
     [](Settings& s, const toml::node& n) { return put(s.ignore_file, n.value_exact<std::string>()); }},
    {"place", "\"10.386,105.435\"",
     [](Settings& s, const toml::node& n) {
         const auto text = n.value_exact<std::string>();
         return text && put(s.place, parse_coordinates(*text));
     }},
    {"ppm", "-2.5", [](Settings& s, const toml::node& n) { return put(s.ppm, n.value<double>()); }},
    {"threads", "4",
     [](Settings& s, const toml::node& n) {
         const auto count = n.value_exact<std::int64_t>();
         return count && *count >= 0 && *count <= 1024 && put(s.threads, count);
     }},
}};

/// One key of the table `[office]`: a text or a switch.
struct OfficeKey {
    std::string_view name;
    std::string Office::*text;
    bool Office::*flag;
};

constexpr std::array<OfficeKey, 14> office_keys{{
    {"superior", &Office::superior, nullptr},
    {"body", &Office::body, nullptr},
    {"body_en", &Office::body_en, nullptr},
    {"place", &Office::place, nullptr},
    {"symbol", &Office::symbol, nullptr},
    {"unit", &Office::unit, nullptr},
    {"authority", &Office::authority, nullptr},
    {"signer", &Office::signer, nullptr},
    {"recipients", &Office::recipients, nullptr},
    {"equipment", &Office::equipment, nullptr},
    {"frequency_calibration", &Office::frequency_calibration, nullptr},
    {"level_calibration", &Office::level_calibration, nullptr},
    {"draft", nullptr, &Office::draft},
    {"demonstration", nullptr, &Office::demonstration},
}};

template <class Keys> std::vector<std::string> names_of(const Keys& all)
{
    std::vector<std::string> names;
    for (const auto& key : all)
        names.emplace_back(key.name);
    return names;
}

std::vector<std::string> key_names()
{
    std::vector<std::string> names = names_of(keys);
    names.emplace_back("office");
    return names;
}

tl::unexpected<Error> wrong(std::string key, std::vector<Argument> arguments)
{
    return failure(std::move(key), std::move(arguments), Fault::usage);
}

Status read_office(const toml::node& node, std::string_view name, Office& office)
{
    const toml::table* table = node.as_table();
    if (table == nullptr)
        return wrong(
            "config.value",
            {{"key", std::string("office")}, {"file", std::string(name)}, {"example", std::string("[office]")}});
    for (const auto& [given, value] : *table) {
        const std::string key(given.str());
        const auto known = std::ranges::find(office_keys, key, &OfficeKey::name);
        if (known == office_keys.end())
            return wrong("config.key", {{"key", "office." + key},
                                        {"file", std::string(name)},
                                        {"near", "office." + nearest(key, names_of(office_keys))}});
        const auto text = value.value_exact<std::string>();
        const auto flag = value.value_exact<bool>();
        if (known->text != nullptr && text)
            office.*known->text = *text;
        else if (known->flag != nullptr && flag)
            office.*known->flag = *flag;
        else
            return wrong("config.value", {{"key", "office." + key},
                                          {"file", std::string(name)},
                                          {"example", std::string(known->text != nullptr ? "\"An Giang\"" : "true")}});
    }
    return {};
}

Status read_file(const fs::path& path, Settings& settings)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in)
        return wrong("config.missing", {{"file", path.string()}});
    return read_settings(text.str(), path.string(), settings);
}

std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value == nullptr ? std::string{} : value;
}

Status read_environment(Settings& settings)
{
    if (const std::string store = environment("GACSONG_STORE"); !store.empty())
        settings.store = store;
    if (const std::string plan = environment("GACSONG_PLAN"); !plan.empty())
        settings.plan = plan;
    if (const std::string lang = environment("GACSONG_LANG");
        !lang.empty() && !put(settings.lang, parse_language(lang)))
        return wrong("option.bad_value", {{"option", "GACSONG_LANG"}, {"value", lang}, {"example", "vi"}});
    return {};
}

template <class T> void over(std::optional<T>& below, const std::optional<T>& flag)
{
    if (flag)
        below = flag;
}

void read_flags(const Settings& flags, Settings& settings)
{
    over(settings.store, flags.store);
    over(settings.plan, flags.plan);
    over(settings.lang, flags.lang);
    over(settings.register_file, flags.register_file);
    if (!flags.cells_files.empty())
        settings.cells_files = flags.cells_files;
    over(settings.blocks_file, flags.blocks_file);
    over(settings.ignore_file, flags.ignore_file);
    over(settings.place, flags.place);
    over(settings.ppm, flags.ppm);
    over(settings.threads, flags.threads);
}

} // namespace

Status read_settings(std::string_view toml, std::string_view name, Settings& settings)
{
    toml::table table;
    try {
        table = toml::parse(toml, name);
    } catch (const toml::parse_error& error) {
        return wrong("config.broken", {{"file", std::string(name)},
                                       {"row", static_cast<std::int64_t>(error.source().begin.line)},
                                       {"why", std::string(error.description())}});
    }
    for (const auto& [given, node] : table) {
        const std::string key(given.str());
        if (key == "office") {
            if (const Status read = read_office(node, name, settings.office); !read)
                return read;
            continue;
        }
        const auto known = std::ranges::find(keys, key, &Key::name);
        if (known == keys.end())
            return wrong("config.key",
                         {{"key", key}, {"file", std::string(name)}, {"near", nearest(key, key_names())}});
        if (!known->read(settings, node))
            return wrong("config.value",
                         {{"key", key}, {"file", std::string(name)}, {"example", std::string(known->example)}});
    }
    return {};
}

Result<Settings> load_settings(const Arguments& arguments)
{
    Settings settings;
    std::vector<fs::path> files{"/etc/gacsong/gacsong.toml"};
    if (const fs::path user = user_config_folder(); !user.empty())
        files.push_back(user / "gacsong" / "gacsong.toml");
    Status read;
    for (const fs::path& file : files) {
        std::error_code error;
        if (read && fs::exists(file, error))
            read = read_file(file, settings);
    }
    if (read && !arguments.config_file.empty())
        read = read_file(arguments.config_file, settings);
    if (read)
        read = read_environment(settings);
    if (!read)
        return tl::unexpected(read.error());
    read_flags(arguments.settings, settings);
    return settings;
}

Language language_of_locale()
{
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        if (const std::string value = environment(name); !value.empty())
            return parse_language(value).value_or(Language::en);
    }
    return Language::en;
}

} // namespace gacsong::app
