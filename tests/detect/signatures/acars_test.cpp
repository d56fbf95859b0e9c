// SPDX-License-Identifier: GPL-3.0-or-later
// The data link of airliners: blocks as ARINC 618 says, in noise; and what must not be taken for them.
#include "tests/detect/signatures/built.hpp"
#include "tests/support/signals/acars.hpp"
#include "tests/support/signals/analogue.hpp"

#include <gtest/gtest.h>

namespace gacsong::test {
namespace {

Emission heard(const WaveformPtr& waveform, double snr_db, double rate_hz = 96e3)
{
    return named(
        {.waveform = waveform, .rate_hz = rate_hz, .duration_s = 1.2, .snr_db = snr_db, .center_hz = 131.45e6});
}

TEST(Acars, IsNamedWithTheAircraft)
{
    for (const double rate_hz : {48e3, 96e3, 250e3}) {
        const Emission e = heard(acars(), 15.0, rate_hz);
        EXPECT_EQ(e.system.name, "ACARS") << rate_hz << " " << e.modulation.name;
        EXPECT_EQ(e.modulation.name, "AM");
        EXPECT_EQ(e.system.identity, (std::map<std::string, std::string>{{"id", "VN-A888"}})) << rate_hz;
    }
}

TEST(Acars, IsNamedAtTwelveDecibelsAndWithLittleModulation)
{
    EXPECT_EQ(heard(acars(), 12.0).system.name, "ACARS");
    EXPECT_EQ(heard(acars({.depth = 0.4}), 18.0).system.name, "ACARS");
}

TEST(Acars, WithoutAnAddressHasNoIdentity)
{
    const Emission e = heard(acars({.address = std::string(7, '\0')}), 18.0);
    EXPECT_EQ(e.system.name, "ACARS");
    EXPECT_TRUE(e.system.identity.empty());
}

TEST(Acars, OfWhichTheCheckDoesNotFitIsNotNamed)
{
    EXPECT_NE(heard(acars({.good = false}), 20.0).system.name, "ACARS");
}

TEST(Acars, IsNotSpeechOrATone)
{
    EXPECT_NE(heard(am(), 20.0).system.name, "ACARS");
    EXPECT_NE(heard(am({.tone_hz = 2400.0}), 20.0).system.name, "ACARS");
}

} // namespace
} // namespace gacsong::test
