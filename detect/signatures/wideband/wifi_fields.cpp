// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/wideband/wifi_fields.hpp"

#include "dsp/coding/convolutional.hpp"
#include "dsp/coding/cyclic.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>
#include <vector>

namespace gacsong::detect {

namespace {

constexpr std::size_t columns = 16;
constexpr std::size_t rows = wifi_carriers / columns;
constexpr std::array<unsigned, 8> rates{0b1101, 0b1111, 0b0101, 0b0111, 0b1001, 0b1011, 0b0001, 0b0011};
constexpr std::size_t tail = 6;
constexpr std::size_t checked = 34;
constexpr std::size_t check_bits = 8;

/// Interleaver of BPSK (§17.3.5.7): coded bit k stands on carrier 3·(k mod 16) + k/16.
void append_coded(std::vector<float>& out, const std::array<float, wifi_carriers>& carriers)
{
    for (std::size_t k = 0; k < wifi_carriers; ++k)
        out.push_back(carriers[rows * (k % columns) + k / columns]);
}

bool ends_in_zeros(const std::vector<std::uint8_t>& bits)
{
    return std::all_of(bits.end() - static_cast<std::ptrdiff_t>(tail), bits.end(), [](auto bit) { return bit == 0; });
}

/// The six zeros are decoded freely: a trellis that is forced to end in them shows nothing.
std::vector<std::uint8_t> decoded(std::vector<float> coded)
{
    const std::size_t bits = coded.size() / 2;
    coded.insert(coded.end(), 2 * tail, 0.0F); // what follows the field does not belong to it
    auto out = dsp::viterbi(coded, dsp::code_133_171());
    out.resize(bits);
    return out;
}

bool turned_by_90(const WifiSymbol& symbol)
{
    const auto squares = [](const auto& x) { return std::inner_product(x.begin(), x.end(), x.begin(), 0.0F); };
    return squares(symbol.across) > squares(symbol.along);
}

} // namespace

std::optional<WifiSignal> wifi_signal(const WifiSymbol& symbol)
{
    std::vector<float> coded;
    append_coded(coded, symbol.along);
    const auto bits = decoded(std::move(coded));
    const auto ones = std::count(bits.begin(), bits.begin() + 18, 1);
    const auto rate = static_cast<unsigned>(dsp::number_of(bits, 4));
    if (!ends_in_zeros(bits) || bits[4] != 0 || ones % 2 != 0 ||
        std::find(rates.begin(), rates.end(), rate) == rates.end())
        return std::nullopt;
    unsigned length = 0;
    for (std::size_t bit = 17; bit-- > 5;)
        length = length << 1U | bits[bit];
    if (length == 0)
        return std::nullopt;
    return WifiSignal{rate, length};
}

bool wifi_mode_is(WifiMode mode, const WifiSymbol& first, const WifiSymbol& second)
{
    if (turned_by_90(first) != (mode == WifiMode::ht) || !turned_by_90(second))
        return false;
    std::vector<float> coded;
    append_coded(coded, mode == WifiMode::ht ? first.across : first.along);
    append_coded(coded, second.across);
    const auto bits = decoded(std::move(coded));
    if (!ends_in_zeros(bits))
        return false;
    const auto rest = dsp::cyclic_remainder(std::span(bits).first(checked), 0x07, check_bits, 0xFF) ^ 0xFFU;
    return rest == dsp::number_of(std::span(bits).subspan(checked), check_bits);
}

} // namespace gacsong::detect
