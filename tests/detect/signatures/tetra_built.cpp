// SPDX-License-Identifier: GPL-3.0-or-later
// A TETRA base as EN 300 392-2 has it: slots of 510 bits, normal bursts and a synchronisation burst in every fourth.
#include "tests/detect/signatures/tetra_built.hpp"

#include "dsp/coding/cyclic.hpp"
#include "tests/detect/signatures/bits.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/linear.hpp"

#include <complex>
#include <numbers>
#include <string_view>

namespace gacsong::test {

namespace {

void append(Bits& bits, std::string_view text)
{
    for (const char c : text)
        bits.push_back(c == '1' ? 1 : 0);
}

} // namespace

std::vector<std::uint8_t> tetra_sync_block(bool good)
{
    Bits content;
    append(content, 0, 4);
    append(content, 17, 6);
    append(content, 0x1234, 21);
    append(content, 452, 10);
    append(content, 9, 14);
    append(content, 0x15, 5);
    append(content, (~dsp::cyclic_remainder(content, 0x1021, 16, 0xFFFF) & 0xFFFFU) ^ (good ? 0U : 4U), 16);
    append(content, 0, 4);
    Bits kept;
    unsigned past = 0; // D, D², D³, D⁴ from the highest bit
    for (std::size_t i = 0; i < content.size(); ++i) {
        const unsigned now = content[i];
        const auto delay = [&](unsigned k) { return past >> (4U - k) & 1U; };
        const unsigned first = now ^ delay(1) ^ delay(4);
        const unsigned second = now ^ delay(2) ^ delay(3) ^ delay(4);
        kept.push_back(static_cast<std::uint8_t>(first)); // places 1, 2 and 5 of each eight
        if (i % 2 == 0)
            kept.push_back(static_cast<std::uint8_t>(second));
        past = now << 3U | past >> 1U;
    }
    Bits sent(120);
    for (std::size_t i = 1; i <= 120; ++i)
        sent[11 * i % 120] = kept[i - 1]; // place k = 1 + (11·i mod 120)
    std::uint32_t state = 3;
    for (auto& bit : sent) {
        std::uint32_t next = 0;
        for (const unsigned tap : {32U, 26U, 23U, 22U, 16U, 12U, 11U, 10U, 8U, 7U, 5U, 4U, 2U, 1U})
            next ^= state >> (32U - tap) & 1U;
        state = state >> 1U | next << 31U;
        bit ^= static_cast<std::uint8_t>(next);
    }
    return sent;
}

namespace {

/// Four slots of a carrier, the last with synchronisation.
Bits frame(bool good, std::uint64_t seed)
{
    Random random(seed);
    Bits bits;
    const auto some = [&](std::size_t count) {
        const Bits data = random.bits(count);
        bits.insert(bits.end(), data.begin(), data.end());
    };
    for (unsigned slot = 0; slot < 3; ++slot) {
        some(244);
        append(bits, "1101000011101001110100");
        some(244);
    }
    some(94);
    const Bits sync = tetra_sync_block(good);
    bits.insert(bits.end(), sync.begin(), sync.end());
    append(bits, "11000001100111001110100111000001100111");
    some(258);
    return bits;
}

} // namespace

WaveformPtr tetra_base(bool good, bool training)
{
    std::vector<std::complex<double>> symbols;
    double angle = 0.0;
    for (std::uint64_t n = 1; n <= 16; ++n) {
        const Bits bits = training ? frame(good, n) : Random(n).bits(2040);
        for (std::size_t i = 0; i < bits.size(); i += 2) {
            const double size = bits[i + 1] != 0 ? 0.75 : 0.25;
            angle += std::numbers::pi * (bits[i] != 0 ? -size : size);
            symbols.push_back(std::polar(1.0, angle));
        }
    }
    return linear({.constellation = Constellation::dqpsk_pi4, .symbol_rate_hz = 18000.0, .symbols = symbols});
}

} // namespace gacsong::test
