// SPDX-License-Identifier: GPL-3.0-or-later
// Digital television, written here from EN 302 755 §9.8 (P1) and EN 300 744 §4.4 (symbols of DVB-T). The receiver was
// tried on what GNU Radio's modulators of both standards make (docs/recognition.md).
#include "dsp/demod/downconverter.hpp"
#include "dsp/demod/views.hpp"
#include "tests/detect/signatures/built.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/ofdm.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace gacsong::test {

namespace {

constexpr double rate_hz = 64e6 / 7.0;

/// Frames of 40 ms that begin with P1, whose copies are `carriers` higher; noise follows.
WaveformPtr frames(double carriers)
{
    Random random(5);
    std::vector<std::complex<float>> noise(static_cast<std::size_t>(0.04 * rate_hz));
    for (auto& sample : noise)
        sample = {static_cast<float>(random.normal()), static_cast<float>(random.normal())};
    auto samples = dsp::filtered(std::span<const std::complex<float>>(noise), dsp::low_pass(3.8e6 / rate_hz, 0.05));
    constexpr std::size_t before = 542;
    for (std::size_t n = 0; n < 1024; ++n) {
        const auto copy = std::complex<double>(samples[before + n]) *
                          std::polar(1.0, 2.0 * std::numbers::pi * carriers * static_cast<double>(n) / 1024.0);
        samples[n < before ? n : before + 482 + n] = std::complex<float>(copy);
    }
    return repeated(samples, rate_hz, 7.61e6);
}

WaveformPtr dvb_t(std::size_t transform, std::size_t prefix)
{
    OfdmSettings s;
    s.fft_size = transform;
    s.prefix = prefix;
    s.spacing_hz = rate_hz / static_cast<double>(transform);
    s.carriers_each_side = transform * 6816 / 8192 / 2;
    s.dc_null = false;
    s.bits_per_carrier = 6;
    s.symbols = 8;
    return ofdm(s);
}

} // namespace

TEST(DigitalTelevision, IsDvbT2WhereFramesBeginWithP1)
{
    for (const double snr_db : {15.0, 5.0}) {
        const Emission e = named({frames(1.0), 10e6, 0.3, snr_db, 586e6});
        EXPECT_EQ(e.system.name, "DVB-T") << snr_db << " dB, " << e.modulation.name;
        EXPECT_GE(e.system.confidence, 0.9) << snr_db;
        EXPECT_EQ(e.system.identity, (std::map<std::string, std::string>{{"standard", "DVB-T2"}})) << snr_db;
    }
}

TEST(DigitalTelevision, IsNotNamedByCopiesElsewhere)
{
    for (const double carriers : {0.0, 2.0, -1.0})
        EXPECT_NE(named({frames(carriers), 10e6, 0.3, 15.0, 586e6}).system.name, "DVB-T") << carriers;
}

TEST(DigitalTelevision, OnlyResemblesDvbTByItsSymbols)
{
    for (const std::size_t transform : {2048U, 8192U})
        for (const std::size_t parts : {4U, 32U}) {
            const Emission e = named({dvb_t(transform, transform / parts), 10e6, 0.3, 15.0, 586e6});
            EXPECT_EQ(e.system.name, "DVB-T") << transform << " " << parts;
            EXPECT_LT(e.system.confidence, 0.8);
            EXPECT_EQ(e.modulation.name, "OFDM");
            EXPECT_NEAR(e.modulation.symbol_rate_hz.value_or(0.0),
                        rate_hz / static_cast<double>(transform + transform / parts), 0.5);
        }
}

TEST(DigitalTelevision, HasNoOtherPrefixes)
{
    for (const std::size_t prefix : {1536U, 1000U}) // of 8192
        EXPECT_NE(named({dvb_t(8192, prefix), 10e6, 0.3, 15.0, 586e6}).system.name, "DVB-T") << prefix;
    OfdmSettings s;
    s.fft_size = 1024;
    s.prefix = 256;
    s.spacing_hz = 7500.0;
    s.carriers_each_side = 500;
    EXPECT_NE(named({ofdm(s), 10e6, 0.3, 15.0, 586e6}).system.name, "DVB-T");
}

} // namespace gacsong::test
