// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "report/wording/language.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gacsong::paint {

/// One mark of an axis. Only major ones have a label.
struct Tick {
    double value = 0.0;
    bool major = false;
    std::string label;
};

/// The marks of an axis and what stands once at its end.
struct Ticks {
    std::vector<Tick> ticks;
    double major_step = 1.0;
    std::string unit;   ///< `MHz`
    std::string common; ///< `957 MHz +` where the labels give only the rest; empty otherwise
};

/// Smallest 1-2-5 step (times a power of ten) for which labels stand at least `least_px` apart.
[[nodiscard]] double nice_step(double span, double length_px, double least_px);

/// Frequencies low … high in hertz. `relative`: offsets from an unknown centre, in kilohertz. One unit for the axis,
/// as many decimals as the major step needs; beyond seven digits the common part stands once and labels give the rest
/// in kilohertz. Neighbouring labels always differ.
[[nodiscard]] Ticks frequency_ticks(double low_hz, double high_hz, double length_px, double least_px, Language language,
                                    bool relative);

/// Levels low … high, every 20, 10, 5, 2 or 1 dB.
[[nodiscard]] Ticks level_ticks(double low_db, double high_db, double length_px, double least_px, Language language);

/// Times from … to in seconds from the start; minutes and seconds of the clock where the start is known, with decimals
/// below two seconds a step.
[[nodiscard]] Ticks time_ticks(double from_s, double to_s, double length_px, double least_px, Language language,
                               std::optional<Instant> start);

/// `10:15:42,0` of the clock, or `00:42,0` from the start where the clock is not known; `decimals` 0 … 6.
[[nodiscard]] std::string clock_label(double at_s, std::optional<Instant> start, int decimals, bool hours,
                                      Language language);

} // namespace gacsong::paint
