// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/plan.hpp"

#include <algorithm>

namespace gacsong {

double Tolerance::at(double frequency_hz) const { return std::max(hz, ppm * 1e-6 * frequency_hz); }

const Band* Plan::band_at(double frequency_hz, Instant t) const
{
    const auto found = std::find_if(bands.begin(), bands.end(), [&](const Band& band) {
        return band.row.contains(frequency_hz) && band.row.validity.holds(t);
    });
    return found == bands.end() ? nullptr : &*found;
}

} // namespace gacsong
