// SPDX-License-Identifier: GPL-3.0-or-later
// One transmitter is one emission, measured right: the truth comes from the scene that was built.
#include "tests/detect/line/scan.hpp"
#include "tests/support/signals/analogue.hpp"
#include "tests/support/signals/broadcast.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/signals/dmr.hpp"
#include "tests/support/signals/fsk.hpp"
#include "tests/support/signals/linear.hpp"
#include "tests/support/signals/ofdm.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>

namespace gacsong::test {
namespace {

struct Kind {
    std::string name;
    std::function<WaveformPtr()> make;
    double rate_hz;
    double bandwidth_tolerance; ///< share of the true width
};

void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

Scene one(const WaveformPtr& waveform, double rate_hz, double snr_db)
{
    Scene scene;
    scene.sample_rate_hz = rate_hz;
    scene.duration_s = 1.2;
    scene.noise_dbfs_hz = -30.0 - 10.0 * std::log10(rate_hz) - 20.0;
    Placed placed;
    placed.waveform = waveform;
    placed.offset_hz = 0.17 * rate_hz;
    placed.level = Level::snr_db(snr_db);
    scene.signals.push_back(placed);
    return scene;
}

class OneTransmitter : public testing::TestWithParam<Kind> {};

TEST_P(OneTransmitter, IsOneEmissionInItsPlace)
{
    const auto& kind = GetParam();
    const auto scene = one(kind.make(), kind.rate_hz, 25.0);
    const auto truth = scene.truth().emissions.front();
    const auto found = scan(scene, "cs16").solid();
    ASSERT_EQ(found.size(), 1U);
    const auto& e = found.front();
    EXPECT_NEAR(e.offset_hz, truth.offset_hz, std::max(500.0, 0.03 * truth.bandwidth_hz));
    EXPECT_NEAR(e.bandwidth_hz, truth.bandwidth_hz, kind.bandwidth_tolerance * truth.bandwidth_hz);
    EXPECT_NEAR(e.power_dbfs, truth.power_dbfs, 1.0);
    EXPECT_EQ(e.start_s, 0.0);
    EXPECT_NEAR(e.end_s, 1.2, 0.01);
}

INSTANTIATE_TEST_SUITE_P(
    Modulations, OneTransmitter,
    testing::Values(
        Kind{"wfm", [] { return wfm(); }, 1.2e6, 0.25}, Kind{"nfm", [] { return nfm(); }, 250e3, 0.3},
        Kind{"qpsk", [] { return linear({.symbol_rate_hz = 40e3}); }, 500e3, 0.05},
        Kind{"8psk", [] { return linear({.constellation = Constellation::psk8, .symbol_rate_hz = 20e3}); }, 250e3,
             0.05},
        Kind{"16qam", [] { return linear({.constellation = Constellation::qam16, .symbol_rate_hz = 200e3}); }, 2.4e6,
             0.05},
        Kind{"gmsk", [] { return fsk(gmsk_settings(48e3, 0.5)); }, 500e3, 0.08},
        Kind{"fsk4",
             [] {
                 return fsk({.symbol_rate_hz = 4800.0,
                             .deviation_hz = 1944.0,
                             .levels = 4,
                             .pulse = FskPulse::root_raised_cosine,
                             .shape = 0.2});
             },
             250e3, 0.15},
        // On from the first to the last sample: the power that leaves one tone arrives at the other.
        Kind{"wide_shift", [] { return fsk({.symbol_rate_hz = 4800.0, .deviation_hz = 20e3}); }, 500e3, 0.1},
        Kind{"ofdm", [] { return ofdm({.spacing_hz = 15e3}); }, 2.4e6, 0.05},
        Kind{"noise", [] { return noise_band(300e3); }, 2.4e6, 0.05}),
    [](const testing::TestParamInfo<Kind>& kind) { return kind.param.name; });

// The two tones of a wide shift are told to be one by their common keying.
// Nothing but their places is alike: neither what is keyed nor what swings beside it is drawn in.
TEST(OneTransmission, IsNotMadeOfNeighboursThatNeverGoOff)
{
    Scene scene;
    scene.sample_rate_hz = 500e3;
    scene.duration_s = 1.2;
    scene.noise_dbfs_hz = -107.0;
    const auto put = [&](const WaveformPtr& waveform, double offset_hz, double dbfs) {
        Placed placed;
        placed.waveform = waveform;
        placed.offset_hz = offset_hz;
        placed.level = Level::dbfs(dbfs);
        scene.signals.push_back(placed);
    };
    put(fsk({.symbol_rate_hz = 1200.0, .deviation_hz = 600.0, .seed = 3}), -120e3, -30.0);
    put(fsk({.symbol_rate_hz = 1200.0, .deviation_hz = 600.0, .seed = 4}), -105e3, -33.0);
    put(nfm(), 20e3, -30.0);
    put(nfm(), 45e3, -36.0);
    put(noise_band(20e3), 120e3, -30.0);
    put(noise_band(20e3), 150e3, -32.0);
    EXPECT_EQ(scan(scene, "cs16").solid().size(), 6U);
}

TEST(OneTransmission, OfWideShiftIsOneWhereItsKeyingShows)
{
    auto scene = one(fsk({.symbol_rate_hz = 4800.0, .deviation_hz = 20e3}), 500e3, 25.0);
    scene.signals[0].start_s = 0.3;
    scene.signals[0].end_s = 0.9;
    const auto truth = scene.truth().emissions.front();
    const auto found = scan(scene, "cs16").solid();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NEAR(found[0].offset_hz, truth.offset_hz, 1500.0);
    EXPECT_NEAR(found[0].bandwidth_hz, truth.bandwidth_hz, 0.15 * truth.bandwidth_hz);
}

TEST(OccupiedBandwidth, WithinFivePerCentAtTwentyDecibels)
{
    for (const double rate : {20e3, 100e3, 400e3}) {
        const auto scene = one(linear({.symbol_rate_hz = rate}), 2.4e6, 20.0);
        const auto truth = scene.truth().emissions.front();
        const auto found = scan(scene, "cs16").solid();
        ASSERT_EQ(found.size(), 1U) << rate;
        EXPECT_NEAR(found[0].bandwidth_hz, truth.bandwidth_hz, 0.05 * truth.bandwidth_hz);
    }
}

TEST(Bursts, BeginAndEndWithinOneHop)
{
    for (const double begin : {0.2003, 0.2011, 0.2077}) {
        auto scene = one(linear({.symbol_rate_hz = 40e3}), 2.4e6, 25.0);
        scene.signals[0].start_s = begin;
        scene.signals[0].end_s = begin + 0.1234;
        const auto found = scan(scene, "cs16").solid();
        ASSERT_EQ(found.size(), 1U);
        const double hop = 256.0 / 2.4e6; // step of the brief rows at this rate
        EXPECT_NEAR(found[0].start_s, begin, hop);
        EXPECT_NEAR(found[0].end_s, begin + 0.1234, hop);
        EXPECT_NEAR(found[0].duty, 1.0, 0.01);
    }
}

TEST(Bursts, OfATrainAreOneEmissionWithItsPeriod)
{
    auto scene = one(linear({.symbol_rate_hz = 18e3}), 500e3, 25.0);
    scene.signals[0].keying = Keying::periodic(0.060, 0.030);
    const auto found = scan(scene, "cs16").solid();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].bursts, 20U);
    ASSERT_TRUE(found[0].period_s);
    EXPECT_NEAR(*found[0].period_s, 0.060, 0.0005);
    EXPECT_NEAR(found[0].duty, 0.5, 0.03);
}

