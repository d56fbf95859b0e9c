// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace gacsong::evidence {

/// SHA-512 of a file as hexadecimal digits; empty where it cannot be read.
[[nodiscard]] std::string sha512_of_file(const std::filesystem::path& path);

} // namespace gacsong::evidence
