// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/digital/dect_field.hpp"

#include "dsp/coding/cyclic.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace gacsong::detect {

namespace {

constexpr std::uint32_t polynomial = 0x0589; ///< x^16 + x^10 + x^8 + x^7 + x^3 + 1, last bit sent inverted
constexpr std::size_t weak = 8;

using Bits = std::array<std::uint8_t, dect_field_bits>;

/// Over the whole field: that of one 1 behind a word that fits.
bool fits(const Bits& bits) { return dsp::cyclic_remainder(bits, polynomial, 16) == polynomial; }

DectField field_of(const Bits& bits, bool corrected)
{
    const std::uint64_t all = dsp::number_of(bits, 48);
    return {static_cast<unsigned>(all >> 45U), all & 0xFFFFFFFFFFU, corrected};
}

} // namespace

std::optional<DectField> dect_field(std::span<const float, dect_field_bits> soft)
{
    Bits bits{};
    std::transform(soft.begin(), soft.end(), bits.begin(), [](float value) { return value > 0.0F ? 1 : 0; });
    if (fits(bits))
        return field_of(bits, false);
    std::array<std::size_t, dect_field_bits> order{};
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::partial_sort(order.begin(), order.begin() + weak, order.end(),
                      [&](std::size_t a, std::size_t b) { return std::abs(soft[a]) < std::abs(soft[b]); });
    for (std::size_t i = 0; i < weak; ++i) {
        bits[order[i]] ^= 1U;
        if (fits(bits))
            return field_of(bits, true);
        for (std::size_t k = i + 1; k < weak; ++k) {
            bits[order[k]] ^= 1U;
            if (fits(bits))
                return field_of(bits, true);
            bits[order[k]] ^= 1U;
        }
        bits[order[i]] ^= 1U;
    }
    return std::nullopt;
}

} // namespace gacsong::detect