TEST(Bursts, ShortAndWideOnesAreSeen)
{
    auto scene = one(ofdm({.spacing_hz = 15e3}), 2.4e6, 25.0);
    scene.signals[0].start_s = 0.6001;
    scene.signals[0].end_s = 0.6011;
    const auto found = scan(scene, "cs16").solid();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NEAR(found[0].start_s, 0.6001, 3e-4);
    EXPECT_NEAR(found[0].end_s, 0.6011, 3e-4);
}

TEST(Neighbours, OfAnFmBandStayApart)
{
    Scene scene;
    scene.sample_rate_hz = 2.4e6;
    scene.duration_s = 1.0;
    scene.noise_dbfs_hz = -115.0;
    std::vector<double> offsets{-900e3, -500e3, -100e3, 300e3, 800e3};
    std::uint64_t seed = 1;
    for (const double offset : offsets) {
        Placed station;
        station.waveform = wfm({.seed = seed});
        station.offset_hz = offset;
        station.level = Level::dbfs(-30.0 - 4.0 * static_cast<double>(seed % 3));
        scene.signals.push_back(station);
        ++seed;
    }
    const auto found = scan(scene, "cs16").solid();
    ASSERT_EQ(found.size(), offsets.size());
    for (const auto& e : found) {
        const bool near =
            std::any_of(offsets.begin(), offsets.end(), [&](double o) { return std::abs(o - e.offset_hz) < 10e3; });
        EXPECT_TRUE(near) << e.offset_hz;
    }
}

