// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of IEEE 802.11 built from the standard's tables: training symbols, SIGNAL, HT-SIG. The reader was also run
// over recordings of 802.11a and 802.11n frames made by others, whose lengths and modes it gives.
#include "detect/signatures/wideband/wifi_fields.hpp"
#include "dsp/coding/convolutional.hpp"
#include "dsp/coding/cyclic.hpp"
#include "tests/detect/signatures/built.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/ofdm.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace gacsong::test {

namespace {

using Bits = std::vector<std::uint8_t>;
using Symbol = std::array<std::complex<double>, 53>; ///< carriers −26 … 26
using Samples = std::vector<std::complex<float>>;

constexpr const char* training = "++--++-+-++++++--++-+-++++0+--++-+-+-----++--+-+-++++";

/// 20 MS/s, 64 samples; power 1 where 52 carriers have it.
Samples transformed(const Symbol& carriers)
{
    Samples out(64);
    for (std::size_t n = 0; n < out.size(); ++n) {
        std::complex<double> sum{};
        for (std::size_t i = 0; i < carriers.size(); ++i)
            sum += carriers[i] * std::polar(1.0, 2.0 * std::numbers::pi * (static_cast<double>(i) - 26.0) *
                                                     static_cast<double>(n) / 64.0);
        out[n] = std::complex<float>(sum / std::sqrt(52.0));
    }
    return out;
}

void append_cyclic(Samples& out, const Samples& symbol, std::size_t prefix, std::size_t length)
{
    for (std::size_t n = 0; n < prefix + length; ++n)
        out.push_back(symbol[(n + 64 * 8 - prefix) % 64]);
}

void append_preamble(Samples& out)
{
    Symbol brief{};
    const auto put = [&](int k, double sign) {
        brief[static_cast<std::size_t>(k + 26)] = sign * std::sqrt(13.0 / 6.0) * std::complex<double>(1.0, 1.0);
    };
    for (const int k : {-24, -16, -4, 12, 16, 20, 24})
        put(k, 1.0);
    for (const int k : {-20, -12, -8, 4, 8})
        put(k, -1.0);
    append_cyclic(out, transformed(brief), 0, 160);
    Symbol whole{};
    for (std::size_t i = 0; i < whole.size(); ++i)
        whole[i] = training[i] == '+' ? 1.0 : training[i] == '-' ? -1.0 : 0.0;
    append_cyclic(out, transformed(whole), 32, 128);
}

/// BPSK symbol with 48 coded bits, its data turned by 90° where wanted.
void append_symbol(Samples& out, const std::uint8_t* coded, bool turned)
{
    Symbol carriers{};
    std::size_t data = 0;
    for (int k = -26; k <= 26; ++k) {
        auto& carrier = carriers[static_cast<std::size_t>(k + 26)];
        if (k == 0)
            continue;
        if (std::abs(k) == 7 || std::abs(k) == 21) {
            carrier = k == 21 ? -1.0 : 1.0;
            continue;
        }
        // carrier i holds coded bit k with i = 3·(k mod 16) + k/16
        const std::size_t bit = data / 3 + 16 * (data % 3);
        const double sign = coded[bit] != 0 ? 1.0 : -1.0;
        carrier = turned ? std::complex<double>(0.0, sign) : std::complex<double>(sign, 0.0);
        ++data;
    }
    append_cyclic(out, transformed(carriers), 16, 64);
}

Bits number(std::uint64_t value, unsigned bits) // least significant first
{
    Bits out;
    for (unsigned i = 0; i < bits; ++i)
        out.push_back(static_cast<std::uint8_t>(value >> i & 1U));
    return out;
}

Bits signal_bits(unsigned length, bool good)
{
    Bits bits{1, 1, 0, 1, 0};
    const Bits size = number(length, 12);
    bits.insert(bits.end(), size.begin(), size.end());
    const auto ones = std::count(bits.begin(), bits.end(), 1);
    bits.push_back(static_cast<std::uint8_t>((ones + (good ? 0 : 1)) % 2));
    bits.insert(bits.end(), 6, 0);
    return bits;
}

Bits mode_bits()
{
    Bits bits = number(3, 7);
    for (const Bits& part : {number(0, 1), number(138, 16), number(7, 8), number(0, 2)})
        bits.insert(bits.end(), part.begin(), part.end());
    const auto rest = dsp::cyclic_remainder(bits, 0x07, 8, 0xFF) ^ 0xFFU;
    for (unsigned bit = 8; bit-- > 0;)
        bits.push_back(static_cast<std::uint8_t>(rest >> bit & 1U));
    bits.insert(bits.end(), 6, 0);
    return bits;
}

enum class Mode { legacy, ht, vht };

/// Frames with a pause behind each, their data random.
WaveformPtr station(Mode mode, bool good = true)
{
    Random random(9);
    Samples out;
    for (unsigned frame = 0; frame < 8; ++frame) {
        append_preamble(out);
        append_symbol(out, dsp::encoded(signal_bits(100 + 3 * frame, good), dsp::code_133_171()).data(), false);
        if (mode != Mode::legacy) {
            const auto coded = dsp::encoded(mode_bits(), dsp::code_133_171());
            append_symbol(out, coded.data(), mode == Mode::ht);
            append_symbol(out, coded.data() + 48, true);
        }
        for (unsigned symbol = 0; symbol < 12; ++symbol)
            append_symbol(out, random.bits(48).data(), false);
        out.insert(out.end(), 700, {});
    }
    return repeated(std::move(out), 20e6, 18e6);
}

Built channel(const WaveformPtr& waveform, double snr_db) { return {waveform, 40e6, 0.5e-3, snr_db, 0.0, 1}; }

} // namespace

