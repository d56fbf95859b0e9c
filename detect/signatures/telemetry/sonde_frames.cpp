// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/telemetry/sonde_frames.hpp"

#include "dsp/coding/cyclic.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

namespace gacsong::detect {

namespace {

constexpr std::size_t word_bits = 8;
constexpr std::size_t header_bits = 16;
constexpr std::array<std::size_t, 3> blocks{7, 13, 13}; ///< words; bit j of word i is the (j·words + i)-th of a block

/// Rows of the parity check: three data bits and one of parity each.
constexpr std::array<unsigned, 4> parity_check{0b01111000, 0b10110100, 0b11010010, 0b11100001};

constexpr std::size_t mask_octets = 64;
constexpr std::size_t block_octet = 0x39; ///< where the block with the serial number begins
constexpr std::uint8_t block_kind = 0x79;
constexpr std::uint8_t block_length = 0x28;
constexpr std::size_t serial_octet = block_octet + 4;
constexpr std::size_t serial_length = 8;

/// m[i+16] = m[i] ^ m[i+2] ^ m[i+4] ^ m[i+6] in a ring of 64 octets, from these sixteen on (the ninth of the ring).
constexpr std::array<std::uint8_t, 16> mask_seed{0x32, 0x05, 0x59, 0x0E, 0xF9, 0x44, 0xC6, 0x26,
                                                 0x21, 0x60, 0xC2, 0xEA, 0x79, 0x5D, 0x6D, 0xA1};

std::array<std::uint8_t, mask_octets> make_mask()
{
    std::array<std::uint8_t, mask_octets> ring{};
    std::copy(mask_seed.begin(), mask_seed.end(), ring.begin());
    for (std::size_t i = 0; i + 16 < ring.size(); ++i)
        ring[i + 16] = static_cast<std::uint8_t>(ring[i] ^ ring[i + 2] ^ ring[i + 4] ^ ring[i + 6]);
    std::array<std::uint8_t, mask_octets> mask{};
    for (std::size_t i = 0; i < ring.size(); ++i)
        mask[(i + 8) % mask_octets] = ring[i];
    return mask;
}

} // namespace

std::size_t dfm_good_words(std::span<const float> soft)
{
    std::size_t good = 0;
    std::size_t first = header_bits;
    for (const std::size_t words : blocks) {
        for (std::size_t i = 0; i < words; ++i) {
            unsigned word = 0;
            for (std::size_t j = 0; j < word_bits; ++j) {
                const std::size_t symbol = 2 * (first + j * words + i);
                word = word << 1U | (soft[symbol + 1] > soft[symbol] ? 1U : 0U);
            }
            const bool fits = std::none_of(parity_check.begin(), parity_check.end(),
                                           [&](unsigned row) { return (std::popcount(word & row) & 1) != 0; });
            good += fits ? 1U : 0U;
        }
        first += words * word_bits;
    }
    return good;
}

std::optional<std::string> rs41_serial(std::span<const std::uint8_t> bits)
{
    static const auto mask = make_mask();
    if (bits.size() < rs41_bits)
        return std::nullopt;
    const auto octet = [&](std::size_t at) {
        unsigned value = 0;
        for (std::size_t bit = 0; bit < 8; ++bit)
            value |= (bits[8 * at + bit] & 1U) << bit;
        return static_cast<std::uint8_t>(value ^ mask[at % mask_octets]);
    };
    if (octet(block_octet) != block_kind || octet(block_octet + 1) != block_length)
        return std::nullopt;
    std::vector<std::uint8_t> content;
    for (std::size_t i = 0; i < block_length; ++i) {
        for (unsigned bit = 8; bit-- > 0;)
            content.push_back(static_cast<std::uint8_t>(octet(block_octet + 2 + i) >> bit & 1U));
    }
    const std::size_t check = block_octet + 2 + block_length;
    const unsigned sent = static_cast<unsigned>(octet(check)) | static_cast<unsigned>(octet(check + 1)) << 8U;
    if (dsp::cyclic_remainder(content, 0x1021, 16, 0xFFFF) != sent)
        return std::nullopt;
    std::string serial;
    for (std::size_t i = 0; i < serial_length; ++i) {
        const auto sign = static_cast<char>(octet(serial_octet + i));
        if (!((sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9')))
            return std::nullopt;
        serial += sign;
    }
    return serial;
}

} // namespace gacsong::detect
