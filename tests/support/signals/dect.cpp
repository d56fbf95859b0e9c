// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/dect.hpp"

#include "tests/support/random.hpp"
#include "tests/support/signals/fsk.hpp"

#include <cstddef>
#include <cstdio>

namespace gacsong::test {

namespace {

constexpr double bit_rate_hz = 1152000.0;
constexpr std::size_t slot_bits = 480;
constexpr std::size_t frame_bits = 24 * slot_bits;
constexpr std::size_t packet_bits = 424;
constexpr unsigned frames = 16; ///< of a multiframe

using Bits = std::vector<std::uint8_t>;

void push(Bits& bits, std::uint64_t value, unsigned count)
{
    for (unsigned bit = count; bit-- > 0;)
        bits.push_back(static_cast<std::uint8_t>(value >> bit & 1U));
}

/// 8 bits of header (TA, Q1, BA = no data in the B-field's signalling, Q2), 40 of tail, 16 of R-CRC.
Bits a_field(const DectSettings& settings, unsigned frame)
{
    const bool system_information = settings.fixed_part && frame == 8;
    Bits bits;
    push(bits, system_information ? 0b100U : 0b011U, 3);
    push(bits, 0, 5);
    push(bits, system_information ? static_cast<std::uint64_t>(settings.slot) << 32U : settings.rfpi, 40);
    push(bits, dect_r_crc(bits), 16);
    return bits;
}

Bits packet(const DectSettings& settings, unsigned frame, Random& random)
{
    Bits bits;
    push(bits, settings.fixed_part ? 0xAAAAE98AU : 0x55551675U, 32);
    const Bits a = a_field(settings, frame);
    bits.insert(bits.end(), a.begin(), a.end());
    const Bits b = random.bits(320);
    bits.insert(bits.end(), b.begin(), b.end());
    const std::uint64_t x = random.below(16);
    push(bits, x << 4U | x, 8);
    return bits;
}

} // namespace

std::uint16_t dect_r_crc(std::span<const std::uint8_t> bits)
{
    std::uint32_t rest = 0;
    for (const std::uint8_t bit : bits) {
        const std::uint32_t out = (rest >> 15U ^ bit) & 1U;
        rest = (rest << 1U & 0xFFFFU) ^ (out != 0 ? 0x0589U : 0U);
    }
    return static_cast<std::uint16_t>(rest ^ 1U);
}

std::vector<std::uint8_t> dect_bits(const DectSettings& settings)
{
    Random random(settings.seed ^ 0x64656374ULL);
    Bits bits;
    for (unsigned frame = 0; frame < frames; ++frame) {
        bits.resize(frame * frame_bits + settings.slot * slot_bits, 0);
        const Bits sent = packet(settings, frame, random);
        bits.insert(bits.end(), sent.begin(), sent.end());
    }
    bits.resize(frames * frame_bits, 0);
    return bits;
}

WaveformPtr dect(const DectSettings& settings)
{
    FskSettings modem;
    modem.symbol_rate_hz = bit_rate_hz;
    modem.deviation_hz = 288000.0;
    modem.pulse = FskPulse::gauss;
    modem.shape = 0.5;
    for (const std::uint8_t bit : dect_bits(settings))
        modem.symbols.push_back(bit != 0 ? 1 : -1);
    Description d;
    d.modulation = "GFSK";
    d.system = settings.american ? "DECT 6.0" : "DECT";
    char text[16];
    std::snprintf(text, sizeof text, "%010llX", static_cast<unsigned long long>(settings.rfpi));
    d.identity["rfpi"] = text;
    d.span_hz = 3.0 * bit_rate_hz;
    const double start_s = static_cast<double>(settings.slot * slot_bits) / bit_rate_hz;
    const double ramp_s = 10.0 / bit_rate_hz;
    const double end_s = start_s + static_cast<double>(packet_bits) / bit_rate_hz + ramp_s;
    d.keying = Keying{{{settings.slot == 0 ? 0.0 : start_s - ramp_s, end_s}}, 10e-3, ramp_s};
    return fsk(modem, std::move(d));
}

} // namespace gacsong::test