TEST(WifiFields, AreReadAndCheckedFor)
{
    const auto fields_of = [](const Bits& bits) {
        detect::WifiSymbol symbol;
        const auto coded = dsp::encoded(bits, dsp::code_133_171());
        for (std::size_t k = 0; k < 48; ++k)
            symbol.along[3 * (k % 16) + k / 16] = coded[k] != 0 ? 1.0F : -1.0F;
        return symbol;
    };
    const auto signal = detect::wifi_signal(fields_of(signal_bits(1234, true)));
    ASSERT_TRUE(signal);
    EXPECT_EQ(signal->length, 1234U);
    EXPECT_FALSE(detect::wifi_signal(fields_of(signal_bits(1234, false))));
    Random random(3);
    int passed = 0;
    for (int run = 0; run < 5000; ++run) {
        detect::WifiSymbol symbol;
        for (std::size_t k = 0; k < 48; ++k)
            symbol.along[k] = static_cast<float>(random.normal());
        passed += detect::wifi_signal(symbol) ? 1 : 0;
    }
    EXPECT_LE(passed, 40);
}

TEST(Wifi, IsNamedWithItsStandard)
{
    for (const double snr_db : {10.0, 25.0}) {
        EXPECT_EQ(named(channel(station(Mode::legacy), snr_db)).system.identity.at("standard"), "802.11a") << snr_db;
        EXPECT_EQ(named(channel(station(Mode::ht), snr_db)).system.identity.at("standard"), "802.11n") << snr_db;
        EXPECT_EQ(named(channel(station(Mode::vht), snr_db)).system.identity.at("standard"), "802.11ac") << snr_db;
    }
    Built low = channel(station(Mode::legacy), 20.0);
    low.rate_hz = 25e6; // no multiple of 20 MS/s
    low.center_hz = 2437e6;
    const Emission e = named(low);
    EXPECT_EQ(e.system.name, "Wi-Fi");
    EXPECT_EQ(e.system.identity.at("standard"), "802.11g");
}

TEST(Wifi, IsNotNamedWhereItsParityIsWrongNorOtherMulticarrier)
{
    EXPECT_EQ(named(channel(station(Mode::legacy, false), 25.0)).system.name, "unknown");
    const Emission e = named(channel(ofdm({}), 25.0));
    EXPECT_EQ(e.modulation.name, "OFDM");
    EXPECT_EQ(e.system.name, "unknown");
}

} // namespace gacsong::test
