// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lte/sequences.hpp"

#include <numbers>

namespace gacsong::test::lte {

Bits pseudo_random(std::uint32_t c_init, std::size_t count)
{
    constexpr std::size_t late = 1600; // N_C
    Bits x1(count + late + 31);
    Bits x2(count + late + 31);
    x1[0] = 1;
    for (std::size_t i = 0; i < 31; ++i)
        x2[i] = static_cast<std::uint8_t>(c_init >> i & 1U);
    for (std::size_t n = 0; n < count + late; ++n) {
        x1[n + 31] = x1[n + 3] ^ x1[n];
        x2[n + 31] = static_cast<std::uint8_t>(x2[n + 3] ^ x2[n + 2] ^ x2[n + 1] ^ x2[n]);
    }
    Bits c(count);
    for (std::size_t n = 0; n < count; ++n)
        c[n] = x1[n + late] ^ x2[n + late];
    return c;
}

std::vector<Complex> qpsk(const Bits& bits)
{
    const double a = 1.0 / std::numbers::sqrt2;
    std::vector<Complex> out;
    for (std::size_t i = 0; i + 1 < bits.size(); i += 2)
        out.emplace_back(bits[i] != 0 ? -a : a, bits[i + 1] != 0 ? -a : a);
    return out;
}

std::array<Complex, 62> primary_signal(unsigned identity)
{
    const unsigned root = identity == 0 ? 25 : identity == 1 ? 29 : 34;
    std::array<Complex, 62> d;
    for (unsigned n = 0; n < 62; ++n) {
        const unsigned product = n <= 30 ? n * (n + 1) : (n + 1) * (n + 2);
        d.at(n) = std::polar(1.0, -std::numbers::pi * root * product / 63.0);
    }
    return d;
}

std::array<Complex, 62> secondary_signal(unsigned pci, unsigned subframe)
{
    const unsigned group = pci / 3;
    const unsigned identity = pci % 3;
    // m0 and m1 from the formulas above table 6.11.2.1-1.
    const unsigned q1 = group / 30;
    const unsigned q = (group + q1 * (q1 + 1) / 2) / 30;
    const unsigned m = group + q * (q + 1) / 2;
    const unsigned m0 = m % 31;
    const unsigned m1 = (m0 + m / 31 + 1) % 31;
    std::array<int, 31> xs{};
    std::array<int, 31> xc{};
    std::array<int, 31> xz{};
    xs[4] = xc[4] = xz[4] = 1;
    for (std::size_t i = 0; i + 5 < 31; ++i) {
        xs.at(i + 5) = (xs.at(i + 2) + xs.at(i)) % 2;
        xc.at(i + 5) = (xc.at(i + 3) + xc.at(i)) % 2;
        xz.at(i + 5) = (xz.at(i + 4) + xz.at(i + 2) + xz.at(i + 1) + xz.at(i)) % 2;
    }
    const auto sign = [](const std::array<int, 31>& x, unsigned n) { return 1 - 2 * x.at(n % 31); };
    std::array<Complex, 62> d;
    for (unsigned n = 0; n < 31; ++n) {
        const int c0 = sign(xc, n + identity);
        const int c1 = sign(xc, n + identity + 3);
        const int s0 = sign(xs, n + m0);
        const int s1 = sign(xs, n + m1);
        const int z0 = sign(xz, n + m0 % 8);
        const int z1 = sign(xz, n + m1 % 8);
        d.at(2 * n) = subframe == 0 ? s0 * c0 : s1 * c0;
        d.at(2 * n + 1) = subframe == 0 ? s1 * c1 * z0 : s0 * c1 * z1;
    }
    return d;
}

std::vector<Complex> reference_sequence(unsigned pci, unsigned slot, unsigned symbol, bool normal_prefix)
{
    const std::uint32_t c_init =
        1024U * (7U * (slot + 1U) + symbol + 1U) * (2U * pci + 1U) + 2U * pci + (normal_prefix ? 1U : 0U);
    return qpsk(pseudo_random(c_init, 4U * 110U));
}

} // namespace gacsong::test::lte
