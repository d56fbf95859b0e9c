// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/arguments.hpp"
#include "sdr/recording.hpp"

namespace gacsong::app {

/// What the user states of an input.
[[nodiscard]] inline sdr::InputFlags input_flags(const Arguments& arguments)
{
    return {.center_hz = arguments.center_hz,
            .rate_hz = arguments.rate_hz,
            .type = arguments.type,
            .start = arguments.start,
            .swap_iq = arguments.swap_iq};
}

} // namespace gacsong::app
