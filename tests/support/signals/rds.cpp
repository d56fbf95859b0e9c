// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/rds.hpp"

#include "tests/support/signals/audio.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace gacsong::test {

namespace {

constexpr std::array<std::uint16_t, 4> offset_words{0x0FC, 0x198, 0x168, 0x1B4};
constexpr std::uint16_t no_alternative_frequencies = 0xE0CD; // codes 224 "none" and 205 "filler"

using Group = std::array<std::uint16_t, 4>;

std::uint16_t two(const std::string& text, std::size_t at)
{
    const auto code = [&](std::size_t i) { return static_cast<unsigned>(i < text.size() ? text[i] : ' ') & 0xFFU; };
    return static_cast<std::uint16_t>(code(at) << 8U | code(at + 1));
}

/// Block B: group type, version A, traffic programme, programme type, five bits of the group's own.
std::uint16_t block_b(const RdsSettings& settings, unsigned type, unsigned rest)
{
    return static_cast<std::uint16_t>(type << 12U | (settings.traffic_programme ? 1U : 0U) << 10U |
                                      (settings.programme_type & 31U) << 5U | rest);
}

std::vector<Group> make_groups(const RdsSettings& settings)
{
    std::vector<Group> groups;
    for (unsigned segment = 0; segment < 4; ++segment) {
        const unsigned decoder_bit = segment == 3 ? 1U : 0U; // d0: stereo, sent with segment 3
        groups.push_back({settings.pi, block_b(settings, 0, 1U << 3U | decoder_bit << 2U | segment),
                          no_alternative_frequencies, two(settings.ps, 2 * segment)});
    }
    std::string text = settings.text;
    if (!text.empty() && text.size() < 64)
        text += '\r';
    for (unsigned segment = 0; 4 * segment < text.size() && segment < 16; ++segment) {
        groups.push_back(
            {settings.pi, block_b(settings, 2, segment), two(text, 4 * segment), two(text, 4 * segment + 2)});
    }
    return groups;
}

/// Impulse response of cos(πft_d/4), |f| < 2/t_d; x = t/t_d. With a = π/4, b = 2πx: 2a·cos(2b)/(a² − b²).
double shaping_pulse(double x)
{
    const double a = std::numbers::pi / 4.0;
    const double b = 2.0 * std::numbers::pi * std::abs(x);
    if (std::abs(b - a) < 1e-6)
        return 2.0;
    return 2.0 * a * std::cos(2.0 * b) / (a * a - b * b);
}

} // namespace

std::uint32_t rds_block(std::uint16_t information, std::uint16_t offset_word)
{
    constexpr std::uint32_t generator = 0x5B9; // x^10 + x^8 + x^7 + x^5 + x^4 + x^3 + 1
    std::uint32_t rest = static_cast<std::uint32_t>(information) << 10U;
    for (unsigned bit = 25; bit >= 10; --bit) {
        if ((rest >> bit & 1U) != 0)
            rest ^= generator << (bit - 10);
    }
    return static_cast<std::uint32_t>(information) << 10U | (rest ^ offset_word);
}

std::vector<std::uint8_t> rds_bits(const RdsSettings& settings)
{
    std::vector<std::uint8_t> bits;
    for (const Group& group : make_groups(settings)) {
        for (std::size_t block = 0; block < group.size(); ++block) {
            const std::uint32_t word = rds_block(group[block], offset_words[block]);
            for (unsigned bit = 26; bit-- > 0;)
                bits.push_back(static_cast<std::uint8_t>(word >> bit & 1U));
        }
    }
    if (std::count(bits.begin(), bits.end(), 1) % 2 != 0) {
        const std::vector<std::uint8_t> copy = bits;
        bits.insert(bits.end(), copy.begin(), copy.end());
    }
    return bits;
}

std::vector<double> rds_baseband(const std::vector<std::uint8_t>& bits, std::size_t samples_per_bit)
{
    constexpr std::size_t reach = 6; // bits on either side of a pulse; beyond, it is below 1e-3 of its peak
    std::vector<double> pulse(2 * reach * samples_per_bit);
    for (std::size_t i = 0; i < pulse.size(); ++i) {
        const double x = static_cast<double>(i) / static_cast<double>(samples_per_bit) - static_cast<double>(reach);
        pulse[i] = shaping_pulse(x + 0.25) - shaping_pulse(x - 0.25);
    }
    std::vector<double> out(bits.size() * samples_per_bit, 0.0);
    const std::size_t start = out.size() - (reach * samples_per_bit) % out.size() + samples_per_bit / 2;
    unsigned level = 0;
    for (std::size_t k = 0; k < bits.size(); ++k) {
        level ^= bits[k];
        const double sign = level != 0 ? 1.0 : -1.0;
        for (std::size_t i = 0; i < pulse.size(); ++i)
            out[(start + k * samples_per_bit + i) % out.size()] += sign * pulse[i];
    }
    normalise_peak(out);
    return out;
}

} // namespace gacsong::test
