// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <QFont>
#include <string>

namespace gacsong::typeset {

/// The families of papers, made in memory from Debian's fonts-liberation2 (documents.md §2): Times New Roman's widths,
/// all Vietnamese letters, and a family name that no other package has.
inline constexpr const char* serif_family = "Gac Song Serif";
inline constexpr const char* sans_family = "Gac Song Sans";
inline constexpr const char* mono_family = "Gac Song Mono";

enum class Face { serif, sans, mono };

/// Makes the families known to the toolkit, once; checks that every Vietnamese letter is there in each face.
/// Errors: report.no_font.
[[nodiscard]] Status load_fonts();

/// `points` high, without hinting and without help from other families.
[[nodiscard]] QFont font(Face face, double points, bool bold = false, bool italic = false);

/// Whether the family has a glyph for every character. Errors: report.no_glyph, with the first that is missing.
[[nodiscard]] Status check_glyphs(const QString& text, Face face);

} // namespace gacsong::typeset
