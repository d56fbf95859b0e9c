// SPDX-License-Identifier: GPL-3.0-or-later
// What the readers of data in bursts have in common.
#pragma once

#include "detect/signatures/clip.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace gacsong::detect {

/// Whole transmissions of slow data on a channel made for voice, at 24 kS/s: 4 s of them, each with its edges.
[[nodiscard]] inline Cut voice_channel_cut(double half_width_hz)
{
    Cut wanted;
    wanted.half_width_hz = half_width_hz;
    wanted.rate_hz = 24e3;
    wanted.most_s = 4.0;
    wanted.most_input = std::size_t{24} * 1000 * 1000;
    wanted.margin_s = 5e-3;
    wanted.join_s = 5e-3;
    wanted.spread = false;
    return wanted;
}

/// Most frames that `heard` gives of eight places of the symbol clock, each a part of a symbol from 0 on.
template <class Heard> [[nodiscard]] std::int64_t most_of_phases(const Heard& heard)
{
    constexpr int phases = 8;
    std::int64_t most = 0;
    for (int phase = 0; phase < phases; ++phase)
        most = std::max(most, heard(static_cast<double>(phase) / phases));
    return most;
}

} // namespace gacsong::detect
