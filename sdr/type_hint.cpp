// SPDX-License-Identifier: GPL-3.0-or-later
// What headerless samples look like (formats-and-radios.md §2, "type by statistics"). Printed, never used.
#include "sdr/inspection.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gacsong::sdr {

namespace {

/// How often each value of a byte occurs at every `stride`-th place from `first` on, as shares.
std::array<double, 256> histogram(std::span<const std::byte> bytes, std::size_t first, std::size_t stride)
{
    std::array<double, 256> shares{};
    double count = 0.0;
    for (std::size_t at = first; at < bytes.size(); at += stride) {
        shares[std::to_integer<std::size_t>(bytes[at])] += 1.0;
        count += 1.0;
    }
    for (double& share : shares)
        share /= std::max(count, 1.0);
    return shares;
}

double share(const std::array<double, 256>& shares, std::size_t from, std::size_t to)
{
    double sum = 0.0;
    for (std::size_t i = from; i <= to; ++i)
        sum += shares[i];
    return sum;
}

/// Share of numbers whose top byte, sign left out, says a size that samples have. Zeros say nothing.
double share_of_floats(std::span<const std::byte> bytes, std::size_t width, unsigned low, unsigned high)
{
    std::size_t fitting = 0;
    std::size_t counted = 0;
    for (std::size_t at = 0; at + width <= bytes.size(); at += width) {
        const auto number = bytes.subspan(at, width);
        if (std::all_of(number.begin(), number.end(), [](std::byte b) { return b == std::byte{0}; }))
            continue;
        const unsigned top = std::to_integer<unsigned>(number.back()) & 0x7FU;
        ++counted;
        fitting += top >= low && top <= high ? 1U : 0U;
    }
    return counted * width * 8 < bytes.size() ? 0.0 : static_cast<double>(fitting) / static_cast<double>(counted);
}

/// How far a histogram is from one in which all values are equally frequent: 0 … 1.
double unevenness(const std::array<double, 256>& shares)
{
    double sum = 0.0;
    for (const double s : shares)
        sum += std::abs(s - 1.0 / 256.0);
    return sum / 2.0;
}

/// Low bytes near uniform, high bytes not.
bool looks_like_words(const std::array<double, 256>& low, const std::array<double, 256>& high)
{
    return unevenness(low) < 0.1 && unevenness(high) > 0.2;
}

bool looks_like_offset_bytes(const std::array<double, 256>& shares)
{
    double mean = 0.0;
    double square = 0.0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const auto value = static_cast<double>(i);
        mean += shares[i] * value;
        square += shares[i] * value * value;
    }
    const double deviation = std::sqrt(std::max(square - mean * mean, 0.0));
    const bool one_hill = share(shares, 112, 143) > share(shares, 0, 31) + share(shares, 224, 255);
    return mean >= 120.0 && mean <= 135.0 && deviation > 0.5 && one_hill;
}

bool looks_like_signed_bytes(const std::array<double, 256>& shares)
{
    const auto most = std::max_element(shares.begin(), shares.end()) - shares.begin();
    const double around_zero = share(shares, 0, 15) + share(shares, 240, 255);
    return (most <= 3 || most >= 252) && shares[0] > 0.005 && shares[255] > 0.005 &&
           around_zero > 2.0 * share(shares, 112, 143);
}

} // namespace

std::optional<std::string> likely_type(std::span<const std::byte> bytes)
{
    constexpr std::size_t fewest = 4096;
    constexpr double nearly_all = 0.999;
    if (bytes.size() < fewest)
        return std::nullopt;
    if (share_of_floats(bytes, 8, 0x3D, 0x40) >= nearly_all)
        return "cf64";
    if (share_of_floats(bytes, 4, 0x30, 0x42) >= nearly_all)
        return "cf32";
    const auto even = histogram(bytes, 0, 2);
    const auto odd = histogram(bytes, 1, 2);
    if (looks_like_words(even, odd))
        return "cs16";
    if (looks_like_words(odd, even))
        return "cs16_be";
    const auto all = histogram(bytes, 0, 1);
    if (looks_like_offset_bytes(all))
        return "cu8";
    if (looks_like_signed_bytes(all))
        return "cs8";
    return std::nullopt;
}

} // namespace gacsong::sdr
