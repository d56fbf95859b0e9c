// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// Reads the project's own files, for tests of how the project is built.
namespace gacsong::house {

/// The rooms, lowest first.
inline constexpr std::string_view rooms[] = {"dsp", "sdr", "detect", "report", "gui", "apps"};

/// One text file: its path from the root of the project with forward slashes, and its lines.
struct File {
    std::string path;
    std::string text;
    std::vector<std::string> lines;

    [[nodiscard]] std::string room() const { return path.substr(0, path.find('/')); }
    [[nodiscard]] std::string extension() const { return std::filesystem::path(path).extension().string(); }
    [[nodiscard]] bool source() const { return extension() == ".cpp" || extension() == ".hpp"; }
};

[[nodiscard]] std::filesystem::path root();

/// The file at `path` from the root; without lines where there is none.
[[nodiscard]] File read(const std::string& path);

/// Files below `folder` whose name ends in one of `endings`, sorted; none where the folder is absent.
[[nodiscard]] std::vector<File> files_below(std::string_view folder, const std::vector<std::string_view>& endings);

/// C++ sources and headers of all rooms, sorted.
[[nodiscard]] std::vector<File> room_sources();

/// C++ sources and headers of all rooms and of the tests.
[[nodiscard]] std::vector<File> all_sources();

/// What stands between the delimiters of an #include line, with its delimiter: `"dsp/result.hpp"` or `<vector>`;
/// empty for any other line.
[[nodiscard]] std::string_view included(std::string_view line);

/// Whether `word` stands in `text` with no letter, digit or one of `_-/.` on either side.
[[nodiscard]] bool has_word(std::string_view text, std::string_view word);

/// A C++ line without its `//` comment (string literals are not looked into).
[[nodiscard]] std::string_view without_comment(std::string_view line);

} // namespace gacsong::house
