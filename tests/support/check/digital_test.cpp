// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/check/demodulate.hpp"
#include "tests/support/fft.hpp"
#include "tests/support/signals/chirp.hpp"
#include "tests/support/signals/fsk.hpp"
#include "tests/support/signals/linear.hpp"
#include "tests/support/signals/ofdm.hpp"
#include "tests/support/signals/pulse.hpp"
#include "tests/support/spectrum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace gacsong::test {
namespace {

Occupied width_of(const Waveform& waveform, double rate_hz, std::size_t count, std::size_t frame = 4096)
{
    const auto x = read(waveform, rate_hz, count);
    return occupied(welch(std::span<const std::complex<double>>{x}, frame), rate_hz);
}

TEST(Fsk, PutsItsSymbolsAtTheirDeviations)
{
    FskSettings settings;
    settings.levels = 4;
    settings.deviation_hz = 1944.0;
    settings.symbols = {3, 3, -3, 1, -1, -3, 1, 3, -1, -1, 3, -3};
    const auto f = discriminate(read(*fsk(settings), 480000.0, 12 * 100 * 3 + 1), 480000.0);
    for (std::size_t k = 0; k < 36; ++k)
        EXPECT_NEAR(f[k * 100 + 50], 648.0 * settings.symbols[k % 12], 0.01) << k;
}

TEST(Fsk, GoesThroughTheSameOnTheFarSideOfItsLoop)
{
    FskSettings settings;
    settings.symbols = {1, 1, -1, 1, 1};
    const auto waveform = fsk(settings);
    const auto near = discriminate(read(*waveform, 96000.0, 200, 5.0 / 4800.0), 96000.0);
    const auto far = discriminate(read(*waveform, 96000.0, 200, 5000.0 / 4800.0), 96000.0);
    for (std::size_t i = 0; i < near.size(); ++i)
        ASSERT_NEAR(near[i], far[i], 1e-3);
}

// 99 % bandwidths of GMSK relative to the symbol rate: BT 0.3 0.91 or so, BT 0.5 1.04, MSK 1.18
// (Murota and Hirade 1981, table I gives 0.92, 1.04, 1.20).
TEST(Gmsk, HasThePublishedBandwidths)
{
    EXPECT_NEAR(width_of(*fsk(gmsk_settings(10000.0, 0.5)), 80000.0, 1U << 19U).bandwidth_hz(), 10400.0, 250.0);
    EXPECT_NEAR(width_of(*fsk(gmsk_settings(10000.0, 0.3)), 80000.0, 1U << 19U).bandwidth_hz(), 9200.0, 250.0);
    FskSettings msk = gmsk_settings(10000.0, 0.5);
    msk.pulse = FskPulse::rectangle;
    EXPECT_NEAR(width_of(*fsk(msk), 80000.0, 1U << 19U).bandwidth_hz(), 11950.0, 300.0);
}

TEST(Pulse, RootRaisedCosineMakesANyquistPulse)
{
    for (const double roll_off : {0.2, 0.22, 0.35, 1.0}) {
        for (int shift = 0; shift < 4; ++shift) { // ∫ p(x) p(x − shift) dx = 1 at 0, else 0
            double sum = 0.0;
            for (int i = -40 * 64; i < 40 * 64; ++i) {
                const double x = (i + 0.5) / 64.0;
                sum += root_raised_cosine(x, roll_off) * root_raised_cosine(x - shift, roll_off) / 64.0;
            }
            EXPECT_NEAR(sum, shift == 0 ? 1.0 : 0.0, 2e-3) << roll_off << ' ' << shift;
        }
    }
}

class LinearEach : public ::testing::TestWithParam<Constellation> {};

TEST_P(LinearEach, GivesItsSymbolsBackAndHasItsBandwidth)
{
    LinearSettings settings;
    settings.constellation = GetParam();
    settings.symbols = random_symbols(GetParam(), 512, 9);
    const auto waveform = linear(settings);
    constexpr std::size_t per_symbol = 4;
    const double rate_hz = settings.symbol_rate_hz * static_cast<double>(per_symbol);
    const auto x = read(*waveform, rate_hz, 600 * per_symbol);
    std::complex<double> gain{};
    std::vector<std::complex<double>> seen;
    for (std::size_t k = 20; k < 500; ++k) { // matched filter, 12 symbols each way, sampled at symbol middles
        std::complex<double> sum{};
        for (int i = -48; i <= 48; ++i) {
            sum += x[k * per_symbol + per_symbol / 2 + 48 - static_cast<std::size_t>(48 - i)] *
                   root_raised_cosine(static_cast<double>(i) / per_symbol, settings.roll_off) / 4.0;
        }
        seen.push_back(sum);
        gain += sum * std::conj(settings.symbols[k]) / 480.0;
    }
    double error = 0.0;
    for (std::size_t k = 0; k < seen.size(); ++k)
        error += std::norm(seen[k] / gain - settings.symbols[k + 20]) / static_cast<double>(seen.size());
    EXPECT_LT(std::sqrt(error), 0.02); // error vector magnitude 2 %: the pulses end at 12 symbols
    EXPECT_NEAR(mean_power(read(*waveform, rate_hz, 512 * per_symbol)), 1.0, 0.002);

    settings.symbols.clear();
    const double closed = raised_cosine_occupied_hz(settings.symbol_rate_hz, settings.roll_off);
    EXPECT_NEAR(width_of(*linear(settings), rate_hz, 1U << 16U).bandwidth_hz(), closed, 0.015 * closed);
}

INSTANTIATE_TEST_SUITE_P(Constellations, LinearEach,
                         ::testing::Values(Constellation::bpsk, Constellation::qpsk, Constellation::psk8,
                                           Constellation::dqpsk_pi4, Constellation::qam16, Constellation::qam64));

TEST(Ofdm, GivesItsDataBack)
{
    OfdmSettings settings;
    settings.bits_per_carrier = 4;
    const double rate_hz = settings.spacing_hz * 64.0;
    const auto x = read(*ofdm(settings), rate_hz, 80 * 64);
    std::complex<double> gain{};
    for (std::size_t symbol = 0; symbol < 4; ++symbol) {
        std::vector<std::complex<double>> body(x.begin() + static_cast<std::ptrdiff_t>(symbol * 80 + 16),
                                               x.begin() + static_cast<std::ptrdiff_t>(symbol * 80 + 80));
        fft(body);
        for (int k = -26; k <= 26; ++k) {
            const auto seen = body[static_cast<std::size_t>((k + 64) % 64)];
            if (k == 0) {
                EXPECT_LT(std::abs(seen), 0.02);
                continue;
            }
            const auto ratio = seen / ofdm_data(settings, symbol, k);
            if (gain == 0.0)
                gain = ratio;
            EXPECT_LT(std::abs(ratio / gain - 1.0), 0.01) << k;
        }
    }
    for (std::size_t i = 0; i < 16; ++i) // cyclic prefix
        EXPECT_LT(std::abs(x[80 + i] - x[80 + 64 + i]), 0.01);
}

// The interpolator must not paint images: outside the occupied carriers only the sinc skirts of the symbols.
TEST(Ofdm, KeepsItsBandwidthAtAnyRate)
{
    OfdmSettings settings;
    for (const double rate_hz : {30e6, 40e6, 61.44e6}) {
        const auto band = width_of(*ofdm(settings), rate_hz, 1U << 17U);
        EXPECT_NEAR(band.bandwidth_hz(), 53.0 * 312500.0, 0.03 * 53.0 * 312500.0);
        EXPECT_NEAR(band.center_hz(), 0.0, 100e3);
    }
}

TEST(Chirp, SweepsItsWidth)
{
    const ChirpSettings settings{.width_hz = 100e3, .period_s = 1e-3};
    const auto f = discriminate(read(*chirp(settings), 1e6, 5001), 1e6);
    EXPECT_NEAR(f[100], -40e3 + 50.0, 1.0);
    EXPECT_NEAR(f[1500], 50.0, 1.0);
    EXPECT_NEAR(f[2900], 40e3 + 50.0, 1.0);
}

// De-chirping turns symbol s into a tone of s/2^SF of the bandwidth (or that minus the bandwidth).
TEST(Lora, GivesItsSymbolsBack)
{
    CssSettings settings;
    settings.data = {0, 1, 17, 64, 100, 127, 5};
    const double rate_hz = settings.bandwidth_hz;
    const std::size_t chips = 128;
    const auto x = read(*lora(settings), rate_hz, 30 * chips);
    const auto symbol_at = [&](double start) {
        std::vector<std::complex<double>> tone(chips);
        for (std::size_t i = 0; i < chips; ++i) {
            const double u = static_cast<double>(i) / chips;
            tone[i] = x[static_cast<std::size_t>(start * chips) + i] *
                      std::polar(1.0, -std::numbers::pi * static_cast<double>(chips) * u * (u - 1.0));
        }
        fft(tone);
        const auto best =
            std::max_element(tone.begin(), tone.end(), [](auto a, auto b) { return std::norm(a) < std::norm(b); });
        EXPECT_GT(std::abs(*best), 0.9 * chips);
        return static_cast<unsigned>(best - tone.begin());
    };
    EXPECT_EQ(symbol_at(0), 0U);
    EXPECT_EQ(symbol_at(8), 24U);
    EXPECT_EQ(symbol_at(9), 32U);
    for (std::size_t k = 0; k < settings.data.size(); ++k)
        EXPECT_EQ(symbol_at(12.25 + static_cast<double>(k)), settings.data[k]);
}

} // namespace
} // namespace gacsong::test
