// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/kernels.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>

// The clones' resolvers run before the thread sanitizer is up, and clang 14 has no arch= clones.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define GACSONG_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define GACSONG_CLONES
#endif

namespace gacsong::dsp {

namespace {
constexpr std::size_t tile = 16;      ///< values whose statistics stay in registers
constexpr std::size_t wide_tile = 32; ///< the same where there are as many
} // namespace

GACSONG_CLONES void convert_weighted(const std::uint8_t* __restrict in, const float* __restrict weight,
                                     float* __restrict out, std::size_t count, float zero)
{
    for (std::size_t i = 0; i < count; ++i)
        out[i] = (static_cast<float>(in[i]) - zero) * weight[i];
}

GACSONG_CLONES void convert_weighted(const std::int8_t* __restrict in, const float* __restrict weight,
                                     float* __restrict out, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        out[i] = static_cast<float>(in[i]) * weight[i];
}

GACSONG_CLONES void convert_weighted(const std::int16_t* __restrict in, const float* __restrict weight,
                                     float* __restrict out, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        out[i] = static_cast<float>(in[i]) * weight[i];
}

GACSONG_CLONES void convert_weighted(const float* __restrict in, const float* __restrict weight, float* __restrict out,
                                     std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        out[i] = in[i] * weight[i];
}

namespace {

/// Bins first … first + width − 1 over all frames, in registers.
template <std::size_t width>
[[gnu::always_inline]] inline void add_tile(const float* __restrict values, std::size_t n, std::size_t frames,
                                            std::size_t first_bin, PowerSums sums, bool first)
{
    std::array<float, width> sum;
    std::array<float, width> squares;
    std::array<float, width> high;
    std::array<float, width> low;
    if (first) {
        sum.fill(0.0F);
        squares.fill(0.0F);
        high.fill(0.0F);
        low.fill(std::numeric_limits<float>::max());
    } else {
        std::copy_n(sums.sum + first_bin, width, sum.begin());
        std::copy_n(sums.sum_of_squares + first_bin, width, squares.begin());
        std::copy_n(sums.maximum + first_bin, width, high.begin());
        std::copy_n(sums.minimum + first_bin, width, low.begin());
    }
    for (std::size_t frame = 0; frame < frames; ++frame) {
        const float* __restrict at = values + 2 * (frame * n + first_bin);
        for (std::size_t i = 0; i < width; ++i) {
            const float p = at[2 * i] * at[2 * i] + at[2 * i + 1] * at[2 * i + 1];
            sum[i] += p;
            squares[i] += p * p;
            high[i] = high[i] > p ? high[i] : p;
            low[i] = low[i] < p ? low[i] : p;
        }
    }
    std::copy_n(sum.begin(), width, sums.sum + first_bin);
    std::copy_n(squares.begin(), width, sums.sum_of_squares + first_bin);
    std::copy_n(high.begin(), width, sums.maximum + first_bin);
    std::copy_n(low.begin(), width, sums.minimum + first_bin);
}

template <std::size_t width>
[[gnu::always_inline]] inline void add_tile(const float* __restrict values, std::size_t n, std::size_t frames,
                                            std::size_t first_bin, float* __restrict sums, bool first)
{
    std::array<float, width> sum{};
    if (!first)
        std::copy_n(sums + first_bin, width, sum.begin());
    for (std::size_t frame = 0; frame < frames; ++frame) {
        const float* __restrict at = values + 2 * (frame * n + first_bin);
        for (std::size_t i = 0; i < width; ++i)
            sum[i] += at[2 * i] * at[2 * i] + at[2 * i + 1] * at[2 * i + 1];
    }
    std::copy_n(sum.begin(), width, sums + first_bin);
}

} // namespace

GACSONG_CLONES void add_power(const std::complex<float>* __restrict x, std::size_t n, std::size_t frames,
                              PowerSums sums, bool first)
{
    const float* __restrict values = reinterpret_cast<const float*>(x);
    std::size_t bin = 0;
    for (; bin + wide_tile <= n; bin += wide_tile)
        add_tile<wide_tile>(values, n, frames, bin, sums, first);
    for (; bin < n; bin += tile)
        add_tile<tile>(values, n, frames, bin, sums, first);
}

GACSONG_CLONES void add_power(const std::complex<float>* __restrict x, std::size_t n, std::size_t frames,
                              float* __restrict sum, bool first)
{
    const float* __restrict values = reinterpret_cast<const float*>(x);
    std::size_t bin = 0;
    for (; bin + wide_tile <= n; bin += wide_tile)
        add_tile<wide_tile>(values, n, frames, bin, sum, first);
    for (; bin < n; bin += tile)
        add_tile<tile>(values, n, frames, bin, sum, first);
}

GACSONG_CLONES void finish_power(const float* __restrict sum, const float* __restrict sum_of_squares, std::size_t count,
                                 std::size_t frames, float* __restrict mean, float* __restrict kurtosis)
{
    const auto m = static_cast<float>(frames);
    const float inverse = 1.0F / m;
    const float factor = (m + 1.0F) / (m - 1.0F);
    for (std::size_t k = 0; k < count; ++k) {
        const float s1 = sum[k];
        mean[k] = s1 * inverse;
        const float value = factor * (m * (sum_of_squares[k] / (s1 * s1)) - 1.0F);
        kurtosis[k] = s1 > 0.0F ? value : 0.0F;
    }
}

GACSONG_CLONES void scale_to(const float* __restrict from, float factor, float* __restrict to, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        to[i] = from[i] * factor;
}

namespace {

// Inlined into the clones below, so that each instruction set has its own.
template <class Number>
[[gnu::always_inline]] inline void scale_numbers(const Number* __restrict in, float zero, float factor,
                                                 float* __restrict out, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        out[i] = (static_cast<float>(in[i]) - zero) * factor;
}

template <class Number>
[[gnu::always_inline]] inline std::size_t limited_pairs(const Number* __restrict in, Number low, Number high,
                                                        std::size_t pairs)
{
    std::size_t total = 0;
    for (std::size_t i = 0; i < pairs; ++i) {
        const bool first = in[2 * i] <= low || in[2 * i] >= high;
        const bool second = in[2 * i + 1] <= low || in[2 * i + 1] >= high;
        total += static_cast<std::size_t>(first || second);
    }
    return total;
}

} // namespace

GACSONG_CLONES void convert_scaled(const std::uint8_t* __restrict in, float zero, float factor, float* __restrict out,
                                   std::size_t count)
{
    scale_numbers(in, zero, factor, out, count);
}

GACSONG_CLONES void convert_scaled(const std::int8_t* __restrict in, float zero, float factor, float* __restrict out,
                                   std::size_t count)
{
    scale_numbers(in, zero, factor, out, count);
}

GACSONG_CLONES void convert_scaled(const std::int16_t* __restrict in, float zero, float factor, float* __restrict out,
                                   std::size_t count)
{
    scale_numbers(in, zero, factor, out, count);
}

GACSONG_CLONES std::size_t count_limited(const std::uint8_t* __restrict in, std::uint8_t low, std::uint8_t high,
                                         std::size_t pairs)
{
    return limited_pairs(in, low, high, pairs);
}

GACSONG_CLONES std::size_t count_limited(const std::int8_t* __restrict in, std::int8_t low, std::int8_t high,
                                         std::size_t pairs)
{
    return limited_pairs(in, low, high, pairs);
}

GACSONG_CLONES std::size_t count_limited(const std::int16_t* __restrict in, std::int16_t low, std::int16_t high,
                                         std::size_t pairs)
{
    return limited_pairs(in, low, high, pairs);
}

GACSONG_CLONES std::size_t count_limits(const std::uint8_t* __restrict in, std::size_t count)
{
    std::size_t total = 0;
    for (std::size_t i = 0; i < count; ++i)
        total += static_cast<std::uint8_t>(in[i] + 1U) <= 1U ? 1U : 0U;
    return total;
}

GACSONG_CLONES std::size_t count_limits(const std::int8_t* __restrict in, std::size_t count)
{
    std::size_t total = 0;
    for (std::size_t i = 0; i < count; ++i)
        total += in[i] == 127 || in[i] == -128 ? 1U : 0U;
    return total;
}

GACSONG_CLONES std::size_t mark_cells(const float* __restrict cells, const float* __restrict floor, float low,
                                      float high, std::uint8_t* __restrict mask, std::size_t count)
{
    std::size_t marked = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const unsigned on = cells[i] > floor[i] * low ? 1U : 0U;
        const unsigned strong = cells[i] > floor[i] * high ? 2U : 0U;
        mask[i] = static_cast<std::uint8_t>(on | strong);
        marked += on;
    }
    return marked;
}

