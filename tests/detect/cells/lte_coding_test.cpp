// SPDX-License-Identifier: GPL-3.0-or-later
// Codes, sequences and message readers of LTE against what the standard says of them.
#include "detect/cells/lte/coding/turbo.hpp"
#include "detect/cells/lte/phy/assignment.hpp"
#include "detect/cells/lte/phy/broadcast_channel.hpp"
#include "detect/cells/lte/phy/sequences.hpp"
#include "detect/cells/lte/raster.hpp"
#include "detect/cells/lte/rrc/broadcast.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <string_view>

namespace gacsong::detect::lte {
namespace {

Bits random_bits(std::mt19937& random, std::size_t count)
{
    Bits out(count);
    for (auto& bit : out)
        bit = static_cast<std::uint8_t>(random() & 1U);
    return out;
}

std::vector<float> noisy(const Bits& bits, std::mt19937& random, float deviation)
{
    std::normal_distribution<float> noise(0.0F, deviation);
    std::vector<float> out;
    for (const auto bit : bits)
        out.push_back((bit != 0 ? -1.0F : 1.0F) + noise(random));
    return out;
}

Bits bits_of_hex(std::string_view hex)
{
    Bits out;
    for (const char digit : hex) {
        const unsigned value =
            digit <= '9' ? static_cast<unsigned>(digit - '0') : static_cast<unsigned>(digit - 'a' + 10);
        for (unsigned i = 4; i-- > 0;)
            out.push_back(static_cast<std::uint8_t>(value >> i & 1U));
    }
    return out;
}

template <class T> const T* field(const BroadcastFields& fields, std::string_view name)
{
    for (const auto& [key, value] : fields)
        if (key == name)
            return std::get_if<T>(&value);
    return nullptr;
}

TEST(LteTurbo, InterleaversArePermutations)
{
    std::set<std::size_t> sizes;
    for (std::size_t bits = 1; bits <= most_block_bits + 24; ++bits)
        sizes.insert(interleaver_size(bits).value_or(0));
    EXPECT_EQ(sizes.size(), 127U);
    for (const std::size_t size : sizes) {
        auto order = interleaver(size);
        std::ranges::sort(order);
        for (std::size_t i = 0; i < size; ++i)
            ASSERT_EQ(order[i], i) << size;
    }
}

TEST(LteTurbo, ReadsWhatWasSentInEveryVersion)
{
    std::mt19937 random(7);
    for (const std::size_t size : {32U, 152U, 1064U, 2216U})
        for (unsigned version = 0; version < 4; ++version) {
            const Bits block = random_bits(random, size);
            BlockDecoder decoder(size);
            // Version 2 alone says little of the systematic bits, so each has the whole buffer's length.
            decoder.add(noisy(encode_block(block, version, 3 * (size + 24)), random, 0.7F), version);
            const auto read = decoder.decode();
            ASSERT_TRUE(read) << size << ' ' << version;
            EXPECT_EQ(*read, block);
        }
}

TEST(LteTurbo, VersionsTogetherReadWhatNoneReadsAlone)
{
    std::mt19937 random(8);
    const Bits block = random_bits(random, 256);
    BlockDecoder together(256);
    for (unsigned version = 0; version < 4; ++version) {
        const auto soft = noisy(encode_block(block, version, 400), random, 1.6F);
        BlockDecoder alone(256);
        alone.add(soft, version);
        EXPECT_FALSE(alone.decode()) << version;
        together.add(soft, version);
    }
    EXPECT_EQ(together.decode(), block);
}

TEST(LteTurbo, NoiseIsNoBlock)
{
    std::mt19937 random(9);
    for (int i = 0; i < 200; ++i) {
        BlockDecoder decoder(144);
        decoder.add(noisy(Bits(400), random, 50.0F), 0);
        EXPECT_FALSE(decoder.decode());
    }
}

TEST(LteControl, TailBitingCodeIsRead)
{
    std::mt19937 random(10);
    for (const std::size_t size : {24U, 40U, 43U, 47U}) {
        const Bits bits = random_bits(random, size);
        const auto soft = noisy(encode_control(bits), random, 0.5F);
        EXPECT_EQ(decode_control(soft), bits);
    }
}

TEST(LteControl, SizesOfAnnouncements)
{
    // 3GPP TS 36.212 §5.3.3.1.3 and .4 for 6, 15, 25, 50, 75, 100 resource blocks.
    constexpr std::array<unsigned, 6> blocks{6, 15, 25, 50, 75, 100};
    constexpr std::array<std::size_t, 6> fdd{21, 22, 25, 27, 27, 28};
    constexpr std::array<std::size_t, 6> compact{8, 10, 12, 13, 14, 15};
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        EXPECT_EQ(format_1a_bits(blocks.at(i), false), fdd.at(i));
        EXPECT_EQ(format_1c_bits(blocks.at(i)), compact.at(i));
    }
}

TEST(LteControl, DistributedBlocksAreAllDifferent)
{
    for (const unsigned blocks : {6U, 15U, 25U, 50U, 75U, 100U})
        for (const bool second_gap : {false, true}) {
            if (second_gap && blocks < 50)
                continue;
            for (unsigned slot = 0; slot < 2; ++slot) {
                std::set<unsigned> used;
                const unsigned count = blocks == 6    ? 6
                                       : blocks == 15 ? 14
                                       : blocks == 25 ? 24
                                       : blocks == 50 ? (second_gap ? 36 : 46)
                                       : blocks == 75 ? 64
                                                      : 96;
                for (unsigned n = 0; n < count; ++n)
                    used.insert(distributed_block(n, slot, blocks, second_gap));
                EXPECT_EQ(used.size(), count) << blocks << second_gap << slot;
                EXPECT_LT(*used.rbegin(), blocks);
            }
        }
}

TEST(LteBroadcastChannel, ReadsTwoPeriodsThatNeitherGivesAlone)
{
    std::mt19937 random(11);
    const Identity identity{301, false, {}};
    Bits message(24);
    message[0] = 1; // 75 resource blocks
    message[5] = 1;
    for (unsigned i = 0; i < 8; ++i)
        message[6 + i] = static_cast<std::uint8_t>(0x5FU >> (7 - i) & 1U);
    Bits next = message;
    for (unsigned i = 0; i < 8; ++i)
        next[6 + i] = static_cast<std::uint8_t>(0x60U >> (7 - i) & 1U);
    std::vector<BroadcastFrame> frames;
    std::normal_distribution<float> noise(0.0F, 3.5F);
    for (std::int64_t f = 0; f < 8; ++f) {
        const Bits sent = encode_broadcast(f < 4 ? message : next, 2, identity);
        BroadcastFrame frame;
        frame.frame = f;
        for (std::size_t i = 0; i < 480; ++i)
            for (auto& soft : frame.soft)
                soft.push_back((sent[static_cast<std::size_t>(f % 4) * 480 + i] != 0 ? -1.0F : 1.0F) + noise(random));
        frames.push_back(std::move(frame));
    }
    const auto read = decode_broadcast(frames, identity);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->blocks, 75U);
    EXPECT_EQ(read->ports, 2U);
    EXPECT_EQ(read->frame, 4U * 0x5F);
    EXPECT_FALSE(decode_broadcast(frames, {300, false, {}}));
}

