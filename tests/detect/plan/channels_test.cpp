// SPDX-License-Identifier: GPL-3.0-or-later
// Channel arithmetic, vectors 18 to 24 of the monitoring reference.
#include "detect/plan/channels.hpp"
#include "detect/plan/place.hpp"

#include <gtest/gtest.h>

namespace gacsong {

namespace {

constexpr double exact = 1e-3; // hertz

} // namespace

TEST(Channels, Television)
{
    EXPECT_DOUBLE_EQ(*television_channel_hz(21), 474e6);
    EXPECT_DOUBLE_EQ(*television_channel_hz(25), 506e6);
    EXPECT_DOUBLE_EQ(*television_channel_hz(35), 586e6);
    EXPECT_DOUBLE_EQ(*television_channel_hz(48), 690e6);
    EXPECT_FALSE(television_channel_hz(20));
    EXPECT_FALSE(television_channel_hz(70));
}

TEST(Channels, Gsm)
{
    struct Case {
        int arfcn;
        double uplink_mhz;
        double downlink_mhz;
    };
    for (const auto& c :
         {Case{1, 890.2, 935.2}, Case{62, 902.4, 947.4}, Case{124, 914.8, 959.8}, Case{975, 880.2, 925.2},
          Case{1023, 889.8, 934.8}, Case{0, 890.0, 935.0}, Case{512, 1710.2, 1805.2}, Case{700, 1747.8, 1842.8},
          Case{885, 1784.8, 1879.8}, Case{128, 824.2, 869.2}}) {
        const auto pair = gsm_carriers(c.arfcn);
        ASSERT_TRUE(pair) << c.arfcn;
        EXPECT_NEAR(pair->uplink_hz, c.uplink_mhz * 1e6, exact) << c.arfcn;
        EXPECT_NEAR(pair->downlink_hz, c.downlink_mhz * 1e6, exact) << c.arfcn;
    }
    for (const int arfcn : {-1, 125, 127, 252, 511, 886, 974, 1024}) {
        EXPECT_FALSE(gsm_carriers(arfcn)) << arfcn;
    }
}

TEST(Channels, Lte)
{
    struct Case {
        int earfcn;
        double mhz;
    };
    for (const auto& c :
         {Case{300, 2140}, Case{1300, 1815}, Case{1949, 1879.9}, Case{2525, 881.5}, Case{3500, 930}, Case{3799, 959.9},
          Case{9260, 763}, Case{39150, 2350}, Case{40190, 2550}, Case{40620, 2593}, Case{3350, 2680}}) {
        EXPECT_NEAR(lte_downlink_hz(c.earfcn).value_or(0.0), c.mhz * 1e6, exact) << c.earfcn;
    }
    for (const auto& c : {Case{18300, 1950}, Case{19300, 1720}, Case{21500, 885}, Case{27260, 708}}) {
        EXPECT_NEAR(lte_uplink_hz(c.earfcn).value_or(0.0), c.mhz * 1e6, exact) << c.earfcn;
    }
    EXPECT_FALSE(lte_downlink_hz(-1));
    EXPECT_FALSE(lte_downlink_hz(600));
    EXPECT_FALSE(lte_uplink_hz(300));
}

TEST(Channels, Nr)
{
    EXPECT_NEAR(*nr_carrier_hz(428000), 2140e6, exact);
    EXPECT_NEAR(*nr_carrier_hz(510000), 2550e6, exact);
    EXPECT_NEAR(*nr_carrier_hz(152600), 763e6, exact);
    EXPECT_NEAR(*nr_carrier_hz(650000), 3750e6, exact);
    EXPECT_NEAR(*nr_carrier_hz(636667), 3550.005e6, exact);
    EXPECT_NEAR(*nr_carrier_hz(2079167), 28000.08e6, exact);
    EXPECT_NEAR(*nr_carrier_hz(656666), 3849.990e6, exact);
    EXPECT_NEAR(*nr_carrier_hz(656667), 3850.005e6, exact);
    EXPECT_FALSE(nr_carrier_hz(-1));
    EXPECT_FALSE(nr_carrier_hz(3'279'166));
}

TEST(Channels, Marine)
{
    struct Case {
        int channel;
        double ship_mhz;
        double coast_mhz;
    };
    for (const auto& c : {Case{6, 156.300, 160.900}, Case{16, 156.800, 161.400}, Case{70, 156.525, 161.125},
                          Case{28, 157.400, 162.000}, Case{87, 157.375, 161.975}, Case{88, 157.425, 162.025}}) {
        const auto pair = marine_channel(c.channel);
        ASSERT_TRUE(pair) << c.channel;
        EXPECT_NEAR(pair->ship_hz, c.ship_mhz * 1e6, exact) << c.channel;
        EXPECT_NEAR(pair->coast_hz, c.coast_mhz * 1e6, exact) << c.channel;
    }
    for (const int channel : {0, 29, 59, 89}) {
        EXPECT_FALSE(marine_channel(channel)) << channel;
    }
}

TEST(Channels, FmRaster)
{
    const Raster fm{.first_hz = 87.5e6, .step_hz = 100e3};
    EXPECT_EQ(fm.index(87.5e6), 0);
    EXPECT_EQ(fm.index(93.1e6), 56);
    EXPECT_EQ(fm.index(99.4e6), 119);
    EXPECT_EQ(fm.index(108e6), 205);
    EXPECT_NEAR(std::abs(fm.distance(97.55e6)), 50e3, exact);
    EXPECT_NEAR(fm.distance(93.1e6 + 700.0), 700.0, exact);
}

TEST(Channels, Dect)
{
    EXPECT_NEAR(*dect_channel_hz(0), 1897.344e6, exact);
    EXPECT_NEAR(*dect_channel_hz(4), 1890.432e6, exact);
    EXPECT_NEAR(*dect_channel_hz(9), 1881.792e6, exact);
    EXPECT_FALSE(dect_channel_hz(10));
    EXPECT_FALSE(dect_channel_hz(-1));
}

TEST(Place, DistanceOnTheGreatCircle)
{
    const Place rach_gia{10.012, 105.081};
    const Place long_xuyen{10.386, 105.435};
    EXPECT_NEAR(distance_km(rach_gia, long_xuyen), 56.8, 0.5);
    EXPECT_EQ(distance_km(rach_gia, rach_gia), 0.0);
    EXPECT_NEAR(distance_km(Place{0, 0}, Place{0, 1}), 111.195, 0.01);
    EXPECT_NEAR(distance_km(Place{0, 179.5}, Place{0, -179.5}), 111.195, 0.01);
    EXPECT_NEAR(distance_km(Place{90, 0}, Place{-90, 0}), 20'015.1, 0.5);
}

} // namespace gacsong
