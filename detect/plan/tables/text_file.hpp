// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "dsp/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace gacsong {

/// Largest table or plan that is read, in bytes.
inline constexpr std::uint64_t table_file_limit = 256ULL << 20U;
inline constexpr std::uint64_t plan_file_limit = 16ULL << 20U;

struct TextFile {
    std::string text;
    std::optional<Instant> modified; ///< when the file was last written, as the file system says
};

/// Reads a whole regular file of at most `limit` bytes.
/// Errors: file.not_found, file.denied, file.read, file.too_big.
[[nodiscard]] Result<TextFile> read_text_file(const std::filesystem::path& path, std::uint64_t limit);

/// Well-formed UTF-8 after RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text);

} // namespace gacsong
