// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/wideband/ble_packet.hpp"
#include "dsp/coding/cyclic.hpp"
#include "tests/detect/signatures/built.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/fsk.hpp"

#include <gtest/gtest.h>

namespace gacsong::test {

namespace {

using Bits = std::vector<std::uint8_t>;

void append_octet(Bits& bits, unsigned octet) // least significant bit first
{
    for (unsigned bit = 0; bit < 8; ++bit)
        bits.push_back(static_cast<std::uint8_t>(octet >> bit & 1U));
}

/// An advertisement on channel 37: header, address, some octets, check sequence, whitened.
Bits advertisement(bool good)
{
    Random random(41);
    Bits bits;
    append_octet(bits, 0x42);
    append_octet(bits, 20);
    for (unsigned i = 0; i < 20; ++i)
        append_octet(bits, static_cast<unsigned>(random.below(256)));
    const auto check = dsp::cyclic_remainder(bits, 0x00065B, 24, 0x555555) ^ (good ? 0U : 0x100U);
    for (unsigned bit = 24; bit-- > 0;)
        bits.push_back(static_cast<std::uint8_t>(check >> bit & 1U));
    unsigned state = 0xA6; // seven positions above bit 0, the last highest: channel 37 bit-reversed, and the 1
    for (auto& bit : bits) {
        if ((state & 0x80U) != 0) {
            state ^= 0x11U;
            bit ^= 1U;
        }
        state = state << 1U & 0xFFU;
    }
    return bits;
}

WaveformPtr beacon(const Bits& packet)
{
    FskSettings s;
    s.symbol_rate_hz = 1e6;
    s.deviation_hz = 250e3;
    s.pulse = FskPulse::gauss;
    s.shape = 0.5;
    const auto put = [&](std::uint8_t bit) { s.symbols.push_back(bit != 0 ? 1 : -1); };
    for (unsigned bit = 40; bit-- > 0;)
        put(static_cast<std::uint8_t>(0x556B7D9171U >> bit & 1U));
    for (const std::uint8_t bit : packet)
        put(bit);
    const Bits rest = Random(42).bits(200);
    for (const std::uint8_t bit : rest)
        put(bit);
    return fsk(s);
}

} // namespace

TEST(Bluetooth, AdvertisersAreNamedWhereTheCheckFits)
{
    for (const double snr_db : {14.0, 25.0}) {
        EXPECT_EQ(named({beacon(advertisement(true)), 4e6, 0.01, snr_db}).system.name, "Bluetooth") << snr_db;
        EXPECT_EQ(named({beacon(advertisement(false)), 4e6, 0.01, snr_db}).system.name, "unknown") << snr_db;
    }
}

TEST(BlePacket, IsNotSeenInRandomBits)
{
    Random random(43);
    for (int run = 0; run < 3000; ++run)
        ASSERT_FALSE(detect::ble_packet(random.bits(400))) << run;
    EXPECT_FALSE(detect::ble_packet({}));
    EXPECT_TRUE(detect::ble_packet(advertisement(true)));
}

} // namespace gacsong::test
