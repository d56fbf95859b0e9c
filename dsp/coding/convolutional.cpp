// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/coding/convolutional.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <limits>

namespace gacsong::dsp {

namespace {

constexpr unsigned states = 64;
constexpr unsigned first_taps = 0133; ///< newest bit highest
constexpr unsigned second_taps = 0171;

/// Register of seven bits, newest highest: the state below, a bit above.
constexpr unsigned output(unsigned reg, unsigned taps) { return static_cast<unsigned>(std::popcount(reg & taps)) & 1U; }

} // namespace

std::vector<std::uint8_t> encoded_133_171(std::span<const std::uint8_t> bits)
{
    std::vector<std::uint8_t> out;
    out.reserve(2 * bits.size());
    unsigned state = 0;
    for (const std::uint8_t bit : bits) {
        const unsigned reg = (bit & 1U) << 6U | state;
        out.push_back(static_cast<std::uint8_t>(output(reg, first_taps)));
        out.push_back(static_cast<std::uint8_t>(output(reg, second_taps)));
        state = reg >> 1U;
    }
    return out;
}

std::vector<std::uint8_t> viterbi_133_171(std::span<const float> soft)
{
    constexpr float never = -std::numeric_limits<float>::infinity();
    const std::size_t count = soft.size() / 2;
    std::array<float, states> now;
    now.fill(never);
    now[0] = 0.0F;
    std::vector<std::array<std::uint8_t, states>> dropped(count); // lowest bit of the state that was left
    for (std::size_t i = 0; i < count; ++i) {
        std::array<float, states> next;
        next.fill(never);
        for (unsigned state = 0; state < states; ++state) {
            if (now[state] == never)
                continue;
            for (unsigned bit = 0; bit < 2; ++bit) {
                const unsigned reg = bit << 6U | state;
                const float metric = now[state] + (output(reg, first_taps) != 0 ? soft[2 * i] : -soft[2 * i]) +
                                     (output(reg, second_taps) != 0 ? soft[2 * i + 1] : -soft[2 * i + 1]);
                const unsigned to = reg >> 1U;
                if (metric > next[to]) {
                    next[to] = metric;
                    dropped[i][to] = static_cast<std::uint8_t>(state & 1U);
                }
            }
        }
        now = next;
    }
    std::vector<std::uint8_t> bits(count);
    unsigned state = 0;
    for (std::size_t i = count; i-- > 0;) {
        bits[i] = static_cast<std::uint8_t>(state >> 5U);
        state = (state << 1U & (states - 1)) | dropped[i][state];
    }
    return bits;
}

} // namespace gacsong::dsp
