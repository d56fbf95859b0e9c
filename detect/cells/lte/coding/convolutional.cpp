// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/coding/convolutional.hpp"

extern "C" {
#include <osmocom/core/conv.h>
}

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace gacsong::detect::lte {

namespace {

constexpr unsigned states = 64;
/// Generators 133, 171, 165 (octal); the bit that enters is the most significant of the seven.
constexpr std::array<unsigned, 3> generators{0133, 0171, 0165};
constexpr std::size_t columns = 32;
constexpr std::array<std::uint8_t, columns> column_order{1, 17, 9, 25, 5, 21, 13, 29, 3, 19, 11, 27, 7, 23, 15, 31,
                                                         0, 16, 8, 24, 4, 20, 12, 28, 2, 18, 10, 26, 6, 22, 14, 30};

struct Tables {
    std::uint8_t output[states][2];
    std::uint8_t next[states][2];
};

/// The newest bit of a state is its least significant one.
const Tables& tables()
{
    static const Tables made = [] {
        Tables t{};
        for (unsigned state = 0; state < states; ++state)
            for (unsigned bit = 0; bit < 2; ++bit) {
                unsigned history = bit << 6U; // bit 6: now, bit 5: one before, …
                for (unsigned age = 0; age < 6; ++age)
                    history |= (state >> age & 1U) << (5U - age);
                unsigned out = 0;
                for (const unsigned generator : generators)
                    out = out << 1U | (static_cast<unsigned>(std::popcount(history & generator)) & 1U);
                t.output[state][bit] = static_cast<std::uint8_t>(out);
                t.next[state][bit] = static_cast<std::uint8_t>((state << 1U | bit) & (states - 1U));
            }
        return t;
    }();
    return made;
}

std::uint32_t crc(std::span<const std::uint8_t> bits, std::uint32_t polynomial, unsigned width)
{
    std::uint32_t sum = 0;
    for (const auto bit : bits) {
        const std::uint32_t out = (sum >> (width - 1U) & 1U) ^ bit;
        sum = sum << 1U & ((1U << width) - 1U);
        if (out != 0)
            sum ^= polynomial;
    }
    return sum;
}

} // namespace

Bits encode_control(std::span<const std::uint8_t> bits)
{
    const std::size_t n = bits.size();
    Bits out(3 * n);
    unsigned state = 0;
    for (std::size_t i = 0; i < 6 && n > 0; ++i)
        state = (state << 1U | bits[(n * 6 + i - 6) % n]) & (states - 1U);
    for (std::size_t i = 0; i < n; ++i) {
        const unsigned o = tables().output[state][bits[i]];
        for (unsigned s = 0; s < 3; ++s)
            out[s * n + i] = static_cast<std::uint8_t>(o >> (2U - s) & 1U);
        state = tables().next[state][bits[i]];
    }
    return out;
}

std::vector<std::size_t> control_buffer(std::size_t size)
{
    const std::size_t rows = (size + columns - 1) / columns;
    const std::size_t dummies = rows * columns - size;
    std::vector<std::size_t> out;
    out.reserve(3 * size);
    for (std::size_t stream = 0; stream < 3; ++stream)
        for (const std::size_t column : column_order)
            for (std::size_t row = 0; row < rows; ++row)
                if (const std::size_t at = row * columns + column; at >= dummies)
                    out.push_back(stream * size + at - dummies);
    return out;
}

Bits decode_control(std::span<const float> streams)
{
    const std::size_t n = streams.size() / 3;
    if (n < 8 || n > most_control_bits)
        return {};
    double power = 1e-30;
    for (const float x : streams)
        power += static_cast<double>(x) * static_cast<double>(x);
    const auto scale = static_cast<float>(45.0 / std::sqrt(power / static_cast<double>(streams.size())));
    std::vector<sbit_t> soft(streams.size());
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t s = 0; s < 3; ++s)
            soft[3 * i + s] = static_cast<sbit_t>(std::lround(std::clamp(streams[s * n + i] * scale, -127.0F, 127.0F)));
    osmo_conv_code code{};
    code.N = 3;
    code.K = 7;
    code.len = static_cast<int>(n);
    code.term = CONV_TERM_TAIL_BITING;
    code.next_output = tables().output;
    code.next_state = tables().next;
    Bits out(n);
    osmo_conv_decode(&code, soft.data(), out.data());
    return out;
}

std::uint32_t crc16(std::span<const std::uint8_t> bits) { return crc(bits, 0x1021, 16); }

std::uint32_t crc24a(std::span<const std::uint8_t> bits) { return crc(bits, 0x864CFB, 24); }

std::uint32_t number(std::span<const std::uint8_t> bits)
{
    std::uint32_t value = 0;
    for (const auto bit : bits)
        value = value << 1U | bit;
    return value;
}

} // namespace gacsong::detect::lte
