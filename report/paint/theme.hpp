// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"

#include <QColor>
#include <array>
#include <cstdint>

namespace gacsong::paint {

enum class ThemeKind : std::uint8_t { dark, light };

/// The colours of a theme. Everything that is painted takes its colours from here; a test recomputes their contrasts
/// and how far verdicts stay apart for eyes without the green or the red cone.
struct Theme {
    ThemeKind kind = ThemeKind::dark;
    QColor background, panel, raised, plot, line, selection;
    QColor border; ///< of controls
    QColor text, text2, text3;
    QColor accent, accent_ink;
    QColor danger, serious, unknown, allowed, ignored;
    QColor serious_fill, serious_ink; ///< where the light theme fills a marker with another tone than its line
    QColor marker_ink;                ///< letters in filled markers
    QColor casing;                    ///< beside every frame, with its opacity

    [[nodiscard]] bool dark() const { return kind == ThemeKind::dark; }
};

[[nodiscard]] const Theme& theme(ThemeKind kind);

/// How grave a verdict is, for its colour and for the order of tables: danger first.
enum class Gravity : std::uint8_t { danger, serious, unknown, allowed, ignored };
inline constexpr std::array all_gravities{Gravity::danger, Gravity::serious, Gravity::unknown, Gravity::allowed,
                                          Gravity::ignored};

[[nodiscard]] Gravity gravity(Verdict verdict);

/// Colour of lines and text of a gravity, and of the fill of its marker.
[[nodiscard]] QColor line_colour(const Theme& theme, Gravity gravity);
[[nodiscard]] QColor fill_colour(const Theme& theme, Gravity gravity);
[[nodiscard]] QColor ink_colour(const Theme& theme, Gravity gravity);

/// WCAG 2.2 contrast of two opaque colours, 1 … 21.
[[nodiscard]] double contrast(const QColor& a, const QColor& b);

} // namespace gacsong::paint
