// SPDX-License-Identifier: GPL-3.0-or-later
// Documents: what they point at is there.
#include "tests/house/tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

namespace gacsong::house {

namespace {

std::vector<File> documents()
{
    std::vector<File> all;
    for (const char* folder : {"docs", "captures"})
        std::ranges::move(files_below(folder, {".md"}), std::back_inserter(all));
    for (const char* path : {"README.md", "README.vi.md", "CHANGELOG.md", "CONTRIBUTING.md"})
        all.push_back(read(path));
    return all;
}

/// Targets of Markdown links and pictures in a line, without the part after `#`; addresses on the net are left out.
std::vector<std::string> links(std::string_view line)
{
    std::vector<std::string> found;
    for (auto at = line.find("]("); at != std::string_view::npos; at = line.find("](", at + 2)) {
        const auto end = line.find_first_of(") #", at + 2);
        const auto target = line.substr(at + 2, end == std::string_view::npos ? end : end - at - 2);
        if (!target.empty() && target.find("://") == std::string_view::npos && !target.starts_with("mailto:"))
            found.emplace_back(target);
    }
    return found;
}

} // namespace

TEST(Documents, LinksLeadSomewhere)
{
    for (const File& file : documents()) {
        const auto folder = (root() / file.path).parent_path();
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            for (const std::string& target : links(file.lines[i]))
                EXPECT_TRUE(std::filesystem::exists(folder / target)) << file.path << ':' << i + 1 << ": " << target;
        }
    }
}

TEST(Documents, AreThereInBothLanguages)
{
    const auto text = [](const char* path) { return read(path).text; };
    EXPECT_FALSE(text("README.md").empty());
    EXPECT_FALSE(text("README.vi.md").empty());
    for (const File& file : files_below("docs/guide/en", {".md"})) {
        const std::string other = "docs/guide/vi/" + std::filesystem::path(file.path).filename().string();
        EXPECT_FALSE(read(other).text.empty()) << other << " is missing";
    }
}

TEST(Documents, ReadLinks)
{
    EXPECT_EQ(links("see [a](b.md#c), ![d](e.png) and [f](https://example.org)"),
              (std::vector<std::string>{"b.md", "e.png"}));
}

} // namespace gacsong::house
