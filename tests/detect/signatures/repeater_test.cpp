// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/signatures/built.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/signals/linear.hpp"
#include "tests/support/signals/ofdm.hpp"

#include <gtest/gtest.h>

namespace gacsong::test {

TEST(Repeater, IsResembledByNoiseThatStandsStillInAnUplink)
{
    for (const double center_hz : {897.5e6, 1747.5e6, 1950e6}) {
        const auto seed = static_cast<std::uint64_t>(center_hz);
        const Emission e = named({noise_band(10e6, seed), 20e6, 0.06, 15.0, center_hz, seed});
        EXPECT_EQ(e.system.name, "repeater") << center_hz;
        EXPECT_LT(e.system.confidence, 0.8) << "shape alone never decides";
    }
}

TEST(Repeater, IsNotResembledElsewhereNorByWhatPhonesSend)
{
    EXPECT_EQ(named({noise_band(10e6, 3), 20e6, 0.06, 15.0, 1840e6}).system.name, "unknown") << "a down-link";
    EXPECT_EQ(named({noise_band(4e6, 3), 20e6, 0.06, 15.0, 1950e6}).system.name, "unknown") << "as wide as UMTS";
    OfdmSettings phone;
    phone.fft_size = 1024;
    phone.prefix = 72;
    phone.spacing_hz = 15e3;
    phone.carriers_each_side = 300;
    EXPECT_NE(named({ofdm(phone), 20e6, 0.06, 20.0, 1747.5e6}).system.name, "repeater");
}

} // namespace gacsong::test