TEST(LteRaster, ChannelsOfBands)
{
    const auto near = channels_near(1855e6, 50e3);
    ASSERT_FALSE(near.empty());
    EXPECT_EQ(near.front().earfcn, 1700U);
    EXPECT_EQ(near.front().band, 3U);
    EXPECT_EQ(channel_in_band(2360e6, 40)->earfcn, 39250U);
    EXPECT_FALSE(is_downlink(433.92e6));
    EXPECT_FALSE(channel_in_band(2360e6, 3));
}

TEST(LteMessages, SystemInformationBlockType1)
{
    const auto read = read_broadcast(bits_of_hex("405148094fc17a25d0b8202110808822412338"));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->facts.plmn, "452-04");
    EXPECT_EQ(read->facts.area, 20417U);
    EXPECT_EQ(read->facts.cell, 128081163U);
    EXPECT_EQ(read->facts.band, 3U);
    ASSERT_TRUE(read->facts.schedule);
    EXPECT_EQ(read->facts.schedule->entries.size(), 3U);
    EXPECT_EQ(read->facts.schedule->window_subframes, 10U);
    const auto* level = field<std::int64_t>(read->fields, "q_rx_lev_min_dbm");
    ASSERT_NE(level, nullptr);
    EXPECT_EQ(*level, -124);
}

TEST(LteMessages, NeighboursAndPriorities)
{
    const auto two = read_broadcast(bits_of_hex("00800ce1bf788800ca01e00100000801829945ab9c30c699e801c22544b846b424"));
    ASSERT_TRUE(two);
    const auto* priority = field<std::int64_t>(two->fields, "priority");
    ASSERT_NE(priority, nullptr);
    EXPECT_EQ(*priority, 5);
    EXPECT_EQ(two->decoded, (std::vector<std::string>{"SIB2", "SIB3"}));
    const auto four = read_broadcast(bits_of_hex("0089087178e4f43e2311c025841211f2f1383ce2f181cb64121162f0"));
    ASSERT_TRUE(four);
    const auto* carriers = field<std::vector<std::int64_t>>(four->fields, "eutra_carriers");
    ASSERT_NE(carriers, nullptr);
    EXPECT_EQ(*carriers, (std::vector<std::int64_t>{300, 3675}));
    const auto seven = read_broadcast(bits_of_hex("00149007c042108d1ff14420"));
    ASSERT_TRUE(seven);
    ASSERT_FALSE(seven->facts.neighbours.empty());
    EXPECT_EQ(seven->facts.neighbours.front().technology, "gsm");
    EXPECT_EQ(seven->facts.neighbours.front().channel, 62U);
    const auto six = read_broadcast(bits_of_hex("001105a76618c14a134e0031829422"));
    ASSERT_TRUE(six);
    const auto* umts = field<std::vector<std::int64_t>>(six->fields, "utra_carriers");
    ASSERT_NE(umts, nullptr);
    EXPECT_EQ(*umts, (std::vector<std::int64_t>{10713, 10688}));
}

TEST(LteMessages, AnyBitsAreReadWithoutHarm)
{
    std::mt19937 random(12);
    for (int i = 0; i < 20000; ++i) {
        const Bits bits = random_bits(random, random() % 600);
        if (const auto read = read_broadcast(bits)) {
            EXPECT_LE(read->bits, bits.size());
        }
    }
}

} // namespace
} // namespace gacsong::detect::lte
