// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/wideband/ble_packet.hpp"
#include "detect/signatures/wideband/bluetooth_access.hpp"
#include "dsp/coding/cyclic.hpp"
#include "tests/detect/signatures/built.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/fsk.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <utility>
#include <vector>

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

/// Packets of BR/EDR, each with an access code (preamble, sync word, trailer) and what follows it, whitened.
WaveformPtr headset(std::uint64_t sync)
{
    FskSettings s;
    s.symbol_rate_hz = 1e6;
    s.deviation_hz = 160e3;
    s.pulse = FskPulse::gauss;
    s.shape = 0.5;
    Random random(44);
    for (int packet = 0; packet < 4; ++packet) {
        const auto put = [&](std::uint64_t bit) { s.symbols.push_back((bit & 1U) != 0 ? 1 : -1); };
        for (unsigned bit = 0; bit < 4; ++bit)
            put(sync + bit);
        for (unsigned bit = 0; bit < 64; ++bit)
            put(sync >> bit);
        for (unsigned bit = 0; bit < 4; ++bit)
            put((sync >> 63U) + bit + 1);
        for (const std::uint8_t bit : random.bits(293))
            put(bit);
    }
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

TEST(Bluetooth, ClassicPacketsAreNamedByTheirSyncWords)
{
    for (const double snr_db : {14.0, 25.0}) {
        const Emission e = named({headset(detect::bluetooth_sync(0x9E8B33)), 4e6, 0.01, snr_db});
        EXPECT_EQ(e.system.name, "Bluetooth") << snr_db;
        EXPECT_EQ(e.system.identity.at("standard"), "BR/EDR") << snr_db;
        EXPECT_EQ(e.system.identity.size(), 1U) << "whose it is stays unknown";
        EXPECT_EQ(named({headset(detect::bluetooth_sync(0x9E8B33) ^ 0x30U), 4e6, 0.01, snr_db}).system.name, "unknown")
            << snr_db;
    }
}

TEST(BluetoothSync, IsTheWordThatTheStandardAndAnotherProgramGive)
{
    // Sample data of the Core specification for the first three; libbtbb 2018.12 gives all six.
    const std::vector<std::pair<std::uint32_t, std::uint64_t>> known{
        {0x000000, 0xB0000002C7820E7E}, {0xFFFFFF, 0x4FFFFFFE44AD1AE7}, {0x9E8B33, 0x4E7A2CCE331A3AE2},
        {0x123456, 0xB048D15A658627C0}, {0xABCDEF, 0x4EAF37BC83C0AF62}, {0x800001, 0x4E000005E222F3C3}};
    for (const auto& [address, word] : known) {
        EXPECT_EQ(detect::bluetooth_sync(address), word) << address;
        EXPECT_TRUE(detect::is_bluetooth_sync(word)) << address;
        EXPECT_TRUE(detect::is_bluetooth_sync(word ^ 0x100U)) << "one wrong bit in the parity";
        EXPECT_FALSE(detect::is_bluetooth_sync(word ^ 0x300U)) << "two";
        EXPECT_FALSE(detect::is_bluetooth_sync(word ^ std::uint64_t{1} << 40U)) << "one in the address";
    }
}

TEST(BluetoothSync, IsNotSeenInRandomSymbols)
{
    Random random(45);
    std::vector<float> symbols;
    for (const std::uint8_t bit : random.bits(2'000'000))
        symbols.push_back(bit != 0 ? 1.0F : -1.0F);
    EXPECT_EQ(detect::bluetooth_syncs(symbols), 0);
    EXPECT_EQ(detect::bluetooth_syncs({}), 0);
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
