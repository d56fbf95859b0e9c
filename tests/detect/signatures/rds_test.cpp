// SPDX-License-Identifier: GPL-3.0-or-later
// Radio data: blocks and groups from bits alone, then from an FM station in noise.
#include "detect/signatures/analogue/rds_station.hpp"
#include "detect/signatures/analogue/rds_texts.hpp"
#include "detect/signatures/recogniser.hpp"
#include "dsp/coding/rds_blocks.hpp"
#include "tests/detect/signatures/grid.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/broadcast.hpp"
#include "tests/support/signals/rds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace gacsong::test {

namespace {

using Bits = std::vector<std::uint8_t>;

/// Bits as sent, each as sure as `size`, with noise of variance 2·size (what a receiver at that signal has).
std::vector<float> soft_of(const Bits& bits, float size, Random* noise = nullptr)
{
    std::vector<float> soft{-size};
    bool level = false;
    for (const std::uint8_t bit : bits) {
        level = level != (bit != 0);
        soft.push_back(level ? size : -size);
    }
    if (noise != nullptr) {
        for (float& value : soft)
            value += std::sqrt(2.0F * size) * static_cast<float>(noise->normal());
    }
    return soft;
}

Bits rounds(const RdsSettings& settings, std::size_t count)
{
    const Bits one = rds_bits(settings);
    Bits all;
    while (all.size() < count)
        all.insert(all.end(), one.begin(), one.end());
    all.resize(count);
    return all;
}

const RdsSettings station{.pi = 0x7A01, .ps = "MAU A FM", .text = "Chuong trinh mau"};

Scene heard(const WfmSettings& settings, double snr_db, double duration_s)
{
    Scene scene;
    scene.sample_rate_hz = 480e3;
    scene.duration_s = duration_s;
    scene.noise_dbfs_hz = -100.0;
    Placed placed;
    placed.waveform = wfm(settings);
    placed.offset_hz = 60e3;
    placed.level = Level::snr_db(snr_db);
    placed.symbol_clock_ppm = 25.0;
    scene.signals = {placed};
    scene.receiver.clock_ppm = 15.0;
    return scene;
}

} // namespace

TEST(RdsBlocks, AreReadThroughWeakBits)
{
    Random noise(5);
    int right = 0;
    for (unsigned word = 0; word < 60; ++word) {
        const auto sent = static_cast<std::uint16_t>(word * 1597U);
        Bits bits;
        const std::uint32_t block = rds_block(sent, 0x198);
        for (unsigned bit = 26; bit-- > 0;)
            bits.push_back(static_cast<std::uint8_t>(block >> bit & 1U));
        const auto soft = soft_of(bits, 6.0F, &noise); // one bit in 24 wrong as sent
        dsp::SoftRdsBlock received{};
        std::copy_n(soft.begin(), received.size(), received.begin());
        const auto evidences = dsp::rds_evidences(received, 0x198);
        const auto choice = detect::rds_choice(evidences);
        right += choice.word == sent ? 1 : 0;
        EXPECT_TRUE(choice.word == sent || choice.margin < detect::rds_settled) << word << " surely wrong";
        EXPECT_NEAR(evidences[sent], dsp::rds_evidence(received, sent, 0x198), 1e-2) << word;
    }
    EXPECT_GE(right, 56);
}

TEST(RdsBlocks, HaveTheCheckWordsOfTheBuilder)
{
    for (unsigned word = 0; word < 65536; word += 257)
        EXPECT_EQ(dsp::rds_check_word(static_cast<std::uint16_t>(word)),
                  rds_block(static_cast<std::uint16_t>(word), 0) & 0x3FFU);
}

TEST(RdsStation, IsReadFromBitsWhereverTheyBegin)
{
    for (const std::size_t cut : {0U, 1U, 57U, 103U}) {
        auto soft = soft_of(rounds(station, 2400), 20.0F);
        soft.erase(soft.begin(), soft.begin() + static_cast<std::ptrdiff_t>(cut));
        const auto read = detect::read_rds(soft);
        ASSERT_TRUE(read) << cut;
        EXPECT_EQ(read->pi, 0x7A01);
        EXPECT_EQ(read->ps, "MAU A FM");
        EXPECT_EQ(read->text, "Chuong trinh mau");
    }
}

TEST(RdsStation, IsFoundThoughAllItsGroupsAreAlike)
{
    // Four groups over and over, each bit sure: nearly every place of a group looks like the first block.
    for (std::uint16_t number = 0; number < 12; ++number) {
        const RdsSettings same{.pi = static_cast<std::uint16_t>(0x1200U + number), .ps = "STATION"};
        auto soft = soft_of(rounds(same, 1200), 40.0F);
        soft.erase(soft.begin(), soft.begin() + 8 * number);
        const auto read = detect::read_rds(soft);
        ASSERT_TRUE(read) << number;
        EXPECT_EQ(read->pi, same.pi);
        EXPECT_EQ(read->ps, "STATION");
    }
}

