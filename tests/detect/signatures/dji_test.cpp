// SPDX-License-Identifier: GPL-3.0-or-later
// DroneID frames built as they were described. The reader was also run over a recording that others made of an
// aircraft: it gives the model that they state.
#include "detect/cells/lte/coding/turbo.hpp"
#include "detect/signatures/wideband/dji_frame.hpp"
#include "tests/detect/signatures/built.hpp"
#include "tests/support/lte/sequences.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/ofdm.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

namespace gacsong::test {

namespace {

using Bits = std::vector<std::uint8_t>;
using Samples = std::vector<std::complex<float>>;
using Carriers = std::vector<std::complex<double>>; ///< −300 … −1, 1 … 300

/// A block whose message says version, model and its own check; `good` or not.
std::vector<std::uint8_t> block_of(std::uint8_t model, bool good)
{
    Random random(5);
    std::vector<std::uint8_t> octets(173);
    for (auto& octet : octets)
        octet = static_cast<std::uint8_t>(random.below(256));
    octets[0] = 88;
    octets[1] = 16;
    octets[2] = 2;
    octets[67] = model;
    unsigned check = 0x3692;
    for (std::size_t i = 0; i < 89; ++i)
        for (unsigned bit = 0; bit < 8; ++bit) {
            const bool feedback = ((check ^ (octets[i] >> bit)) & 1U) != 0;
            check = check >> 1U ^ (feedback ? 0x8408U : 0U);
        }
    octets[89] = static_cast<std::uint8_t>(check);
    octets[90] = static_cast<std::uint8_t>(check >> 8U ^ (good ? 0U : 1U));
    return octets;
}

Carriers sync_symbol(unsigned root)
{
    Carriers out;
    for (unsigned k = 0; k < 601; ++k)
        if (k != 300)
            out.push_back(std::polar(1.0, -std::numbers::pi * root * k * (k + 1.0) / 601.0));
    return out;
}

Carriers data_symbol(std::span<const std::uint8_t> bits)
{
    Carriers out;
    for (std::size_t i = 0; i < bits.size(); i += 2)
        out.push_back(std::complex(bits[i] != 0 ? -1.0 : 1.0, bits[i + 1] != 0 ? -1.0 : 1.0) / std::sqrt(2.0));
    return out;
}

void append(Samples& out, const Carriers& carriers, std::size_t prefix)
{
    std::vector<std::complex<double>> symbol(1024);
    for (std::size_t c = 0; c < carriers.size(); ++c) {
        const double k = static_cast<double>(c) - (c < 300 ? 300.0 : 299.0);
        const auto turn = std::polar(1.0, 2.0 * std::numbers::pi * k / 1024.0);
        std::complex<double> phase = 1.0;
        for (auto& value : symbol) {
            value += carriers[c] * phase;
            phase *= turn;
        }
    }
    for (std::size_t n = 0; n < prefix + 1024; ++n)
        out.push_back(std::complex<float>(symbol[(n + 1024 - prefix) % 1024] / std::sqrt(600.0)));
}

struct Sent {
    std::uint8_t model = 58;
    unsigned second_root = 147;
    bool good = true;  ///< the message's check
    bool whole = true; ///< with the first of nine symbols, which older aircraft leave out
};

/// A frame and a pause behind it, at 15.36 MS/s.
Samples frame_of(const Sent& sent)
{
    Bits block;
    for (const std::uint8_t octet : block_of(sent.model, sent.good))
        for (unsigned bit = 8; bit-- > 0;)
            block.push_back(static_cast<std::uint8_t>(octet >> bit & 1U));
    Bits bits = detect::lte::encode_block(block, 0, 7200);
    const Bits scrambling = lte::pseudo_random(0x12345678, 7200);
    for (std::size_t i = 0; i < bits.size(); ++i)
        bits[i] ^= scrambling[i];
    const auto data = [&](std::size_t n) { return data_symbol(std::span(bits).subspan(1200 * n, 1200)); };
    Samples out;
    if (sent.whole)
        append(out, data_symbol(std::span(scrambling).first(1200)), 80);
    append(out, data(0), 72);
    append(out, data(1), 72);
    append(out, sync_symbol(600), 72);
    append(out, data(2), 72);
    append(out, sync_symbol(sent.second_root), 72);
    append(out, data(3), 72);
    append(out, data(4), 72);
    append(out, data(5), 80);
    out.insert(out.end(), 9000, {});
    return out;
}

Built aircraft(const Sent& sent, double rate_hz, double snr_db)
{
    return {repeated(frame_of(sent), detect::dji_rate_hz, 9.1e6), rate_hz, 3e-3, snr_db, 0.0, 1};
}

} // namespace

TEST(DjiModel, IsReadOnlyWhereTheMessagesCheckFits)
{
    EXPECT_EQ(detect::dji_model(block_of(58, true)), "Mavic Air 2");
    EXPECT_EQ(detect::dji_model(block_of(63, true)), "Mini 2");
    EXPECT_EQ(detect::dji_model(block_of(200, true)), "");
    EXPECT_FALSE(detect::dji_model(block_of(58, false)));
    EXPECT_FALSE(detect::dji_model(std::vector<std::uint8_t>(20)));
}

TEST(DjiFrames, AreFoundAndReadAcrossOffsets)
{
    Samples built(2000);
    const Samples frame = frame_of({});
    built.insert(built.end(), frame.begin(), frame.end());
    for (const double offset_hz : {-420e3, -33e3, -7.6e3, 0.0, 3.1e3, 150e3, 440e3}) {
        Random random(7);
        Samples x = built;
        for (std::size_t n = 0; n < x.size(); ++n) {
            const double turns = offset_hz / detect::dji_rate_hz * static_cast<double>(n);
            const std::complex<double> noise(random.normal(), random.normal());
            x[n] = std::complex<float>(std::complex<double>(x[n]) * std::polar(1.0, 2.0 * std::numbers::pi * turns) +
                                       noise * 0.35); // −6 dB together
        }
        const auto frames = detect::dji_frames(x, 4);
        ASSERT_EQ(frames.size(), 1U) << offset_hz;
        EXPECT_NEAR(frames[0].offset_hz, offset_hz, 1000.0);
        ASSERT_TRUE(frames[0].octets) << offset_hz;
        EXPECT_EQ(*frames[0].octets, block_of(58, true));
    }
}

TEST(Dji, IsNamedWithItsModel)
{
    for (const double rate_hz : {15.36e6, 20e6, 50e6})
        for (const bool whole : {true, false}) {
            const Emission e = named(aircraft({.model = 63, .whole = whole}, rate_hz, 8.0));
            EXPECT_EQ(e.system.name, "DJI") << rate_hz;
            EXPECT_EQ(e.system.identity.at("model"), "Mini 2") << rate_hz;
            EXPECT_EQ(e.modulation.name, "OFDM");
        }
    const Emission unreadable = named(aircraft({.good = false}, 20e6, 20.0));
    EXPECT_EQ(unreadable.system.name, "DJI");
    EXPECT_FALSE(unreadable.system.identity.contains("model"));
}

TEST(Dji, IsNotNamedWithoutBothSymbolsNorOtherMulticarrier)
{
    EXPECT_EQ(named(aircraft({.second_root = 141}, 20e6, 25.0)).system.name, "unknown");
    OfdmSettings downlink; // shaped as LTE of 10 MHz
    downlink.fft_size = 1024;
    downlink.prefix = 72;
    downlink.spacing_hz = 15e3;
    downlink.carriers_each_side = 300;
    EXPECT_EQ(named({ofdm(downlink), 20e6, 3e-3, 25.0, 0.0, 1}).system.name, "unknown");
}

} // namespace gacsong::test