GACSONG_CLONES std::size_t count_beyond(const float* __restrict values, float limit, std::size_t count)
{
    std::uint32_t found = 0;
    for (std::size_t i = 0; i < count; ++i)
        found += std::abs(values[i]) < limit ? 0U : 1U; // what is no number is not below it either
    return found;
}

GACSONG_CLONES void multiply(const std::complex<float>* a, const std::complex<float>* b, std::complex<float>* out,
                             std::size_t count)
{
    // A complex number is two floats side by side ([complex.numbers]).
    const auto* __restrict x = reinterpret_cast<const float*>(a);
    const auto* __restrict y = reinterpret_cast<const float*>(b);
    auto* __restrict to = reinterpret_cast<float*>(out);
    for (std::size_t i = 0; i < count; ++i) {
        to[2 * i] = x[2 * i] * y[2 * i] - x[2 * i + 1] * y[2 * i + 1];
        to[2 * i + 1] = x[2 * i] * y[2 * i + 1] + x[2 * i + 1] * y[2 * i];
    }
}

GACSONG_CLONES void scaled_power(const std::complex<float>* x, const float* __restrict scale, float* __restrict out,
                                 std::size_t count)
{
    const auto* __restrict in = reinterpret_cast<const float*>(x);
    for (std::size_t i = 0; i < count; ++i)
        out[i] = (in[2 * i] * in[2 * i] + in[2 * i + 1] * in[2 * i + 1]) * scale[i];
}

