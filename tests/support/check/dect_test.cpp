// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/check/demodulate.hpp"
#include "tests/support/scene.hpp"
#include "tests/support/signals/dect.hpp"
#include "tests/support/spectrum.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace gacsong::test {
namespace {

/// Remainder of a polynomial division, bit by bit from the textbook: not the register of the builder.
unsigned remainder_of(std::vector<unsigned> bits)
{
    constexpr unsigned generator[17] = {1, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1}; // x^16+x^10+x^8+x^7+x^3+1
    for (std::size_t i = 0; i + 17 <= bits.size(); ++i) {
        if (bits[i] == 0)
            continue;
        for (std::size_t k = 0; k < 17; ++k)
            bits[i + k] ^= generator[k];
    }
    unsigned rest = 0;
    for (std::size_t i = bits.size() - 16; i < bits.size(); ++i)
        rest = rest << 1U | bits[i];
    return rest;
}

/// Bits of one frame, sliced from the discriminator at 4 samples a bit.
std::vector<unsigned> slice(const Waveform& waveform, unsigned frame)
{
    const auto f = discriminate(read(waveform, 4608000.0, 46081, 0.01 * frame), 4608000.0);
    std::vector<unsigned> bits;
    for (std::size_t k = 0; k < 11520; ++k)
        bits.push_back(f[4 * k + 1] + f[4 * k + 2] > 0.0 ? 1U : 0U);
    return bits;
}

std::uint64_t word(const std::vector<unsigned>& bits, std::size_t at, std::size_t count)
{
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < count; ++i)
        out = out << 1U | bits[at + i];
    return out;
}

TEST(Dect, CheckWordIsTheCataloguedOne)
{
    std::vector<std::uint8_t> bits; // "123456789" gives 0x007E with CRC-16/DECT-R
    for (const char c : std::string{"123456789"}) {
        for (int bit = 7; bit >= 0; --bit)
            bits.push_back(static_cast<std::uint8_t>(static_cast<unsigned>(c) >> bit & 1U));
    }
    EXPECT_EQ(dect_r_crc(bits), 0x007E);
}

TEST(Dect, FixedPartSaysItsIdentityInItsSlot)
{
    const auto waveform = dect({.slot = 5, .rfpi = 0x0123456789});
    for (const unsigned frame : {0U, 3U, 17U}) {
        const auto bits = slice(*waveform, frame);
        const std::size_t at = 5 * 480;
        EXPECT_EQ(word(bits, at, 32), 0xAAAAE98AU);
        EXPECT_EQ(word(bits, at + 32, 3), 3U);
        EXPECT_EQ(word(bits, at + 40, 40), 0x0123456789U);
        EXPECT_EQ(remainder_of({bits.begin() + static_cast<std::ptrdiff_t>(at + 32),
                                bits.begin() + static_cast<std::ptrdiff_t>(at + 96)}),
                  1U); // the last check bit is inverted
    }
    EXPECT_EQ(word(slice(*waveform, 8), 5 * 480 + 32, 3), 4U);
}

TEST(Dect, PortablePartHasTheOtherSync)
{
    EXPECT_EQ(word(slice(*dect({.fixed_part = false, .slot = 17}), 1), 17 * 480, 32), 0x55551675U);
}

TEST(Dect, IsKeyedOncePerFrame)
{
    Scene scene;
    scene.sample_rate_hz = 4.608e6;
    scene.duration_s = 0.1;
    scene.signals = {{.waveform = dect({.slot = 2}), .level = Level::dbfs(-20.0)}};
    const TrueEmission truth = scene.truth().emissions.at(0);
    EXPECT_EQ(truth.bursts.size(), 10U);
    EXPECT_NEAR(*truth.period_s, 0.01, 1e-12);
    EXPECT_NEAR(truth.bursts[1].start_s, 0.01 + 2.0 / 2400.0, 20e-6);
    EXPECT_NEAR(truth.bursts[1].end_s - truth.bursts[1].start_s, 424.0 / 1.152e6, 40e-6);
    EXPECT_NEAR(truth.bandwidth_hz, 1.04 * 1.152e6, 80e3); // GMSK BT 0.5, Murota and Hirade 1981
}

} // namespace
} // namespace gacsong::test
