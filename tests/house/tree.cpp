// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/house/tree.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <sstream>

namespace gacsong::house {

namespace {

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0)
        text.remove_prefix(1);
    return text;
}

bool part_of_word(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view{"_-/."}.find(c) != std::string_view::npos;
}

} // namespace

std::filesystem::path root() { return GACSONG_SOURCE_DIR; }

File read(const std::string& path)
{
    File file{path, {}, {}};
    std::ifstream in(root() / path, std::ios::binary);
    file.text.assign(std::istreambuf_iterator<char>(in), {});
    std::istringstream lines(file.text);
    for (std::string line; std::getline(lines, line);)
        file.lines.push_back(line);
    return file;
}

std::vector<File> files_below(std::string_view folder, const std::vector<std::string_view>& endings)
{
    std::vector<std::string> paths;
    if (!std::filesystem::is_directory(root() / folder))
        return {};
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root() / folder)) {
        const std::string path = entry.path().lexically_relative(root()).generic_string();
        const bool wanted = std::ranges::any_of(endings, [&](std::string_view end) { return path.ends_with(end); });
        if (wanted && entry.is_regular_file())
            paths.push_back(path);
    }
    std::ranges::sort(paths);
    std::vector<File> files;
    for (const auto& path : paths)
        files.push_back(read(path));
    return files;
}

std::vector<File> room_sources()
{
    std::vector<File> all;
    for (const std::string_view room : rooms)
        std::ranges::move(files_below(room, {".cpp", ".hpp"}), std::back_inserter(all));
    return all;
}

std::vector<File> all_sources()
{
    std::vector<File> all = room_sources();
    std::ranges::move(files_below("tests", {".cpp", ".hpp"}), std::back_inserter(all));
    return all;
}

std::string_view included(std::string_view line)
{
    line = trimmed(line);
    if (!line.starts_with('#'))
        return {};
    line = trimmed(line.substr(1));
    if (!line.starts_with("include"))
        return {};
    line = trimmed(line.substr(7));
    if (line.empty() || (line.front() != '"' && line.front() != '<'))
        return {};
    const auto end = line.find(line.front() == '"' ? '"' : '>', 1);
    return end == std::string_view::npos ? std::string_view{} : line.substr(0, end + 1);
}

bool has_word(std::string_view text, std::string_view word)
{
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const bool left = at == 0 || !part_of_word(text[at - 1]);
        const auto after = at + word.size();
        const bool right = after == text.size() || !part_of_word(text[after]);
        if (left && right)
            return true;
    }
    return false;
}

std::string_view without_comment(std::string_view line) { return line.substr(0, line.find("//")); }

} // namespace gacsong::house
