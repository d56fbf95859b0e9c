// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>

// The loops in which the program spends its time: plain loops on restrict pointers, built at -O3 for several
// instruction sets (speed.md §3). They know nothing of frames, files or units.

namespace gacsong::dsp {

/// out[i] = (in[i] − zero) · weight[i] for i < count; components, not complex samples.
void convert_weighted(const std::uint8_t* in, const float* weight, float* out, std::size_t count, float zero);
void convert_weighted(const std::int8_t* in, const float* weight, float* out, std::size_t count);
void convert_weighted(const std::int16_t* in, const float* weight, float* out, std::size_t count);
void convert_weighted(const float* in, const float* weight, float* out, std::size_t count);

/// Running statistics of the power of each bin, arrays of n.
struct PowerSums {
    float* sum;
    float* sum_of_squares;
    float* maximum;
    float* minimum;
};

/// Adds |x|² of `frames` consecutive spectra of n bins (frame f starts at x + f·n) to the sums; with `first` whatever
/// they held before is forgotten. n is a multiple of 16.
void add_power(const std::complex<float>* x, std::size_t n, std::size_t frames, PowerSums sums, bool first);

/// The same where only the sum is wanted.
void add_power(const std::complex<float>* x, std::size_t n, std::size_t frames, float* sum, bool first);

/// mean[k] = sum[k]/frames and kurtosis[k], the estimator of monitoring.md §3.4 (frames ≥ 2; 0 where the sum is 0),
/// for k < count.
void finish_power(const float* sum, const float* sum_of_squares, std::size_t count, std::size_t frames, float* mean,
                  float* kurtosis);

/// to[i] = from[i] · factor.
void scale_to(const float* from, float factor, float* to, std::size_t count);

/// out[i] = (in[i] − zero) · factor for i < count; components, not complex samples.
void convert_scaled(const std::uint8_t* in, float zero, float factor, float* out, std::size_t count);
void convert_scaled(const std::int8_t* in, float zero, float factor, float* out, std::size_t count);
void convert_scaled(const std::int16_t* in, float zero, float factor, float* out, std::size_t count);

/// Number of pairs of which one value or both are ≤ low or ≥ high.
std::size_t count_limited(const std::uint8_t* in, std::uint8_t low, std::uint8_t high, std::size_t pairs);
std::size_t count_limited(const std::int8_t* in, std::int8_t low, std::int8_t high, std::size_t pairs);
std::size_t count_limited(const std::int16_t* in, std::int16_t low, std::int16_t high, std::size_t pairs);

/// Number of components at the ends of the range (0 and 255, or −128 and 127).
std::size_t count_limits(const std::uint8_t* in, std::size_t count);
std::size_t count_limits(const std::int8_t* in, std::size_t count);

/// Number of values that are not numbers of a magnitude below `limit`.
std::size_t count_beyond(const float* values, float limit, std::size_t count);

/// mask[i] = 3 above floor[i]·high, 1 above floor[i]·low, else 0 (low ≤ high). Returns the number of cells that are not
/// 0.
std::size_t mark_cells(const float* cells, const float* floor, float low, float high, std::uint8_t* mask,
                       std::size_t count);

/// x[i] *= table[i], complex.
void rotate(std::complex<float>* x, const std::complex<float>* table, std::size_t count);

/// out[i] = a[i]·b[i], complex.
void multiply(const std::complex<float>* a, const std::complex<float>* b, std::complex<float>* out, std::size_t count);

/// out[i] = |x[i]|²·scale[i].
void scaled_power(const std::complex<float>* x, const float* scale, float* out, std::size_t count);

/// Σ x[i]·taps[i] for i < count; `doubled` holds each real tap twice. count is a multiple of 8.
[[nodiscard]] std::complex<float> weigh(const std::complex<float>* x, const float* doubled, std::size_t count);

/// Σ x[i]·taps[i] for i < count, a multiple of 16.
[[nodiscard]] float weigh(const float* x, const float* taps, std::size_t count);

/// Sum of count values.
double sum_of(const float* values, std::size_t count);

/// means[g] = mean of values g·width … (g+1)·width − 1 for g < groups.
void group_means(const float* values, std::size_t width, float* means, std::size_t groups);

/// Number of values above 0.
[[nodiscard]] std::size_t count_positive(const float* values, std::size_t count);

/// The value above 0 than which exactly `rank` of those above 0 are smaller, equal ones counted in any order;
/// rank < count_positive(values, count).
[[nodiscard]] float positive_at_rank(const float* values, std::size_t count, std::size_t rank);

/// Counts from the first group on those whose values sum to less than limits[g], and stops at `enough`.
[[nodiscard]] std::size_t groups_below(const float* values, std::size_t width, const float* limits, std::size_t groups,
                                       std::size_t enough);

/// to[i] += from[i].
void add_to(float* to, const float* from, std::size_t count);

} // namespace gacsong::dsp
