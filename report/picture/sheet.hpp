// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/run.hpp"
#include "detect/rules/context.hpp"
#include "dsp/result.hpp"
#include "report/picture/scene.hpp"
#include "report/rows/timeline.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gacsong::picture {

/// What a picture of a recording is made from.
struct SheetInput {
    Run run;
    End end;
    std::vector<Emission> emissions;
    Timeline timeline;
    NoiseHistory noise;
    std::optional<double> from_s; ///< part of the recording; the whole where not stated
    std::optional<double> to_s;
    const JudgeContext* context = nullptr; ///< plan and licences below the axis; may be null
};

struct SheetStyle {
    int width = 1600;  ///< pixels, 640 … 8000
    int height = 1000; ///< 480 … 8000
    paint::ThemeKind theme = paint::ThemeKind::light;
    std::optional<paint::MapKind> map; ///< default of the theme
};

/// Spectrum and waterfall of a recording with marks, axes, settings, time, place and the program's version, as the
/// bytes of a PNG file. Needs no screen. Every sample of the part goes into the waterfall.
/// Errors: render.read (the samples could not be read again), render.failed.
[[nodiscard]] Result<std::string> render_sheet(const SheetInput& input, const History& history, const Wording& words,
                                               const SheetStyle& style);

/// Makes fonts available where no window has: a picture can be painted from here on. Does nothing in a program that
/// has a QGuiApplication.
void prepare_painting();

/// The family of the texts: Noto Sans, or what the system has in its place.
[[nodiscard]] QFont text_font(int pixels);

} // namespace gacsong::picture
