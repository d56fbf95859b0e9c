// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/analogue/dcs_code.hpp"

#include "dsp/coding/cyclic.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace gacsong::detect {

namespace {

constexpr double bit_rate_bd = 134.4;
constexpr std::size_t word_bits = 23;
constexpr std::size_t phases = 8;
constexpr std::size_t least_repeats = 3;
constexpr double weakest_hz = 150.0;
constexpr double strongest_hz = 1500.0;
constexpr double surely = 4.0; ///< standard errors that each bit is from the middle
constexpr std::uint64_t golay = 0xC75;
constexpr std::array<unsigned, 104> codes{
    0023, 0025, 0026, 0031, 0032, 0036, 0043, 0047, 0051, 0053, 0054, 0065, 0071, 0072, 0073, 0074, 0114, 0115,
    0116, 0122, 0125, 0131, 0132, 0134, 0143, 0145, 0152, 0155, 0156, 0162, 0165, 0172, 0174, 0205, 0212, 0223,
    0225, 0226, 0243, 0244, 0245, 0246, 0251, 0252, 0255, 0261, 0263, 0265, 0266, 0271, 0274, 0306, 0311, 0315,
    0325, 0331, 0332, 0343, 0346, 0351, 0356, 0364, 0365, 0371, 0411, 0412, 0413, 0423, 0431, 0432, 0445, 0446,
    0452, 0454, 0455, 0462, 0464, 0465, 0466, 0503, 0506, 0516, 0523, 0526, 0532, 0546, 0565, 0606, 0612, 0624,
    0627, 0631, 0632, 0654, 0662, 0664, 0703, 0712, 0723, 0731, 0732, 0734, 0743, 0754};

/// Mean frequency of each bit, for one phase of the clock.
std::vector<double> bits_at(const std::vector<double>& sums, double rate_hz, double phase)
{
    const double length = rate_hz / bit_rate_bd;
    std::vector<double> bits;
    for (std::size_t k = 0;; ++k) {
        const double first = (static_cast<double>(k) + phase) * length;
        const auto from = static_cast<std::size_t>(first);
        const auto to = static_cast<std::size_t>(first + length);
        if (to >= sums.size())
            return bits;
        bits.push_back((sums[to] - sums[from]) / static_cast<double>(to - from));
    }
}

/// One word, all repeats together, and how much they differ.
struct Folded {
    std::array<double, word_bits> mean{};
    double deviation = 0.0; ///< of one bit of one repeat
    std::size_t repeats = 0;
};

Folded folded(const std::vector<double>& bits)
{
    Folded out;
    out.repeats = bits.size() / word_bits;
    if (out.repeats < least_repeats)
        return out;
    const std::size_t used = out.repeats * word_bits;
    for (std::size_t i = 0; i < used; ++i)
        out.mean[i % word_bits] += bits[i] / static_cast<double>(out.repeats);
    double squares = 0.0;
    for (std::size_t i = 0; i < used; ++i)
        squares += std::pow(bits[i] - out.mean[i % word_bits], 2);
    out.deviation = std::sqrt(squares / static_cast<double>(used - word_bits));
    return out;
}

/// The word in all its rotations: the first bit sent is the lowest, the three above the code are 100.
std::optional<unsigned> code_of(std::uint32_t word)
{
    constexpr std::uint32_t all = (1U << word_bits) - 1;
    for (std::size_t turn = 0; turn < word_bits; ++turn) {
        const std::uint32_t data = word & 0xFFFU;
        const auto code = data & 0x1FFU;
        if (data >> 9U == 4U && std::binary_search(codes.begin(), codes.end(), code)) {
            std::uint64_t rest = word;
            for (unsigned bit = word_bits; bit-- > 11;) {
                if ((rest >> bit & 1U) != 0)
                    rest ^= golay << (bit - 11);
            }
            if (rest == 0)
                return code;
        }
        word = (word >> 1U | word << (word_bits - 1)) & all;
    }
    return std::nullopt;
}

} // namespace

std::optional<std::string> dcs_code(std::span<const float> frequency, double rate_hz)
{
    std::vector<double> sums{0.0};
    for (const float value : frequency)
        sums.push_back(sums.back() + static_cast<double>(value));
    Folded best;
    double most = 0.0;
    for (std::size_t p = 0; p < phases; ++p) {
        const Folded word = folded(bits_at(sums, rate_hz, static_cast<double>(p) / static_cast<double>(phases)));
        if (word.repeats < least_repeats)
            return std::nullopt;
        const auto [low, high] = std::minmax_element(word.mean.begin(), word.mean.end());
        double clear = 1e300;
        for (const double value : word.mean)
            clear = std::min(clear, std::abs(value - 0.5 * (*low + *high)));
        clear /= word.deviation + 1e-9;
        if (clear > most) {
            most = clear;
            best = word;
        }
    }
    if (best.repeats == 0 || most * std::sqrt(static_cast<double>(best.repeats)) < surely)
        return std::nullopt;
    const auto [low, high] = std::minmax_element(best.mean.begin(), best.mean.end());
    const double swing = 0.5 * (*high - *low);
    if (swing < weakest_hz || swing > strongest_hz)
        return std::nullopt;
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < word_bits; ++i)
        word |= best.mean[i] > 0.5 * (*low + *high) ? 1U << i : 0U;
    const auto code = code_of(word);
    if (!code)
        return std::nullopt;
    std::string text;
    for (unsigned digit = 3; digit-- > 0;)
        text += static_cast<char>('0' + (*code >> (3 * digit) & 7U));
    return text;
}

} // namespace gacsong::detect
