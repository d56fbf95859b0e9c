// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/phy/sequences.hpp"

#include <cmath>
#include <numbers>

namespace gacsong::detect::lte {

namespace {

/// A maximum length sequence of 31 elements ±1; x(i+5) is the sum of the taps' x(i+t).
std::array<int, 31> m_sequence(std::initializer_list<unsigned> taps)
{
    std::array<int, 31> x{};
    x[4] = 1;
    for (unsigned i = 0; i + 5 < 31; ++i)
        for (const unsigned tap : taps)
            x[i + 5] ^= x[i + tap];
    for (int& value : x)
        value = 1 - 2 * value;
    return x;
}

} // namespace

std::array<Sample, sync_width> pss(unsigned identity)
{
    constexpr std::array<double, 3> roots{25.0, 29.0, 34.0};
    std::array<Sample, sync_width> out;
    for (unsigned n = 0; n < sync_width; ++n) {
        const double k = n < 31 ? n * (n + 1.0) : (n + 1.0) * (n + 2.0);
        out[n] = std::polar(1.0, -std::numbers::pi * roots.at(identity) * k / 63.0);
    }
    return out;
}

std::array<float, sync_width> sss(unsigned pci, bool second_half)
{
    static const auto s = m_sequence({0, 2});
    static const auto c = m_sequence({0, 3});
    static const auto z = m_sequence({0, 1, 2, 4});
    const unsigned group = pci / 3;
    const unsigned identity = pci % 3;
    const unsigned q1 = group / 30;
    const unsigned q = (group + q1 * (q1 + 1) / 2) / 30;
    const unsigned m = group + q * (q + 1) / 2;
    const unsigned m0 = m % 31;
    const unsigned m1 = (m0 + m / 31 + 1) % 31;
    std::array<float, sync_width> out;
    for (unsigned n = 0; n < 31; ++n) {
        const int c0 = c[(n + identity) % 31];
        const int c1 = c[(n + identity + 3) % 31];
        const unsigned first = second_half ? m1 : m0;
        const unsigned second = second_half ? m0 : m1;
        out[2 * n] = static_cast<float>(s[(n + first) % 31] * c0);
        out[2 * n + 1] = static_cast<float>(s[(n + second) % 31] * c1 * z[(n + first % 8) % 31]);
    }
    return out;
}

std::vector<std::uint8_t> gold(std::uint32_t init, std::size_t count)
{
    constexpr unsigned skipped = 1600;
    std::uint32_t x1 = 1;
    std::uint32_t x2 = init & 0x7FFFFFFFU;
    const auto step = [&] {
        const std::uint32_t n1 = (x1 ^ x1 >> 3U) & 1U;
        const std::uint32_t n2 = (x2 ^ x2 >> 1U ^ x2 >> 2U ^ x2 >> 3U) & 1U;
        x1 = x1 >> 1U | n1 << 30U;
        x2 = x2 >> 1U | n2 << 30U;
    };
    for (unsigned i = 0; i < skipped; ++i)
        step();
    std::vector<std::uint8_t> out(count);
    for (auto& bit : out) {
        bit = static_cast<std::uint8_t>((x1 ^ x2) & 1U);
        step();
    }
    return out;
}

std::array<Sample, 220> reference_signal(unsigned pci, unsigned slot, unsigned symbol, bool normal_prefix)
{
    const std::uint32_t init =
        (7U * (slot + 1U) + symbol + 1U) * (2U * pci + 1U) * 1024U + 2U * pci + (normal_prefix ? 1U : 0U);
    const auto bits = gold(init, 440);
    constexpr float a = std::numbers::sqrt2_v<float> / 2.0F;
    std::array<Sample, 220> out;
    for (unsigned m = 0; m < 220; ++m)
        out[m] = {bits[2 * m] != 0 ? -a : a, bits[2 * m + 1] != 0 ? -a : a};
    return out;
}

} // namespace gacsong::detect::lte
