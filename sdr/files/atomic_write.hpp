// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <filesystem>
#include <string_view>

namespace gacsong {

/// Writes a file to a temporary name in its own folder and renames it into place when it is whole and on the disk. A
/// file that is replaced keeps its permissions. After an error the old file is as it was.
/// Errors: output.full, output.write.
[[nodiscard]] Status write_atomically(const std::filesystem::path& path, std::string_view text);

} // namespace gacsong
