// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/kernels.hpp"

#include <algorithm>
#include <array>

// The clones' resolvers run before the thread sanitizer is up, and clang 14 has no arch= clones.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define GACSONG_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define GACSONG_CLONES
#endif

namespace gacsong::dsp {

namespace {
constexpr std::size_t tile = 16; ///< bins whose statistics stay in registers over a batch
}

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

GACSONG_CLONES void add_power(const std::complex<float>* __restrict x, std::size_t n, std::size_t frames,
                              PowerSums sums)
{
    const float* __restrict values = reinterpret_cast<const float*>(x);
    for (std::size_t first = 0; first < n; first += tile) {
        std::array<float, tile> sum;
        std::array<float, tile> squares;
        std::array<float, tile> high;
        std::array<float, tile> low;
        std::copy_n(sums.sum + first, tile, sum.begin());
        std::copy_n(sums.sum_of_squares + first, tile, squares.begin());
        std::copy_n(sums.maximum + first, tile, high.begin());
        std::copy_n(sums.minimum + first, tile, low.begin());
        for (std::size_t frame = 0; frame < frames; ++frame) {
            const float* __restrict at = values + 2 * (frame * n + first);
            for (std::size_t i = 0; i < tile; ++i) {
                const float p = at[2 * i] * at[2 * i] + at[2 * i + 1] * at[2 * i + 1];
                sum[i] += p;
                squares[i] += p * p;
                high[i] = high[i] > p ? high[i] : p;
                low[i] = low[i] < p ? low[i] : p;
            }
        }
        std::copy_n(sum.begin(), tile, sums.sum + first);
        std::copy_n(squares.begin(), tile, sums.sum_of_squares + first);
        std::copy_n(high.begin(), tile, sums.maximum + first);
        std::copy_n(low.begin(), tile, sums.minimum + first);
    }
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

GACSONG_CLONES std::size_t mark_cells(const float* __restrict cells, const float* __restrict low,
                                      const float* __restrict high, std::uint8_t* __restrict mask, std::size_t count)
{
    std::size_t marked = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const unsigned on = cells[i] > low[i] ? 1U : 0U;
        const unsigned strong = cells[i] > high[i] ? 2U : 0U;
        mask[i] = static_cast<std::uint8_t>(on | strong);
        marked += on;
    }
    return marked;
}

GACSONG_CLONES double sum_of(const float* __restrict values, std::size_t count)
{
    std::array<float, tile> part{};
    std::size_t i = 0;
    for (; i + tile <= count; i += tile) {
        for (std::size_t k = 0; k < tile; ++k)
            part[k] += values[i + k];
    }
    double total = 0.0;
    for (const float p : part)
        total += static_cast<double>(p);
    for (; i < count; ++i)
        total += static_cast<double>(values[i]);
    return total;
}

GACSONG_CLONES void add_to(float* __restrict to, const float* __restrict from, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        to[i] += from[i];
}

} // namespace gacsong::dsp
