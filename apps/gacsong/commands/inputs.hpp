// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/arguments.hpp"
#include "detect/line/line.hpp"
#include "sdr/receivers/receiver_link.hpp"
#include "sdr/recording.hpp"

#include <memory>
#include <stop_token>
#include <string>

namespace gacsong::app {

/// What the user states of an input.
[[nodiscard]] inline sdr::InputFlags input_flags(const Arguments& arguments)
{
    return {.center_hz = arguments.center_hz,
            .rate_hz = arguments.rate_hz,
            .type = arguments.type,
            .start = arguments.start,
            .swap_iq = arguments.swap_iq,
            .stop = {}};
}

/// What is left of a receiver's clock error when the user states a correction: it drifts with temperature
/// (formats-and-radios.md §4.3), so a stated value is not an exact one.
inline constexpr double stated_clock_ppm = 2.0;

/// How the line is to work.
[[nodiscard]] inline LineSettings line_settings(const Arguments& arguments)
{
    LineSettings settings;
    settings.program = "gacsong " GACSONG_VERSION;
    settings.threads = arguments.settings.threads.value_or(0);
    settings.from_s = arguments.from_s;
    settings.to_s = arguments.to_s;
    if (arguments.stop_after_s && !arguments.to_s)
        settings.to_s = arguments.from_s.value_or(0.0) + *arguments.stop_after_s;
    settings.emissions = arguments.only != "cells";
    settings.cells = arguments.only != "emissions";
    settings.recognise = !arguments.no_recognise;
    if (arguments.settings.ppm) {
        settings.clock_known = true;
        settings.clock_ppm = stated_clock_ppm;
        settings.clock_correction_ppm = *arguments.settings.ppm;
    }
    return settings;
}

/// How a receiver is to be opened. Errors: those of parse_receiver(); option.conflict for what only a recording takes.
[[nodiscard]] Result<sdr::ReceiverSettings> receiver_settings(const Arguments& arguments, const std::string& input);

/// An input that is ready to be read.
struct Input {
    sdr::Opened opened;
    std::shared_ptr<sdr::ReceiverLink> link; ///< null for recordings and streams
};

/// Opens a recording, a stream or a receiver. `stop` ends waiting for the latter two.
[[nodiscard]] Result<Input> open_input(const Arguments& arguments, const std::string& input,
                                       const std::stop_token& stop);

} // namespace gacsong::app
