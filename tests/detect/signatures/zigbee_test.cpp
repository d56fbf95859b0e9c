// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of IEEE 802.15.4 built as the standard draws them: half sines on two axes, half a chip pair apart. The
// receiver takes them for minimum-shift keying.
#include "detect/signatures/wideband/zigbee_frame.hpp"
#include "dsp/coding/cyclic.hpp"
#include "tests/detect/signatures/built.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/fsk.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>
#include <string_view>
#include <vector>

namespace gacsong::test {

namespace {

/// Two rows of table 12-1 as printed; the others follow from them by turning.
constexpr std::string_view symbol_0 = "11011001110000110101001000101110";
constexpr std::string_view symbol_8 = "10001100100101100000011101111011";

std::vector<int> chips_of(unsigned symbol)
{
    const std::string_view row = symbol < 8 ? symbol_0 : symbol_8;
    std::vector<int> out;
    for (unsigned k = 0; k < 32; ++k)
        out.push_back(row[(k + 32 - 4 * (symbol % 8)) % 32] == '1' ? 1 : -1);
    return out;
}

/// Octets of a frame: preamble, start, length, contents, check sequence; `good` or not.
std::vector<unsigned> octets_of(std::size_t length, bool good)
{
    Random random(11);
    std::vector<unsigned> out{0, 0, 0, 0, 0xA7, static_cast<unsigned>(length)};
    std::vector<std::uint8_t> bits;
    for (std::size_t i = 0; i + 2 < length; ++i) {
        out.push_back(random.below(256));
        for (unsigned bit = 0; bit < 8; ++bit)
            bits.push_back(static_cast<std::uint8_t>(out.back() >> bit & 1U));
    }
    const auto check = dsp::cyclic_remainder(bits, 0x1021, 16) ^ (good ? 0U : 2U);
    for (unsigned octet = 0; octet < 2; ++octet) {
        unsigned value = 0; // what comes out of the register first is sent first
        for (unsigned bit = 0; bit < 8; ++bit)
            value |= (check >> (15 - 8 * octet - bit) & 1U) << bit;
        out.push_back(value);
    }
    return out;
}

/// The frame and a pause, at 8 MS/s: four samples a chip.
WaveformPtr node(std::size_t length, bool good = true)
{
    constexpr std::size_t per_chip = 4;
    std::vector<int> chips;
    for (const unsigned octet : octets_of(length, good))
        for (const unsigned symbol : {octet & 15U, octet >> 4U})
            for (const int chip : chips_of(symbol))
                chips.push_back(chip);
    std::vector<std::complex<double>> samples((chips.size() + 2) * per_chip);
    for (std::size_t k = 0; k < chips.size(); ++k)
        for (std::size_t n = 0; n < 2 * per_chip; ++n) {
            const double value = chips[k] * std::sin(std::numbers::pi * static_cast<double>(n) / (2.0 * per_chip));
            samples[k * per_chip + n] += k % 2 == 0 ? std::complex(value, 0.0) : std::complex(0.0, value);
        }
    std::vector<std::complex<float>> out(samples.begin(), samples.end());
    out.insert(out.end(), 1500, {});
    return repeated(std::move(out), 8e6, 2.6e6);
}

} // namespace

TEST(ZigBee, IsNamedWhereTheCheckFits)
{
    for (const double rate_hz : {4e6, 8e6, 20e6})
        for (const double snr_db : {10.0, 25.0})
            EXPECT_EQ(named({node(40), rate_hz, 0.01, snr_db}).system.name, "ZigBee") << rate_hz << ' ' << snr_db;
    EXPECT_EQ(named({node(40), 8e6, 0.01, 25.0, 2425e6}).system.identity.at("channel"), "15");
    EXPECT_EQ(named({node(40, false), 8e6, 0.01, 25.0, 2425e6}).system.name, "unknown");
    EXPECT_EQ(named({node(127), 8e6, 0.02, 15.0, 0.0}).system.name, "ZigBee") << "the longest there is";
    EXPECT_FALSE(named({node(40), 8e6, 0.01, 25.0, 2427.5e6}).system.identity.contains("channel"));
}

TEST(ZigBee, IsNotSeenInOtherMinimumShiftKeying)
{
    EXPECT_EQ(named({fsk(gmsk_settings(2e6, 5.0)), 8e6, 0.02, 25.0, 2425e6}).system.name, "unknown");
    Random random(3);
    std::vector<detect::TwoLevels> readings(8);
    for (auto& reading : readings)
        for (int n = 0; n < 20000; ++n)
            reading.push_back(static_cast<float>(random.normal()));
    EXPECT_EQ(detect::zigbee_frames(readings), 0U);
    EXPECT_EQ(detect::zigbee_frames({}), 0U);
}

} // namespace gacsong::test
