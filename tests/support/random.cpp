// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random.hpp"

#include <cmath>
#include <numbers>

namespace gacsong::test {

double Random::normal()
{
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

std::vector<std::uint8_t> Random::bits(std::size_t count)
{
    std::vector<std::uint8_t> out(count);
    for (auto& bit : out)
        bit = static_cast<std::uint8_t>(engine_() >> 63U);
    return out;
}

} // namespace gacsong::test
