// SPDX-License-Identifier: GPL-3.0-or-later
// A TETRA base from its bits to its network.
#include "detect/signatures/digital/tetra_sync.hpp"
#include "tests/detect/signatures/built.hpp"
#include "tests/detect/signatures/tetra_built.hpp"
#include "tests/support/signals/linear.hpp"

#include <gtest/gtest.h>

#include <array>

namespace gacsong::test {

TEST(TetraSync, IsDecodedThroughWeakBits)
{
    for (const bool good : {true, false}) {
        std::array<float, 120> soft{};
        const std::vector<std::uint8_t> sent = tetra_sync_block(good);
        for (std::size_t i = 0; i < soft.size(); ++i)
            soft[i] = sent[i] != 0 ? 1.0F : -1.0F;
        for (const std::size_t i : {5U, 31U, 62U, 90U})
            soft[i] *= -0.3F;
        const auto network = detect::tetra_network(soft);
        ASSERT_EQ(network.has_value(), good);
        if (network) {
            EXPECT_EQ(*network, (detect::TetraNetwork{452, 9, 17}));
        }
    }
}

TEST(Tetra, IsNamedWithItsNetwork)
{
    for (const double snr_db : {6.0, 12.0}) {
        const Emission e = named({tetra_base(true), 100e3, 2.0, snr_db});
        EXPECT_EQ(e.system.name, "TETRA") << snr_db << e.modulation.name;
        EXPECT_EQ(e.modulation.name, "DQPSK");
        EXPECT_EQ(e.system.identity,
                  (std::map<std::string, std::string>{{"mcc", "452"}, {"mnc", "9"}, {"colour_code", "17"}}))
            << snr_db;
    }
}

TEST(Tetra, HasNoNetworkWhereTheCheckIsWrongAndIsNotEveryPhaseKeying)
{
    const Emission e = named({tetra_base(false), 100e3, 1.0, 20.0});
    EXPECT_EQ(e.system.name, "TETRA");
    EXPECT_TRUE(e.system.identity.empty());
    EXPECT_EQ(named({tetra_base(true, false), 100e3, 1.0, 20.0}).system.name, "unknown");
}

} // namespace gacsong::test
