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

/// String literals that directly follow `before` in a line.
std::vector<std::string> literals_after(std::string_view line, std::string_view before)
{
    std::vector<std::string> found;
    for (auto at = line.find(before); at != std::string_view::npos; at = line.find(before, at + 1)) {
        const auto begin = at + before.size();
        const auto end = line.find('"', begin);
        if (end != std::string_view::npos)
            found.emplace_back(line.substr(begin, end - begin));
    }
    return found;
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

TEST(Lists, EverySentenceHasItsWords)
{
    for (const std::string language : {"en", "vi"}) {
        std::set<std::string> keys = keys_of(read("plans/wording/" + language + ".toml"));
        keys.merge(keys_of(read("plans/wording/report." + language + ".toml")));
        for (const File& file : room_sources()) {
            for (const std::string& line : file.lines) {
                for (const char* before : {"failure(\"", "Message(\"", "Message{\""}) {
                    for (const std::string& key : literals_after(without_comment(line), before))
                        EXPECT_TRUE(worded(keys, key)) << language << " has no " << key << ", said in " << file.path;
                }
            }
        }
    }
}

TEST(Lists, ReadKeysAndLiterals)
{
    const File file{"x.toml", {}, {"# a = 1", "[file]", "empty = \"…\"", "\"not-iq\" = \"…\""}};
    EXPECT_EQ(keys_of(file), (std::set<std::string>{"file.empty", "file.not-iq"}));
    EXPECT_EQ(literals_after("return failure(\"file.empty\", x);", "failure(\""),
              (std::vector<std::string>{"file.empty"}));
}

} // namespace gacsong::house
