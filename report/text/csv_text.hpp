// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gacsong {

/// Before the heading of a table that a spreadsheet shall take for UTF-8.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// A field as RFC 4180 writes it: in quotes where it holds a comma, a semicolon or a quote, or a blank stands at
/// its end. What is not UTF-8 becomes
/// U+FFFD, control characters become blanks.
[[nodiscard]] std::string csv_field(std::string_view text);

/// Fields with commas between them and CR LF at the end.
[[nodiscard]] std::string csv_line(std::span<const std::string> fields);

} // namespace gacsong
