// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// One code point of a UTF-8 text, or U+FFFD for a byte that belongs to none.
struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 1;
    bool valid = true;
};

/// Reads the code point at text[at]; `at` < text.size(). Overlong forms, surrogates and values above U+10FFFF are
/// not valid and take one byte.
[[nodiscard]] CodePoint code_point(std::string_view text, std::size_t at);

/// Appends a code point (≤ U+10FFFF) as UTF-8.
void append_utf8(std::string& out, char32_t value);

/// The text as it may be shown on a terminal or a page: what is not UTF-8, control characters and the marks that
/// turn the direction of writing become U+FFFD, so text from the air can neither steer a terminal nor reorder a line.
[[nodiscard]] std::string printable(std::string_view text);

/// Columns that a text takes on a terminal: combining marks 0, East Asian wide 2, others 1.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The text cut to at most `width` columns; the last one is `…` where something was cut.
[[nodiscard]] std::string cut_to_width(std::string_view text, std::size_t width);

/// The text filled with spaces up to `width` columns, at its end or (right = true) at its beginning.
[[nodiscard]] std::string pad_to_width(std::string_view text, std::size_t width, bool right = false);

/// Breaks a text at spaces into lines of at most `width` columns (≥ 1). A word longer than a line stands alone.
/// U+00A0 does not break.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// The text with a … z as capitals: `gsm` as the technology is written.
[[nodiscard]] std::string upper_ascii(std::string text);

} // namespace gacsong