GACSONG_CLONES void rotate(std::complex<float>* __restrict x, const std::complex<float>* __restrict table,
                           std::size_t count)
{
    auto* values = reinterpret_cast<float*>(x);
    const auto* by = reinterpret_cast<const float*>(table);
    for (std::size_t i = 0; i < count; ++i) {
        const float re = values[2 * i] * by[2 * i] - values[2 * i + 1] * by[2 * i + 1];
        values[2 * i + 1] = values[2 * i] * by[2 * i + 1] + values[2 * i + 1] * by[2 * i];
        values[2 * i] = re;
    }
}

namespace {

constexpr std::size_t lanes = 8;
using Lanes = float __attribute__((vector_size(lanes * sizeof(float))));

/// sum += values · taps, lane by lane. A copy is a load from any alignment.
[[gnu::always_inline]] inline void add_products(Lanes& sum, const float* __restrict values,
                                                const float* __restrict taps)
{
    Lanes x;
    Lanes w;
    std::memcpy(&x, values, sizeof x);
    std::memcpy(&w, taps, sizeof w);
    sum += x * w;
}

/// Products of values and taps, added up in lanes, count a multiple of 16. Four sums at once: one alone would wait for
/// itself. Then the upper half is added to the lower until `left` lanes are left. Vectors of 64 bytes would go through
/// memory where registers have 32.
template <std::size_t left>
[[gnu::always_inline]] inline std::array<float, left> products(const float* __restrict values,
                                                               const float* __restrict taps, std::size_t count)
{
    Lanes a{};
    Lanes b{};
    Lanes c{};
    Lanes d{};
    std::size_t i = 0;
    for (; i + 4 * lanes <= count; i += 4 * lanes) {
        add_products(a, values + i, taps + i);
        add_products(b, values + i + lanes, taps + i + lanes);
        add_products(c, values + i + 2 * lanes, taps + i + 2 * lanes);
        add_products(d, values + i + 3 * lanes, taps + i + 3 * lanes);
    }
    if (i < count) {
        add_products(a, values + i, taps + i);
        add_products(b, values + i + lanes, taps + i + lanes);
    }
    a += c;
    b += d;
    a += b;
    std::array<float, lanes> sums;
    std::memcpy(sums.data(), &a, sizeof a);
    for (std::size_t k = 0; k < 4; ++k)
        sums[k] += sums[k + 4];
    std::array<float, left> out;
    for (std::size_t k = 0; k < 2; ++k)
        sums[k] += sums[k + 2];
    if constexpr (left == 1)
        sums[0] += sums[1];
    std::copy_n(sums.begin(), left, out.begin());
    return out;
}

} // namespace

