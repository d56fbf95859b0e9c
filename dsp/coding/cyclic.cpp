// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/coding/cyclic.hpp"

#include <algorithm>
#include <bit>

namespace gacsong::dsp {

std::uint32_t cyclic_remainder(std::span<const std::uint8_t> bits, std::uint32_t polynomial, unsigned width,
                               std::uint32_t start)
{
    const std::uint32_t mask = width >= 32U ? 0xFFFFFFFFU : (1U << width) - 1U;
    std::uint32_t state = start & mask;
    for (const std::uint8_t bit : bits) {
        const bool turns = ((state >> (width - 1U)) & 1U) != (bit & 1U);
        state = (state << 1U) & mask;
        if (turns)
            state ^= polynomial & mask;
    }
    return state;
}

std::uint64_t cyclic_codeword(std::uint32_t data, unsigned data_bits, std::uint64_t generator)
{
    const auto degree = static_cast<unsigned>(std::bit_width(generator)) - 1U;
    const std::uint64_t shifted = static_cast<std::uint64_t>(data) << degree;
    std::uint64_t rest = shifted;
    for (unsigned bit = data_bits + degree; bit-- > degree;) {
        if ((rest >> bit & 1U) != 0)
            rest ^= generator << (bit - degree);
    }
    return shifted | rest;
}

std::uint64_t number_of(std::span<const std::uint8_t> bits, std::size_t count)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < std::min(count, bits.size()); ++i)
        value = value << 1U | (bits[i] & 1U);
    return value;
}

} // namespace gacsong::dsp
