// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/digital/tetra_sync.hpp"

#include "dsp/coding/convolutional.hpp"
#include "dsp/coding/cyclic.hpp"

#include <array>
#include <cstdint>

namespace gacsong::detect {

namespace {

constexpr std::size_t coded = 80; ///< 60 of content, 16 of check sequence, 4 zeros
constexpr std::size_t checked = 76;
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

} // namespace

std::optional<TetraNetwork> tetra_network(std::span<const float, tetra_block_bits> soft)
{
    const auto bits = dsp::viterbi(mother_code(soft), {4, generators});
    if (dsp::cyclic_remainder(std::span(bits).first(checked), 0x1021, 16, 0xFFFF) != good)
        return std::nullopt;
    const auto number = [&](std::size_t first, std::size_t count) {
        return static_cast<unsigned>(dsp::number_of(std::span(bits).subspan(first), count));
    };
    const TetraNetwork network{number(31, 10), number(41, 14), number(4, 6)};
    return network.mcc == 0 ? std::nullopt : std::optional(network);
}

} // namespace gacsong::detect
