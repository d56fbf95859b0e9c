// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/noise.hpp"

#include "tests/support/random.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>

namespace gacsong::test {

namespace {

constexpr std::size_t batch = 512;

/// Natural logarithm of x > 0, relative error below 2e-7; plain arithmetic so that the loop below vectorises.
float fast_log(float x)
{
    const auto bits = std::bit_cast<std::int32_t>(x);
    // 0x3F3504F3 is sqrt(1/2): the mantissa is taken from [sqrt(1/2), sqrt(2)).
    const std::int32_t exponent = (bits - 0x3F3504F3) >> 23;
    const float mantissa = std::bit_cast<float>(bits - (exponent << 23));
    const float t = (mantissa - 1.0F) / (mantissa + 1.0F);
    const float tt = t * t;
    const float series = 2.0F * t * (1.0F + tt * (1.0F / 3.0F + tt * (0.2F + tt * (1.0F / 7.0F + tt / 9.0F))));
    return static_cast<float>(exponent) * 0.69314718F + series;
}

float with_sign(float value, std::int32_t negative)
{
    return std::bit_cast<float>(std::bit_cast<std::int32_t>(value) ^ (negative << 31));
}

float choose(std::int32_t second, float a, float b)
{
    const std::int32_t mask = -second;
    return std::bit_cast<float>((std::bit_cast<std::int32_t>(a) & ~mask) | (std::bit_cast<std::int32_t>(b) & mask));
}

/// Writes sqrt(-power·ln u)·exp(j2πv), with u from the 31 high bits and v from the 24 low bits of each word.
void to_gaussian(std::span<const std::int32_t> high, std::span<const std::int32_t> low, float power,
                 std::span<float> re, std::span<float> im)
{
    for (std::size_t i = 0; i < high.size(); ++i) {
        const float u = (static_cast<float>(high[i]) + 0.5F) * 0x1p-31F;
        const float magnitude = std::sqrt(std::max(-fast_log(u), 0.0F) * power);
        const std::int32_t quadrant = (low[i] + (1 << 21)) >> 22;
        const float y = static_cast<float>(low[i] - (quadrant << 22)) * 0x1p-24F * 6.2831853F; // within ±π/4
        const float yy = y * y;
        const float s = y * (1.0F - yy * (1.0F / 6.0F - yy * (1.0F / 120.0F - yy / 5040.0F)));
        const float c = 1.0F - yy * (0.5F - yy * (1.0F / 24.0F - yy * (1.0F / 720.0F - yy / 40320.0F)));
        const std::int32_t odd = quadrant & 1;
        re[i] = magnitude * with_sign(choose(odd, c, s), ((quadrant + 1) >> 1) & 1);
        im[i] = magnitude * with_sign(choose(odd, s, c), (quadrant >> 1) & 1);
    }
}

} // namespace

void add_white_noise(std::uint64_t seed, std::uint64_t first, double power, std::span<std::complex<float>> out)
{
    std::array<std::int32_t, batch> high;
    std::array<std::int32_t, batch> low;
    std::array<float, batch> re;
    std::array<float, batch> im;
    const std::uint64_t stream = mix64(seed ^ 0x6E6F697365ULL);
    while (!out.empty()) {
        const std::size_t count = std::min(batch, out.size());
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint64_t word = mix64(stream + first + i);
            high[i] = static_cast<std::int32_t>(word >> 33U);
            low[i] = static_cast<std::int32_t>(word & 0xFFFFFFU);
        }
        to_gaussian(std::span{high}.first(count), std::span{low}.first(count), static_cast<float>(power), re, im);
        for (std::size_t i = 0; i < count; ++i)
            out[i] += std::complex<float>{re[i], im[i]};
        out = out.subspan(count);
        first += count;
    }
}

} // namespace gacsong::test