TEST(RdsStation, WritesAccentsAsTheyAreMeant)
{
    const auto read = detect::read_rds(soft_of(rounds({.pi = 1,
                                                       .ps = "R\x82"
                                                             "DIO\xD6$"},
                                                      2400),
                                               20.0F));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->ps, "RéDIOÔ¤");
}

TEST(RdsStation, HasNoNameWhereItMoves)
{
    Bits bits = rounds({.pi = 0x1234, .ps = "ONE     "}, 624); // six groups: a whole name and half of it again
    const Bits other = rounds({.pi = 0x1234, .ps = "TWO     "}, 416);
    bits.insert(bits.end(), other.begin(), other.end());
    const auto read = detect::read_rds(soft_of(bits, 20.0F));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->pi, 0x1234);
    EXPECT_EQ(read->ps, "TWO") << "as it last went by whole";
}

TEST(RdsStation, IsNotSeenWhereOneBitOfEveryBlockIsTurned)
{
    Bits bits = rounds(station, 4800);
    for (std::size_t i = 7; i < bits.size(); i += 26)
        bits[i] ^= 1U;
    EXPECT_FALSE(detect::read_rds(soft_of(bits, 20.0F)));
}

TEST(RdsStation, IsNotSeenInRandomBitsNorInOnesThatRepeat)
{
    Random random(77);
    for (int run = 0; run < 300; ++run) {
        Bits bits = random.bits(run % 3 == 0 ? 300 : 2400);
        if (run % 5 == 0) { // a group of nothing, again and again
            for (std::size_t i = 104; i < bits.size(); ++i)
                bits[i] = bits[i - 104];
        }
        ASSERT_FALSE(detect::read_rds(soft_of(bits, 15.0F))) << run;
    }
    EXPECT_FALSE(detect::read_rds({}));
    EXPECT_FALSE(detect::read_rds(std::vector<float>(2400, 0.0F)));
}

TEST(FmBroadcast, SaysItsNameAtFifteenDecibelsWithinTwoSeconds)
{
    for (const bool stereo : {true, false}) {
        for (const double deviation_hz : {2000.0, 4000.0}) {
            const WfmSettings settings{.stereo = stereo, .rds_deviation_hz = deviation_hz, .rds = station, .seed = 2};
            const Emission e = recognised(heard(settings, 15.0, 2.0), 2);
            EXPECT_EQ(e.system.name, "FM broadcast") << stereo << deviation_hz;
            ASSERT_EQ(e.system.identity.count("rds_pi"), 1U) << stereo << deviation_hz;
            EXPECT_EQ(e.system.identity.at("rds_pi"), "7A01");
            ASSERT_EQ(e.system.identity.count("rds_ps"), 1U) << stereo << deviation_hz;
            EXPECT_EQ(e.system.identity.at("rds_ps"), "MAU A FM");
            EXPECT_EQ(e.modulation.name, "WFM");
        }
    }
}

TEST(FmBroadcast, SaysNoWrongNameInDeepNoise)
{
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
        const Emission e =
            recognised(heard({.rds = station, .seed = seed}, 5.0 + static_cast<double>(seed), 1.0), seed);
        const auto& identity = e.system.identity;
        EXPECT_TRUE(identity.count("rds_pi") == 0 || identity.at("rds_pi") == "7A01") << seed;
        EXPECT_TRUE(identity.count("rds_ps") == 0 || identity.at("rds_ps") == "MAU A FM") << seed;
    }
}

TEST(FmBroadcast, StatesItsDeviationWhereNoiseLeavesIt)
{
    for (const double deviation_hz : {50e3, 75e3}) {
        const Emission clear = recognised(heard({.deviation_hz = deviation_hz, .rds = station}, 45.0, 2.0), 3);
        ASSERT_TRUE(clear.modulation.deviation_hz);
        EXPECT_NEAR(*clear.modulation.deviation_hz, deviation_hz, 0.12 * deviation_hz);
        EXPECT_TRUE(std::any_of(clear.recognition.begin(), clear.recognition.end(),
                                [](const Message& m) { return m.key == "signature.seen.multiplex"; }));
    }
    EXPECT_FALSE(recognised(heard({.rds = station}, 15.0, 2.0), 3).modulation.deviation_hz);
}

TEST(FmBroadcast, HasNoRadioDataWithoutASubcarrier)
{
    const Emission e = recognised(heard({.stereo = true}, 25.0, 1.0), 3);
    EXPECT_EQ(e.system.name, "FM broadcast");
    EXPECT_EQ(e.system.identity.count("rds_pi"), 0U);
}

} // namespace gacsong::test
