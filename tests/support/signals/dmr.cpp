// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/dmr.hpp"

#include "tests/support/random.hpp"
#include "tests/support/signals/fsk.hpp"

#include <array>
#include <bit>
#include <cstddef>

namespace gacsong::test {

namespace {

constexpr double symbol_rate_hz = 4800.0;
constexpr std::size_t slot_symbols = 144;  ///< 30 ms
constexpr std::size_t burst_symbols = 132; ///< 27.5 ms in the middle of a slot
constexpr unsigned rounds = 4;             ///< superframes before all repeats
constexpr unsigned csbk = 3;               ///< data type "control signalling block"

// Table 9.2: synchronisation words.
constexpr std::uint64_t base_voice = 0x755FD7DF75F7;
constexpr std::uint64_t base_data = 0xDFF57D75DF5D;
constexpr std::uint64_t mobile_voice = 0x7F7D5DD57DFD;
constexpr std::uint64_t mobile_data = 0xD5D7F77FD757;

using Bits = std::vector<std::uint8_t>;

void push(Bits& bits, std::uint64_t value, unsigned count)
{
    for (unsigned bit = count; bit-- > 0;)
        bits.push_back(static_cast<std::uint8_t>(value >> bit & 1U));
}

void push(Bits& bits, const Bits& more) { bits.insert(bits.end(), more.begin(), more.end()); }

/// Systematic codeword of a cyclic code, closed with an even-parity bit.
std::uint32_t encode(std::uint32_t data, unsigned data_bits, std::uint32_t generator)
{
    const auto parity_bits = static_cast<unsigned>(std::bit_width(generator)) - 1U;
    std::uint32_t rest = data << parity_bits;
    for (unsigned bit = data_bits + parity_bits; bit-- > parity_bits;) {
        if ((rest >> bit & 1U) != 0)
            rest ^= generator << (bit - parity_bits);
    }
    const std::uint32_t word = data << parity_bits | rest;
    return word << 1U | (static_cast<std::uint32_t>(std::popcount(word)) & 1U);
}

/// 264 bits: 108 of information, 48 in the middle, 108 of information; data bursts give 10 + 10 to the slot type.
Bits data_burst(const DmrSettings& settings, Random& random)
{
    const std::uint32_t slot_type = golay_20_8(settings.colour_code << 4U | csbk);
    Bits bits = random.bits(98);
    push(bits, slot_type >> 10U, 10);
    push(bits, settings.base_station ? base_data : mobile_data, 48);
    push(bits, slot_type & 0x3FFU, 10);
    push(bits, random.bits(98));
    return bits;
}

/// Burst A of a voice superframe carries the sync word, B to F embedded signalling between two halves of EMB
/// (colour code, no privacy, link control start/stop: first, middle, middle, last, single).
Bits voice_burst(const DmrSettings& settings, unsigned index, Random& random)
{
    constexpr std::array<unsigned, 6> start_stop{0, 1, 3, 3, 2, 0};
    Bits bits = random.bits(108);
    if (index == 0) {
        push(bits, settings.base_station ? base_voice : mobile_voice, 48);
    } else {
        const std::uint32_t emb = quadratic_residue_16_7(settings.colour_code << 3U | start_stop[index]);
        push(bits, emb >> 8U, 8);
        push(bits, random.bits(32));
        push(bits, emb & 0xFFU, 8);
    }
    push(bits, random.bits(108));
    return bits;
}

/// 24 bits between the bursts of a base station: the seven bits of TACT (access type, slot, start/stop, Hamming(7,4))
/// stand at 0 4 8 12 14 18 22, the rest is short link control (random here).
Bits cach(unsigned slot, Random& random)
{
    constexpr std::array<std::size_t, 7> places{0, 4, 8, 12, 14, 18, 22};
    const std::array<unsigned, 4> d{1, slot, 0, 0};
    const std::array<unsigned, 7> tact{
        d[0], d[1], d[2], d[3], d[0] ^ d[1] ^ d[2], d[1] ^ d[2] ^ d[3], d[0] ^ d[1] ^ d[3]};
    Bits bits = random.bits(24);
    for (std::size_t i = 0; i < places.size(); ++i)
        bits[places[i]] = static_cast<std::uint8_t>(tact[i]);
    return bits;
}

void push_symbols(std::vector<std::int8_t>& symbols, const Bits& bits)
{
    constexpr std::array<std::int8_t, 4> levels{1, 3, -1, -3}; // table 10.3: 01 +3, 00 +1, 10 −1, 11 −3
    for (std::size_t i = 0; i + 1 < bits.size(); i += 2)
        symbols.push_back(levels[static_cast<std::size_t>(2 * bits[i] + bits[i + 1])]);
}

} // namespace

std::uint32_t golay_20_8(std::uint32_t data) { return encode(data, 8, 0xC75); }

std::uint32_t quadratic_residue_16_7(std::uint32_t data) { return encode(data, 7, 0x139); }

std::vector<std::int8_t> dmr_symbols(const DmrSettings& settings)
{
    Random random(settings.seed ^ 0x646D72ULL);
    std::vector<std::int8_t> symbols;
    for (unsigned slot = 0; slot < rounds * 12; ++slot) {
        const bool sent = settings.base_station || slot % 2 == 0;
        const std::size_t before = symbols.size() + (slot_symbols - burst_symbols) / (settings.base_station ? 1U : 2U);
        if (settings.base_station)
            push_symbols(symbols, cach(slot % 2, random));
        symbols.resize(before, 0);
        if (sent)
            push_symbols(symbols,
                         settings.voice ? voice_burst(settings, slot / 2 % 6, random) : data_burst(settings, random));
        symbols.resize((slot + 1) * slot_symbols, 0);
    }
    return symbols;
}

WaveformPtr dmr(const DmrSettings& settings)
{
    FskSettings modem;
    modem.symbol_rate_hz = symbol_rate_hz;
    modem.deviation_hz = 1944.0;
    modem.levels = 4;
    modem.pulse = FskPulse::root_raised_cosine;
    modem.shape = 0.2;
    modem.symbols = dmr_symbols(settings);
    Description d;
    d.modulation = "FSK4";
    d.system = "DMR";
    d.identity["colour_code"] = std::to_string(settings.colour_code);
    d.span_hz = 24000.0;
    if (!settings.base_station) // full power for the 27.5 ms of the burst, 1 ms of rise and fall in the guard times
        d.keying = Keying{{{0.25e-3, 29.75e-3}}, 60e-3, 1e-3};
    return fsk(modem, std::move(d));
}

} // namespace gacsong::test
