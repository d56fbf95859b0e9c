// SPDX-License-Identifier: GPL-3.0-or-later
// The builders as seen by liquid-dsp, which shares no code with them.
#include "tests/support/check/demodulate.hpp"
#include "tests/support/noise.hpp"
#include "tests/support/signals/analogue.hpp"
#include "tests/support/signals/fsk.hpp"
#include "tests/support/signals/linear.hpp"
#include "tests/support/signals/ofdm.hpp"

#include <gtest/gtest.h>
#include <liquid/liquid.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <map>
#include <memory>
#include <numbers>
#include <set>
#include <vector>

namespace gacsong::test {
namespace {

template <auto Destroy> struct Destroyer {
    template <class T> void operator()(T* handle) const { Destroy(handle); }
};
using Filter = std::unique_ptr<firfilt_crcf_s, Destroyer<firfilt_crcf_destroy>>;
using Modem = std::unique_ptr<modemcf_s, Destroyer<modemcf_destroy>>;
using Gmsk = std::unique_ptr<gmskdem_s, Destroyer<gmskdem_destroy>>;
using Discriminator = std::unique_ptr<freqdem_s, Destroyer<freqdem_destroy>>;
using Spectrogram = std::unique_ptr<spgramcf_s, Destroyer<spgramcf_destroy>>;

struct Scheme {
    Constellation ours;
    modulation_scheme theirs;
};

class LiquidReads : public ::testing::TestWithParam<Scheme> {};

/// `settings` through their matched filter at 4 samples a symbol: one value a symbol, scaled to the symbols sent.
std::vector<std::complex<float>> received(const LinearSettings& settings)
{
    constexpr unsigned k = 4;
    constexpr unsigned reach = 10;
    const auto x = read(*linear(settings), settings.symbol_rate_hz * k, (settings.symbols.size() + 100) * k);
    const Filter filter(firfilt_crcf_create_rnyquist(LIQUID_FIRFILT_RRC, k, reach, 0.35F, 0.0F));
    std::vector<std::complex<float>> seen;
    for (std::size_t i = 0; i < x.size(); ++i) {
        std::complex<float> y;
        firfilt_crcf_push(filter.get(), std::complex<float>(x[i]));
        firfilt_crcf_execute(filter.get(), &y);
        if (i >= k / 2 + reach * k && (i - k / 2 - reach * k) % k == 0)
            seen.push_back(y);
    }
    std::complex<double> gain{};
    for (std::size_t n = 20; n < 980; ++n)
        gain += std::complex<double>(seen[n]) * std::conj(settings.symbols[n]) / 960.0;
    for (auto& y : seen)
        y = static_cast<std::complex<float>>(std::complex<double>(y) / gain);
    return seen;
}

// Their matched filter and constellation: every symbol decided right, error vector below 8 % (their own filter, cut at
// 10 symbols, makes most of it).
TEST_P(LiquidReads, LinearModulation)
{
    LinearSettings settings;
    settings.constellation = GetParam().ours;
    settings.symbols = random_symbols(settings.constellation, 1000, 5);
    const auto seen = received(settings);
    const Modem modem(modemcf_create(GetParam().theirs));
    for (std::size_t n = 20; n < 980; ++n) {
        unsigned symbol = 0;
        modemcf_demodulate(modem.get(), seen[n], &symbol);
        std::complex<float> ideal;
        modemcf_modulate(modem.get(), symbol, &ideal);
        ASSERT_LT(std::abs(std::complex<double>(ideal) - settings.symbols[n]), 0.05) << n;
        ASSERT_LT(modemcf_get_demodulator_evm(modem.get()), 0.08F) << n;
    }
}

// Each of their four symbols stands for one of the four phase steps, always the same.
TEST(Liquid, ReadsDifferentialQpsk)
{
    LinearSettings settings;
    settings.constellation = Constellation::dqpsk_pi4;
    settings.symbols = random_symbols(settings.constellation, 1000, 5);
    const auto seen = received(settings);
    const Modem modem(modemcf_create(LIQUID_MODEM_PI4DQPSK));
    std::map<unsigned, std::set<long>> steps;
    for (std::size_t n = 20; n < 980; ++n) {
        unsigned symbol = 0;
        modemcf_demodulate(modem.get(), seen[n], &symbol);
        if (n > 20) {
            const double turn = std::arg(settings.symbols[n] * std::conj(settings.symbols[n - 1]));
            steps[symbol].insert(std::lround(turn / (std::numbers::pi / 4.0)));
        }
    }
    ASSERT_EQ(steps.size(), 4U);
    for (const auto& [symbol, step] : steps)
        EXPECT_EQ(step.size(), 1U) << symbol;
}

INSTANTIATE_TEST_SUITE_P(Schemes, LiquidReads,
                         ::testing::Values(Scheme{Constellation::bpsk, LIQUID_MODEM_BPSK},
                                           Scheme{Constellation::qpsk, LIQUID_MODEM_QPSK},
                                           Scheme{Constellation::psk8, LIQUID_MODEM_PSK8},
                                           Scheme{Constellation::qam16, LIQUID_MODEM_QAM16},
                                           Scheme{Constellation::qam64, LIQUID_MODEM_QAM64}));

TEST(Liquid, ReadsGmsk)
{
    constexpr unsigned k = 8;
    FskSettings settings = gmsk_settings(1000.0, 0.5);
    for (unsigned i = 0; i < 400; ++i)
        settings.symbols.push_back((i * i + i / 3) % 5 < 2 ? 1 : -1);
    const auto x = read(*fsk(settings), 1000.0 * k, 420 * k);
    std::size_t best = 0;
    for (unsigned skip = 0; skip < k; ++skip) { // it does not search the symbols' middles itself
        const Gmsk demodulator(gmskdem_create(k, 3, 0.5F));
        std::vector<unsigned> bits;
        for (std::size_t n = 0; (n + 2) * k <= x.size(); ++n) {
            const auto at = x.begin() + static_cast<std::ptrdiff_t>(n * k + skip);
            std::vector<std::complex<float>> symbol(at, at + k);
            unsigned bit = 0;
            gmskdem_demodulate(demodulator.get(), symbol.data(), &bit);
            bits.push_back(bit);
        }
        for (std::size_t delay = 0; delay < 10; ++delay) {
            std::size_t right = 0;
            for (std::size_t n = 20; n < 380; ++n)
                right += bits[n + delay] == (settings.symbols[n] > 0 ? 1U : 0U) ? 1 : 0;
            best = std::max(best, right);
        }
    }
    EXPECT_EQ(best, 360U);
}

// Their transform and 16-point constellation; a common gain is taken out.
TEST(Liquid, ReadsOfdm)
{
    OfdmSettings settings{
        .fft_size = 128, .prefix = 32, .spacing_hz = 15e3, .carriers_each_side = 36, .bits_per_carrier = 4};
    const auto x = read(*ofdm(settings), 128.0 * 15e3, 160 * 8);
    const Modem modem(modemcf_create(LIQUID_MODEM_QAM16));
    for (std::size_t symbol = 0; symbol < 8; ++symbol) {
        std::vector<std::complex<float>> in(x.begin() + static_cast<std::ptrdiff_t>(symbol * 160 + 32),
                                            x.begin() + static_cast<std::ptrdiff_t>(symbol * 160 + 160));
        std::vector<std::complex<float>> out(128);
        fft_run(128, in.data(), out.data(), LIQUID_FFT_FORWARD, 0);
        const float scale = std::sqrt(72.0F) / 128.0F;
        for (int k = -36; k <= 36; ++k) {
            if (k == 0)
                continue;
            unsigned decided = 0;
            modemcf_demodulate(modem.get(), out[static_cast<std::size_t>((k + 128) % 128)] * scale, &decided);
            std::complex<float> ideal;
            modemcf_modulate(modem.get(), decided, &ideal);
            ASSERT_LT(std::abs(std::complex<double>(ideal) - ofdm_data(settings, symbol, k)), 0.05)
                << symbol << ' ' << k;
        }
    }
}

TEST(Liquid, MeasuresTheDeviation)
{
    const auto x = read(*nfm({.deviation_hz = 2500.0, .tone_hz = 1000.0}), 48000.0, 48000);
    const Discriminator discriminator(freqdem_create(1.0F)); // tone f gives f / 1.0 cycles a sample
    double peak = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        float f = 0.0F;
        freqdem_demodulate(discriminator.get(), std::complex<float>(x[i]), &f);
        if (i > 10)
            peak = std::max(peak, std::abs(static_cast<double>(f)) * 48000.0);
    }
    EXPECT_NEAR(peak, 2500.0, 10.0);
}

// Their spectrogram is a density scaled by ENBW: white noise of power P shows P in every bin.
TEST(Liquid, SeesTheNoiseDensity)
{
    std::vector<std::complex<float>> x(1U << 20U);
    add_white_noise(11, 0, 0.5, x);
    const Spectrogram spectrum(spgramcf_create(256, LIQUID_WINDOW_HANN, 256, 128));
    spgramcf_write(spectrum.get(), x.data(), static_cast<unsigned>(x.size()));
    std::vector<float> db(256);
    spgramcf_get_psd(spectrum.get(), db.data());
    for (const float bin : db)
        EXPECT_NEAR(static_cast<double>(bin), 10.0 * std::log10(0.5), 0.3);
}

} // namespace
} // namespace gacsong::test
