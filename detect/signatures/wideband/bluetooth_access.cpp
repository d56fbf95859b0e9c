// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/wideband/bluetooth_access.hpp"

#include <algorithm>
#include <bit>

namespace gacsong::detect {

namespace {

constexpr unsigned parity_bits = 34;
constexpr unsigned address_bits = 24;
constexpr std::uint64_t parity_mask = (std::uint64_t{1} << parity_bits) - 1;
constexpr std::uint64_t generator = 0260534236651; ///< of degree 34; bit n: coefficient of D^n
constexpr std::uint64_t barker_after_0 = 0b101100; ///< 001101, sent first lowest
constexpr std::uint64_t barker_after_1 = 0b010011; ///< 110010
/// 3F2A33DD69B121C1, sent first highest: the sequence of 1 + D + D^3 + D^4 + D^6 behind a 0.
constexpr std::uint64_t noise_sequence = 0x83848D96BBCC54FC;
constexpr int most_wrong = 1;

/// Parity of the block code (64,30): the remainder of its 30 bits, which stand at 34 … 63.
std::uint64_t parity_of(std::uint64_t word)
{
    std::uint64_t rest = word & ~parity_mask;
    for (unsigned degree = bluetooth_sync_bits; degree-- > parity_bits;)
        if ((rest >> degree & 1U) != 0)
            rest ^= generator << (degree - parity_bits);
    return rest;
}

} // namespace

std::uint64_t bluetooth_sync(std::uint32_t lower_address)
{
    const std::uint64_t address = lower_address & ((std::uint64_t{1} << address_bits) - 1);
    const std::uint64_t barker = (address >> (address_bits - 1) & 1U) != 0 ? barker_after_1 : barker_after_0;
    const std::uint64_t known = (address | barker << address_bits) << parity_bits;
    const std::uint64_t hidden = (known ^ noise_sequence) & ~parity_mask;
    return (hidden | parity_of(hidden)) ^ noise_sequence;
}

bool is_bluetooth_sync(std::uint64_t word)
{
    const std::uint64_t last_of_address = word >> (parity_bits + address_bits - 1) & 1U;
    if (word >> (parity_bits + address_bits) != (last_of_address != 0 ? barker_after_1 : barker_after_0))
        return false;
    const std::uint64_t code = word ^ noise_sequence;
    return std::popcount((code & parity_mask) ^ parity_of(code)) <= most_wrong;
}

std::int64_t bluetooth_syncs(std::span<const float> symbols)
{
    std::int64_t count = 0;
    std::uint64_t word = 0;
    double sum = 0.0; // of the bits from here on, of which about half are ones: noise stands before a packet
    for (const float ahead : symbols.first(std::min(symbols.size(), bluetooth_sync_bits)))
        sum += static_cast<double>(ahead);
    for (std::size_t i = 0; i + bluetooth_sync_bits < symbols.size(); ++i) {
        const auto here = static_cast<double>(symbols[i]);
        const bool one = here * static_cast<double>(bluetooth_sync_bits) > sum;
        word = word >> 1U | (one ? std::uint64_t{1} << (bluetooth_sync_bits - 1) : 0);
        count += i + 1 >= bluetooth_sync_bits && is_bluetooth_sync(word) ? 1 : 0;
        sum += static_cast<double>(symbols[i + bluetooth_sync_bits]) - here;
    }
    return count;
}

} // namespace gacsong::detect
