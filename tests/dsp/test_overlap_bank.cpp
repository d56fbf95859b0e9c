// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/overlap_bank.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace gacsong::dsp {
namespace {

/// A channel of the bank over samples x(n) that go on for ever.
template <class Signal>
std::vector<std::complex<float>> channel_of(OverlapBank& bank, std::ptrdiff_t bin, std::size_t frames, Signal signal)
{
    const auto hop = static_cast<std::ptrdiff_t>(bank.shape().hop());
    const std::size_t step = bank.shape().channel_hop();
    std::vector<std::complex<float>> out(frames * step);
    for (std::size_t f = 0; f < frames; ++f) {
        for (std::ptrdiff_t i = 0; i < 2 * hop; ++i)
            bank.input()[static_cast<std::size_t>(i)] = signal(static_cast<std::ptrdiff_t>(f) * hop - hop / 2 + i);
        bank.transform();
        bank.channel(bin, f, std::span(out).subspan(f * step, step));
    }
    return out;
}

TEST(OverlapBank, ShiftsAndFiltersWithoutSeams)
{
    for (const double rate_hz : {433333.0, 1083333.0, 4e6}) {
        OverlapBank bank(choose_bank(rate_hz, 5e3, 400e3), rate_hz, 95e3);
        const double channel_hz = bank.shape().channel_rate_hz(rate_hz);
        for (const std::ptrdiff_t bin : {-13, 0, 7, 20}) {
            const double base_hz = static_cast<double>(bin) * bank.shape().bin_hz(rate_hz);
            const double tone_hz = base_hz + 31234.5;
            const auto out = channel_of(bank, bin, 9, [&](std::ptrdiff_t n) {
                const double phase = 2.0 * std::numbers::pi * tone_hz / rate_hz * static_cast<double>(n);
                return std::complex<float>(
                    std::polar(1.0F, static_cast<float>(std::remainder(phase, 2.0 * std::numbers::pi))));
            });
            for (std::size_t m = 0; m < out.size(); ++m) {
                const double phase = 2.0 * std::numbers::pi * 31234.5 / channel_hz * static_cast<double>(m);
                const std::complex<double> expected = std::polar(1.0, phase);
                EXPECT_NEAR(std::abs(std::complex<double>(out[m]) - expected), 0.0, 5e-3)
                    << rate_hz << " bin " << bin << " sample " << m;
            }
        }
    }
}

TEST(OverlapBank, KeepsNeighboursOut)
{
    constexpr double rate_hz = 4e6;
    OverlapBank bank(choose_bank(rate_hz, 5e3, 400e3), rate_hz, 95e3);
    for (const double away_hz : {180e3, -250e3, 600e3, 1.3e6}) {
        const auto out = channel_of(bank, 40, 6, [&](std::ptrdiff_t n) {
            const double cycles = (200e3 + away_hz) / rate_hz * static_cast<double>(n);
            return std::complex<float>(
                std::polar(1.0F, static_cast<float>(2.0 * std::numbers::pi * std::remainder(cycles, 1.0))));
        });
        for (const auto& sample : out)
            EXPECT_LT(std::abs(sample), 2e-3F) << away_hz;
    }
    EXPECT_NEAR(bank.noise_bandwidth_hz(), 190e3, 15e3);
}

TEST(OverlapBank, ChoosesSizesThatTransformFast)
{
    for (const double rate_hz : {300e3, 1083333.0, 2.4e6, 20e6, 61.44e6}) {
        const BankShape shape = choose_bank(rate_hz, 5e3, 400e3);
        EXPECT_EQ(shape.transform % 4, 0U);
        EXPECT_EQ(shape.channel % 4, 0U);
        EXPECT_LE(shape.channel, shape.transform);
        EXPECT_GE(shape.channel_rate_hz(rate_hz), std::min(rate_hz, 400e3) * 0.999);
        EXPECT_LE(shape.bin_hz(rate_hz), 5.1e3);
    }
}

} // namespace
} // namespace gacsong::dsp
