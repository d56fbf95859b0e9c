// SPDX-License-Identifier: GPL-3.0-or-later
// The builders as seen by liquid-dsp, which shares no code with them.
#include "tests/support/check/demodulate.hpp"
#include "tests/support/noise.hpp"
#include "tests/support/signals/analogue.hpp"
#include "tests/support/signals/fsk.hpp"
#include "tests/support/signals/linear.hpp"

#include <gtest/gtest.h>
#include <liquid/liquid.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <memory>
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

// Their matched filter and constellation: every symbol decided right, error vector below 3 %.
TEST_P(LiquidReads, LinearModulation)
{
    constexpr unsigned k = 4;
    constexpr unsigned reach = 10;
    LinearSettings settings;
    settings.constellation = GetParam().ours;
    settings.symbols = random_symbols(settings.constellation, 1000, 5);
    const auto x = read(*linear(settings), settings.symbol_rate_hz * k, 1100 * k);
    const Filter filter(firfilt_crcf_create_rnyquist(LIQUID_FIRFILT_RRC, k, reach, 0.35F, 0.0F));
    const Modem modem(modemcf_create(GetParam().theirs));
    std::vector<std::complex<float>> seen;
    for (std::size_t i = 0; i < x.size(); ++i) {
        std::complex<float> y;
        firfilt_crcf_push(filter.get(), std::complex<float>(x[i]));
        firfilt_crcf_execute(filter.get(), &y);
        if (i >= k / 2 + reach * k && (i - k / 2 - reach * k) % k == 0)
            seen.push_back(y);
    }
    std::complex<double> gain{};
    double power = 0.0;
    for (std::size_t n = 20; n < 980; ++n) {
        gain += std::complex<double>(seen[n]) * std::conj(settings.symbols[n]);
        power += std::norm(settings.symbols[n]);
    }
    gain /= power;
    for (std::size_t n = 20; n < 980; ++n) {
        unsigned symbol = 0;
        const auto y = static_cast<std::complex<float>>(std::complex<double>(seen[n]) / gain);
        modemcf_demodulate(modem.get(), y, &symbol);
        std::complex<float> ideal;
        modemcf_modulate(modem.get(), symbol, &ideal);
        ASSERT_LT(std::abs(std::complex<double>(ideal) - settings.symbols[n]), 0.05) << n;
        ASSERT_LT(modemcf_get_demodulator_evm(modem.get()), 0.08F) << n;
    }
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
