// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/designator.hpp"

#include <gtest/gtest.h>

namespace gacsong {

TEST(Designator, ReadsBandwidths)
{
    const auto hz = [](std::string_view text) { return parse_designator(text).value_or(Designator{}).bandwidth_hz; };
    EXPECT_DOUBLE_EQ(hz("16K0F3E"), 16'000.0);
    EXPECT_DOUBLE_EQ(hz("7K60FXD"), 7'600.0);
    EXPECT_DOUBLE_EQ(hz("256KF8E"), 256'000.0);
    EXPECT_DOUBLE_EQ(hz("100HA1A"), 100.0);
    EXPECT_DOUBLE_EQ(hz("25H3A1A"), 25.3);
    EXPECT_DOUBLE_EQ(hz("H002N0N"), 0.002);
    EXPECT_DOUBLE_EQ(hz("8K30F1EJN"), 8'300.0);
    EXPECT_DOUBLE_EQ(hz("10M0W7W"), 10e6);
    EXPECT_DOUBLE_EQ(hz("100MW7W"), 100e6);
}

TEST(Designator, ReadsSymbols)
{
    const auto full = parse_designator("8K30F1EJN");
    ASSERT_TRUE(full);
    EXPECT_EQ(full->modulation, 'F');
    EXPECT_EQ(full->signal, '1');
    EXPECT_EQ(full->information, 'E');
    EXPECT_EQ(full->detail, 'J');
    EXPECT_EQ(full->multiplex, 'N');
    EXPECT_FALSE(parse_designator("16K0F3E")->detail);
}

TEST(Designator, RefusesWhatIsNone)
{
    for (const char* text :
         {"016KF3E", "K160F3E", "16K0F4E", "1600F3E", "16K0F3", "16K0F3EZ", "0K50A1A", "", "F3E", "16k0F3E",
          "16K0F3EIN", "16K0F3EJ", "16K0Z3E", "16K0F3Z", "1K6KF3E", "16K0 F3E", "M100F3E", "16K0F3EJNX"}) {
        EXPECT_FALSE(parse_designator(text)) << text;
    }
}

TEST(Designator, WritesBandwidthsThatReadBack)
{
    EXPECT_EQ(designator_bandwidth(16'000), "16K0");
    EXPECT_EQ(designator_bandwidth(7'600), "7K60");
    EXPECT_EQ(designator_bandwidth(256'000), "256K");
    EXPECT_EQ(designator_bandwidth(100), "100H");
    EXPECT_EQ(designator_bandwidth(25.3), "25H3");
    EXPECT_EQ(designator_bandwidth(0.002), "H002");
    EXPECT_EQ(designator_bandwidth(999.6), "1K00");
    EXPECT_EQ(designator_bandwidth(9'996), "10K0");
    EXPECT_EQ(designator_bandwidth(99.96e3), "100K");
    EXPECT_EQ(designator_bandwidth(999.6e3), "1M00");
    EXPECT_EQ(designator_bandwidth(0.9997), "1H00");
    EXPECT_EQ(designator_bandwidth(0.0), std::nullopt);
    EXPECT_EQ(designator_bandwidth(-5.0), std::nullopt);
    EXPECT_EQ(designator_bandwidth(1e12), std::nullopt);
    for (double hz = 0.0011; hz < 9e11; hz *= 1.37) {
        const auto written = designator_bandwidth(hz);
        ASSERT_TRUE(written) << hz;
        const auto read = parse_designator(*written + "F3E");
        ASSERT_TRUE(read) << *written;
        EXPECT_NEAR(read->bandwidth_hz, hz, hz < 1.0 ? 0.0005 : 0.0051 * hz) << *written;
    }
}

} // namespace gacsong
