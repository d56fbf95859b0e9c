// SPDX-License-Identifier: GPL-3.0-or-later
// What every source file of the project has in common.
#include "tests/house/tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace gacsong::house {

namespace {

/// Everything that is code, scripts and build files included.
std::vector<File> code()
{
    std::vector<File> all = all_sources();
    const auto add = [&](std::vector<File> files) { std::ranges::move(files, std::back_inserter(all)); };
    for (const std::string_view room : rooms)
        add(files_below(room, {"CMakeLists.txt"}));
    add(files_below("cmake", {".cmake"}));
    add(files_below("tests", {"CMakeLists.txt", ".py", ".sh"}));
    for (const char* path : {"CMakeLists.txt", "dev", ".ci/run", "packages.txt", ".clang-tidy"})
        all.push_back(read(path));
    return all;
}

/// Length of the UTF-8 sequence at the beginning of `text`, 0 where it is none (RFC 3629 §4).
std::size_t utf8_sequence(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<std::uint8_t>(text[i]) : 0U; };
    const auto in = [&](std::size_t i, unsigned low, unsigned high) { return byte(i) >= low && byte(i) <= high; };
    const auto tail = [&](std::size_t i) { return in(i, 0x80, 0xBF); };
    const unsigned first = byte(0);
    if (first <= 0x7F)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return tail(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF)
        return in(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && tail(2) ? 3 : 0;
    if (first >= 0xF0 && first <= 0xF4)
        return in(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && tail(2) && tail(3) ? 4 : 0;
    return 0;
}

bool valid_utf8(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t length = utf8_sequence(text);
        if (length == 0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

} // namespace

TEST(Sources, SayTheirLicence)
{
    for (const File& file : code()) {
        const std::size_t head = std::min<std::size_t>(file.lines.size(), 2);
        const bool said = std::any_of(
            file.lines.begin(), file.lines.begin() + static_cast<std::ptrdiff_t>(head),
            [](const std::string& line) { return line.ends_with("SPDX-License-Identifier: GPL-3.0-or-later"); });
        EXPECT_TRUE(said) << file.path << " does not begin with an SPDX line";
    }
}

TEST(Sources, HaveOneReasonToChange)
{
    constexpr std::size_t most = 450;
    for (const File& file : code())
        EXPECT_LE(file.lines.size(), most) << file.path << " asks to be split";
}

TEST(Sources, LeaveNothingUnfinished)
{
    // Written in two parts, so that this file does not find itself.
    const std::vector<std::string> marks{std::string{"TO"} + "DO", std::string{"FIX"} + "ME", std::string{"XX"} + "X"};
    for (const File& file : code()) {
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            for (const std::string& mark : marks)
                EXPECT_FALSE(has_word(file.lines[i], mark)) << file.path << ':' << i + 1 << ": " << file.lines[i];
        }
    }
}

TEST(Sources, OfTestsShareNoFiles)
{
    // Tests run beside each other and beside those of other builds: a name of their own comes from mkdtemp.
    const std::string googles = std::string{"Temp"} + "Dir()";
    const std::string systems = std::string{"temp_directory"} + "_path()";
    for (const File& file : code()) {
        if (!file.path.starts_with("tests/") || file.path.starts_with("tests/bench/"))
            continue;
        for (const std::string& line : file.lines) {
            EXPECT_EQ(line.find(googles), std::string::npos) << file.path << ": " << line;
            EXPECT_TRUE(line.find(systems) == std::string::npos || line.find("XXXXXX") != std::string::npos)
                << file.path << ": " << line;
        }
    }
}

TEST(Sources, AndTextsAreUtf8)
{
    std::vector<File> texts = code();
    for (const char* folder : {"plans", "docs", "captures", "tests"})
        std::ranges::move(files_below(folder, {".toml", ".md", ".csv", ".txt", ".sigmf-meta"}),
                          std::back_inserter(texts));
    for (const char* path : {"README.md", "README.vi.md", "CHANGELOG.md", "CONTRIBUTING.md"})
        texts.push_back(read(path));
    for (const File& file : texts) {
        // Texts that show how a broken one is read say so in their name.
        if (file.path.find("broken") == std::string::npos) {
            EXPECT_TRUE(valid_utf8(file.text)) << file.path;
        }
    }
}

TEST(Sources, HeadersSayWhatTheyOffer)
{
    for (const File& file : room_sources()) {
        if (file.extension() != ".hpp")
            continue;
        EXPECT_NE(file.text.find("#pragma once"), std::string::npos) << file.path;
        EXPECT_NE(file.text.find("//", file.text.find('\n')), std::string::npos) << file.path << " explains nothing";
    }
}

TEST(Sources, ReadUtf8AsTheStandardSays)
{
    EXPECT_TRUE(valid_utf8("Gác Sóng: 99 % băng thông"));
    EXPECT_FALSE(valid_utf8("G\xE1"
                            "c S\xF3ng"));
    EXPECT_FALSE(valid_utf8("\xC0\xAF"));
    EXPECT_FALSE(valid_utf8("\xED\xA0\x80"));
    EXPECT_FALSE(valid_utf8("\xF4\x90\x80\x80"));
    EXPECT_FALSE(valid_utf8("\xE2\x82"));
}

} // namespace gacsong::house
