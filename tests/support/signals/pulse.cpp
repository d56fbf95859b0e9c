// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/pulse.hpp"

#include <cmath>
#include <numbers>

namespace gacsong::test {

double root_raised_cosine(double x, double roll_off)
{
    const double pi = std::numbers::pi;
    const double ax = 4.0 * roll_off * std::abs(x);
    if (std::abs(x) < 1e-9)
        return 1.0 - roll_off + 4.0 * roll_off / pi;
    if (std::abs(ax - 1.0) < 1e-7) {
        const double angle = pi / (4.0 * roll_off);
        return roll_off / std::sqrt(2.0) * ((1.0 + 2.0 / pi) * std::sin(angle) + (1.0 - 2.0 / pi) * std::cos(angle));
    }
    const double y = std::abs(x);
    return (std::sin(pi * y * (1.0 - roll_off)) + ax * std::cos(pi * y * (1.0 + roll_off))) /
           (pi * y * (1.0 - ax * ax));
}

double gaussian_pulse(double x, double bt)
{
    const double scale = std::numbers::pi * bt * std::sqrt(2.0 / std::numbers::ln2);
    return 0.5 * (std::erf(scale * (x + 0.5)) - std::erf(scale * (x - 0.5)));
}

} // namespace gacsong::test
