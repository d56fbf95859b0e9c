// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace gacsong::test {

/// Path of a program in PATH; empty where it is not installed.
[[nodiscard]] std::string find_program(std::string_view name);

/// Standard output of a program, its errors left out. `arguments` are this test's own words, never foreign data.
[[nodiscard]] std::string output_of(const std::string& command_line);

/// A folder of its own, removed at the end.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    /// Writes a file and gives its path.
    [[nodiscard]] std::filesystem::path write(std::string_view name, std::span<const std::byte> bytes) const;

private:
    std::filesystem::path path_;
};

} // namespace gacsong::test
