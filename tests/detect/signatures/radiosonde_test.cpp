// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of weather balloons, built from what is documented of them. The DFM reader was also run over a recording of
// two such sondes.
#include "detect/signatures/telemetry/sonde_frames.hpp"
#include "dsp/coding/cyclic.hpp"
#include "tests/detect/signatures/built.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/fsk.hpp"

#include <gtest/gtest.h>

namespace gacsong::test {

namespace {

using Bits = std::vector<std::uint8_t>;

/// Symbols of frames with random content; `good`: in words of the code.
Bits dfm_frames(unsigned count, bool good)
{
    Random random(11);
    Bits symbols;
    for (unsigned frame = 0; frame < count; ++frame) {
        Bits bits;
        for (unsigned bit = 16; bit-- > 0;)
            bits.push_back(static_cast<std::uint8_t>(0x45CFU >> bit & 1U));
        for (const std::size_t words : {7U, 13U, 13U}) {
            Bits block(8 * words);
            for (std::size_t i = 0; i < words; ++i) {
                const Bits d = random.bits(8);
                const Bits word{d[0],
                                d[1],
                                d[2],
                                d[3],
                                good ? static_cast<std::uint8_t>(d[1] ^ d[2] ^ d[3]) : d[4],
                                good ? static_cast<std::uint8_t>(d[0] ^ d[2] ^ d[3]) : d[5],
                                good ? static_cast<std::uint8_t>(d[0] ^ d[1] ^ d[3]) : d[6],
                                good ? static_cast<std::uint8_t>(d[0] ^ d[1] ^ d[2]) : d[7]};
                for (std::size_t j = 0; j < 8; ++j)
                    block[words * j + i] = word[j];
            }
            bits.insert(bits.end(), block.begin(), block.end());
        }
        for (const std::uint8_t bit : bits) {
            symbols.push_back(bit ^ 1U);
            symbols.push_back(bit);
        }
    }
    return symbols;
}

constexpr std::uint8_t mask[64] = {0x96, 0x83, 0x3E, 0x51, 0xB1, 0x49, 0x08, 0x98, 0x32, 0x05, 0x59, 0x0E, 0xF9,
                                   0x44, 0xC6, 0x26, 0x21, 0x60, 0xC2, 0xEA, 0x79, 0x5D, 0x6D, 0xA1, 0x54, 0x69,
                                   0x47, 0x0C, 0xDC, 0xE8, 0x5C, 0xF1, 0xF7, 0x76, 0x82, 0x7F, 0x07, 0x99, 0xA2,
                                   0x2C, 0x93, 0x7C, 0x30, 0x63, 0xF5, 0x10, 0x2E, 0x61, 0xD0, 0xBC, 0xB4, 0xB6,
                                   0x06, 0xAA, 0xF4, 0x23, 0x78, 0x6E, 0x3B, 0xAE, 0xBF, 0x7B, 0x4C, 0xC1};

Bits rs41_frame(bool good)
{
    Random random(12);
    Bits octets{0x86, 0x35, 0xF4, 0x40, 0x93, 0xDF, 0x1A, 0x60};
    while (octets.size() < 320)
        octets.push_back(static_cast<std::uint8_t>(random.below(256)));
    octets[0x39] = 0x79;
    octets[0x3A] = 0x28;
    for (std::size_t i = 0; i < 8; ++i)
        octets[0x3D + i] = static_cast<std::uint8_t>("S1234567"[i]);
    Bits content;
    for (std::size_t i = 0x3B; i < 0x3B + 0x28; ++i) {
        for (unsigned bit = 8; bit-- > 0;)
            content.push_back(static_cast<std::uint8_t>(octets[i] >> bit & 1U));
    }
    const auto check = dsp::cyclic_remainder(content, 0x1021, 16, 0xFFFF) ^ (good ? 0U : 0x10U);
    octets[0x63] = static_cast<std::uint8_t>(check & 0xFFU);
    octets[0x64] = static_cast<std::uint8_t>(check >> 8U);
    Bits bits;
    for (std::size_t i = 0; i < octets.size(); ++i) {
        for (unsigned bit = 0; bit < 8; ++bit)
            bits.push_back(static_cast<std::uint8_t>((octets[i] ^ mask[i % 64]) >> bit & 1U));
    }
    return bits;
}

WaveformPtr keyed(const Bits& bits, double rate_bd, double deviation_hz, FskPulse pulse, bool turned = false)
{
    FskSettings s;
    s.symbol_rate_hz = rate_bd;
    s.deviation_hz = deviation_hz;
    s.pulse = pulse;
    s.shape = 0.5;
    for (const std::uint8_t bit : bits)
        s.symbols.push_back((bit != 0) != turned ? 1 : -1);
    return fsk(s);
}

} // namespace

TEST(Radiosonde, DfmIsNamedInBothPolarities)
{
    for (const bool turned : {false, true}) {
        const auto waveform = keyed(dfm_frames(6, true), 2500.0, 3000.0, FskPulse::rectangle, turned);
        const Emission e = named({waveform, 100e3, 1.5, 12.0});
        EXPECT_EQ(e.system.name, "radiosonde") << turned;
        ASSERT_EQ(e.system.identity.count("model"), 1U);
        EXPECT_EQ(e.system.identity.at("model"), "DFM");
    }
}

TEST(Radiosonde, Rs41IsNamedWithItsSerialNumber)
{
    const Emission e = named({keyed(rs41_frame(true), 4800.0, 2400.0, FskPulse::gauss), 100e3, 1.5, 12.0});
    EXPECT_EQ(e.system.name, "radiosonde");
    EXPECT_EQ(e.system.identity, (std::map<std::string, std::string>{{"model", "RS41"}, {"id", "S1234567"}}));
}

TEST(Radiosonde, IsNotNamedWhereItsCodeOrCheckIsWrong)
{
    const auto words = keyed(dfm_frames(6, false), 2500.0, 3000.0, FskPulse::rectangle);
    EXPECT_NE(named({words, 100e3, 1.5, 25.0}).system.name, "radiosonde");
    EXPECT_NE(named({keyed(rs41_frame(false), 4800.0, 2400.0, FskPulse::gauss), 100e3, 1.5, 25.0}).system.name,
              "radiosonde");
}

} // namespace gacsong::test
