// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/coding/convolutional.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <limits>
#include <utility>

namespace gacsong::dsp {

namespace {

/// Of a register, newest bit highest: the state below, a bit above.
unsigned output(unsigned reg, unsigned generator) { return static_cast<unsigned>(std::popcount(reg & generator)) & 1U; }

} // namespace

const ConvolutionalCode& code_133_171()
{
    static constexpr std::array<unsigned, 2> generators{0133, 0171};
    static constexpr ConvolutionalCode code{6, generators};
    return code;
}

std::vector<std::uint8_t> encoded(std::span<const std::uint8_t> bits, const ConvolutionalCode& code)
{
    std::vector<std::uint8_t> out;
    out.reserve(code.generators.size() * bits.size());
    unsigned state = 0;
    for (const std::uint8_t bit : bits) {
        const unsigned reg = (bit & 1U) << code.memory | state;
        for (const unsigned generator : code.generators)
            out.push_back(static_cast<std::uint8_t>(output(reg, generator)));
        state = reg >> 1U;
    }
    return out;
}

std::vector<std::uint8_t> viterbi(std::span<const float> soft, const ConvolutionalCode& code)
{
    constexpr float never = -std::numeric_limits<float>::infinity();
    const std::size_t n = code.generators.size();
    const std::size_t count = soft.size() / n;
    const unsigned states = 1U << code.memory;
    std::vector<float> now(states, never);
    std::vector<float> next(states);
    now[0] = 0.0F;
    std::vector<std::uint8_t> dropped(count * states); // lowest bit of the state that was left
    for (std::size_t i = 0; i < count; ++i) {
        std::ranges::fill(next, never);
        for (unsigned state = 0; state < states; ++state) {
            if (now[state] == never)
                continue;
            for (unsigned bit = 0; bit < 2; ++bit) {
                const unsigned reg = bit << code.memory | state;
                float metric = now[state];
                for (std::size_t g = 0; g < n; ++g)
                    metric += output(reg, code.generators[g]) != 0 ? soft[n * i + g] : -soft[n * i + g];
                const unsigned to = reg >> 1U;
                if (metric > next[to]) {
                    next[to] = metric;
                    dropped[i * states + to] = static_cast<std::uint8_t>(state & 1U);
                }
            }
        }
        std::swap(now, next);
    }
    std::vector<std::uint8_t> bits(count);
    unsigned state = 0;
    for (std::size_t i = count; i-- > 0;) {
        bits[i] = static_cast<std::uint8_t>(state >> (code.memory - 1));
        state = (state << 1U & (states - 1)) | dropped[i * states + state];
    }
    return bits;
}

} // namespace gacsong::dsp