TEST(Neighbours, OnNarrowChannelsStayApart)
{
    Scene scene;
    scene.sample_rate_hz = 250e3;
    scene.duration_s = 1.5;
    scene.noise_dbfs_hz = -110.0;
    std::uint64_t seed = 1;
    for (const double offset : {-50e3, -25e3, 12.5e3, 62.5e3}) {
        Placed talk;
        talk.waveform = nfm({.seed = seed++});
        talk.offset_hz = offset;
        talk.level = Level::dbfs(-35.0);
        scene.signals.push_back(talk);
    }
    EXPECT_EQ(scan(scene, "cs16").solid().size(), 4U);
}

TEST(Neighbours, OnBothSidesOfACarrierAreItsSidebandsOnlyWhereTheyMirrorEachOther)
{
    const auto found = [](const std::vector<std::pair<WaveformPtr, double>>& signals) {
        Scene scene;
        scene.sample_rate_hz = 250e3;
        scene.duration_s = 0.6;
        scene.noise_dbfs_hz = -110.0;
        for (const auto& [waveform, offset_hz] : signals) {
            Placed placed;
            placed.waveform = waveform;
            placed.offset_hz = 20'300.0 + offset_hz;
            placed.level = Level::dbfs(offset_hz == 0.0 ? -30.0 : -36.5);
            scene.signals.push_back(placed);
        }
        return scan(scene, "cs16").solid().size();
    };
    EXPECT_EQ(found({{am({.tone_hz = 9960.0}), 0.0}}), 1U);
    EXPECT_EQ(found({{nfm({.seed = 1}), -20e3}, {nfm({.seed = 2}), 0.0}, {nfm({.seed = 3}), 20e3}}), 3U);
}

/// Twenty stations of a raster that talk from the first to the last sample, 20 dB between the loudest and the weakest.
struct Raster {
    double spacing_hz;
    double rate_hz;
    bool dmr = false; ///< repeaters, which fill 7.6 kHz of their channel at any time; else speech
};

void PrintTo(const Raster& raster, std::ostream* out)
{
    *out << raster.spacing_hz << " Hz at " << raster.rate_hz << (raster.dmr ? ", DMR" : ", speech");
}

class FullRaster : public testing::TestWithParam<Raster> {};

TEST_P(FullRaster, IsAsManyStations)
{
    constexpr std::size_t stations = 20;
    const auto [spacing_hz, rate_hz, digital] = GetParam();
    Scene scene;
    scene.sample_rate_hz = rate_hz;
    scene.duration_s = 0.6;
    scene.noise_dbfs_hz = -115.0;
    for (std::size_t i = 0; i < stations; ++i) {
        Placed talk;
        talk.waveform = digital ? dmr({.base_station = true, .seed = i + 1}) : nfm({.seed = i + 1});
        talk.offset_hz = (static_cast<double>(i) - 9.5) * spacing_hz + 700.0;
        talk.level = Level::dbfs(-30.0 - static_cast<double>(i * 7 % 21));
        scene.signals.push_back(talk);
    }
    const auto found = scan(scene, "cs16").solid();
    ASSERT_EQ(found.size(), stations);
    for (const auto& e : found)
        EXPECT_LT(e.bandwidth_hz, spacing_hz) << (e.offset_hz - 700.0) / spacing_hz + 9.5;
}

INSTANTIATE_TEST_SUITE_P(Rasters, FullRaster,
                         testing::Values(Raster{20e3, 2.4e6}, Raster{25e3, 2.4e6}, Raster{29e3, 4e6},
                                         Raster{50e3, 2.4e6}, Raster{12.5e3, 500e3, true}, Raster{12.5e3, 1e6, true},
                                         Raster{12.5e3, 2.4e6, true}, Raster{12.5e3, 2e6, true},
                                         Raster{15e3, 2.4e6, true}));

} // namespace
} // namespace gacsong::test
