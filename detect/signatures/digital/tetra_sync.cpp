// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/digital/tetra_sync.hpp"

#include "dsp/coding/cyclic.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

namespace gacsong::detect {

namespace {

constexpr std::size_t coded = 80; ///< 60 of content, 16 of check sequence, 4 zeros
constexpr std::size_t checked = 76;
constexpr unsigned states = 16;
constexpr std::size_t spread = 11; ///< of the interleaver
constexpr std::uint32_t good = 0x1D0F;

/// Generators of the mother code of rate 1/4, newest bit highest: 1 + D + D^4 and so on (§8.2.3.1.1).
constexpr std::array<unsigned, 4> generators{0b11001, 0b10111, 0b11101, 0b11011};

/// Places among the eight of two bits that are sent at rate 2/3 (§8.2.3.1.3).
constexpr std::array<std::size_t, 3> kept{0, 1, 4};

/// The scrambling sequence of the broadcast channel (§8.2.5): all of its extended colour code is 0.
std::array<bool, tetra_block_bits> make_scrambling()
{
    constexpr std::array<unsigned, 14> taps{32, 26, 23, 22, 16, 12, 11, 10, 8, 7, 5, 4, 2, 1};
    std::array<bool, tetra_block_bits> sequence{};
    std::uint32_t state = 3;
    for (bool& value : sequence) {
        std::uint32_t bit = 0;
        for (const unsigned tap : taps)
            bit ^= state >> (32U - tap) & 1U;
        state = state >> 1U | bit << 31U;
        value = bit != 0;
    }
    return sequence;
}

/// The four outputs of each bit, 0 where none was sent.
std::array<float, 4 * coded> mother_code(std::span<const float, tetra_block_bits> soft)
{
    static const auto scrambling = make_scrambling();
    std::array<float, 4 * coded> out{};
    for (std::size_t i = 0; i < tetra_block_bits; ++i) {
        const std::size_t place = spread * (i + 1) % tetra_block_bits; // counted from 1, place 1 + 11·i mod 120
        out[8 * (i / 3) + kept[i % 3]] = scrambling[place] ? -soft[place] : soft[place];
    }
    return out;
}

std::vector<std::uint8_t> decoded(std::span<const float, 4 * coded> soft)
{
    constexpr float never = -std::numeric_limits<float>::infinity();
    std::array<float, states> now;
    now.fill(never);
    now[0] = 0.0F;
    std::array<std::array<std::uint8_t, states>, coded> dropped{};
    for (std::size_t i = 0; i < coded; ++i) {
        std::array<float, states> next;
        next.fill(never);
        for (unsigned state = 0; state < states; ++state) {
            if (now[state] == never)
                continue;
            for (unsigned bit = 0; bit < 2; ++bit) {
                const unsigned reg = bit << 4U | state;
                float metric = now[state];
                for (std::size_t g = 0; g < generators.size(); ++g)
                    metric += (std::popcount(reg & generators[g]) & 1) != 0 ? soft[4 * i + g] : -soft[4 * i + g];
                if (metric > next[reg >> 1U]) {
                    next[reg >> 1U] = metric;
                    dropped[i][reg >> 1U] = static_cast<std::uint8_t>(state & 1U);
                }
            }
        }
        now = next;
    }
    std::vector<std::uint8_t> bits(coded);
    unsigned state = 0;
    for (std::size_t i = coded; i-- > 0;) {
        bits[i] = static_cast<std::uint8_t>(state >> 3U);
        state = (state << 1U & (states - 1)) | dropped[i][state];
    }
    return bits;
}

} // namespace

std::optional<TetraNetwork> tetra_network(std::span<const float, tetra_block_bits> soft)
{
    const auto bits = decoded(mother_code(soft));
    if (dsp::cyclic_remainder(std::span(bits).first(checked), 0x1021, 16, 0xFFFF) != good)
        return std::nullopt;
    const auto number = [&](std::size_t first, std::size_t count) {
        return static_cast<unsigned>(dsp::number_of(std::span(bits).subspan(first), count));
    };
    const TetraNetwork network{number(31, 10), number(41, 14), number(4, 6)};
    return network.mcc == 0 ? std::nullopt : std::optional(network);
}

} // namespace gacsong::detect
