// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace gacsong {

/// Reads a number as users write it: `433920000`, `433.92M`, `250 kHz`, `-1.5e3`. Spaces around it are skipped, the
/// suffixes k, M, G (also K) multiply by 10³, 10⁶, 10⁹, and a trailing `Hz` is accepted. A decimal comma is read only
/// where `decimal_comma` says so (tables separated by `;`). Signs that group digits are not accepted: they read two
/// ways. Nothing for anything else, for infinities and for not-a-number.
[[nodiscard]] std::optional<double> parse_number(std::string_view text, bool decimal_comma);

} // namespace gacsong
