// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace gacsong::typeset {

/// The font file `font` (TrueType or OpenType, one face, 32 MiB at most) under another family name: `Family`, style as
/// given (`Bold Italic`). Only the table of names changes; outlines and widths stay (OpenType 1.9, "name"). A font that
/// was changed must not carry its reserved name (SIL Open Font Licence 1.1 §3), and the toolkit cannot tell two fonts
/// of one family name apart. Nothing where the bytes are no such font.
[[nodiscard]] std::optional<std::string> with_family(std::span<const std::byte> font, const std::string& family,
                                                     const std::string& style);

/// Family name as the table of names gives it (platform 3, Windows); nothing where there is none.
[[nodiscard]] std::optional<std::string> family_of(std::span<const std::byte> font);

} // namespace gacsong::typeset
