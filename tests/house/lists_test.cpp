// SPDX-License-Identifier: GPL-3.0-or-later
// Lists that must be complete: what stands in a folder is built, registered and has its words.
#include "tests/house/tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

namespace gacsong::house {

namespace {

namespace fs = std::filesystem;

/// Whether a CMakeLists.txt in the file's folder or above names it, with or without its extension.
bool built(const std::string& path)
{
    const fs::path file{path};
    for (fs::path folder = file.parent_path(); !folder.empty(); folder = folder.parent_path()) {
        const File list = read((folder / "CMakeLists.txt").generic_string());
        const fs::path name = file.lexically_relative(folder);
        if (has_word(list.text, name.generic_string()) ||
            has_word(list.text, fs::path{name}.replace_extension().generic_string()))
            return true;
    }
    return false;
}

/// A folder with one entry a file, the type of the entries and the file that lists them.
struct Registry {
    const char* folder;
    std::string definition;
    const char* list;
};

/// Names defined at the beginning of a line, as in `const Rule rule_off_frequency{`.
std::vector<std::string> defined(const File& file, const std::string& definition)
{
    std::vector<std::string> names;
    for (const std::string& line : file.lines) {
        if (!line.starts_with(definition))
            continue;
        const std::string rest = line.substr(definition.size());
        names.push_back(rest.substr(0, rest.find_first_of(" ({=;")));
    }
    return names;
}

/// A string literal of a line, and whether it is handed to what makes a sentence.
struct Literal {
    std::string text;
    bool said = false;
};

std::vector<Literal> literals(std::string_view line)
{
    std::vector<Literal> found;
    for (auto begin = line.find('"'); begin != std::string_view::npos; begin = line.find('"', begin)) {
        const auto end = line.find('"', begin + 1);
        if (end == std::string_view::npos)
            break;
        const std::string_view before = line.substr(0, begin);
        const bool said = before.ends_with("failure(") || before.ends_with("Message(") || before.ends_with("Message{");
        found.push_back({std::string{line.substr(begin + 1, end - begin - 1)}, said});
        begin = end + 1;
    }
    return found;
}

/// Words of small letters joined by dots, and not the name of a file.
bool looks_like_a_key(std::string_view text)
{
    const auto dot = text.find('.');
    const bool dotted = dot != std::string_view::npos && dot > 0 && dot + 1 < text.size();
    return dotted && !text.ends_with(".sqlite") && !text.ends_with(".ed25519") && !text.ends_with(".toml") &&
           !text.ends_with(".json") &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string_view::npos;
}

/// Dotted keys of a TOML file of plain tables and `key = "…"` lines.
std::set<std::string> keys_of(const File& file)
{
    std::set<std::string> keys;
    std::string table;
    for (const std::string& line : file.lines) {
        if (line.starts_with('[')) {
            table = line.substr(1, line.find(']') - 1) + '.';
        } else if (const auto equals = line.find('='); equals != std::string::npos && !line.starts_with('#')) {
            std::string key = line.substr(0, equals);
            std::erase_if(key, [](char c) { return c == ' ' || c == '"'; });
            keys.insert(table + key);
        }
    }
    return keys;
}

/// A sentence may be a key of its own, or a table with its text or its forms for one and many.
bool worded(const std::set<std::string>& keys, const std::string& key)
{
    return keys.contains(key) || keys.contains(key + ".text") || keys.contains(key + ".other");
}

} // namespace

TEST(Lists, EverySourceIsBuilt)
{
    for (const File& file : all_sources()) {
        if (file.extension() == ".cpp") {
            EXPECT_TRUE(built(file.path)) << file.path << " stands in no CMakeLists.txt";
        }
    }
}

TEST(Lists, AreComplete)
{
    const Registry registries[] = {
        {"detect/rules", "const Rule ", "detect/rules/all_rules.cpp"},
        {"sdr/formats", "const FormatInfo ", "sdr/formats.cpp"},
        {"apps/gacsong/commands", "int ", "apps/gacsong/commands.cpp"},
    };
    for (const Registry& registry : registries) {
        const File list = read(registry.list);
        std::size_t found = 0;
        for (const File& file : files_below(registry.folder, {".cpp"})) {
            if (file.path == registry.list)
                continue;
            for (const std::string& name : defined(file, registry.definition)) {
                ++found;
                EXPECT_TRUE(has_word(list.text, name)) << name << " of " << file.path << " is not in " << list.path;
            }
        }
        EXPECT_GT(found, 2U) << registry.folder << " is read wrongly, or its entries look different now";
    }
}

TEST(Lists, EveryRuleIsTested)
{
    std::string tests;
    for (const File& file : files_below("tests/detect/rules", {".cpp"}))
        tests += file.text;
    for (const File& file : files_below("detect/rules", {".cpp"})) {
        for (const std::string& name : defined(file, "const Rule ")) {
            std::string id = name.substr(name.find('_') + 1);
            std::ranges::replace(id, '_', '-');
            EXPECT_NE(tests.find('"' + id + '"'), std::string::npos) << "no test of the rules names " << id;
        }
    }
}

TEST(Lists, EverySentenceHasItsWords)
{
    for (const char* language : {"en.toml", "vi.toml"}) {
        std::set<std::string> keys;
        for (const File& part : files_below("plans/wording", {language}))
            keys.merge(keys_of(part));
        std::set<std::string> tables;
        for (const std::string& key : keys)
            tables.insert(key.substr(0, key.find('.')));
        const auto missing = [&](const Literal& literal) {
            const bool table_known = tables.contains(literal.text.substr(0, literal.text.find('.')));
            return looks_like_a_key(literal.text) && (literal.said || table_known) && !worded(keys, literal.text);
        };
        std::string report;
        for (const File& file : room_sources()) {
            for (std::size_t i = 0; i < file.lines.size(); ++i) {
                for (const Literal& literal : literals(without_comment(file.lines[i]))) {
                    if (missing(literal))
                        report += file.path + ':' + std::to_string(i + 1) + ": " + literal.text + '\n';
                }
            }
        }
        EXPECT_TRUE(report.empty()) << "not in plans/wording/*" << language << ":\n" << report;
    }
}

TEST(Lists, ReadKeysAndLiterals)
{
    const File file{"x.toml", {}, {"# a = 1", "[file]", "empty = \"…\"", "\"not-iq\" = \"…\""}};
    EXPECT_EQ(keys_of(file), (std::set<std::string>{"file.empty", "file.not-iq"}));
    const auto found = literals("return failure(\"file.empty\", {{\"file\", name}});");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].text, "file.empty");
    EXPECT_TRUE(found[0].said);
    EXPECT_FALSE(found[1].said);
    EXPECT_TRUE(looks_like_a_key("gap.overflow"));
    EXPECT_FALSE(looks_like_a_key("store.sqlite"));
    EXPECT_FALSE(looks_like_a_key("a."));
    EXPECT_FALSE(looks_like_a_key("See file.empty"));
}

} // namespace gacsong::house
