// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/digital/dect_field.hpp"
#include "tests/detect/signatures/built.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/dect.hpp"
#include "tests/support/signals/fsk.hpp"

#include <gtest/gtest.h>

#include <array>

namespace gacsong::test {

namespace {

std::array<float, detect::dect_field_bits> soft_of(const std::vector<std::uint8_t>& bits)
{
    std::array<float, detect::dect_field_bits> soft{};
    for (std::size_t i = 0; i < soft.size(); ++i)
        soft[i] = bits[i] != 0 ? 1.0F : -1.0F;
    return soft;
}

/// The A-field of the packet in frame 0 (identity).
std::vector<std::uint8_t> identity_field()
{
    const auto bits = dect_bits({.slot = 0, .rfpi = 0x01A2B3C4D8});
    return {bits.begin() + 32, bits.begin() + 96};
}

} // namespace

TEST(DectField, HoldsTheIdentityWhereItsCheckFits)
{
    const auto field = detect::dect_field(soft_of(identity_field()));
    ASSERT_TRUE(field);
    EXPECT_TRUE(field->is_identity());
    EXPECT_EQ(field->tail, 0x01A2B3C4D8U);
    EXPECT_FALSE(field->corrected);
}

TEST(DectField, IsMendedInWeakBitsAlone)
{
    auto soft = soft_of(identity_field());
    soft[20] = soft[20] > 0.0F ? -0.1F : 0.1F;
    soft[50] = soft[50] > 0.0F ? -0.2F : 0.2F;
    const auto field = detect::dect_field(soft);
    ASSERT_TRUE(field);
    EXPECT_TRUE(field->corrected);
    EXPECT_EQ(field->tail, 0x01A2B3C4D8U);
    soft[33] = -soft[33]; // and one that is sure
    EXPECT_FALSE(detect::dect_field(soft));
}

TEST(Dect, IsNamedWithTheIdentityOfItsBase)
{
    for (const bool base : {true, false}) {
        for (const double snr_db : {6.0, 12.0, 25.0}) {
            const auto waveform = dect({.fixed_part = base, .slot = base ? 4U : 16U, .rfpi = 0x00A5B1C2D8});
            const Emission e = named({waveform, 4e6, 0.6, snr_db, 0.0, base ? 1U : 2U});
            EXPECT_EQ(e.system.name, "DECT") << base << snr_db;
            ASSERT_EQ(e.system.identity.count("rfpi"), 1U) << base << snr_db;
            EXPECT_EQ(e.system.identity.at("rfpi"), "00A5B1C2D8");
            EXPECT_EQ(e.modulation.name, "GFSK");
        }
    }
}

TEST(Dect, IsDectSixWhereTheAmericanBandIs)
{
    EXPECT_EQ(named({dect(), 2.4e6, 0.2, 20.0, 1924.99e6}).system.name, "DECT 6.0");
    EXPECT_EQ(named({dect(), 2.4e6, 0.2, 20.0, 1890.43e6}).system.name, "DECT");
}

TEST(Dect, IsNotEveryGaussianKeying)
{
    for (const double rate_bd : {1.152e6, 1.0e6}) {
        FskSettings other;
        other.symbol_rate_hz = rate_bd;
        other.deviation_hz = 0.25 * rate_bd;
        other.pulse = FskPulse::gauss;
        other.shape = 0.5;
        EXPECT_EQ(named({fsk(other), 4e6, 0.1, 25.0}).system.name, "unknown") << rate_bd;
    }
}

} // namespace gacsong::test
