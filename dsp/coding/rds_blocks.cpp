// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/coding/rds_blocks.hpp"

#include <bit>
#include <cmath>
#include <numbers>

namespace gacsong::dsp {

namespace {

constexpr unsigned generator = 0x5B9; ///< x^10 + x^8 + x^7 + x^5 + x^4 + x^3 + 1
constexpr unsigned information_bits = 16;
constexpr unsigned check_bits = 10;

std::vector<std::uint16_t> make_check_words()
{
    std::vector<std::uint16_t> words(rds_words);
    for (std::uint32_t word = 0; word < rds_words; ++word) {
        std::uint32_t rest = word << check_bits;
        for (unsigned bit = information_bits + check_bits; bit-- > check_bits;) {
            if ((rest >> bit & 1U) != 0)
                rest ^= generator << (bit - check_bits);
        }
        words[word] = static_cast<std::uint16_t>(rest);
    }
    return words;
}

const std::vector<std::uint16_t>& check_words()
{
    static const std::vector<std::uint16_t> words = make_check_words();
    return words;
}

/// For all patterns of the bits that go with `soft`, first bit highest: half the sum of soft bits with the signs that
/// the pattern gives them after a 1.
std::vector<float> sums_of(std::span<const float> soft)
{
    std::vector<float> sums{0.0F};
    for (std::size_t i = soft.size(); i-- > 0;) { // from the last bit on: what follows a 1 turns its sign
        std::vector<float> longer(2 * sums.size());
        for (std::size_t k = 0; k < sums.size(); ++k) {
            longer[k] = 0.5F * soft[i] + sums[k];
            longer[k + sums.size()] = -longer[k];
        }
        sums = std::move(longer);
    }
    return sums;
}

float log_cosh(float x)
{
    const float size = std::abs(x);
    return size + (size < 8.0F ? std::log1p(std::exp(-2.0F * size)) : 0.0F) - std::numbers::ln2_v<float>;
}

float of_random_bits(const SoftRdsBlock& soft)
{
    float sum = 0.0F;
    for (const float value : soft)
        sum += log_cosh(0.5F * value);
    return sum;
}

} // namespace

std::uint16_t rds_check_word(std::uint16_t information) { return check_words()[information]; }

double rds_evidence(const SoftRdsBlock& soft, std::uint16_t information, std::uint16_t offset)
{
    const std::uint32_t word = static_cast<std::uint32_t>(information) << check_bits |
                               ((rds_check_word(information) ^ offset) & ((1U << check_bits) - 1U));
    float sum = 0.5F * soft[0];
    bool turned = false;
    for (unsigned i = 0; i < rds_block_bits; ++i) {
        turned = turned != ((word >> (rds_block_bits - 1U - i) & 1U) != 0);
        sum += turned ? -0.5F * soft[i + 1] : 0.5F * soft[i + 1];
    }
    return log_cosh(sum) - of_random_bits(soft);
}

std::vector<float> rds_evidences(const SoftRdsBlock& soft, std::uint16_t offset)
{
    const auto& checks = check_words();
    const auto information = sums_of(std::span(soft).subspan(1, information_bits));
    const auto check = sums_of(std::span(soft).subspan(1 + information_bits, check_bits));
    const float random = of_random_bits(soft);
    std::vector<float> out(rds_words);
    for (std::size_t word = 0; word < rds_words; ++word) {
        const float last = check[checks[word] ^ offset];
        const bool turned = (std::popcount(word) & 1) != 0;
        out[word] = log_cosh(0.5F * soft[0] + information[word] + (turned ? -last : last)) - random;
    }
    return out;
}

} // namespace gacsong::dsp
