// SPDX-License-Identifier: GPL-3.0-or-later
// The one-definition rule: the linker keeps one of two classes of the same name and says nothing.
#include "tests/house/tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <vector>

namespace gacsong::house {

namespace {

/// The word at the beginning of `text`, colons of a nested namespace included.
std::string first_word(std::string_view text)
{
    const auto inside = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == ':'; };
    const auto end = std::find_if_not(text.begin(), text.end(), inside);
    return {text.begin(), end};
}

/// Name of the class that a line at the left margin begins to define; a forward declaration defines none.
std::optional<std::string> defined_type(std::string_view line)
{
    if (line.find(';') != std::string_view::npos && line.find('{') == std::string_view::npos)
        return std::nullopt;
    for (const std::string_view kind : {"struct ", "class ", "enum class "}) {
        if (!line.starts_with(kind))
            continue;
        const std::string name = first_word(line.substr(kind.size()));
        if (!name.empty() && name.find(':') == std::string::npos)
            return name;
    }
    return std::nullopt;
}

/// Every class that a file defines where other files of its namespace could define another one of that name.
std::vector<std::string> types_of(const File& file)
{
    std::vector<std::string> types;
    std::vector<std::string> open; // namespaces, an unnamed one as ""
    for (const std::string& line : file.lines) {
        if (line.starts_with("namespace")) {
            open.push_back(first_word(std::string_view(line).substr(std::min<std::size_t>(10, line.size()))));
        } else if (line.starts_with("} // namespace") && !open.empty()) {
            open.pop_back();
        } else if (const auto name = defined_type(line);
                   name && std::find(open.begin(), open.end(), "") == open.end()) {
            std::string whole;
            for (const std::string& part : open)
                whole += part + "::";
            types.push_back(whole + *name);
        }
    }
    return types;
}

} // namespace

TEST(Names, StandForOneTypeEach)
{
    std::map<std::string, std::string> home;
    for (const File& file : room_sources()) {
        for (const std::string& type : types_of(file)) {
            const auto [at, fresh] = home.emplace(type, file.path);
            EXPECT_TRUE(fresh) << type << " is defined in " << at->second << " and in " << file.path;
        }
    }
    EXPECT_GT(home.size(), 100U) << "types were not recognised";
}

TEST(Names, OfTheSameTypeInTwoFilesAreSeen)
{
    const File file{"x.hpp",
                    "",
                    {"namespace a::b {", "struct One {", "};", "namespace {", "struct Two {", "} // namespace",
                     "class Three;", "enum class Four { x };", "} // namespace a::b"}};
    EXPECT_EQ(types_of(file), (std::vector<std::string>{"a::b::One", "a::b::Four"}));
}

} // namespace gacsong::house
