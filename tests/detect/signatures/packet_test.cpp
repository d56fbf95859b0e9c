// SPDX-License-Identifier: GPL-3.0-or-later
// Packets as the data sheet of the CC1101 (§15) says. The reader was also run over recordings of such devices.
#include "detect/signatures/telemetry/packet_bits.hpp"
#include "dsp/coding/cyclic.hpp"
#include "tests/detect/signatures/bits.hpp"
#include "tests/detect/signatures/built.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/fsk.hpp"

#include <gtest/gtest.h>

namespace gacsong::test {

namespace {

/// A packet with 20 octets of content.
Bits packet(bool whitened, bool good)
{
    Random random(31);
    Bits content;
    append(content, 20, 8);
    const Bits data = random.bits(160);
    content.insert(content.end(), data.begin(), data.end());
    append(content, dsp::cyclic_remainder(content, 0x8005, 16, 0xFFFF) ^ (good ? 0U : 2U), 16);
    unsigned state = 0x1FF;
    for (std::size_t i = 0; whitened && i < content.size(); i += 8) {
        for (unsigned bit = 0; bit < 8; ++bit)
            content[i + bit] ^= static_cast<std::uint8_t>(state >> (7U - bit) & 1U);
        for (unsigned bit = 0; bit < 8; ++bit)
            state = state >> 1U | ((state ^ state >> 5U) & 1U) << 8U;
    }
    Bits bits;
    append(bits, 0xAAAAAAAA, 32);
    append(bits, 0xD391D391, 32);
    bits.insert(bits.end(), content.begin(), content.end());
    return bits;
}

WaveformPtr device(const Bits& bits, bool turned)
{
    FskSettings s;
    s.symbol_rate_hz = 10000.0;
    s.deviation_hz = 19000.0;
    for (const std::uint8_t bit : bits)
        s.symbols.push_back((bit != 0) != turned ? 1 : -1);
    while (s.symbols.size() < 320)
        s.symbols.push_back(1);
    return fsk(s);
}

} // namespace

TEST(PacketRadio, IsNamedWhereTheCheckFits)
{
    for (const bool whitened : {false, true}) {
        for (const bool turned : {false, true}) {
            const Emission e = named({device(packet(whitened, true), turned), 250e3, 0.2, 18.0});
            EXPECT_EQ(e.system.name, "ISM device") << whitened << turned << e.modulation.name;
            EXPECT_GE(e.system.confidence, 0.8);
            EXPECT_NE(named({device(packet(whitened, false), turned), 250e3, 0.2, 18.0}).system.name, "ISM device");
        }
    }
}

TEST(PacketRadio, IsNotSeenInRandomBits)
{
    Random random(32);
    for (int run = 0; run < 2000; ++run) {
        detect::PacketBits bits;
        bits.preamble = 32;
        append(bits.bits, 0xAAAAAAAA, 32);
        const Bits rest = random.bits(400);
        bits.bits.insert(bits.bits.end(), rest.begin(), rest.end());
        ASSERT_FALSE(detect::checked_packet(bits)) << run;
    }
}

} // namespace gacsong::test
