// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/quantities.hpp"

#include <cmath>

namespace gacsong {

double first_digit(double uncertainty)
{
    return uncertainty > 0.0 ? std::pow(10.0, std::floor(std::log10(uncertainty))) : 0.0;
}

Quantity frequency(double hz, double uncertainty_hz)
{
    return Quantity{hz, Unit::frequency, first_digit(uncertainty_hz)};
}

Quantity offset(double hz, double uncertainty_hz)
{
    const double step = first_digit(uncertainty_hz);
    const double rounded = step > 0.0 ? std::round(hz / step) * step : hz;
    return Quantity{rounded + 0.0, Unit::frequency, step}; // + 0.0: no minus before a zero
}

Quantity stated_frequency(double hz) { return Quantity{hz, Unit::frequency, 0.0}; }

Quantity bandwidth(double hz, double uncertainty_hz)
{
    return Quantity{hz, Unit::bandwidth, first_digit(uncertainty_hz)};
}

Quantity level(const Emission& emission) { return Quantity{emission.power_dbfs, Unit::dbfs, 0.1}; }

Value moment(const std::optional<Instant>& instant, double seconds)
{
    if (instant) {
        return *instant;
    }
    return Quantity{seconds, Unit::at, 0.001};
}

} // namespace gacsong
