// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/noise_floor.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>

namespace gacsong::detect {
namespace {

/// Rows of averaged noise of mean 1 per narrow cell, times a gain that depends on frequency (0…1) and time (0…1).
SlabSpectra rows_of(const Resolutions& r, std::size_t slab_rows, const std::function<double(double, double)>& gain,
                    unsigned seed)
{
    std::mt19937 engine(seed);
    SlabSpectra slab;
    slab.samples = slab_rows * r.narrow.row_step();
    const auto fill = [&](Rows& rows, const dsp::SpectrumShape& shape, double level) {
        const auto m = static_cast<float>(shape.effective_averages(shape.frames));
        std::gamma_distribution<float> noise(m, 1.0F / m);
        rows.bins = shape.bins;
        rows.count = slab.samples / shape.row_step();
        rows.last_frames = shape.frames;
        rows.mean.resize(rows.bins * rows.count);
        for (std::size_t t = 0; t < rows.count; ++t) {
            for (std::size_t k = 0; k < rows.bins; ++k) {
                const double f = (static_cast<double>(k) + 0.5) / static_cast<double>(rows.bins);
                const double at = static_cast<double>(t) / static_cast<double>(rows.count);
                rows.mean[t * rows.bins + k] = static_cast<float>(level * gain(f, at)) * noise(engine);
            }
        }
    };
    fill(slab.narrow, r.narrow, 1.0);
    fill(slab.brief, r.brief, static_cast<double>(r.narrow.bins) / static_cast<double>(r.brief.bins));
    return slab;
}

double worst_bias_db(const std::vector<float>& floor, double from, double to)
{
    double worst = 0.0;
    for (std::size_t k = 0; k < floor.size(); ++k) {
        const double f = (static_cast<double>(k) + 0.5) / static_cast<double>(floor.size());
        const double db = 10.0 * std::log10(static_cast<double>(floor[k]));
        if (f > from && f < to && std::abs(db) > std::abs(worst))
            worst = db;
    }
    return worst;
}

const Resolutions resolutions = choose_resolutions(2.4e6, std::nullopt);

struct Occupied {
    double share;
    double snr_db;
};

class FloorBias : public testing::TestWithParam<Occupied> {};

/// Signals of one width fill a share of the band: bias at most 0.3 dB up to 80 %, from 6 dB on.
TEST_P(FloorBias, StaysSmallUnderSignals)
{
    const auto [occupied, snr_db] = GetParam();
    const double share = occupied; // clang 14 captures no structured bindings
    const double signal = std::pow(10.0, snr_db / 10.0);
    const auto comb = [=](double f, double) { return std::fmod(f * 12.0, 1.0) < share ? 1.0 + signal : 1.0; };
    const auto block = [=](double f, double) { return std::abs(f - 0.5) < 0.5 * share ? 1.0 + signal : 1.0; };
    for (const auto& gain :
         {std::function<double(double, double)>(comb), std::function<double(double, double)>(block)}) {
        NoiseFloor floor(resolutions);
        const auto slab = rows_of(resolutions, 40, gain, 11);
        const SlabSpectra* const window[] = {&slab};
        const auto estimate = floor.learn(window);
        EXPECT_LE(std::abs(worst_bias_db(estimate.narrow, 0.02, 0.98)), 0.3) << share << " at " << snr_db << " dB";
    }
}

INSTANTIATE_TEST_SUITE_P(Grid, FloorBias,
                         testing::Values(Occupied{0.0, 0.0}, Occupied{0.3, 6.0}, Occupied{0.6, 6.0}, Occupied{0.8, 6.0},
                                         Occupied{0.3, 10.0}, Occupied{0.8, 10.0}, Occupied{0.5, 20.0},
                                         Occupied{0.8, 20.0}, Occupied{0.8, 40.0}));

TEST(NoiseFloor, SeesThroughGapsOfBurstsThatFillTheBand)
{
    const auto gain = [](double, double t) { return std::fmod(t * 50.0, 1.0) < 0.8 ? 1000.0 : 1.0; };
    NoiseFloor floor(resolutions);
    const auto slab = rows_of(resolutions, 40, gain, 5);
    const SlabSpectra* const window[] = {&slab};
    EXPECT_LE(std::abs(worst_bias_db(floor.learn(window).narrow, 0.02, 0.98)), 1.0);
}

TEST(NoiseFloor, KeepsTheLastFloorWhenEverythingRises)
{
    NoiseFloor floor(resolutions);
    const auto quiet = rows_of(
        resolutions, 40, [](double, double) { return 1.0; }, 1);
    const auto loud = rows_of(
        resolutions, 40, [](double, double) { return 100.0; }, 2);
    const SlabSpectra* const first[] = {&quiet};
    const SlabSpectra* const second[] = {&loud};
    (void)floor.learn(first);
    const auto estimate = floor.learn(second);
    EXPECT_LE(std::abs(worst_bias_db(estimate.narrow, 0.02, 0.98)), 0.3);
    EXPECT_EQ(estimate.observed, 0.0) << "and says that it did not see it";
}

TEST(NoiseFloor, DigitalZerosAreNoNoise)
{
    const auto gain = [](double, double t) { return t < 0.6 ? 0.0 : 1.0; };
    NoiseFloor floor(resolutions);
    const auto slab = rows_of(resolutions, 40, gain, 9);
    const SlabSpectra* const window[] = {&slab};
    EXPECT_LE(std::abs(worst_bias_db(floor.learn(window).narrow, 0.02, 0.98)), 0.5);
}

TEST(RowRise, OnlyWhereTheWholeBandRises)
{
    const std::vector<float> bands(32, 1.0F);
    std::vector<float> row(1024, 3.0F);
    EXPECT_NEAR(RowRise(bands, row.size()).of(row, 3.0F), 3.0F, 0.01F) << "an even rise is the receiver's";
    std::fill(row.begin(), row.begin() + 512, 1.0F);
    EXPECT_EQ(RowRise(bands, row.size()).of(row, 3.0F), 1.0F) << "half the band is a signal";
    for (std::size_t k = 0; k < row.size(); ++k)
        row[k] = k < 512 ? 3.0F : 12.0F;
    EXPECT_EQ(RowRise(bands, row.size()).of(row, 12.0F), 1.0F);
    std::fill(row.begin() + 700, row.begin() + 710, 1e4F);
    EXPECT_GT(RowRise(bands, row.size()).of(row, 1e4F), 2.0F) << "beside something strong a rise is splatter";
}

TEST(RowRise, PulsesThatFillTheBandAreNoRise)
{
    // Half the power in a carrier of a few cells, half spread over the band and falling off: pulse position modulation.
    const std::vector<float> bands(32, 1.0F);
    std::vector<float> row(1024);
    for (std::size_t k = 0; k < row.size(); ++k) {
        const float from_middle = std::abs(static_cast<float>(k) - 512.0F) / 512.0F;
        row[k] = 1.0F + 20.0F * (1.0F - 0.8F * from_middle);
    }
    std::fill(row.begin() + 510, row.begin() + 514, 2500.0F);
    EXPECT_EQ(RowRise(bands, row.size()).of(row, 2500.0F), 1.0F);
    std::fill(row.begin(), row.end(), 3.0F);
    std::fill(row.begin() + 600, row.begin() + 700, 12.0F);
    EXPECT_GT(RowRise(bands, row.size()).of(row, 200.0F), 2.0F)
        << "the click of a burst that begins at the end of the row";
}

} // namespace
} // namespace gacsong::detect
