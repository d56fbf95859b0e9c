// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/rules/words.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>

namespace gacsong::test {

namespace {

void flatten(const toml::table& table, const std::string& prefix, std::map<std::string, std::string>& into)
{
    for (const auto& [key, node] : table) {
        const std::string name = prefix.empty() ? std::string(key.str()) : prefix + "." + std::string(key.str());
        if (const auto* inner = node.as_table()) {
            flatten(*inner, name, into);
        } else {
            into[name] = node.value_or(std::string());
        }
    }
}

std::map<std::string, std::string> load(std::string_view language)
{
    std::map<std::string, std::string> flat;
    flatten(toml::parse_file(std::string(GACSONG_SOURCE_DIR) + "/plans/wording/" + std::string(language) + ".toml"), {},
            flat);
    return flat;
}

const std::string* sentence(std::string_view language, const std::string& key)
{
    const auto& all = words(language);
    for (const char* form : {"", ".text", ".other"}) {
        if (const auto found = all.find(key + form); found != all.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

void check_value(const Value& value, std::vector<std::string>& found)
{
    if (const auto* term = std::get_if<Term>(&value)) {
        for (const char* language : {"vi", "en"}) {
            if (words(language).count("term." + term->key) == 0) {
                found.push_back(std::string(language) + ": no term." + term->key);
            }
        }
    } else if (const auto* list = std::get_if<std::vector<Message>>(&value)) {
        for (const auto& inner : *list) {
            const auto more = complaints(inner);
            found.insert(found.end(), more.begin(), more.end());
        }
    }
}

} // namespace

const std::map<std::string, std::string>& words(std::string_view language)
{
    static const auto vi = load("vi");
    static const auto en = load("en");
    return language == "vi" ? vi : en;
}

std::set<std::string> placeholders(std::string_view sentence)
{
    std::set<std::string> names;
    for (auto open = sentence.find('{'); open != std::string_view::npos; open = sentence.find('{', open + 1)) {
        const auto close = sentence.find('}', open);
        if (close == std::string_view::npos) {
            names.insert("unclosed brace");
            break;
        }
        names.emplace(sentence.substr(open + 1, close - open - 1));
    }
    return names;
}

std::string without_form(const std::string& key)
{
    for (const std::string_view form : {".one", ".other"}) {
        if (key.ends_with(form)) {
            return key.substr(0, key.size() - form.size());
        }
    }
    return key;
}

std::vector<std::string> complaints(const Message& message)
{
    // What may be missing is written as "unknown" by the renderer.
    constexpr std::array<std::string_view, 4> may_miss{"date", "holder", "reason", "column"};
    std::vector<std::string> found;
    for (const char* language : {"vi", "en"}) {
        const auto* text = sentence(language, message.key);
        if (text == nullptr) {
            found.push_back(std::string(language) + ": no " + message.key);
            continue;
        }
        auto wanted = placeholders(*text);
        for (const auto& argument : message.arguments) {
            if (wanted.erase(argument.name) == 0) {
                found.push_back(std::string(language) + ": " + message.key + " does not use " + argument.name);
            }
        }
        for (const auto& name : wanted) {
            if (std::find(may_miss.begin(), may_miss.end(), name) == may_miss.end()) {
                found.push_back(std::string(language) + ": " + message.key + " is not given " + name);
            }
        }
    }
    for (const auto& argument : message.arguments) {
        check_value(argument.value, found);
    }
    return found;
}

} // namespace gacsong::test