GACSONG_CLONES std::complex<float> weigh(const std::complex<float>* __restrict x, const float* __restrict doubled,
                                         std::size_t count)
{
    const auto sums = products<2>(reinterpret_cast<const float*>(x), doubled, 2 * count);
    return {sums[0], sums[1]};
}

GACSONG_CLONES float weigh(const float* __restrict x, const float* __restrict taps, std::size_t count)
{
    return products<1>(x, taps, count)[0];
}

namespace {

[[gnu::always_inline]] inline double summed(const float* __restrict values, std::size_t count)
{
    double total = 0.0;
    std::size_t i = 0;
    if (count >= tile) {
        std::array<float, tile> part{};
        for (; i + tile <= count; i += tile) {
            for (std::size_t k = 0; k < tile; ++k)
                part[k] += values[i + k];
        }
        for (const float p : part)
            total += static_cast<double>(p);
    }
    for (; i < count; ++i)
        total += static_cast<double>(values[i]);
    return total;
}

} // namespace

GACSONG_CLONES double sum_of(const float* __restrict values, std::size_t count) { return summed(values, count); }

GACSONG_CLONES void group_means(const float* __restrict values, std::size_t width, float* __restrict means,
                                std::size_t groups)
{
    for (std::size_t g = 0; g < groups; ++g)
        means[g] = static_cast<float>(summed(values + g * width, width) / static_cast<double>(width));
}

GACSONG_CLONES std::size_t count_positive(const float* __restrict values, std::size_t count)
{
    std::uint32_t positive = 0;
    for (std::size_t i = 0; i < count; ++i)
        positive += values[i] > 0.0F ? 1U : 0U;
    return positive;
}

GACSONG_CLONES float positive_at_rank(const float* __restrict values, std::size_t count, std::size_t rank)
{
    // Floats above 0 are in the order of their bits: halving the range of bits needs no branch that cannot be foreseen.
    std::int32_t low = std::bit_cast<std::int32_t>(std::numeric_limits<float>::infinity());
    std::int32_t high = 1;
    for (std::size_t i = 0; i < count; ++i) {
        const auto bits = std::bit_cast<std::int32_t>(values[i]);
        const bool positive = values[i] > 0.0F;
        low = positive && bits < low ? bits : low;
        high = positive && bits > high ? bits : high;
    }
    while (low < high) {
        const std::int32_t middle = low + (high - low) / 2;
        std::uint32_t below = 0; // or equal
        for (std::size_t i = 0; i < count; ++i) {
            const auto bits = std::bit_cast<std::int32_t>(values[i]);
            below += bits > 0 && bits <= middle ? 1U : 0U;
        }
        if (below > rank)
            high = middle;
        else
            low = middle + 1;
    }
    return std::bit_cast<float>(low);
}

GACSONG_CLONES std::size_t groups_below(const float* __restrict values, std::size_t width,
                                        const float* __restrict limits, std::size_t groups, std::size_t enough)
{
    std::size_t below = 0;
    for (std::size_t g = 0; g < groups && below < enough; ++g) {
        const float* __restrict at = values + g * width;
        std::array<float, tile> part{};
        std::size_t i = 0;
        for (; i + tile <= width; i += tile) {
            for (std::size_t k = 0; k < tile; ++k)
                part[k] += at[i + k];
        }
        float total = 0.0F;
        for (; i < width; ++i)
            total += at[i];
        for (std::size_t half = tile / 2; half > 0; half /= 2) {
            for (std::size_t k = 0; k < half; ++k)
                part[k] += part[k + half];
        }
        below += total + part[0] < limits[g] ? 1U : 0U;
    }
    return below;
}

GACSONG_CLONES void add_to(float* __restrict to, const float* __restrict from, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        to[i] += from[i];
}

} // namespace gacsong::dsp
