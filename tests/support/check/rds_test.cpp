// SPDX-License-Identifier: GPL-3.0-or-later
// RDS is read back with the parity-check matrix and syndromes of IEC 62106 Annex B, which share no code with the
// builder's division by the generator polynomial, from the demodulated FM signal on. No other RDS decoder is packaged
// for Debian 12.
#include "tests/support/check/demodulate.hpp"
#include "tests/support/signals/broadcast.hpp"
#include "tests/support/signals/loop.hpp"
#include "tests/support/signals/rds.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace gacsong::test {
namespace {

constexpr std::array<unsigned, 26> parity_check{0x200, 0x100, 0x080, 0x040, 0x020, 0x010, 0x008, 0x004, 0x002,
                                                0x001, 0x2DC, 0x16E, 0x0B7, 0x287, 0x39F, 0x313, 0x355, 0x376,
                                                0x1BB, 0x201, 0x3DC, 0x1EE, 0x0F7, 0x2A7, 0x38F, 0x31B};
constexpr std::array<unsigned, 4> block_syndromes{0x3D8, 0x3D4, 0x25C, 0x258}; // A, B, C, D

unsigned syndrome(const std::vector<int>& bits, std::size_t at)
{
    unsigned sum = 0;
    for (std::size_t i = 0; i < 26; ++i)
        sum ^= bits[at + i] != 0 ? parity_check[i] : 0U;
    return sum;
}

unsigned information(const std::vector<int>& bits, std::size_t at)
{
    unsigned word = 0;
    for (std::size_t i = 0; i < 16; ++i)
        word = word << 1U | static_cast<unsigned>(bits[at + i]);
    return word;
}

/// Bits of the 57 kHz subcarrier: mixed down with the third harmonic of the pilot, smoothed, the middles of both
/// halves of each bit compared, differentially decoded.
std::vector<int> demodulate_rds(const Waveform& station, double seconds)
{
    constexpr double rate_hz = 608000.0; // 512 samples a bit
    const auto f = discriminate(read(station, rate_hz, static_cast<std::size_t>(seconds * rate_hz)), rate_hz);
    std::vector<double> baseband(f.size());
    for (std::size_t i = 0; i < f.size(); ++i)
        baseband[i] =
            f[i] * std::sin(2.0 * std::numbers::pi * wrap(57000.0 * (static_cast<double>(i) + 0.5) / rate_hz, 1.0));
    // A Hann window of 3/4 bit keeps out the stereo difference, which ends 4 kHz below.
    const auto smooth = [&](std::size_t middle) {
        double sum = 0.0;
        for (std::size_t i = 0; i < 384; ++i) {
            const double weight = 1.0 - std::cos(2.0 * std::numbers::pi * (static_cast<double>(i) + 0.5) / 384.0);
            sum += weight * baseband[middle + i - 192];
        }
        return sum;
    };
    std::vector<int> bits;
    int last = -1;
    for (std::size_t bit = 1; (bit + 1) * 512 < baseband.size(); ++bit) {
        const double sum = smooth(bit * 512 + 128) - smooth(bit * 512 + 384);
        const int level = sum > 0.0 ? 1 : 0;
        if (last >= 0)
            bits.push_back(level ^ last);
        last = level;
    }
    return bits;
}

struct Heard {
    unsigned pi = 0;
    std::string ps = std::string(8, '?');
    std::string text = std::string(64, ' ');
    int groups = 0;
    int bad_blocks = 0;
};

Heard listen(const std::vector<int>& bits)
{
    Heard heard;
    std::size_t at = 0;
    while (at + 104 <= bits.size() && syndrome(bits, at) != block_syndromes[0])
        ++at;
    for (; at + 104 <= bits.size(); at += 104) {
        std::array<unsigned, 4> block{};
        for (std::size_t k = 0; k < 4; ++k) {
            heard.bad_blocks += syndrome(bits, at + 26 * k) != block_syndromes[k] ? 1 : 0;
            block[k] = information(bits, at + 26 * k);
        }
        ++heard.groups;
        heard.pi = block[0];
        const auto put = [](std::string& out, std::size_t place, unsigned pair) {
            out[place] = static_cast<char>(pair >> 8U);
            out[place + 1] = static_cast<char>(pair & 0xFFU);
        };
        if (block[1] >> 11U == 0) {
            put(heard.ps, 2 * (block[1] & 3U), block[3]);
        } else if (block[1] >> 11U == 4) {
            put(heard.text, 4 * (block[1] & 15U), block[2]);
            put(heard.text, 4 * (block[1] & 15U) + 2, block[3]);
        }
    }
    return heard;
}

TEST(Rds, BlocksHaveTheSyndromesOfTheStandard)
{
    constexpr std::array<std::uint16_t, 4> offsets{0x0FC, 0x198, 0x168, 0x1B4};
    for (const unsigned word : {0x0000U, 0x0001U, 0x8000U, 0x7A01U, 0xFFFFU}) {
        for (std::size_t k = 0; k < 4; ++k) {
            const std::uint32_t block = rds_block(static_cast<std::uint16_t>(word), offsets[k]);
            std::vector<int> bits;
            for (unsigned bit = 26; bit-- > 0;)
                bits.push_back(static_cast<int>(block >> bit & 1U));
            EXPECT_EQ(syndrome(bits, 0), block_syndromes[k]);
        }
    }
    std::vector<int> other; // block C of a version B group
    for (unsigned bit = 26; bit-- > 0;)
        other.push_back(static_cast<int>(rds_block(0x1234, 0x350) >> bit & 1U));
    EXPECT_EQ(syndrome(other, 0), 0x3CCU);
}

TEST(Rds, IsHeardThroughTheFmSignal)
{
    RdsSettings rds{.pi = 0x7A01, .ps = "MAU A FM", .text = "Chuong trinh mau"};
    const Heard heard = listen(demodulate_rds(*wfm({.rds = rds}), 2.0));
    EXPECT_GE(heard.groups, 20);
    EXPECT_EQ(heard.bad_blocks, 0);
    EXPECT_EQ(heard.pi, 0x7A01U);
    EXPECT_EQ(heard.ps, "MAU A FM");
    EXPECT_EQ(heard.text.substr(0, 17), "Chuong trinh mau\r");
}

} // namespace
} // namespace gacsong::test
