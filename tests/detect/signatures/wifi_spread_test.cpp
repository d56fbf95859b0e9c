// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of IEEE 802.11 DSSS built from the standard: scrambler, preambles, header, Barker code.
#include "detect/signatures/wideband/wifi_spread.hpp"
#include "dsp/coding/cyclic.hpp"
#include "dsp/demod/downconverter.hpp"
#include "dsp/demod/views.hpp"
#include "tests/detect/signatures/built.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <complex>
#include <numbers>
#include <span>
#include <vector>

namespace gacsong::test {

namespace {

using Bits = std::vector<std::uint8_t>;

void append_number(Bits& bits, unsigned value, unsigned count) // least significant bit first
{
    for (unsigned bit = 0; bit < count; ++bit)
        bits.push_back(static_cast<std::uint8_t>(value >> bit & 1U));
}

struct Sent {
    bool brief = false; ///< short preamble
    bool good = true;   ///< the header's check
};

/// Phases of the symbols in quarter turns.
std::vector<unsigned> phases_of(const Sent& sent)
{
    Bits plain(sent.brief ? 56 : 128, sent.brief ? 0 : 1);
    append_number(plain, sent.brief ? 0x05CF : 0xF3A0, 16);
    const std::size_t preamble = plain.size();
    Bits header;
    append_number(header, sent.brief ? 0x14 : 0x0A, 8);
    append_number(header, 0, 8);
    append_number(header, 300, 16);
    const auto check = dsp::cyclic_remainder(header, 0x1021, 16, 0xFFFF) ^ 0xFFFFU ^ (sent.good ? 0U : 1U);
    for (unsigned bit = 16; bit-- > 0;)
        header.push_back(static_cast<std::uint8_t>(check >> bit & 1U));
    plain.insert(plain.end(), header.begin(), header.end());
    const Bits data = Random(5).bits(300);
    plain.insert(plain.end(), data.begin(), data.end());
    Bits sentbits;
    unsigned state = 0x1B;
    for (const std::uint8_t bit : plain) {
        const unsigned out = bit ^ (state >> 3U & 1U) ^ (state >> 6U & 1U);
        state = (state << 1U | out) & 0x7FU;
        sentbits.push_back(static_cast<std::uint8_t>(out));
    }
    std::vector<unsigned> phases;
    unsigned phase = 0;
    for (std::size_t i = 0; i < sentbits.size();) {
        if (sent.brief && i >= preamble && i + 1 < sentbits.size()) {
            constexpr std::array<unsigned, 4> turns{0, 1, 3, 2}; // 00, 01, 10, 11
            phase += turns.at(2U * sentbits[i] + sentbits[i + 1]);
            i += 2;
        } else {
            phase += 2U * sentbits[i];
            ++i;
        }
        phases.push_back(phase % 4);
    }
    return phases;
}

/// Frames with pauses, at 44 MS/s: four samples a chip.
WaveformPtr station(const Sent& sent)
{
    constexpr std::array<float, 11> code{1, -1, 1, 1, -1, 1, 1, 1, -1, -1, -1};
    std::vector<std::complex<float>> out;
    for (const unsigned phase : phases_of(sent))
        for (const float chip : code)
            for (int n = 0; n < 4; ++n)
                out.push_back(chip * std::polar(1.0F, static_cast<float>(phase) * std::numbers::pi_v<float> / 2.0F));
    out.insert(out.end(), 6000, {});
    // Chips without a filter would fill far more than the 22 MHz that transmitters may (§15.4.8.5).
    return repeated(dsp::filtered(std::span<const std::complex<float>>(out), dsp::low_pass(9e6 / 44e6, 3e6 / 44e6)),
                    44e6, 18e6);
}

Built channel(const WaveformPtr& waveform, double rate_hz, double snr_db)
{
    return {waveform, rate_hz, 2e-3, snr_db, 0.0, 1};
}

} // namespace

TEST(WifiSpread, IsNamedWithBothPreambles)
{
    for (const bool brief : {false, true})
        for (const double rate_hz : {25e6, 40e6})
            for (const double snr_db : {8.0, 25.0}) {
                const Emission e = named(channel(station({.brief = brief}), rate_hz, snr_db));
                EXPECT_EQ(e.system.name, "Wi-Fi") << brief << ' ' << rate_hz << ' ' << snr_db;
                EXPECT_EQ(e.system.identity.contains("standard") ? e.system.identity.at("standard") : "", "802.11b");
            }
}

TEST(WifiSpread, FramesAreFoundOffTheCarrierAndOnlyWithTheirCheck)
{
    const auto heard = [](const Sent& sent, double offset_hz) {
        const auto waveform = station(sent);
        std::vector<std::complex<double>> samples(30000);
        waveform->sample(0.0, 1.0 / 20e6, samples);
        std::vector<std::complex<float>> x;
        for (std::size_t n = 0; n < samples.size(); ++n)
            x.emplace_back(samples[n] *
                           std::polar(1.0, 2.0 * std::numbers::pi * offset_hz / 20e6 * static_cast<double>(n)));
        return detect::wifi_spread_frames(x);
    };
    for (const double offset_hz : {-440e3, -250e3, -60e3, 0.0, 100e3, 245e3, 430e3}) {
        EXPECT_GE(heard({}, offset_hz), 1U) << offset_hz;
        EXPECT_GE(heard({.brief = true}, offset_hz), 1U) << offset_hz;
        EXPECT_EQ(heard({.good = false}, offset_hz), 0U) << offset_hz;
    }
    Random random(9);
    std::vector<std::complex<float>> noise(200000);
    for (auto& value : noise)
        value = {static_cast<float>(random.normal()), static_cast<float>(random.normal())};
    EXPECT_EQ(detect::wifi_spread_frames(noise), 0U);
    EXPECT_EQ(detect::wifi_spread_frames({}), 0U);
}

} // namespace gacsong::test
