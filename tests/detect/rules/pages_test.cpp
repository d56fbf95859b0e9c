// SPDX-License-Identifier: GPL-3.0-or-later
// Every indicator has its page in docs/rules, and the page says what the code does.
#include "detect/rules/cells/indicator.hpp"

#include <gtest/gtest.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>

namespace gacsong {
namespace {

const std::filesystem::path root = GACSONG_SOURCE_DIR;

std::string text_of(const std::filesystem::path& path)
{
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Words with one blank between them: pages are wrapped.
std::string in_one_line(const std::string& text)
{
    std::istringstream in(text);
    std::string out;
    for (std::string word; in >> word;)
        out += (out.empty() ? "" : " ") + word;
    return out;
}

std::string plain(double weight)
{
    std::ostringstream out;
    out << weight;
    return out.str();
}

double cap_of(std::string_view group)
{
    const auto groups = all_indicator_groups();
    const auto found = std::find_if(groups.begin(), groups.end(), [&](const auto& one) { return one.name == group; });
    return found == groups.end() ? 0.0 : found->cap;
}

std::string wording(const char* language, const Indicator& indicator, const char* what)
{
    const auto file = root / "plans/wording" / (std::string("cells.") + language + ".toml");
    return toml::parse_file(file.string())["indicator"][indicator.code][what].value_or(std::string());
}

TEST(IndicatorPages, SayWhatTheCodeDoes)
{
    for (const auto& one : all_indicators()) {
        const std::string page = in_one_line(text_of(root / "docs/rules" / (std::string(one.code) + ".md")));
        ASSERT_FALSE(page.empty()) << one.code << " has no page";
        const std::string facts = "| " + plain(one.weight) + " | " + std::string(one.group) + " | " +
                                  plain(cap_of(one.group)) + " | " + (one.core ? "★" : "–") + " | " +
                                  std::string(one.technologies) + " |";
        EXPECT_NE(page.find(facts), std::string::npos) << one.code << ": not " << facts;
        for (const char* part : {"**Condition.**", "**Needs.**", "**Could also be.**", "**From.**", "**Điều kiện.**",
                                 "**Cần có.**", "**Có thể là.**", "**Nguồn.**"})
            EXPECT_NE(page.find(part), std::string::npos) << one.code << " lacks " << part;
        for (const char* language : {"en", "vi"}) {
            const std::string name = wording(language, one, "name");
            EXPECT_FALSE(name.empty()) << one.code;
            EXPECT_NE(page.find(name), std::string::npos) << one.code << ": " << name;
            // The first letter is a capital one on the page.
            const std::string innocent = wording(language, one, "innocent");
            const std::size_t first = std::min(innocent.find(' '), innocent.size());
            EXPECT_NE(page.find(in_one_line(innocent.substr(first))), std::string::npos)
                << one.code << ": " << innocent;
        }
    }
}

TEST(IndicatorPages, AreListedAndNoneIsLeftOver)
{
    const std::string list = text_of(root / "docs/rules/README.md");
    std::set<std::string> pages{"README.md", "province.md"};
    for (const auto& one : all_indicators()) {
        const std::string page = std::string(one.code) + ".md";
        pages.insert(page);
        EXPECT_NE(list.find("(" + page + ") | " + wording("en", one, "name") + " | " + wording("vi", one, "name") +
                            " | " + plain(one.weight) + " | " + std::string(one.group) + " |"),
                  std::string::npos)
            << one.code;
    }
    for (const auto& file : std::filesystem::directory_iterator(root / "docs/rules"))
        EXPECT_TRUE(pages.contains(file.path().filename().string())) << file.path();
}

} // namespace
} // namespace gacsong
