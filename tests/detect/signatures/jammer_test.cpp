// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/signatures/built.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/signals/chirp.hpp"
#include "tests/support/signals/linear.hpp"

#include <gtest/gtest.h>

namespace gacsong::test {

TEST(Jammer, IsResembledByASweepWithoutPause)
{
    const auto sweep = chirp({.width_hz = 8e6, .period_s = 20e-6});
    const Emission e = named({sweep, 16e6, 0.01, 15.0, 1575.42e6});
    EXPECT_EQ(e.modulation.name, "chirp");
    EXPECT_EQ(e.system.name, "jammer");
    EXPECT_LT(e.system.confidence, 0.8) << "shape alone never decides";
    EXPECT_EQ(named({sweep, 16e6, 0.01, 15.0, 9400e6}).system.name, "unknown") << "radars stand there";
}

TEST(Jammer, IsResembledByNoiseWhereSatellitesAreHeard)
{
    EXPECT_EQ(named({noise_band(6e6, 2), 16e6, 0.01, 15.0, 1575.42e6}).system.name, "jammer");
    EXPECT_EQ(named({noise_band(6e6, 2), 16e6, 0.01, 15.0, 500e6}).system.name, "unknown");
}

} // namespace gacsong::test
